import type { Check } from '../../check.js';
import { activationOf, behind } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

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
