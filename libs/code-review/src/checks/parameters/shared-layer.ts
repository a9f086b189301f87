import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const LAYER =
  /^\[\s*(torch\.)?nn\.(Linear|Conv[123]d|LSTM|GRU|RNN|BatchNorm[12]d|LayerNorm|Transformer\w+|MultiheadAttention)\(/;

const BLOCKS = (each: string, times: string, mark = ''): string => `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Linear(width, width)

    def forward(self, x):
        return x + self.inner(x).relu()

blocks = nn.ModuleList([${each}]${times})${mark}
`;

export const sharedLayer: Check = {
  id: 'shared-layer',
  title: 'One layer under many places of a list',
  severity: 'warning',
  why: '[layer] * n repeats the layer itself: all n places have the same weights, and the network as many parameters as one of them.',
  instead: 'Make each anew: nn.ModuleList([nn.Linear(d, d) for _ in range(n)]).',
  needs:
    'A container whose list multiplies one of PyTorch’s layers, or has in every place a layer with weights that was made before.',
  wrong: [
    BLOCKS('Block(8)', ' * 3', '  # <--'),
    `
import torch.nn as nn
layers = nn.ModuleList([nn.Linear(8, 8)] * 3)  # <--
`,
    `
import torch.nn as nn

class Deep(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        block = nn.Sequential(nn.Linear(width, width), nn.ReLU())
        self.blocks = nn.ModuleList([block for _ in range(depth)])  # <--
`,
  ],
  right: [
    BLOCKS('Block(8) for _ in range(3)', ''),
    `
import torch.nn as nn
layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(3)])
acts = nn.ModuleList([nn.ReLU()] * 3)
one = nn.ReLU()
ones = nn.ModuleList([one for _ in range(3)])
kinds = [nn.Linear(8, 8), nn.Linear(8, 4)]
kept = nn.ModuleList([layer for layer in kinds])
`,
  ],
  *run(program) {
    yield* repeatedByName(program);
    if (!/\]\s*\*/.test(program.source)) return;
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign' || !/ModuleList\(|Sequential\(\s*\*/.test(statement.value.span.text))
        continue;
      let isRepeated = false;
      eachNode(statement.value, (node) => {
        isRepeated ||=
          node.kind === 'BinOp' &&
          node.operator === '*' &&
          (LAYER.test(node.left.span.text) || isOwnBlock(program, node.left));
      });
      if (isRepeated)
        yield {
          at: statement.span,
          message: 'The same layer stands in every place of this list.',
          evidence: [],
        };
    }
  },
};

/** `[Block(width)]`, of a module of the file that makes layers of its own. */
function isOwnBlock(program: Program, { span: { text } }: tree.Expression): boolean {
  const name = /^\[\s*(\w+)\(/.exec(text)?.[1];
  const own = classesOf(program).find((one) => one.name === name);
  return (
    own !== undefined &&
    own.bases.some(({ span }) => /(^|\.)Module$/.test(span.text)) &&
    /\b(Linear|Conv[123]d|LSTM|GRU|LayerNorm|MultiheadAttention)\(/.test(own.span.text)
  );
}

/** `ModuleList([layer for _ in range(n)])` */
function* repeatedByName(program: Program): Generator<Found> {
  if (!/\bfor\s+\w+\s+in\s+range\b/.test(program.source)) return;
  for (const statement of statementsOf(program)) {
    if (statement.kind !== 'Assign' && statement.kind !== 'Return') continue;
    const { value } = statement;
    if (value === undefined || !/(ModuleList|Sequential)\(/.test(value.span.text)) continue;
    let repeated: string | undefined;
    eachNode(value, (node) => {
      if (node.kind !== 'ListComp' && node.kind !== 'GeneratorExp') return;
      const [only] = node.clauses;
      const { element } = node;
      if (node.clauses.length !== 1 || only === undefined || only.conditions.length > 0) return;
      if (element.kind === 'Name' && !mentionsName(only.target, element.id)) repeated = element.id;
    });
    if (repeated === undefined) continue;
    const made = madeUnder(program, statement.span, repeated);
    if (made !== undefined)
      yield {
        at: statement.span,
        message: `Every place of this list has the one layer ${repeated}.`,
        evidence: [places(['the layer', made])],
      };
  }
}

function mentionsName(target: tree.Expression, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(target.span.text);
}

/** Where the same function makes a layer with weights under a name. */
function madeUnder(program: Program, at: Span, name: string): Span | undefined {
  const around = functionsAround(program, at).at(-1);
  const body = around === undefined ? program.body : around.body;
  return statementsIn(body).findLast(
    (one) =>
      one.kind === 'Assign' &&
      one.span.end <= at.start &&
      targetsOf(one).includes(name) &&
      /\b(Linear|Conv[123]d|LSTM|GRU|RNN|BatchNorm[12]d|LayerNorm|Transformer\w+Layer|MultiheadAttention)\(/.test(
        one.value?.span.text ?? '',
      ),
  )?.span;
}

export const loadResult: Check = {
  id: 'load-result',
  title: 'What load_state_dict gives is taken for the network',
  severity: 'error',
  why: 'It loads into the network and gives a list of keys that were missing; that has no layers and cannot be called.',
  instead: 'Call model.load_state_dict(…) on a line of its own.',
  needs: 'The result of load_state_dict under the name of the network itself.',
  wrong: [
    `
import torch
import torch.nn as nn
model = nn.Linear(4, 2)
model = model.load_state_dict(torch.load('best.pt'))  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
model = nn.Linear(4, 2)
missing = model.load_state_dict(torch.load('best.pt'), strict=False)
`,
  ],
  *run(program) {
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') continue;
      const { callee } = statement.value;
      if (callee.kind !== 'Attribute' || callee.attribute !== 'load_state_dict') continue;
      if (!targetsOf(statement).includes(callee.value.span.text)) continue;
      yield {
        at: statement.span,
        message: `${callee.value.span.text} is no network from here on, but what load_state_dict() gives.`,
        evidence: [],
      };
    }
  },
};

export const initOfBias: Check = {
  id: 'init-of-bias',
  title: 'A bias drawn by a scheme for matrices',
  severity: 'error',
  why: 'Xavier and Kaiming count what goes into and out of a matrix; a bias has one dimension, and PyTorch raises an error.',
  instead: 'Use nn.init.zeros_(layer.bias).',
  needs: 'A bias handed to one of these functions.',
  wrong: [
    `
import torch.nn as nn
def start(layer):
    nn.init.xavier_uniform_(layer.weight)
    nn.init.xavier_uniform_(layer.bias)  # <--
`,
  ],
  right: [
    `
import torch.nn as nn
def start(layer):
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
`,
  ],
  *run(program) {
    if (!/(xavier|kaiming|orthogonal)_/.test(program.source)) return;
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') continue;
      const { callee, args } = statement.value;
      if (!/(^|\.)((xavier|kaiming)_(uniform|normal)_?|orthogonal_?)$/.test(callee.span.text)) continue;
      if (!/\.bias(\.data)?$/.test(args[0]?.span.text ?? '')) continue;
      yield {
        at: statement.span,
        message: 'A bias has one dimension, and this is for tensors of two or more.',
        evidence: [
          {
            kind: 'error',
            type: 'ValueError',
            message: 'Fan in and fan out can not be computed for tensor with fewer than 2 dimensions',
            exact: false,
          },
        ],
      };
    }
  },
};
