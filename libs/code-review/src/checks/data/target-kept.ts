import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, functionsAround, methodOf, statementsOf, targetsOf } from '../../ask/tree.js';

const TABLE = (features: string): string => `
import pandas as pd
import torch
from sklearn.model_selection import train_test_split

df = pd.read_csv('houses.csv')
X = ${features}
y = df['price'].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
`;

export const targetKept: Check = {
  id: 'target-kept',
  title: 'The target is among the features',
  severity: 'warning',
  why: 'What is to be predicted is given: the loss falls to nothing, and where the target is not known the network is of no use.',
  instead: "Drop the column from the features: df.drop(columns=['price']).",
  needs: 'A split of a whole table as features, with one of its columns as targets.',
  wrong: [
    `
import torch
from torch.utils.data import Dataset

class Clicks(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, at):
        row = torch.tensor(self.rows[at])
        return row, row[0]  # <--
`,
    TABLE("df.drop(columns=['id'])  # <--"),
    TABLE('df.values  # <--'),
    TABLE("df.to_numpy().astype('float32')  # <--"),
  ],
  right: [
    `
import torch
from torch.utils.data import Dataset

class Clicks(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, at):
        row = torch.tensor(self.rows[at])
        return row[1:], row[0]
`,
    TABLE("df.drop(columns=['price']).values"),
    TABLE('df.values').replace("df['price'].values", "df.pop('price').values"),
    TABLE('df.iloc[:, :-1].values'),
  ],
  *run(program) {
    yield* wholeRows(program);
    if (!program.source.includes('train_test_split')) return;
    for (const split of statementsOf(program)) {
      if (split.kind !== 'Assign' || split.value.kind !== 'Call') continue;
      if (!/(^|\.)train_test_split$/.test(split.value.callee.span.text)) continue;
      const [features, targets] = split.value.args;
      const [X, y] = [lastBefore(program, features, split), lastBefore(program, targets, split)];
      const table = /^(\w+)(\.values|\.to_numpy\(\))?(\.astype\([^()]*\))?$/.exec(
        X?.value.span.text ?? '',
      )?.[1];
      const column = /^(\w+)\[\s*(['"])(.+?)\2\s*\]/.exec(y?.value.span.text ?? '');
      if (X === undefined || y === undefined || column === null) continue;
      if (isDroppedOf(X.value.span.text, column[1] ?? '', column[3] ?? '', program, y)) {
        yield {
          at: X.span,
          message: `${column[3] ?? ''} is to be predicted, and is not among the columns that are dropped.`,
          evidence: [places(['the targets', y.span])],
        };
        continue;
      }
      if (table === undefined || column[1] !== table) continue;
      if (!isWhole(program, table, X, y)) continue;
      yield {
        at: X.span,
        message: `${column[3] ?? ''} is to be predicted, and is a column of the features too.`,
        evidence: [places(['the targets', y.span])],
      };
    }
  },
};

/** Whether features are a table without some of its columns, all written down, of which the target is none. */
function isDroppedOf(text: string, table: string, column: string, program: Program, y: tree.Assign): boolean {
  const found =
    /^(\w+)\.drop\((?:columns\s*=\s*)?(\[[^\]]*\]|'[^']*'|"[^"]*")\s*(?:,\s*axis\s*=\s*(?:1|'columns'|"columns"))?\s*\)(?:\.values|\.to_numpy\(\))?$/.exec(
      text,
    );
  if (found?.[1] !== table || !/columns|axis/.test(text) || /\w+\s*[+]|\*/.test(found[2] ?? '')) return false;
  const written = [...(found[2] ?? '').matchAll(/(['"])(.*?)\1/g)].map(([, , name]) => name);
  // A name in the list may stand for the target.
  const isKnown = /^[[\]\s,]*$/.test((found[2] ?? '').replaceAll(/(['"]).*?\1/g, ''));
  const isTaken =
    new RegExp(String.raw`\b${table}\.pop\(|\bdel\s+${table}\b`).test(program.source) ||
    y.span.text.includes('.pop(');
  return isKnown && !isTaken && !written.includes(column);
}

/** The last statement before another, in its function, that gives a name its value. */
function lastBefore(
  program: Program,
  node: tree.Expression | undefined,
  before: tree.Statement,
): tree.Assign | undefined {
  if (node?.kind !== 'Name') return undefined;
  const home = functionsAround(program, before.span).at(-1);
  const made = statementsOf(program).findLast(
    (one) =>
      one.span.end <= before.span.start &&
      targetsOf(one).includes(node.id) &&
      !isLaidOut(one, node.id) &&
      functionsAround(program, one.span).at(-1) === home,
  );
  return made?.kind === 'Assign' && made.targets.length === 1 ? made : undefined;
}

/** Whether a table is read from a file, and nothing takes columns from it or gives its name to another before the features. */
function isWhole(program: Program, table: string, X: tree.Assign, y: tree.Assign): boolean {
  const text = program.source.slice(0, X.span.end);
  const changed = new RegExp(
    String.raw`\b${table}\s*=\s*${table}\b|\b${table}\.(pop|drop)\(|\bdel\s+${table}\b|\b${table}\s*=\s*\w+\.drop`,
  );
  return (
    new RegExp(String.raw`\b${table}\s*=\s*(pd|pandas)\.read_\w+\(`).test(text) &&
    !changed.test(text) &&
    !changed.test(y.span.text)
  );
}

/** `y = np.array(y).reshape(-1, 1)`: the same numbers laid out otherwise. */
function isLaidOut(one: tree.Statement, name: string): boolean {
  return (
    one.kind === 'Assign' &&
    new RegExp(
      String.raw`^((np|numpy)\.(array|asarray)\(${name}\)|${name})(\.values|\.(to_numpy|ravel|flatten)\(\)|\.(reshape|astype)\([^()]*\))*$`,
    ).test(one.value.span.text)
  );
}

/** An example that is a whole row, and a target that is one number of it: `return row, row[0]`. */
function* wholeRows(program: Program): Generator<Found> {
  for (const owner of classesOf(program)) {
    if (!owner.bases.some(({ span }) => span.text.endsWith('Dataset'))) continue;
    const item = methodOf(owner, '__getitem__');
    const given = item?.body.at(-1);
    if (given?.kind !== 'Return' || given.value?.kind !== 'Tuple') continue;
    const [row, target, ...more] = given.value.items;
    if (row?.kind !== 'Name' || target?.kind !== 'Subscript' || more.length > 0) continue;
    if (target.value.span.text !== row.id || !/^-?\d+$/.test(target.index.span.text)) continue;
    yield {
      at: given.span,
      message: `${target.span.text} is to be predicted, and is among the numbers of ${row.id} too.`,
      evidence: [],
    };
  }
}
