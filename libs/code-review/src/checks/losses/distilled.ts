import { argument, isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, comesOf, makerOf } from '../../ask/ancestry.js';
import { mayReachParameters } from '../../ask/gradients.js';
import { lossesNamed } from '../../ask/losses.js';
import { operandsOf } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';

const TAUGHT = (first: string, second: string, mark = ''): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F
teacher, student, T = nn.Linear(20, 5), nn.Linear(20, 5), 4.0
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for step in range(100):
    x = torch.randn(32, 20)
    with torch.no_grad():
        taught = teacher(x)
    said = student(x)
    loss = F.kl_div(${first}, ${second}, reduction='batchmean') * T * T${mark}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const distilledTurned: Check = {
  id: 'distilled-turned',
  title: 'The teacher in the student’s place of a divergence',
  severity: 'warning',
  why: 'kl_div(input, target) is weighed by the target: with the student as the target, what the teacher holds likely and the student does not counts for nothing.',
  instead: 'F.kl_div(F.log_softmax(student / T, 1), F.softmax(teacher / T, 1))',
  needs: 'A divergence whose input has no gradient, and whose target has one.',
  wrong: [TAUGHT('F.log_softmax(taught / T, dim=1)', 'F.softmax(said / T, dim=1)', '  # <--')],
  right: [TAUGHT('F.log_softmax(said / T, dim=1)', 'F.softmax(taught / T, dim=1)')],
  *run(program) {
    const seen = new Set<number>();
    for (const { input, target, moment } of lossesNamed(program, 'kl_div')) {
      const at = moment.span;
      if (input === undefined || !isValue(target) || at === undefined || seen.has(at.start)) continue;
      const isOfLayer = (value: Value): boolean => comesOf(value, ({ made }) => made.kind === 'layer');
      if (!isOfLayer(input) || !isOfLayer(target) || mayReachParameters(input) || !mayReachParameters(target))
        continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The input comes without a gradient, and the target is what is learned.',
        evidence: [places(['the input', input.span], ['the target', target.span])],
      };
    }
  },
};

export const temperatureOnce: Check = {
  id: 'temperature-once',
  title: 'A temperature on one side of a divergence',
  severity: 'warning',
  why: 'Probabilities at one temperature are compared with those at another: a student that agrees with its teacher in everything is pulled away from it.',
  instead: 'Divide the scores of both by the same temperature.',
  needs:
    'A divergence between a log-softmax of divided scores and a softmax of others as they are, or the other way about.',
  wrong: [TAUGHT('F.log_softmax(said / T, dim=1)', 'F.softmax(taught, dim=1)', '  # <--')],
  right: [
    TAUGHT('F.log_softmax(said / T, dim=1)', 'F.softmax(taught / T, dim=1)'),
    TAUGHT('F.log_softmax(said, dim=1)', 'F.softmax(taught, dim=1)'),
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { input, target, moment } of lossesNamed(program, 'kl_div')) {
      if (input === undefined || !isValue(target) || moment.span === undefined) continue;
      const [one, other] = [scoresIn(input), scoresIn(target)];
      if (one === undefined || other === undefined) continue;
      const [first, second] = [isDivided(one), isDivided(other)];
      const plain = first ? other : one;
      const at = spanOfMaking(first ? target : input) ?? moment.span;
      if (first === second || plain.made.kind !== 'layer' || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'These scores are divided by no temperature, and those that they are compared with are.',
        evidence: [places(['the divergence', moment.span])],
      };
    }
  },
};

/** What a softmax or log-softmax is taken of, over classes. */
function scoresIn(value: Value): Value | undefined {
  const kind = activationOf(value);
  if (makerOf(value) === 'detach' && value.inputs[0] !== undefined) return scoresIn(value.inputs[0]);
  return kind === 'softmax' || kind === 'log_softmax' ? value.inputs[0] : undefined;
}

function isDivided(value: Value): boolean {
  if (makerOf(value) === 'detach' && value.inputs[0] !== undefined) return isDivided(value.inputs[0]);
  return (
    /^(div|mul)$/.test(makerOf(value)) &&
    operandsOf(value).some(
      (one) => !isValue(one) || one.made.kind === 'attribute' || one.made.kind === 'argument',
    )
  );
}

const PARTS = (taken: string, mark = ''): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F
net = nn.Linear(16, 4)
x, y = torch.randn(300, 16), torch.randint(0, 4, (300,))
order = torch.randperm(300)
idx_train, idx_val = order[:200], order[200:]
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(20):
    loss = F.cross_entropy(net(x)[idx_train], y[${taken}])${mark}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(F.cross_entropy(net(x)[idx_val], y[idx_val]).item())
`;

export const partsOfOther: Check = {
  id: 'parts-of-other',
  title: 'Outputs of some examples beside targets of others',
  severity: 'error',
  why: 'Each output is pulled towards the target of another example: nothing can be learned of it.',
  instead: 'Take both by the same numbers: out[idx], labels[idx].',
  needs: 'A loss of outputs and targets that are taken from all by the numbers of two different parts.',
  wrong: [PARTS('idx_val', '  # <--').replace('[:200], order[200:]', '[:150], order[150:]')],
  right: [PARTS('idx_train')],
  *run(program) {
    const seen = new Set<number>();
    for (const { input, target, moment } of lossesNamed(
      program,
      'cross_entropy',
      'nll_loss',
      'mse_loss',
      'binary_cross_entropy',
      'binary_cross_entropy_with_logits',
    )) {
      const at = moment.span;
      if (input === undefined || !isValue(target) || at === undefined || seen.has(at.start)) continue;
      const [one, other] = [keyOf(input), keyOf(target)];
      if (one === undefined || other === undefined || one === other || !areParts(one, other)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The outputs are those of one part of the examples, and the targets those of another.',
        evidence: [places(['the outputs', input.span], ['the targets', target.span])],
      };
    }
  },
};

/** What something is taken by, of a whole. */
function keyOf(value: Value): Value | undefined {
  const [, key] = operandsOf(value);
  return makerOf(value) === 'getitem' && isValue(key) ? key : undefined;
}

/** Whether two are parts of one order, cut at a place: `order[:200]`, `order[200:]`. */
function areParts(one: Value, other: Value): boolean {
  const cut = (value: Value) =>
    makerOf(value) === 'getitem' && value.made.kind === 'operation'
      ? argument(value.made.args, '', 1)
      : undefined;
  const [first, second] = [cut(one), cut(other)];
  const isSlice = (datum: typeof first): boolean =>
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.holds?.kind === 'slice';
  return isSlice(first) && isSlice(second) && one.inputs[0] === other.inputs[0];
}
