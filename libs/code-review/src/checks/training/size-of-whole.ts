import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { loopsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const PARTS = (size: string): string => `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, SubsetRandomSampler, TensorDataset

whole = TensorDataset(torch.randn(512, 20), torch.randint(0, 3, (512,)))
order = torch.randperm(512).tolist()
chosen = SubsetRandomSampler(order[:100])
test_loader = DataLoader(whole, batch_size=20, sampler=chosen)
model, criterion = nn.Linear(20, 3), nn.CrossEntropyLoss()
total = 0.0
with torch.no_grad():
    for inputs, labels in test_loader:
        total += criterion(model(inputs), labels).item() * inputs.size(0)
print(total / ${size}
`;

export const sizeOfWhole: Check = {
  id: 'size-of-whole',
  title: 'A sum over a part divided by the size of the whole',
  severity: 'warning',
  why: 'A loader with a SubsetRandomSampler goes over a part; its data set is the whole, and the figure comes out too small.',
  instead: 'Divide by len(loader.sampler).',
  needs:
    'A loader made with a SubsetRandomSampler, and a sum over it that is divided by len(loader.dataset).',
  wrong: [PARTS('len(test_loader.dataset))  # <--')],
  right: [PARTS('len(test_loader.sampler))')],
  *run(program) {
    if (!/SubsetRandomSampler/.test(program.source) || !/len\(\s*[\w.]+\.dataset\s*\)/.test(program.source))
      return;
    const found: tree.BinaryOperation[] = [];
    for (const node of nodesOf(program, 'BinOp')) {
      if (node.operator === '/' && /^len\(\s*[\w.]+\.dataset\s*\)$/.test(node.right.span.text))
        found.push(node);
    }
    const seen = new Set<string>();
    for (const node of found) {
      const [, loader = ''] = /\(\s*([\w.]+)\.dataset/.exec(node.right.span.text) ?? [];
      const made = loaderOfPart(program, loader);
      const name = node.left.span.text;
      const isSummed = loopsOf(program).some(
        (loop) =>
          loop.kind === 'For' &&
          loop.iterable.span.text.includes(loader) &&
          loop.body.some(
            (one) => one.kind === 'AugAssign' && one.operator === '+' && targetsOf(one).includes(name),
          ),
      );
      if (made === undefined || !isSummed || seen.has(loader)) continue;
      seen.add(loader);
      yield {
        at: node.span,
        message: `${loader} goes over a part of its data set, and this is divided by the size of all of it.`,
        evidence: [places(['the loader', made.span])],
      };
    }
  },
};

/** Where a loader is made of a part of a data set. */
function loaderOfPart(program: Program, name: string): tree.Statement | undefined {
  return statementsOf(program).find((one) => {
    if (one.kind !== 'Assign' || !targetsOf(one).includes(name)) return false;
    const [, sampler] = /\bsampler\s*=\s*([\w.]+)/.exec(one.value.span.text) ?? [];
    return (
      sampler !== undefined &&
      (sampler.endsWith('SubsetRandomSampler') ||
        statementsOf(program).some(
          (other) =>
            other.kind === 'Assign' &&
            targetsOf(other).includes(sampler) &&
            /(^|\.)SubsetRandomSampler\(/.test(other.value.span.text),
        ))
    );
  });
}
