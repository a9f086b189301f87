import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { rowsOfAnotherOrder } from './rows-of-order.js';
import type { Check, Found } from '../../check.js';
import { statementsOf } from '../../ask/tree.js';

export const partsMixed: Check = {
  id: 'parts-mixed',
  title: 'Examples of one part with the targets of another',
  severity: 'warning',
  why: 'The targets belong to other examples: nothing can be learned, and where both parts are as long, nothing is said of it.',
  instead: 'Put together what was split off together: TensorDataset(X_train, y_train).',
  needs:
    'A TensorDataset, a loss or a score of two names that differ in what says train and test; or names that train_test_split gives in another order.',
  wrong: [
    `
import torch.nn.functional as F
from graphs import load, network
graph, labels, idx_train, idx_val = load()
def learn(optimizer):
    optimizer.zero_grad()
    said = network(graph)
    F.nll_loss(said[idx_train], labels[idx_val]).backward()  # <--
    optimizer.step()
`,
    `
import torch
from dataset import Reviews
from dataset import ReviewDataset
def sets(df_train, df_valid):
    learned = ReviewDataset(text=df_train.review.values, label=df_train.mood.values)
    return learned, ReviewDataset(text=df_valid.review.values, label=df_train.mood.values)  # <--
`,
    `
import torch
from torch.utils.data import TensorDataset
def pairs(X_train, X_test, y_train, y_test):
    return TensorDataset(X_train, y_test)  # <--
`,
    `
import torch
from sklearn.model_selection import train_test_split
from data import X, y
X_train, y_train, X_test, y_test = train_test_split(X, y, test_size=0.2)  # <--
`,
    `
import torch
def judge(model, criterion, X_test, y_train, y_test):
    test_pred = model(X_test)
    return criterion(test_pred, y_train)  # <--
`,
  ],
  right: [
    `
import torch
from torch.utils.data import TensorDataset
def pairs(X_train, X_test, y_train, y_test):
    return TensorDataset(X_train, y_train), TensorDataset(X_test, y_test)
`,
  ],
  *run(program) {
    yield* rowsOfAnotherOrder(program);
    if (!/train/i.test(program.source) || !/test|val/i.test(program.source)) return;
    yield* outOfOrder(program);
    yield* mixedInDataSet(program);
    for (const call of callsOf(program.body, COMPARES)) {
      const [one, other] = call.args.map((given) => partOf(partNamed(given)));
      if (call.args.length < 2 || one === undefined || other === undefined || one === other) continue;
      if (!call.callee.span.text.endsWith('TensorDataset')) {
        yield {
          at: call.span,
          message: `What is made of ${one} is compared with what belongs to ${other}.`,
          evidence: [],
        };
        continue;
      }
      yield {
        at: call.span,
        message: `The examples are of ${one}, and the targets of ${other}.`,
        evidence: [],
      };
    }
  },
};

/** What puts examples together with their targets, and what compares predictions with them. */
const COMPARES =
  /(^|\.)(TensorDataset|criterion|loss_?fn|loss_?func(tion)?|mse_loss|l1_loss|cross_entropy|nll_loss|(accuracy|f1|precision|recall|r2|roc_auc)_score|mean_(squared|absolute)_error|classification_report|confusion_matrix)$/i;

function callsOf(root: object, callee: RegExp): tree.Call[] {
  const calls: tree.Call[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Call' && callee.test(node.callee.span.text)) calls.push(node);
  });
  return calls;
}

/** A data set of the program's own, given examples of one part and labels of another: columns of two tables of one name. */
function* mixedInDataSet(program: Program): Generator<Found> {
  for (const call of callsOf(program.body, /Dataset$/i)) {
    const columns = [...call.args, ...call.keywords.map(({ value }) => value)].flatMap(({ span }) => {
      const [, table = '', column = ''] =
        /^(\w+)((?:\.\w+|\[['"]\w+['"]\])[\w.()[\]'"]*)$/.exec(span.text) ?? [];
      const part = partOf(table);
      return part === undefined
        ? []
        : [{ part, column, of: table.replace(/_?(train|test|valid|val|tr)(ing)?(?![a-z])_?/i, '') }];
    });
    const [one, other] = columns;
    if (one === undefined || other === undefined || columns.length !== 2) continue;
    if (one.part === other.part || one.of !== other.of || one.column === other.column) continue;
    yield {
      at: call.span,
      message: `One column is of what is for ${one.part}, and the other of what is for ${other.part}.`,
      evidence: [],
    };
  }
}

/** What says which part of the data is taken: a name itself, or what something is indexed with. */
function partNamed(given: tree.Expression): string {
  return given.kind === 'Subscript' && given.index.kind === 'Name' ? given.index.id : given.span.text;
}

/** Which part of the data a name says it is. */
function partOf(name: string): 'training' | 'testing' | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const [isTrain, isTest] = [
    /(^|_)(train|tr)(ing)?(_|$)/i.test(name),
    /(^|_)(test|val|valid)(_|$)/i.test(name),
  ];
  return isTrain === isTest ? undefined : isTrain ? 'training' : 'testing';
}

/** `X_train, y_train, X_test, y_test = train_test_split(X, y)`, which gives both parts of X first. */
function* outOfOrder(program: Program): Generator<Found> {
  // Where a network of Keras's is fitted with them, it is said there.
  if (!program.source.includes('train_test_split') || /keras|tensorflow/.test(program.source)) return;
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || one.value.kind !== 'Call') continue;
    const [target] = one.targets;
    if (target?.kind !== 'Tuple' || !/(^|\.)train_test_split$/.test(one.value.callee.span.text)) continue;
    const names = target.items.map(({ span }) => span.text);
    const isForTesting = (name: string): boolean => /test|val|dev/i.test(name) && !/train/i.test(name);
    const isForTraining = (name: string): boolean => /train/i.test(name) && !/test|val|dev/i.test(name);
    const early = names.find((name, at) => at % 2 === 1 && isForTraining(name));
    const late = names.find((name, at) => at % 2 === 0 && isForTesting(name));
    if (names.length < 4 || early === undefined || late === undefined) continue;
    yield {
      at: one.span,
      severity: 'error',
      message: `${early} is what is split off the first array to test with, and ${late} what is left of the second to learn from.`,
      why: 'train_test_split gives the two parts of its first array, then the two of the next.',
      instead: 'Unpack it as X_train, X_test, y_train, y_test = train_test_split(X, y).',
      evidence: [],
    };
  }
}

