import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

export const shuffledApart: Check = {
  id: 'shuffled-apart',
  title: 'Data and labels are shuffled each by themselves',
  severity: 'warning',
  why: 'Each gets an order of its own, so that examples have the labels of others.',
  instead: 'Draw one permutation, and index both by it.',
  needs:
    'Two shuffles one after the other, of what by its names is data and their labels, with no seed set again between them.',
  wrong: [
    `
import numpy as np
x, y = np.load("x.npy"), np.load("y.npy")
np.random.shuffle(x)
np.random.shuffle(y)  # <--
`,
    `
import torch
from torch.utils.data import TensorDataset
x, y = torch.randn(100, 8), torch.randn(100, 1)
x = x[torch.randperm(len(x))]  # <--
data = TensorDataset(x, y)
`,
  ],
  right: [
    `
import numpy as np
x, y = np.load("x.npy"), np.load("y.npy")
np.random.seed(1)
np.random.shuffle(x)
np.random.seed(1)
np.random.shuffle(y)
order = np.random.permutation(len(x))
x, y = x[order], y[order]
train, test = list(x[:80]), list(x[80:])
np.random.shuffle(train)
np.random.shuffle(test)
`,
  ],
  *run(program) {
    yield* orderedAlone(program);
    const statements = statementsOf(program);
    for (const [at, statement] of statements.entries()) {
      const first = shuffledBy(statement);
      const next = statements[at + 1];
      const second = next && shuffledBy(next);
      if (first === undefined || next === undefined || second === undefined) continue;
      if (!arePair(first, second) && !arePair(second, first)) continue;
      yield {
        at: next.span,
        message: `${second} is shuffled to another order than ${first}.`,
        evidence: [places([`${first} is shuffled`, statement.span])],
      };
    }
  },
};

/** `x = x[torch.randperm(len(x))]`, where x is put together with labels that keep their order. */
function* orderedAlone(program: Program): Generator<Found> {
  if (!/\b(randperm|permutation)\(/.test(program.source)) return;
  const statements = statementsOf(program);
  for (const one of statements) {
    const [, name = ''] =
      /^(\w+)=\1\[(?:torch\.randperm|np\.random\.permutation|numpy\.random\.permutation)\(.*\)\]$/.exec(
        one.span.text.replaceAll(/\s/g, ''),
      ) ?? [];
    if (one.kind !== 'Assign' || name === '') continue;
    const pair = new RegExp(String.raw`\b(?:TensorDataset|zip)\(\s*${name}\s*,\s*(\w+)\s*\)`).exec(
      program.source,
    )?.[1];
    if (pair === undefined || !arePair(name, pair)) continue;
    const isOrdered = statements.some(
      (other) =>
        other.kind === 'Assign' &&
        targetsOf(other).includes(pair) &&
        other.span.start > one.span.start - 200 &&
        /randperm|permutation/.test(other.value.span.text),
    );
    if (isOrdered) continue;
    yield {
      at: one.span,
      message: `${name} is brought into an order of its own, and ${pair}, which it goes with, keeps its order.`,
      evidence: [],
    };
  }
}

function shuffledBy(statement: tree.Statement): string | undefined {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return undefined;
  const { callee, args, keywords } = statement.value;
  const [only] = args;
  const isShuffle = /^(np\.random|numpy\.random|random)\.shuffle$/.test(callee.span.text);
  return isShuffle && only?.kind === 'Name' && args.length === 1 && keywords.length === 0
    ? only.id
    : undefined;
}

/** `x` and `y`, `train_images` and `train_labels`. */
function arePair(data: string, labels: string): boolean {
  const [rest, other] = [
    data.replace(/images?|data|features?|inputs?|^x(?=_|$)|(?<=_)x$|^X(?=_|$)|(?<=_)X$/, ''),
    labels.replace(/labels?|targets?|classes|^y(?=_|$)|(?<=_)y$|^Y(?=_|$)|(?<=_)Y$/, ''),
  ];
  return rest !== data && other !== labels && rest === other;
}
