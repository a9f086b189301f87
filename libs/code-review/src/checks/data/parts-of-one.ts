import type { Check } from '../../check.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

const PARTS = (change: string): string => `
import copy
from torch.utils.data import random_split
from torchvision import datasets, transforms

data = datasets.CIFAR10('data', train=True, transform=transforms.Compose([transforms.RandomCrop(32, 4), transforms.ToTensor()]))
learn, check = random_split(data, [45000, 5000])
${change}
`;

export const partsOfOne: Check = {
  id: 'parts-of-one',
  title: 'Transforms changed for one part change for all',
  severity: 'warning',
  why: 'The parts that random_split gives are of one data set: setting the transform of one sets it for the others.',
  instead: 'Make two data sets with their own transforms, and take the same places of both.',
  needs: 'A transform set on the data set behind one part of a random_split.',
  wrong: [PARTS('check.dataset.transform = transforms.ToTensor()  # <--')],
  right: [PARTS('check.dataset = copy.copy(data)\ncheck.dataset.transform = transforms.ToTensor()')],
  *run(program) {
    if (!program.source.includes('random_split(') || !/\.dataset\.\w*transforms?\s*=/.test(program.source))
      return;
    const parts = new Set(
      statementsOf(program).flatMap((one) =>
        one.kind === 'Assign' &&
        one.value.kind === 'Call' &&
        /(^|\.)random_split$/.test(one.value.callee.span.text)
          ? targetsOf(one)
          : [],
      ),
    );
    for (const one of statementsOf(program)) {
      const [, part = '', changed] =
        /^(\w+)\.dataset(\.\w*transforms?)?$/.exec(targetsOf(one)[0] ?? '') ?? [];
      // A data set of its own may be put behind it.
      if (changed === undefined) {
        parts.delete(part);
        continue;
      }
      if (one.kind !== 'Assign' || !parts.has(part)) continue;
      yield {
        at: one.span,
        message: `The other parts get this transform too: ${part}.dataset is the data set of all of them.`,
        evidence: [],
      };
      parts.delete(part);
    }
  },
};