export const samplerShuffle: Check = {
  id: 'sampler-shuffle',
  title: 'A loader that is to shuffle by itself and by a sampler',
  severity: 'error',
  why: 'A sampler says the order; PyTorch raises an error where shuffle=True says another.',
  instead: 'Leave shuffle out where there is a sampler.',
  needs: 'A DataLoader given shuffle=True and a sampler that the file makes.',
  wrong: [
    `
import torch
from torch.utils.data import DataLoader, TensorDataset, RandomSampler
data = TensorDataset(torch.randn(100, 4), torch.randint(0, 2, (100,)))
order = RandomSampler(data)
loader = DataLoader(data, batch_size=10, shuffle=True, sampler=order)  # <--
`,
    `
import torch
from torch.utils.data import DataLoader, TensorDataset, RandomSampler
one, other = TensorDataset(torch.randn(100, 4)), TensorDataset(torch.randn(50, 4))
first = DataLoader(one, batch_size=10, sampler=RandomSampler(one))
second = DataLoader(other, batch_size=10, sampler=RandomSampler(one))  # <--
`,
  ],
  right: [
    `
import torch
from torch.utils.data import DataLoader, TensorDataset, RandomSampler
data = TensorDataset(torch.randn(100, 4), torch.randint(0, 2, (100,)))
order = RandomSampler(data)
loader = DataLoader(data, batch_size=10, sampler=order)
other = DataLoader(data, batch_size=10, shuffle=True, sampler=None)
`,
  ],
  *run(program) {
    if (!program.source.includes('sampler')) return;
    yield* samplersOfOthers(program);
    for (const call of callsOf(program.body, /(^|\.)DataLoader$/)) {
      const given = (keyword: string): tree.Expression | undefined =>
        call.keywords.find(({ name }) => name === keyword)?.value;
      const [shuffle, sampler] = [given('shuffle'), given('sampler')];
      if (shuffle?.kind !== 'Constant' || shuffle.value !== true || sampler === undefined) continue;
      const made = sampler.kind === 'Call' ? [sampler] : assigned(program, sampler.span.text);
      if (
        made.length === 0 ||
        made.some((one) => one.kind !== 'Call' || !one.callee.span.text.endsWith('Sampler'))
      )
        continue;
      yield {
        at: call.span,
        message: 'This loader is given a sampler and told to shuffle.',
        evidence: [
          {
            kind: 'error',
            type: 'ValueError',
            message: 'sampler option is mutually exclusive with shuffle',
            exact: true,
          },
        ],
      };
    }
  },
};

/** A loader of one data set with a sampler that was made for another, which has a loader of its own. */
function* samplersOfOthers(program: Program): Generator<Found> {
  const loaders = callsOf(program.body, /(^|\.)DataLoader$/);
  const dataOf = (call: tree.Call): string | undefined =>
    (call.args[0] ?? call.keywords.find(({ name }) => name === 'dataset')?.value)?.span.text;
  const all = loaders.map(dataOf);
  for (const call of loaders) {
    const sampler = call.keywords.find(({ name }) => /^(batch_)?sampler$/.test(name ?? ''))?.value;
    const made =
      sampler?.kind === 'Name' ? assigned(program, sampler.id) : sampler === undefined ? [] : [sampler];
    const [only] = made;
    if (made.length !== 1 || only?.kind !== 'Call' || !/Sampler/.test(only.callee.span.text)) continue;
    const [of, ...more] = only.args.filter(({ kind }) => kind === 'Name').map(({ span }) => span.text);
    const data = dataOf(call);
    if (of === undefined || data === undefined || more.length > 0 || of === data || !all.includes(of))
      continue;
    if (!/^\w+$/.test(data)) continue;
    yield {
      at: call.span,
      severity: 'warning',
      message: `The sampler was made for ${of}, and the loader is of ${data}.`,
      why: 'A sampler gives the numbers of the examples of its own data set: those of another may not be there, or are never drawn.',
      instead: 'Make the sampler of the data set that the loader is given.',
      evidence: [],
    };
  }
}

function assigned(program: Parameters<typeof statementsOf>[0], name: string): tree.Expression[] {
  return statementsOf(program).flatMap((statement) =>
    statement.kind === 'Assign' && statement.targets.some(({ span }) => span.text === name)
      ? [statement.value]
      : [],
  );
}
