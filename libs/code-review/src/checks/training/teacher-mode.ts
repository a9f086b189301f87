import { isValue } from '@tensormark/frameworks';
import type { Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { learnedIn } from '../../ask/gradients.js';
import { modeDependent } from '../../ask/modes.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

const DISTILLED = `
import torch
import torch.nn as nn
import torch.nn.functional as F
def distil(batches):
    teacher = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 3))
    teacher.load_state_dict(torch.load('teacher.pt'))
    student = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
`;

const LOOP = `    for x in batches:
        with torch.no_grad():
            wanted = teacher(x)
        loss = F.kl_div(F.log_softmax(student(x), 1), F.softmax(wanted, 1), reduction='batchmean')
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
`;

export const teacherMode: Check = {
  id: 'teacher-mode',
  title: 'A network that teaches another acts as in training',
  severity: 'warning',
  why: 'Dropout makes its answers random, and batch norm takes the statistics of the batch and goes on changing its own: what is taught is not what it has learned.',
  instead: 'Call teacher.eval() before training the student.',
  needs:
    'A network with loaded weights that no optimiser has, asked without gradients in training mode for what another is compared with.',
  wrong: [`${DISTILLED}${LOOP.replace('wanted = teacher(x)', 'wanted = teacher(x)  # <--')}`],
  right: [`${DISTILLED}    teacher.eval()\n${LOOP}`],
  *run(program) {
    const { source } = program;
    if (!/load_state_dict\(|pretrained\s*=\s*True|weights\s*=|torch\.load\(/.test(source)) return;
    // A moving average of what is learned is meant to act as in training.
    if (/\bema\b|moving|\.mul_\(|\.copy_\(|lerp_|deepcopy/i.test(source)) return;
    if (backwardsOf(program).length === 0 || program.optimizers.some(({ isComplete }) => !isComplete)) return;
    const learned = new Set(program.optimizers.flatMap(({ parameters }) => [...parameters]));
    if (learned.size === 0) return;
    for (const { module, training, moment, result } of outermostCalls(program)) {
      if (!training || moment.gradients || !isValue(result) || moment.span === undefined) continue;
      const dependent = modeDependent(program, module);
      if (dependent === undefined || module.parameters.some(({ id }) => learned.has(id))) continue;
      if (isPutAside(program, module) || !teaches(program, result)) continue;
      yield {
        at: moment.span,
        message: `What is to be matched comes of a network in training mode: its ${dependent.type} layers act as in training.`,
        evidence: [places([`a ${dependent.type} layer`, dependent.span])],
      };
      return;
    }
  },
};

/** Whether a network, or something that is not known, is put into evaluation mode anywhere. */
function isPutAside(program: Program, module: ProgramModule): boolean {
  return eventsOf(program, 'mode').some(
    ({ of, training }) => training !== true && (of === module || of.kind === 'value'),
  );
}

/** Whether a loss compares it with what is learned. */
function teaches(program: Program, taught: Value): boolean {
  const isOf = (datum: unknown): datum is Value =>
    typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'value';
  return eventsOf(program, 'loss').some(({ input, target }) => {
    const [one, other] = [input, isOf(target) ? target : undefined];
    if (one === undefined || other === undefined) return false;
    const comes = (value: Value): boolean => comesOf(value, (ancestor) => ancestor === taught);
    return (comes(other) && learnedIn(one).length > 0) || (comes(one) && learnedIn(other).length > 0);
  });
}
