import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { classesOf, methodOf, usesOf } from '../../ask/tree.js';
import { places } from '../../ask/places.js';

const DATA = (given: string, size = 'len(self.x)'): string => `
from torch.utils.data import Dataset

class Table(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return ${size}

    def __getitem__(self, index):
        return ${given}
`;

/** Of data that are drawn, or come one after another, the number of an example may well be of no account. */
const DRAWN = /rand|choice|sampl|next\(|shuffl|pop\(|yield|iter|count|queue|self\.\w+\s*\+=|raise\b/;

export const indexUnread: Check = {
  id: 'index-unread',
  title: 'Every example is the same',
  severity: 'warning',
  why: '__getitem__ is asked for each example by its number; where it does not read that, a whole epoch is one example.',
  instead: 'Take the example of that number: self.x[index], self.y[index].',
  needs:
    'A data set whose __getitem__ reads its index nowhere, and takes a part of fixed number of what it has.',
  wrong: [
    DATA('self.x[0], self.y[0]').replace('index):\n', 'index):  # <--\n'),
    DATA('self.x[index], self.y[0]  # <--'),
  ],
  right: [
    DATA('self.x[index], self.y[0][index]'),
    DATA('self.x[0], self.y[0]', '1'),
    DATA('self.x[torch.randint(9, (1,)).item()], self.y[0]').replace('\nfrom', '\nimport torch\nfrom'),
  ],
  *run(program) {
    if (!program.source.includes('__getitem__')) return;
    for (const definition of classesOf(program)) {
      if (!definition.bases.some(({ span }) => /(^|\.)(Vision)?Dataset$/.test(span.text))) continue;
      const length = methodOf(definition, '__len__');
      const item = methodOf(definition, '__getitem__');
      const [, index, ...more] = item?.parameters ?? [];
      if (length === undefined || item === undefined || index === undefined || more.length > 0) continue;
      yield* oneOfPair(item, index.name);
      if (index.name.startsWith('_') || usesOf(item.body, index.name).length > 0) continue;
      const text = item.span.text.slice((item.body[0]?.span.start ?? item.span.start) - item.span.start);
      const [fixed] = /\bself\.\w+(\.iloc)?\[-?\d+\]/.exec(text) ?? [];
      if (fixed === undefined || DRAWN.test(text)) continue;
      const told = length.body.at(-1);
      if (told?.kind !== 'Return' || told.value === undefined || /^\d+$/.test(told.value.span.text)) continue;
      yield {
        at: item.nameSpan,
        message: `${index.name} is read nowhere in __getitem__: every example of ${definition.name} is made of ${fixed}.`,
        evidence: [places(['how many there are', told.span])],
      };
    }
  },
};

/** `self.x[index], self.y[0]`: one of the two is the same for every example. */
function* oneOfPair({ body }: tree.FunctionDefinition, index: string): Generator<Found> {
  const last = body.at(-1);
  if (last?.kind !== 'Return' || last.value?.kind !== 'Tuple') return;
  const { items } = last.value;
  const isByIndex = ({ span }: tree.Expression): boolean =>
    /^self\.\w+\[(\w+)\]$/.exec(span.text)?.[1] === index;
  const fixed = items.find(({ span }) => /^self\.\w+\[-?\d+\]$/.test(span.text));
  if (fixed === undefined || !items.every((one) => one === fixed || isByIndex(one))) return;
  yield {
    at: fixed.span,
    message: `${fixed.span.text} is the same for every example, and the others are taken by ${index}.`,
    evidence: [],
  };
}
