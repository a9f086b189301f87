import { eachNode } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

const LAYER =
  /^\[\s*(torch\.)?nn\.(Linear|Conv[123]d|LSTM|GRU|RNN|BatchNorm[12]d|LayerNorm|Transformer\w+|MultiheadAttention)\(/;

export const sharedLayer: Check = {
  id: 'shared-layer',
  title: 'One layer under many places of a list',
  severity: 'warning',
  why: '[layer] * n repeats the layer itself: all n places have the same weights, and the network as many parameters as one of them.',
  instead: 'Make each anew: nn.ModuleList([nn.Linear(d, d) for _ in range(n)]).',
  needs: 'A list of one of PyTorch’s layers that is multiplied, inside a container.',
  wrong: [
    `
import torch.nn as nn
layers = nn.ModuleList([nn.Linear(8, 8)] * 3)  # <--
`,
  ],
  right: [
    `
import torch.nn as nn
layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(3)])
acts = nn.ModuleList([nn.ReLU()] * 3)
`,
  ],
  *run(program) {
    if (!/\]\s*\*/.test(program.source)) return;
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign' || !/ModuleList\(|Sequential\(\s*\*/.test(statement.value.span.text))
        continue;
      let isRepeated = false;
      eachNode(statement.value, (node) => {
        isRepeated ||= node.kind === 'BinOp' && node.operator === '*' && LAYER.test(node.left.span.text);
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
