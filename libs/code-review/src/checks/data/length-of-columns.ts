import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn } from '../../ask/tree.js';

const DATA = (size: string): string => `
import torch
from torch.utils.data import Dataset

class Table(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return ${size}

    def __getitem__(self, index):
        return self.x[index], self.y[index]
`;

export const lengthOfColumns: Check = {
  id: 'length-of-columns',
  title: 'As many examples as a table has columns',
  severity: 'warning',
  why: 'Only so many of the first examples are ever drawn.',
  instead: 'Return len(self.x).',
  needs:
    'A data set that gives row by row of what it has, and says its length is the size of dimension 1 of that.',
  wrong: [DATA('self.x.shape[1]  # <--')],
  right: [
    DATA('self.x.shape[0]'),
    DATA('self.x.shape[1]').replace('self.x[index], self.y[index]', 'self.x[:, index], self.y[index]'),
  ],
  *run(program) {
    if (!/__len__/.test(program.source) || !/shape\[1\]|size\(1\)/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const length = methodOf(definition, '__len__');
      const item = methodOf(definition, '__getitem__');
      const [, index] = item?.parameters ?? [];
      if (length === undefined || item === undefined || index === undefined) continue;
      for (const told of statementsIn(length.body)) {
        if (told.kind !== 'Return' || told.value === undefined) continue;
        const [, of = ''] = /^(self\.\w+)\.(?:shape\[1\]|size\(1\))$/.exec(told.value.span.text) ?? [];
        if (of === '' || !item.span.text.includes(`${of}[${index.name}]`)) continue;
        yield {
          at: told.value.span,
          message: `${of} is gone over by its rows, and this is how many columns it has.`,
          evidence: [],
        };
      }
    }
  },
};
