import { isValue } from '@tensormark/frameworks';
import type { LossComputed, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, behind, makerOf } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

/** What a target is behind `detach()` and changes of its shape. */
function behindDetach(value: Value): Value {
  const plain = behind(value);
  const [inner] = makerOf(plain) === 'detach' ? plain.inputs : [];
  return inner === undefined ? plain : behind(inner);
}

/** Whether it was told, or may have been, that the target is of logarithms. */
function takesLogarithms({ module, args }: LossComputed): boolean {
  if (module !== undefined && !module.isReadable) return true;
  const told = module === undefined ? args.named.get('log_target') : module.layer?.config['log_target'];
  return (told ?? false) !== false || (module === undefined && args.positional.length > 2);
}

export const klNeedsLog: Check = {
  id: 'kl-needs-log',
  title: 'KLDivLoss on probabilities',
  severity: 'warning',
  why: 'It takes the logarithms of the probabilities that are learned: of probabilities themselves it computes something else, which does not lead to the target.',
  instead: 'Give it log_softmax, and the target as probabilities.',
  needs: 'The first argument of kl_div straight of softmax or sigmoid.',
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
def distil(student, teacher, x):
    with torch.no_grad():
        wanted = F.softmax(teacher(x), dim=1)
    given = F.softmax(student(x), dim=1)
    return nn.KLDivLoss(reduction='batchmean')(given, wanted)  # <--
`,
    `
import torch
import torch.nn.functional as F
def distil(student, teacher, x):
    with torch.no_grad():
        wanted = F.log_softmax(teacher(x), dim=1)
    given = F.log_softmax(student(x), dim=1)
    return F.kl_div(given, wanted, reduction='batchmean')  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
def distil(student, teacher, x):
    with torch.no_grad():
        wanted = F.softmax(teacher(x), dim=1)
    given = F.log_softmax(student(x), dim=1)
    return nn.KLDivLoss(reduction='batchmean')(given, wanted) + F.kl_div(wanted.log(), wanted)
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'kl_div')) {
      const at = loss.moment.span;
      const input = loss.input && behind(loss.input);
      const activation = input && activationOf(input);
      const target = isValue(loss.target) ? behindDetach(loss.target) : undefined;
      if (
        at !== undefined &&
        target !== undefined &&
        activationOf(target) === 'log_softmax' &&
        !takesLogarithms(loss)
      ) {
        yield {
          at,
          message: `${titleOf(loss)} takes its target as probabilities, and is given their logarithms.`,
          why: 'Unless it is told log_target=True, it takes the logarithm of the target itself: that of a negative number is not a number, and its product counts as 0.',
          instead: 'Give it softmax for the target, or log_target=True.',
          evidence: [places(['the target', spanOfMaking(target)])],
        };
        continue;
      }
      if (input === undefined || at === undefined || (activation !== 'softmax' && activation !== 'sigmoid'))
        continue;
      yield {
        at,
        message: `${titleOf(loss)} takes logarithms of probabilities, and is given what comes of ${activation}.`,
        evidence: [places([activation, spanOfMaking(input)])],
      };
    }
  },
};
