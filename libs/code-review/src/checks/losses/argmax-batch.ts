import { argument, isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind, comesOf, makerOf } from '../../ask/ancestry.js';
import { isOfLoader } from '../../ask/batches.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const argmaxBatch: Check = {
  id: 'argmax-batch',
  title: 'The largest over the batch is taken for the class',
  severity: 'warning',
  why: 'Dimension 0 is the batch: what comes out is which example has the highest score of a class, and not the class of an example.',
  instead: 'Go over the classes: argmax(dim=1).',
  needs:
    'argmax or max over dimension 0 of what a network gives for a batch, compared with labels of that batch.',
  wrong: [
    `
import torch
from networks import wide
net = wide(0.4)

def share(model, test_loader):
    right = 0
    for pictures, labels in test_loader:
        scores = model(pictures)
        right += torch.eq(torch.argmax(scores, dim=0), labels).sum().item()  # <--
    return right / len(test_loader.dataset)
`,
    `
import torch
def accuracy(net, loader):
    correct = 0
    with torch.no_grad():
        for x, y in loader:
            guess = net(x).argmax(dim=0)  # <--
            correct += (guess == y).sum().item()
    return correct / len(loader.dataset)
`,
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
def accuracy(classes):
    data = TensorDataset(torch.randn(100, 8), torch.randint(0, 3, (100,)))
    net, correct = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, len(classes))), 0
    for x, y in DataLoader(data, batch_size=20):
        _, guess = torch.max(net(x), 0)  # <--
        correct += (guess == y).sum().item()
    return correct / len(data)
`,
    `
import numpy as np
import torch
import torch.nn as nn
from data import x_test, y_test
net = nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 5))
def score(x, y):
    guess = net(x).data.numpy().argmax(axis=0)  # <--
    return np.mean(guess == y.numpy())
print(score(x_test, y_test))
`,
  ],
  right: [
    `
import torch
def accuracy(net, loader):
    correct = 0
    with torch.no_grad():
        for x, y in loader:
            guess = net(x).argmax(dim=1)
            correct += (guess == y).sum().item()
            first = net(x)[0].argmax(dim=0)
            correct += (first == y[0]).sum().item()
    return correct / len(loader.dataset)
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    const compared = new Set<Value>();
    for (const { args } of callsNamed(program, '__eq__', '__ne__', 'eq', 'ne'))
      for (const datum of args.positional) if (isValue(datum)) compared.add(datum);
    for (const { args, name, result, moment } of callsNamed(program, 'argmax', 'max')) {
      const [scores] = args.positional;
      const at = moment.span;
      const given = (Array.isArray(result) ? result : [result]).filter(isValue);
      if (!isValue(scores) || given.length === 0 || at === undefined) continue;
      const dim = argument(args, 'dim', 1) ?? argument(args, 'axis');
      const rank = scores.shape?.length;
      if (dim !== 0n || seen.has(at.start) || (rank !== undefined && rank !== 2)) continue;
      if (!isOutputForBatch(withNumbers(scores))) continue;
      if (![...compared].some((value) => comesOf(behind(value), (one) => given.includes(one)))) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${name} goes over dimension 0, the batch, and its result is compared with labels.`,
        evidence: [places(['the scores', scores.span])],
      };
    }
  },
};

/** Through what leaves a tensor's numbers where they are: `scores.data.cpu().numpy()`. */
function withNumbers(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 6; depth++) {
    const { made, inputs } = current;
    const name = made.kind === 'attribute' || made.kind === 'operation' ? made.name : '';
    const [first] = inputs;
    if (!/^(data|detach|cpu|numpy|float|to)$/.test(name) || first === undefined) return current;
    current = first;
  }
  return current;
}

/** Straight the output of a network that was called on a part of a loader's batch. */
function isOutputForBatch(given: Value): boolean {
  const value = asTheyAre(given);
  const { made, inputs } = value;
  const isNetwork =
    made.kind === 'operation' &&
    made.name === 'call' &&
    inputs[0]?.made.kind === 'argument' &&
    inputs[0].made.role === 'network';
  if (isNetwork) return inputs.slice(1).some((input) => isOfBatch(input));
  // A network of another file, called on examples and nothing else.
  if (made.kind === 'operation' && made.name === 'call' && value.shape === undefined)
    return made.args.positional.length === 2 && inputs.slice(1).some((input) => isOfLoader(input));
  if (made.kind !== 'layer' || made.name !== 'Linear') return false;
  if (value.shape === undefined) return isOfLoader(value) || comesOf(value, isOfRows);
  return value.shape.length === 2 && isOfBatch(value);
}

/** What a layer gives that takes nothing but rows of many examples, or several of them. */
function isOfRows({ made }: Value): boolean {
  return made.kind === 'layer' && made.name === 'BatchNorm1d';
}

/** What only was cut off or moved: `scores.data.cpu()`. */
function asTheyAre(value: Value): Value {
  const [of] = value.inputs;
  const name = value.made.kind === 'attribute' ? value.made.name : makerOf(value);
  return of !== undefined && /^(data|detach|cpu|float)$/.test(name) ? asTheyAre(of) : value;
}

/** What a loader gives as it is, or moved: no single example of it. */
function isOfBatch(value: Value): boolean {
  return comesOf(
    value,
    ({ made }) =>
      made.kind === 'batch' ||
      (made.kind === 'operation' && made.name === 'unpacked') ||
      (made.kind === 'argument' && made.role === 'loader'),
  );
}
