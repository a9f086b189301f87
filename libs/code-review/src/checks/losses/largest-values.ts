import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

export const largestValues: Check = {
  id: 'largest-values',
  title: 'The largest scores are compared with class numbers, and not their places',
  severity: 'warning',
  why: 'torch.max over a dimension gives the largest values first and their places second; a score is never the number of a class, so that the accuracy stays at 0.',
  instead: 'Take the second of the pair: _, predicted = torch.max(scores, 1), or scores.argmax(1).',
  needs: 'The first of what max gives over a dimension, compared with the targets of a loss over classes.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(20, 3)
criterion = nn.CrossEntropyLoss()
def evaluate(loader):
    correct = 0
    for inputs, labels in loader:
        scores = net(inputs)
        loss = criterion(scores, labels)
        predicted, _ = torch.max(scores, 1)
        correct += (predicted == labels).sum().item()  # <--
    return correct
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(20, 3)
criterion = nn.CrossEntropyLoss()
def evaluate(loader):
    correct = 0
    for inputs, labels in loader:
        scores = net(inputs)
        loss = criterion(scores, labels)
        sure, predicted = torch.max(scores, 1)
        correct += (predicted == labels).sum().item()
        correct += (scores.max(1)[1] == labels).sum().item()
        correct += (scores.max() == scores).sum().item()
    return correct
`,
  ],
  *run(program) {
    if (!/\bmax\b/.test(program.source)) return;
    const targets = targetsOf(program);
    if (targets.size === 0) return;
    for (const { result, given } of madeOnce(program, 'eq')) {
      const [one, other] = given.map((datum) => (isValue(datum) ? behindData(behind(datum)) : undefined));
      const at = result.span;
      if (one === undefined || other === undefined || at === undefined) continue;
      const values = targets.has(other) ? one : targets.has(one) ? other : undefined;
      if (values === undefined || !isLargest(values)) continue;
      yield {
        at,
        message:
          'The largest scores are compared with the numbers of the classes; their places are the second of what max gives.',
        evidence: [places(['max is taken here', values.inputs[0]?.span])],
      };
    }
  },
};

/** `labels.data` has the numbers of `labels`. */
function behindData(value: Value): Value {
  const [of] = value.inputs;
  const isData =
    (value.made.kind === 'attribute' || value.made.kind === 'operation') && value.made.name === 'data';
  return isData && of !== undefined ? behind(of) : value;
}

function targetsOf(program: Program): ReadonlySet<Value> {
  return new Set(
    lossesNamed(program, 'cross_entropy', 'nll_loss').flatMap(({ target }) =>
      isValue(target) ? [behind(target)] : [],
    ),
  );
}

/** Whether it is the values of `max` over a dimension. */
function isLargest(value: Value): boolean {
  const { made, dtype, inputs } = value;
  const [of] = inputs;
  if (made.kind === 'attribute') return made.name === 'values' && of !== undefined && isOverDim(of);
  if (made.kind !== 'operation') return false;
  if (dtype !== undefined) return isOverDim(value) && dtype !== 'int64';
  return (
    /^(unpacked|getitem)$/.test(made.name) &&
    made.args.positional[1] === 0n &&
    of !== undefined &&
    isOverDim(of)
  );
}

function isOverDim({ made }: Value): boolean {
  return (
    made.kind === 'operation' &&
    made.name === 'max' &&
    (made.args.named.has('dim') || typeof made.args.positional[1] === 'bigint')
  );
}
