import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { linearMaker, makerOf } from '../../ask/ancestry.js';
import { madeOnce, spreadOut } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const HEADS = (scores: string): string => `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads, self.head_dim = heads, dim // heads
        self.to_q, self.to_k, self.to_v = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, dim)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q = self.to_q(x).view(b, n, self.heads, self.head_dim).transpose(1, 2)
        k = self.to_k(x).view(b, n, self.heads, self.head_dim).transpose(1, 2)
        v = self.to_v(x).view(b, n, self.heads, self.head_dim).transpose(1, 2)
        scores = ${scores}
        weights = torch.softmax(scores.masked_fill(mask == 0, -1e9), dim=-1)
        return weights @ v
`;

const ONE_HEAD = (values: string): string => `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.query, self.key, self.value = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        weights = torch.softmax(torch.matmul(self.query(x), self.key(x).transpose(-2, -1)), dim=-1)
        return torch.matmul(weights, ${values})
`;

export const keysNotTurned: Check = {
  id: 'keys-not-turned',
  title: 'Queries multiplied by keys that are laid out as they are',
  severity: 'warning',
  why: 'A score is the product of a query and a key: without the keys turned, [n, d] meets [n, d], which fits only where there are as many places as features.',
  instead: 'Turn the last two dimensions of the keys: q @ k.transpose(-2, -1).',
  needs: 'A softmax over the product of two projections that are laid out in the same way.',
  wrong: [
    HEADS('q @ k / self.head_dim ** 0.5  # <--'),
    `${HEADS('q @ k / self.head_dim ** 0.5  # <--')}
Attention(64, 4)(torch.randn(2, 10, 64), torch.ones(10, 10))
`,
  ],
  right: [
    HEADS('q @ k.transpose(-2, -1) / self.head_dim ** 0.5'),
    `${HEADS('q @ k / self.head_dim ** 0.5')}
Attention(64, 4)(torch.randn(2, 16, 64), torch.ones(16, 16))
`,
  ],
  *run(program) {
    for (const { product, softmax } of productsIn(program)) {
      const [one, other] = product.inputs.map((value) => projectionOf(value));
      const at = product.span;
      if (one === undefined || other === undefined || one.layout !== other.layout || at === undefined)
        continue;
      if (one.layer === other.layer || isProduct(product.inputs)) continue;
      yield {
        at,
        message: 'Queries and keys are laid out alike here: no query meets a key.',
        evidence: [places(['the softmax', softmax.span])],
      };
    }
  },
};

export const scaleMissing: Check = {
  id: 'scale-missing',
  title: 'Scores of attention that nothing scales',
  severity: 'design',
  why: 'Scores grow with the root of the width: the larger it is, the more softmax gives all weight to one key, and the less gradient it has.',
  instead: 'Divide by the root of the width of a head: q @ k.transpose(-2, -1) / math.sqrt(d).',
  needs:
    'A softmax over the product of two linear projections, straight or masked, with no scale on either side: heads, or queries and keys of one sequence whose values are a third.',
  wrong: [
    HEADS('q @ k.transpose(-2, -1)').replace('dim=-1)', 'dim=-1)  # <--'),
    ONE_HEAD('self.value(x)').replace('dim=-1)', 'dim=-1)  # <--'),
  ],
  right: [HEADS('q @ k.transpose(-2, -1) / self.head_dim ** 0.5'), ONE_HEAD('x')],
  *run(program) {
    // Some do without: their weights start so small, or vectors of length 1 are compared.
    if (/\bT5|relative|rel_pos|normalize\(|\.norm\(|init\.|temperature|scale/i.test(program.source)) return;
    for (const { product, softmax, isScaled } of productsIn(program)) {
      const [one, other] = product.inputs.map((value) => projectionOf(value));
      const at = softmax.span;
      if (isScaled || one === undefined || other === undefined || at === undefined) continue;
      if (one.layer === other.layer || one.layout === other.layout) continue;
      // With one head for all: attention of a sequence to itself, and no score of one vector against others.
      const isOfHeads = one.isOfHeads && other.isOfHeads;
      if (!isOfHeads && (one.of === undefined || one.of !== other.of || !isOfThird(program, softmax, one)))
        continue;
      yield {
        at,
        message: 'What goes into this softmax is the product of queries and keys as it comes.',
        evidence: [places(['the product', product.span])],
      };
    }
  },
};

/** Whether two tensors of known shape can be multiplied: [n, d] meets [n, d] where there are as many places as features. */
function isProduct([one, other]: readonly Value[]): boolean {
  const [columns, rows] = [one?.shape?.at(-1), other?.shape?.at(-2)];
  return columns !== undefined && columns === rows;
}

/** A softmax with the product of two under it, masked or scaled on the way. */
interface Attended {
  readonly softmax: Value;
  readonly product: Value;
  readonly isScaled: boolean;
}

function* productsIn(program: Program): Generator<Attended> {
  if (!/softmax/i.test(program.source) || !/@|matmul|bmm/.test(program.source)) return;
  for (const { result, given } of madeOnce(program, 'softmax')) {
    let current: Datum | undefined = given[0];
    let isScaled = false;
    for (let depth = 0; depth < 8 && isValue(current); depth++) {
      const name = makerOf(current);
      if (/^(matmul|bmm)$/.test(name)) {
        if (current.span?.source.file === program.file) yield { softmax: result, product: current, isScaled };
        break;
      }
      if (!/^(mul|div|masked_fill|masked_fill_)$/.test(name)) break;
      isScaled ||= /^(mul|div)$/.test(name);
      [current] = current.inputs;
    }
  }
}

/** Whether the weights are for values that a third layer makes of the same. */
function isOfThird(program: Program, softmax: Value, { of }: Projection): boolean {
  return ['matmul', 'bmm'].some((name) =>
    [...madeOnce(program, name)].some(({ given: [weights, values] }) => {
      if (!isValue(weights) || !isValue(values)) return false;
      const [first] =
        makerOf(weights) === 'Dropout' || makerOf(weights) === 'dropout' ? weights.inputs : [weights];
      return first === softmax && projectionOf(values)?.of === of;
    }),
  );
}

interface Projection {
  readonly layer: object;
  /** What the layer was given. */
  readonly of: Value | undefined;
  /** What was done to what the layer gave, in order. */
  readonly layout: string;
  readonly isOfHeads: boolean;
}

/** The linear layer that something comes of, with nothing in between but what lays it out. */
function projectionOf(value: Value): Projection | undefined {
  const layout: string[] = [];
  let isOfHeads = false;
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const layer = linearMaker(current);
    if (layer !== undefined)
      return makerOf(current) === 'Linear'
        ? { layer, of: current.inputs[0], layout: layout.join(), isOfHeads }
        : undefined;
    const { made }: Value = current;
    const name = makerOf(current);
    if (made.kind !== 'operation' || !/^(view|reshape|transpose|permute|contiguous|swapaxes)$/.test(name))
      return undefined;
    const sizes = spreadOut(made.args.positional.slice(1));
    const isCut = /^(view|reshape)$/.test(name);
    isOfHeads ||= isCut && sizes.length === 4;
    if (name !== 'contiguous') layout.push(isCut ? `cut ${sizes.length}` : `turned ${sizes.join(' ')}`);
    [current] = current.inputs;
  }
  return undefined;
}
