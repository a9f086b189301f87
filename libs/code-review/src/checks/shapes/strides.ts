import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const viewNoncontiguous: Check = {
  id: 'view-noncontiguous',
  title: 'view after permute or transpose',
  severity: 'error',
  why: 'view only looks at memory in another way: over dimensions that were swapped it cannot, and raises an error.',
  instead: 'Use reshape, or call contiguous() before view.',
  needs: 'view straight on the result of permute or transpose, with shapes and order known.',
  onSupposed: true,
  wrong: [
    `
import math
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, words, width, heads):
        super().__init__()
        self.words, self.heads = nn.Embedding(words, width), heads
        self.key, self.query, self.value = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, text):
        x = self.words(text)
        batch, length, width = x.shape
        q, k, v = (
            layer(x).view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for layer in (self.query, self.key, self.value)
        )
        weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(width // self.heads), dim=-1)
        return (weights @ v).transpose(1, 2).view(batch, length, width)  # <--

net = Attention(len(open("words.txt").readlines()), 64, 8)
`,
    `
import torch
x = torch.randn(8, 4, 10)
y = x.transpose(1, 2).view(8, 40)  # <--
`,
  ],
  right: [
    `
import torch
x = torch.randn(8, 4, 10)
y = x.transpose(1, 2).contiguous().view(8, 40)
z = x.transpose(1, 2).reshape(8, 40)
v = x.permute(1, 2, 0).view(40, 8)
w = x.transpose(0, 1).view(4, 8, 5, 2)
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { owner, args, result, moment } of callsNamed(program, 'view')) {
      const [input] = args.positional;
      const at = moment.span;
      if (owner !== 'Tensor' || !isValue(input) || !isValue(result) || at === undefined) continue;
      if (input.shape === undefined || result.shape === undefined || seen.has(at.start)) continue;
      const strides = stridesOf(input);
      if (strides === undefined || canView(input.shape, strides, result.shape)) continue;
      if (wasMadeContiguous(program, input, moment.at)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `view cannot merge dimensions that ${makerOf(input)} has swapped.`,
        evidence: [
          {
            kind: 'shapes',
            shapes: [
              { what: 'it is', shape: input.shape },
              { what: 'it is to be', shape: result.shape },
            ],
          },
          places([makerOf(input), input.span]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message:
              "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
            exact: true,
          },
        ],
      };
    }
  },
};

/** contiguous() gives the tensor itself where reading is concerned. */
function wasMadeContiguous(program: Program, input: Value, before: number): boolean {
  return callsNamed(program, 'contiguous').some(
    ({ args, moment }) => args.positional[0] === input && moment.at < before,
  );
}

/** Strides of what permute or transpose made of a tensor that lies in order; undefined where that is not known. */
function stridesOf(value: Value): number[] | undefined {
  const [source] = value.inputs;
  const { made } = value;
  if (made.kind !== 'operation' || source?.shape === undefined || !liesInOrder(source)) return undefined;
  const rank = source.shape.length;
  const order = orderOf(made.name, made.args.positional.slice(1), made.args.named, rank);
  if (order === undefined) return undefined;
  const strides = inOrder(source.shape);
  return order.map((dim) => strides[dim] ?? 1);
}

/** Made by something that gives its result in order. */
function liesInOrder(value: Value): boolean {
  const name = makerOf(value);
  if (value.made.kind === 'layer')
    return /^(Linear|Embedding|ReLU|LayerNorm|Conv[12]d|ConvTranspose[12]d|(Max|Avg)Pool[12]d|BatchNorm[12]d)$/.test(
      name,
    );
  return (
    value.made.kind === 'batch' ||
    value.made.kind === 'fresh' ||
    /^(randn|rand|zeros|ones|cat|stack|contiguous|matmul|relu)$/.test(name)
  );
}

function orderOf(
  name: string,
  given: readonly Datum[],
  named: ReadonlyMap<string, Datum>,
  rank: number,
): number[] | undefined {
  const place = (datum: Datum | undefined): number | undefined =>
    typeof datum === 'bigint' ? (Number(datum) + rank) % rank : undefined;
  if (name === 'permute') {
    const [first] = given;
    const dims = (Array.isArray(first) ? first : given).map((datum: Datum) => place(datum));
    return dims.length === rank ? dims.flatMap((dim) => (dim === undefined ? [] : [dim])) : undefined;
  }
  if (name !== 'transpose') return undefined;
  const args = { positional: given, named };
  const [a, b] = [place(argument(args, 'dim0', 0)), place(argument(args, 'dim1', 1))];
  if (a === undefined || b === undefined) return undefined;
  const order = Array.from({ length: rank }, (_, at) => at);
  [order[a], order[b]] = [b, a];
  return order;
}

function inOrder(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let at = shape.length - 1; at >= 0; at--) {
    strides[at] = stride;
    stride *= shape[at] ?? 1;
  }
  return strides;
}

/** Whether a view of another shape is possible: PyTorch's computeStride, by runs of dimensions that lie together. */
function canView(shape: readonly number[], strides: readonly number[], wanted: readonly number[]): boolean {
  let at = wanted.length - 1;
  let base = strides.at(-1) ?? 1;
  let run = 1;
  let taken = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    run *= shape[dim] ?? 1;
    const next = dim === 0 ? undefined : strides[dim - 1];
    if (next !== undefined && (shape[dim - 1] === 1 || next === run * base)) continue;
    while (at >= 0 && (taken < run || wanted[at] === 1)) taken *= wanted[at--] ?? 1;
    if (taken !== run) return false;
    if (next !== undefined) [base, run, taken] = [next, 1, 1];
  }
  return at < 0;
}
