import { isSlice, Value } from '../value.js';
import type { CallArguments, Datum } from '../value.js';
import type { Plan } from './world.js';

type Shape = readonly number[];

/** What an operation may have been given for what it gives to have a shape; nothing where that cannot be told. */
type Back = (args: CallArguments, shape: Shape, plan: Plan) => readonly Shape[];

/** The shapes that the first thing an operation is given may have for what it gives to have `shape`, likeliest first. */
export function givenBefore(name: string, args: CallArguments, shape: Shape, plan: Plan): readonly Shape[] {
  if (KEEPING.test(name)) return [shape];
  return (Object.hasOwn(BACK, name) ? BACK[name]?.(args, shape, plan) : undefined) ?? [];
}

/** Operations, and layers, that leave the shape of what they are given. */
const KEEPING =
  /^(Variable|relu6?|leaky_relu|elu|selu|gelu|silu|tanh|sigmoid|softmax|log_softmax|dropout\w*|float|double|half|long|int|type|to|cuda|cpu|contiguous|clone|detach|requires_grad_|mul|div|add|sub|rsub|radd|rmul|neg|pow|abs|exp|log|log1p|sqrt|clamp|normalize|layer_norm|masked_fill_?|pack_padded_sequence|data|tensor|as_tensor|from_numpy|FloatTensor|LongTensor|Tensor|pad|max_pool2d|avg_pool2d|interpolate|\w*Dropout\w*|\w*ReLU6?|GELU|ELU|SiLU|Tanh|Sigmoid|LayerNorm|BatchNorm[123]d|InstanceNorm[12]d|GroupNorm|Identity|(Max|Avg)Pool2d|\w+Pad2d|Upsample)$/;

/** The same of those that leave what their other operands are as well: a sum's terms are alike. */
export const OF_LIKES = /^(mul|div|add|sub|radd|rmul|rsub)$/;

/** What no picture or sequence can come of otherwise: nothing is guessed in turning these back. */
export const EXACT =
  /^(Variable|relu|tanh|sigmoid|dropout|float|to|cuda|cpu|contiguous|clone|detach|mul|div|add|sub|neg|Dropout|ReLU|LayerNorm|BatchNorm[12]d|Identity|long|unsqueeze|squeeze|transpose|permute|t|swapaxes|T|data)$/;

const number = (datum: Datum | undefined): number | undefined =>
  typeof datum === 'bigint' ? Number(datum) : undefined;

/** The dimension an operation names, counted from the front of `rank` dimensions. */
function dimOf(
  { positional, named }: CallArguments,
  rank: number,
  place = 1,
  fallback?: number,
): number | undefined {
  const said = number(named.get('dim') ?? named.get('axis') ?? positional[place]) ?? fallback;
  return said === undefined ? undefined : said < 0 ? said + rank : said;
}

/** Numbers given one by one or as one list; what is no number is kept. */
function several({ positional, named }: CallArguments, name: string): readonly Datum[] {
  const [first, ...others] = positional.slice(1);
  const list = named.get(name) ?? first;
  if (Array.isArray(list)) return list;
  return first === undefined ? [] : [first, ...others];
}

const swapped = (shape: Shape, one: number, other: number): readonly Shape[] => {
  const [a, b] = [shape[one], shape[other]];
  return a === undefined || b === undefined ? [] : [shape.with(one, b).with(other, a)];
};

const exchanged: Back = ({ positional: [, one, other], named }, shape) => {
  const place = (datum: Datum | undefined): number => {
    const at = number(datum) ?? Number.NaN;
    return at < 0 ? at + shape.length : at;
  };
  return swapped(
    shape,
    place(named.get('dim0') ?? named.get('axis0') ?? one),
    place(named.get('dim1') ?? named.get('axis1') ?? other),
  );
};

/** Of a dimension that is gone, nobody knows how long it was. */
const reduced: Back = (args, shape, { length }) => {
  const { positional, named } = args;
  if (named.get('keepdim') === true || positional[2] === true) {
    const dim = dimOf(args, shape.length);
    return dim === undefined || shape[dim] === undefined ? [] : [shape.with(dim, length)];
  }
  const dims = Array.isArray(positional[1]) ? (positional[1] as readonly Datum[]) : undefined;
  if (dims !== undefined) {
    const places = dims.map((one) => number(one) ?? Number.NaN);
    const rank = shape.length + places.length;
    const from = places.map((one) => (one < 0 ? one + rank : one)).toSorted((a, b) => a - b);
    return from.some((one) => Number.isNaN(one))
      ? []
      : [from.reduce<Shape>((sizes, at) => sizes.toSpliced(at, 0, length), shape)];
  }
  const dim = dimOf(args, shape.length + 1);
  return dim === undefined ? [] : [shape.toSpliced(dim, 0, length)];
};

/** Rows of which a layer is given one for each example: they may have been pictures. */
const rows = (shape: Shape): readonly Shape[] => {
  const [batch, features] = shape;
  if (batch === undefined || features === undefined || shape.length !== 2) return [];
  const pictures = [1, 3].flatMap((channels) => {
    const side = Math.sqrt(features / channels);
    return Number.isInteger(side) && side > 8 ? [[batch, channels, side, side]] : [];
  });
  return [shape, ...pictures];
};

