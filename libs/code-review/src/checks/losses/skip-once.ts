import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, targetsOf } from '../../ask/tree.js';

const BLOCK = (second: string): string => `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, 4, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        h = self.norm1(x)
        x = x + self.attention(h, h, h)[0]
        x = ${second}
        return x
`;

export const skipOnce: Check = {
  id: 'skip-once',
  title: 'A block that adds to its input once, and then replaces it',
  severity: 'warning',
  why: 'In a transformer block both halves are added to what they were given: without the second sum nothing gets past the feed-forward layers, and what came before reaches no deeper block.',
  instead: 'Write x = x + self.mlp(self.norm2(x)).',
  needs:
    'A forward with attention in which x is given x and something, and then a layer of a norm of x, with nothing added.',
  wrong: [BLOCK('self.mlp(self.norm2(x))').replace('norm2(x))', 'norm2(x))  # <--')],
  right: [
    BLOCK('x + self.mlp(self.norm2(x))'),
    BLOCK('self.norm2(x + self.mlp(x))'),
    BLOCK('self.mlp(self.norm2(x))').replaceAll('self.mlp', 'self.mlp_head'),
  ],
  *run(program) {
    if (!/att/i.test(program.source)) return;
    for (const owner of classesOf(program)) {
      const forward = methodOf(owner, 'forward') ?? methodOf(owner, 'call');
      if (forward === undefined || !/att/i.test(forward.span.text)) continue;
      for (const [index, one] of forward.body.entries()) {
        const [name = ''] = targetsOf(one);
        if (one.kind !== 'Assign' || !/^\w+$/.test(name) || !isReplaced(one.value, name)) continue;
        const before = forward.body.slice(0, index).findLast((other) => targetsOf(other).includes(name));
        if (before === undefined || !isAdded(before, name)) continue;
        // Another name may keep what is added further down.
        const rest = forward.body
          .slice(index + 1)
          .map(({ span }) => span.text)
          .join('\n');
        const kept = forward.body
          .slice(0, index)
          .some(({ span }) => new RegExp(String.raw`^\w+\s*=\s*${name}(\.clone\(\))?$`).test(span.text));
        if (kept || new RegExp(String.raw`\+\s*\w|\w\s*\+`).test(rest)) continue;
        yield {
          at: one.span,
          message: `${name} is replaced here by what is made of it; the first half of the block is added to what it was given.`,
          evidence: [places(['there it is added', before.span])],
        };
      }
    }
  },
};

/** `self.mlp(self.norm2(x))` */
function isReplaced(value: tree.Expression, name: string): boolean {
  if (value.kind !== 'Call' || value.args.length !== 1) return false;
  const [inner] = value.args;
  return (
    /(^|[._])(mlp|ff|ffn|feed_?forward)_?(net|layers?)?\d?$/i.test(value.callee.span.text) &&
    inner?.kind === 'Call' &&
    /(norm|ln|\bn\d?)\w*$/i.test(inner.callee.span.text) &&
    inner.args[0]?.span.text === name
  );
}

/** `x = x + ...`, `x += ...` */
function isAdded(one: tree.Statement, name: string): boolean {
  if (one.kind === 'AugAssign') return one.operator === '+';
  return (
    one.kind === 'Assign' &&
    one.value.kind === 'BinOp' &&
    one.value.operator === '+' &&
    [one.value.left, one.value.right].some(({ span }) => span.text === name)
  );
}
