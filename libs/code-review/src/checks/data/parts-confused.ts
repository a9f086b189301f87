import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { foldRows } from './fold-rows.js';
import { nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const FOLDS = `
import torch
from sklearn.model_selection import KFold
from data import x, y, fitted
folds = KFold(5)
`;

export const partsConfused: Check = {
  id: 'parts-confused',
  title: 'One part of the data under the name of another',
  severity: 'warning',
  why: 'Figures said to be of held-out data are of the data trained on, or the transforms made for training are used for none.',
  instead: 'Take what the name says: test_iter = iter(self.test_loader).',
  needs:
    'A name that says test or validation for the iterator of a training loader, where there is one of its own; transforms for training that nothing reads, where the training set takes those for validation; or the rows of a fold under the name of the other part.',
  wrong: [
    `
class Trainer:
    def __init__(self, model, train_loader, test_loader):
        self.model, self.train_loader, self.test_loader = model, train_loader, test_loader

    def evaluate(self):
        self.model.eval()
        test_iter = iter(self.train_loader)  # <--
        for step in range(len(self.test_loader)):
            print(self.model(next(test_iter)))
`,
    `
from torch.utils.data import DataLoader
from pictures import Pictures, Joint

train_tf, val_tf = None, None
tf_train = Joint(flip=0.5)
tf_val = Joint(flip=0)
train_set = Pictures('train', tf_val)  # <--
val_set = Pictures('val', tf_val)
train_loader = DataLoader(train_set, shuffle=True)
`,
    `${FOLDS}
for test_rows, train_rows in folds.split(x):  # <--
    model = fitted(x[train_rows], y[train_rows])
    print(model.score(x[test_rows], y[test_rows]))
`,
    `${FOLDS}
for fold, (train_rows, test_rows) in enumerate(folds.split(x)):
    x_train, y_train = x[train_rows], y[train_rows]
    x_test = x[train_rows]  # <--
    y_test = fitted(x_train, y_train).predict(x_test)
`,
  ],
  right: [
    `${FOLDS}
for train_rows, test_rows in folds.split(x):
    x_test, y_test = x[test_rows], y[test_rows]
    print(fitted(x[train_rows], y[train_rows]).score(x_test, y_test))
for rows, _ in folds.split(x):
    print(x[rows].mean())
`,
    `
from torch.utils.data import DataLoader
from pictures import Pictures, Joint

tf_train = Joint(flip=0.5)
tf_val = Joint(flip=0)
train_set = Pictures('train', tf_train)
val_set = Pictures('val', tf_val)
train_loader, test_loader = DataLoader(train_set, shuffle=True), DataLoader(val_set)
test_iter = iter(test_loader)
train_iter = iter(train_loader)
`,
  ],
  *run(program) {
    yield* iterators(program);
    yield* transforms(program);
    yield* foldRows(program);
  },
};

/** `test_iter = iter(train_loader)`, where there is a test loader. */
function* iterators(program: Program): Generator<Found> {
  if (!/iter/.test(program.source)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (
      one.kind !== 'Assign' ||
      one.targets.length !== 1 ||
      !/^(self\.)?(test|val|valid|eval|dev)_?\w*iter/i.test(name)
    )
      continue;
    const text = one.value.span.text.replaceAll(/\s/g, '');
    const loader =
      /^iter\(((?:\w+\.)*train_?\w*)\)$/i.exec(text)?.[1] ??
      /^((?:\w+\.)*train_?\w*)\.__iter__\(\)$/i.exec(text)?.[1];
    if (loader === undefined) continue;
    const own = loader.replace(/train/i, /test|val(id)?|eval|dev/i.exec(name)?.[0] ?? 'test');
    if (!program.source.includes(own)) continue;
    yield { at: one.span, message: `${name} goes over ${loader}, and there is ${own}.`, evidence: [] };
  }
}

/** Transforms for training that nothing reads, beside a training set that is given those for validation. */
function* transforms(program: Program): Generator<Found> {
  if (!/^\s*(?=\w*train)(?=\w*(tf|transform|aug|prep))\w+\s*=/im.test(program.source)) return;
  const reads = readsIn(program);
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || one.value.kind !== 'Call' || one.targets.length !== 1) continue;
    if (
      !/^(\w+_)?train(ing)?(_\w+)?$/i.test(name) ||
      !/tf|transform|aug|prep/i.test(name) ||
      (reads.get(name)?.length ?? 0) > 0
    )
      continue;
    const twins = ['val', 'valid', 'validation', 'test', 'eval', 'dev'].map((part) =>
      name.replace(/train(ing)?/i, part),
    );
    const set = statementsOf(program).find(
      (other) =>
        other.kind === 'Assign' &&
        other.span.start > one.span.end &&
        /^(\w+_)?train(ing)?_?(data|set|dataset|data_set|ds)\w*$/i.test(targetsOf(other)[0] ?? '') &&
        twins.some((twin) =>
          (reads.get(twin) ?? []).some(
            ({ start, end }) => start >= other.span.start && end <= other.span.end,
          ),
        ),
    );
    if (set === undefined) continue;
    yield {
      at: set.span,
      message: `${name} is used for nothing, and this takes what is for held-out data.`,
      evidence: [places(['made for training', one.span])],
    };
  }
}

/** Where names are read. */
function readsIn(program: Program): ReadonlyMap<string, readonly Span[]> {
  const written = new Set<object>();
  const reads = new Map<string, Span[]>();
  const take = (target: tree.Expression): void => {
    written.add(target);
    if (target.kind === 'Tuple') for (const item of target.items) take(item);
  };
  for (const { targets } of nodesOf(program, 'Assign')) for (const target of targets) take(target);
  for (const node of nodesOf(program, 'Name'))
    if (!written.has(node)) reads.set(node.id, [...(reads.get(node.id) ?? []), node.span]);
  return reads;
}
