import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';
import { callsOf, classesOf, holds, statementsOf, targetsOf } from '../../ask/tree.js';

const HEADS = (width: string): string => `
import torch.nn as nn

class Heads(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.width = ${width}
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        b, t, _ = x.shape
        return self.out(x).view(b, t, self.heads, self.width)
`;

/** Which arguments of layers are sizes. */
const SIZES: readonly (readonly [layers: RegExp, sizes: readonly (readonly [at: number, name: string])[]])[] =
  [
    [
      /^Linear$/,
      [
        [0, 'in_features'],
        [1, 'out_features'],
      ],
    ],
    [
      /^(Conv|ConvTranspose)[123]d$/,
      [
        [0, 'in_channels'],
        [1, 'out_channels'],
        [2, 'kernel_size'],
        [3, 'stride'],
        [4, 'padding'],
      ],
    ],
    [
      /^(RNN|LSTM|GRU)(Cell)?$/,
      [
        [0, 'input_size'],
        [1, 'hidden_size'],
      ],
    ],
    [
      /^Embedding$/,
      [
        [0, 'num_embeddings'],
        [1, 'embedding_dim'],
      ],
    ],
    [/^BatchNorm[123]d$/, [[0, 'num_features']]],
    [/^LayerNorm$/, [[0, 'normalized_shape']]],
  ];

export const sizeDivided: Check = {
  id: 'size-divided',
  title: 'A size that is a fraction',
  severity: 'error',
  why: 'In Python 3 / gives a float even where nothing is left over, and a layer or a view takes whole numbers alone.',
  instead: 'Divide with //.',
  needs: 'A size of a layer or of a view that is written as a quotient, or an attribute that is one.',
  wrong: [
    HEADS('dim / heads  # <--'),
    `
import torch.nn as nn

def halves(width):
    return nn.Sequential(nn.Linear(width, width / 2), nn.ReLU())  # <--
`,
  ],
  right: [
    HEADS('dim // heads'),
    HEADS('int(dim / heads)'),
    `
import torch.nn as nn

def halves(width):
    return nn.Sequential(nn.Linear(width, int(width / 2)), nn.Dropout(1 / 2))
`,
  ],
  *run(program) {
    if (!/torch/.test(program.source) || !/[^/]\/[^/]/.test(program.source)) return;
    for (const { call, path } of torchCalls(program)) {
      const name = path.replace(/^torch\.nn\./, '');
      const [, sizes = []] = SIZES.find(([layers]) => layers.test(name)) ?? [];
      for (const [at, argument] of sizes) {
        const size = writtenArgument(call, at, argument);
        if (size === undefined || !isQuotient(size)) continue;
        yield {
          at: size.span,
          message: `${argument} is ${size.span.text}: a float, and ${name} takes whole numbers.`,
          evidence: [],
        };
      }
    }
    yield* attributes(program);
  },
};

/** `self.width = dim / heads`, by which something is laid out. */
function* attributes(program: Program): Generator<Found> {
  const views = callsOf(program).filter(
    ({ callee }) => callee.kind === 'Attribute' && /^(view|reshape)$/.test(callee.attribute),
  );
  if (views.length === 0) return;
  const givings = statementsOf(program).flatMap((one) => (one.kind === 'Assign' ? [one] : []));
  for (const one of givings) {
    const [name = ''] = targetsOf(one);
    if (one.targets.length !== 1 || !/^self\.\w+$/.test(name) || !isQuotient(one.value)) continue;
    const owner = classesOf(program).find(({ span }) => holds(span, one.span));
    if (owner === undefined) continue;
    const others = givings.filter((other) => other !== one && targetsOf(other).includes(name));
    const laid = views.find(
      ({ span, args }) => holds(owner.span, span) && args.some((size) => size.span.text === name),
    );
    if (laid === undefined || others.some(({ span }) => holds(owner.span, span))) continue;
    yield {
      at: one.span,
      message: `${name} is a float, and ${laid.callee.span.text} takes whole numbers.`,
      evidence: [],
    };
  }
}

/** A quotient, or a product or sum with one in it, that nothing makes a whole number of. */
function isQuotient(node: tree.Expression): boolean {
  if (node.kind !== 'BinOp') return false;
  if (node.operator === '/') return isNumber(node.left) && isNumber(node.right);
  return /^(\*|\+|-)$/.test(node.operator) && (isQuotient(node.left) || isQuotient(node.right));
}

/** What may be a number; paths are divided too, but make no sizes. */
function isNumber(node: tree.Expression): boolean {
  return node.kind !== 'Constant' || typeof node.value !== 'string';
}
