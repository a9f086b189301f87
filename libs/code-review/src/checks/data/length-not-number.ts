import type { Check } from '../../check.js';
import { classesOf, methodOf } from '../../ask/tree.js';

const DATA = (size: string): string => `
from torch.utils.data import Dataset

class Table(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return ${size}

    def __getitem__(self, index):
        return self.rows[index]
`;

export const lengthNotNumber: Check = {
  id: 'length-not-number',
  title: '__len__ gives the examples, and not how many there are',
  severity: 'error',
  why: 'len() wants a whole number of __len__; what can be indexed is none, and raises an error.',
  instead: 'Return len(self.rows).',
  needs: 'An attribute that __getitem__ takes a row out of and __len__ returns as it is.',
  wrong: [DATA('self.rows  # <--')],
  right: [
    DATA('len(self.rows)'),
    DATA('self.size').replace('self.rows = rows', 'self.rows, self.size = rows, len(rows)'),
  ],
  *run(program) {
    if (!program.source.includes('__len__')) return;
    for (const definition of classesOf(program)) {
      const length = methodOf(definition, '__len__')?.body.at(-1);
      const item = methodOf(definition, '__getitem__');
      const [, index] = item?.parameters ?? [];
      if (length?.kind !== 'Return' || length.value === undefined || item === undefined) continue;
      const of = length.value.span.text;
      if (index === undefined || !/^self\.\w+$/.test(of)) continue;
      if (!item.span.text.includes(`${of}[${index.name}`)) continue;
      yield {
        at: length.value.span,
        message: `${of} is what examples are taken out of, and no number: this wants len(${of}).`,
        evidence: [],
      };
    }
  },
};
