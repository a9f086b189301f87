import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eachNode } from '@tensormark/frameworks';
import { isOfTesting, speaksOfTraining } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { boundBy, statementsOf } from '../../ask/tree.js';

const BEGINNING = `
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
to_tensor = transforms.ToTensor()
`;

export const trainPartAgain: Check = {
  id: 'train-part-again',
  title: 'Tested on the part to learn from',
  severity: 'warning',
  why: 'Both data sets are the part to learn from: what is measured on the second says nothing of unseen examples.',
  instead: 'Make the data set to test with train=False.',
  needs:
    'Two of the same data set of torchvision with train=True, one called one to test with, and nothing in the file that divides or picks.',
  wrong: [
    `${BEGINNING}
train_set = datasets.CIFAR10("data", train=True, download=True, transform=to_tensor)
test_set = datasets.CIFAR10("data", train=True, download=True, transform=to_tensor)  # <--
`,
    `${BEGINNING}
train_loader = DataLoader(datasets.MNIST("data", train=True, transform=to_tensor), batch_size=64, shuffle=True)
val_loader = DataLoader(datasets.MNIST("data", train=True, transform=to_tensor), batch_size=64)  # <--
`,
  ],
  right: [
    `${BEGINNING}
train_set = datasets.CIFAR10("data", train=True, download=True, transform=to_tensor)
test_set = datasets.CIFAR10("data", train=False, download=True, transform=to_tensor)
`,
    `${BEGINNING}
from torch.utils.data import Subset
train_set = Subset(datasets.CIFAR10("data", train=True, transform=to_tensor), range(40000))
valid_set = Subset(datasets.CIFAR10("data", train=True, transform=to_tensor), range(40000, 50000))
`,
  ],
  *run(program) {
    // One part can be divided in many ways: whatever speaks of that makes the second reading right.
    if (!/train\s*=\s*True/.test(program.source)) return;
    if (/subset|sampler|split|indices|idx|slice|shuffle\(|\[[^\]'"]*:/i.test(program.source)) return;
    const made = statementsOf(program).flatMap((at) => {
      const type = at.kind === 'Assign' ? typeMade(at) : undefined;
      return type === undefined ? [] : [{ at, type, name: (boundBy(at)[0] ?? '').replace(/^\./, '') }];
    });
    for (const { at, type, name } of made) {
      if (!isOfTesting(name)) continue;
      const first = made.find((one) => one.type === type && speaksOfTraining(one.name));
      if (first === undefined) continue;
      yield {
        at: at.span,
        message: `${name} is made with train=True: it is the part that ${first.name} learns from.`,
        evidence: [places(['the part to learn from', first.at.span])],
      };
    }
  },
};

/** The kind of data set that a statement makes with `train=True`, if it makes one alone. */
function typeMade(statement: tree.Assign): string | undefined {
  const types: string[] = [];
  eachNode(statement, (node) => {
    if (node.kind !== 'Call') return;
    const type = /(?:^|\.)(\w*MNIST|CIFAR100?|USPS)$/.exec(node.callee.span.text)?.[1];
    if (type === undefined) return;
    const part = node.keywords.find(({ name }) => name === 'train')?.value.span.text;
    types.push(part === 'True' ? type : '');
  });
  return types.length === 1 && types[0] !== '' ? types[0] : undefined;
}
