import type { Check } from '../../check.js';

const TABLE = `
import torch
import torch.nn as nn

class Positions(nn.Module):
    def __init__(self, width, most):
        super().__init__()
        self.register_buffer('pe', torch.zeros(1, most, width))
`;
import { nodesOf } from '../../ask/tree.js';

export const positionIndex: Check = {
  id: 'position-index',
  title: 'One position for all of a sequence',
  severity: 'warning',
  why: 'An index takes one row of the table, that of the length, where a slice takes a row for each position: all get the same.',
  instead: 'Take all up to the length: self.pe[:, :x.size(1)].',
  needs: 'A table of positions that is indexed by the length of what it is added to.',
  wrong: [
    `${TABLE}
    def forward(self, x):
        return x + self.pe[:, x.size(1), :]  # <--
`,
  ],
  right: [
    `${TABLE}
    def forward(self, x):
        return x + self.pe[:, :x.size(1), :]
`,
  ],
  *run(program) {
    if (!/\[[^\]\n]*\.(size\(|shape\[)/.test(program.source)) return;
    for (const node of nodesOf(program, 'BinOp')) {
      if (node.operator !== '+') continue;
      const { left, right } = node;
      if (right.kind !== 'Subscript' || left.kind !== 'Name') continue;
      if (!/^self\.\w*(pe|pos\w*|position\w*|enc\w*)$/i.test(right.value.span.text)) continue;
      const keys = right.index.kind === 'Tuple' ? right.index.items : [right.index];
      const length = new RegExp(String.raw`^${left.id}\.(size\(-?\d\)|shape\[-?\d\])$`);
      if (keys.some(({ kind, span }) => kind !== 'Slice' && length.test(span.text)))
        yield {
          at: node.span,
          message: 'The length is an index here, and takes one row of the table for all positions.',
          evidence: [],
        };
    }
  },
};