const laidOut: Back = (args, shape, { batch, length }) => {
  const sizes = several(args, 'shape');
  const last = sizes.at(-1);
  if (sizes.length !== shape.length) return [];
  if (shape.length === 2) {
    if (last === -1n) return rows(shape);
    const [first] = sizes;
    const isMerged =
      first === -1n ||
      (first instanceof Value && first.made.kind === 'operation' && first.made.name === 'mul');
    const isOfRows = last instanceof Value || isMerged;
    return isOfRows && typeof last !== 'bigint'
      ? [[batch, length, shape[1] ?? 0]]
      : [...rows(shape), [batch, length, shape[1] ?? 0]];
  }
  const told = sizes.map((size, at) => {
    const said = number(size);
    return said !== undefined && said > 0 && at > 0 ? said : (shape[at] ?? 0);
  });
  const [first = batch, ...others] = told;
  return [
    [first, ...others],
    [first, others.reduce((all, size) => all * size, 1)],
  ];
};

const flattened: Back = (args, shape, { batch, length }) => {
  const [, start, end] = args.positional;
  const from = number(args.named.get('start_dim') ?? start) ?? 0;
  const to = number(args.named.get('end_dim') ?? end);
  if (from === 0 && to !== undefined) return [[batch, length, ...shape.slice(1)]];
  return from === 1 ? rows(shape) : [];
};

/** `x[:, 0]`, `x[..., -1, :]`, `x[:, None]`: what numbers pick out was one of several. */
const picked: Back = ({ positional: [, key] }, shape, { length }) => {
  if (key === undefined || typeof key === 'string') return [];
  const keys: readonly Datum[] = Array.isArray(key) ? (key as readonly Datum[]) : [key];
  const isOne = (one: Datum): boolean => typeof one === 'bigint' || (one instanceof Value && !one.shape);
  const rest = keys.findIndex((one) => isRest(one));
  const ahead = rest === -1 ? keys : keys.slice(0, rest);
  const behind = rest === -1 ? [] : keys.slice(rest + 1);
  const takenBehind = behind.filter((one) => !isOne(one)).length;
  const before: number[] = [];
  let at = 0;
  const take = (one: Datum): boolean => {
    if (isOne(one)) before.push(length);
    else if (one === null) at++;
    else if (isSlice(one)) before.push(shape[at++] ?? 0);
    else return false;
    return true;
  };
  if (!ahead.every(take)) return [];
  if (rest === -1) return [[...before, ...shape.slice(at)]];
  while (at < shape.length - takenBehind) before.push(shape[at++] ?? 0);
  return behind.every(take) ? [before] : [];
};

function isRest(datum: Datum): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.type === 'ellipsis'
  );
}

const turned: Back = (_, shape) => [shape.toReversed()];

const BACK: Readonly<Record<string, Back>> = {
  unsqueeze: (args, shape) => {
    const dim = dimOf(args, shape.length);
    return dim === undefined || dim >= shape.length ? [] : [shape.toSpliced(dim, 1)];
  },
  squeeze: (args, shape) => {
    const dim = dimOf(args, shape.length + 1);
    return dim === undefined ? [shape] : [shape.toSpliced(dim, 0, 1)];
  },
  transpose: exchanged,
  swapaxes: exchanged,
  t: turned,
  T: turned,
  permute: (args, shape) => {
    const dims = several(args, 'dims').map((one) => number(one) ?? -1);
    const before = dims.map((_, to) => shape[dims.indexOf(to)]);
    return before.length === shape.length && before.every((size) => size !== undefined) ? [before] : [];
  },
  view: laidOut,
  reshape: laidOut,
  flatten: flattened,
  Flatten: (_, shape) => rows(shape),
  getitem: picked,
  element: (_, shape, { length }) => [[length, ...shape]],
  mean: reduced,
  sum: reduced,
  amax: reduced,
  amin: reduced,
  std: reduced,
  var: reduced,
  norm: reduced,
  logsumexp: reduced,
  one_hot: (_, shape) => [shape.slice(0, -1)],
};

/** What is given to something that gives several: the parts of a tensor along a dimension, or its largest numbers with their places. */
export function wholeOfPart(
  name: string,
  args: CallArguments,
  shape: Shape,
  plan: Plan,
): readonly Shape[] | undefined {
  if (/^(max|min|topk|sort)$/.test(name)) return reduced(args, shape, plan);
  if (!/^(split|chunk|unbind)$/.test(name)) return undefined;
  if (name === 'unbind') {
    const dim = dimOf(args, shape.length + 1, 1, 0);
    return dim === undefined ? undefined : [shape.toSpliced(dim, 0, plan.length)];
  }
  const dim = dimOf(args, shape.length, 2, 0);
  const size = dim === undefined ? undefined : shape[dim];
  if (dim === undefined || size === undefined) return undefined;
  const times = name === 'chunk' ? number(args.named.get('chunks') ?? args.positional[1]) : plan.length;
  return times === undefined ? undefined : [shape.with(dim, size * times)];
}
