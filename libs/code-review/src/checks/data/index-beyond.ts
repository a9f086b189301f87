import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { libraryNames } from '../../ask/library-names.js';
import { places } from '../../ask/places.js';
import { classesOf, holds, methodOf, nodesOf } from '../../ask/tree.js';

const SHIFTED = (item: string): string => `
from torch.utils.data import Dataset

class Table(Dataset):
    def __init__(self, rows, marks):
        self.rows, self.marks = rows, marks

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        ${item}
`;

export const indexBeyond: Check = {
  id: 'index-beyond',
  title: 'An example that stands behind the last',
  severity: 'error',
  why: 'The last index that a loader asks for is one less than the length, so that one more is beyond the end.',
  instead: 'Take self.rows[index], or return one less as the length.',
  needs: 'A data set whose length is that of the list that it takes the example behind the index out of.',
  wrong: [
    SHIFTED('return self.rows[index + 1], self.marks[index]  # <--'),
    `
import torch
from torch.utils.data import DataLoader, Dataset

class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return self.series.shape[0]

    def __getitem__(self, index):
        seen = self.series[index:index + self.width]
        return seen, self.series[index + self.width]  # <--

loader = DataLoader(Windows(torch.randn(500), 20), batch_size=16, shuffle=True)
`,
  ],
  right: [
    `
import torch
from torch.utils.data import Dataset, Subset

class Pairs(Dataset):
    def __init__(self, frames):
        self.frames = frames

    def __len__(self):
        return len(self.frames)

    def __getitem__(self, idx):
        return self.frames[idx], self.frames[idx + 1]

pairs = Subset(Pairs(torch.randn(50, 3)), range(49))
`,
    SHIFTED('return self.rows[index], self.marks[index]'),
    SHIFTED('return self.rows[(index + 1) % len(self)], self.marks[index]'),
    SHIFTED('return self.rows[index + 1], self.marks[index]').replace('len(self.rows)', 'len(self.rows) - 1'),
    SHIFTED('after = self.rows[index + 1] if index + 1 < len(self.rows) else None\n        return after'),
  ],
  *run(program) {
    // Where only some of the examples are asked for, the last may not be among them.
    if (!program.source.includes('__getitem__') || /\bSubset\(|[sS]ampler/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const item = methodOf(definition, '__getitem__');
      const [length, more] = methodOf(definition, '__len__')?.body ?? [];
      const [, index] = item?.parameters ?? [];
      const of =
        length?.kind === 'Return' && more === undefined ? lengthOf(length.value?.span.text ?? '') : undefined;
      if (item === undefined || index === undefined || of === undefined || !isDataSet(program, definition))
        continue;
      // Any question about the index may be the one about the end.
      if (
        nodesOf(program, 'Compare').some(({ span }) => holds(item.span, span)) ||
        /\btry\b/.test(item.span.text)
      )
        continue;
      if (
        new RegExp(`\\b${index.name}\\s*(=|-=|%=)|\\.insert\\(0|${of.replace('.', '\\.')} *=[^=].*\\+`).test(
          definition.span.text,
        )
      )
        continue;
      for (const node of nodesOf(program, 'Subscript')) {
        const shift = new RegExp(`^${index.name}\\s*\\+\\s*([1-9]\\d*|self\\.(\\w+))$`).exec(
          node.index.span.text,
        );
        if (shift === null || (shift[2] !== undefined && !WINDOW.test(shift[2]))) continue;
        if (node.value.span.text !== of || !holds(item.span, node.span)) continue;
        yield {
          at: node.span,
          message: `${of} has as many examples as __len__ says, and for the last of them ${node.index.span.text} is beyond its end.`,
          evidence: [places(['the length', length?.span])],
        };
      }
    }
  },
};

/** What a data set calls how many rows an example has: 1 at the least. */
const WINDOW = /win|len|seq|step|horizon|lag|width|size|look|history|context|block|^[wkntT]$/i;

/** `len(self.rows)`, or the first size of it. */
function lengthOf(text: string): string | undefined {
  return /^len\((self\.\w+)\)$/.exec(text)?.[1] ?? /^(self\.\w+)\.(?:shape\[0\]|size\(0\))$/.exec(text)?.[1];
}

function isDataSet(program: Program, { bases }: tree.ClassDefinition): boolean {
  const paths = new Map(libraryNames(program).used.map(({ node, path }) => [node, path]));
  return bases.some((base) => /^torch\.utils\.data\.(dataset\.)?Dataset$/.test(paths.get(base) ?? ''));
}
