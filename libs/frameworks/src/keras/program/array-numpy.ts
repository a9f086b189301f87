import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import type { ArrayFacts, Size } from './array-facts.js';
import type { Of } from './array-items.js';
import { eitherWith, together } from './array-shapes.js';
import { numberOf, wholeOf } from './names.js';
import { sizeOf, sizesOf } from './sizes.js';

/** What gives an array of the shape of the one that it is given. */
const ALIKE =
  /^(abs|absolute|fabs|sqrt|square|exp|expm1|log|log1p|log2|log10|tanh|tan|floor|ceil|rint|round|around|sign|negative|nan_to_num|flip|fliplr|flipud|roll|sort|argsort|ascontiguousarray|asfarray|zeros_like|ones_like|empty_like|full_like|logical_not|isnan|clip)$/;
const BETWEEN =
  /^(add|subtract|multiply|power|maximum|minimum|mod|equal|not_equal|greater|greater_equal|less|less_equal|logical_and|logical_or|logical_xor)$/;
const ALONG = /^(max|min|amax|amin|std|var|median|nanmean|nanmax|nanmin|prod|any|all|ptp)$/;

/** The shape of what a function of NumPy gives; undefined where it is none that is known here. */
export function ofNumpy(short: string, args: CallArguments, of: Of): ArrayFacts | undefined {
  const [first, second] = args.positional;
  const shapeOf = (datum: Datum | undefined): ArrayFacts['shape'] =>
    numberOf(datum) === undefined ? of(datum).shape : [];
  if (ALIKE.test(short)) {
    const { shape, scale } = of(first);
    const isUnit = short === 'clip' && numberOf(second) === 0 && numberOf(args.positional[2]) === 1;
    return { shape, scale: isUnit ? 'unit' : short === 'clip' && scale === 'unit' ? scale : undefined };
  }
  if (BETWEEN.test(short)) return { shape: eitherWith(shapeOf(first), shapeOf(second)) };
  if (ALONG.test(short)) return along(of(first).shape, argument(args, 'axis', 1), args);
  switch (short) {
    // Of sizes that are not all known when it is called.
    case 'zeros':
    case 'ones':
    case 'empty':
    case 'full':
      return { shape: sizesOf(argument(args, 'shape', 0), of) };
    case 'linspace':
      return {
        shape: [args.named.has('num') || args.positional.length > 2 ? wholeOf(argument(args, 'num', 2)) : 50],
      };
    case 'arange':
      return { shape: [counted(args)] };
    case 'stack':
    case 'dstack':
    case 'hstack':
    case 'column_stack':
      return { shape: beside(short, first, argument(args, 'axis', 1), of) };
    case 'concatenate':
      return { shape: inRow(first, argument(args, 'axis', 1), of) };
    case 'where':
      return args.positional.length === 3
        ? { shape: together(shapeOf(second), shapeOf(args.positional[2])) }
        : undefined;
    case 'tile':
    case 'repeat':
      return { shape: repeated(short, of(first).shape, second, argument(args, 'axis', 2), of) };
    case 'dot':
    case 'matmul':
      return { shape: multiplied(of(first).shape, of(second).shape) };
    case 'permutation':
      return numberOf(first) === undefined && !isCount(first)
        ? { ...of(first), isShuffled: true }
        : { shape: [sizeOf(first, of)] };
    case 'unique':
      return args.named.size === 0 ? { shape: [undefined] } : undefined;
    default:
      return undefined;
  }
}

/** Whether it is how many there are of something. */
function isCount(datum: Datum | undefined): boolean {
  return datum instanceof Value && datum.made.kind === 'operation' && /^(len|getitem)$/.test(datum.made.name);
}

function counted({ positional, named }: CallArguments): Size {
  const numbers = positional.map(wholeOf);
  if (named.has('start') || named.has('stop') || named.has('step') || numbers.includes(undefined))
    return undefined;
  const [start, stop] = numbers.length > 1 ? numbers : [0, numbers[0]];
  const step = numbers[2] ?? 1;
  return start === undefined || stop === undefined || step === 0
    ? undefined
    : Math.max(0, Math.ceil((stop - start) / step));
}

/** The parts that are listed, where the list is not one that a loop has grown. */
function listed(given: Datum | undefined): readonly Datum[] | undefined {
  return Array.isArray(given) && given.length > 0 && given.length < 8 ? given : undefined;
}

function alike(parts: readonly Datum[], of: Of): readonly (readonly Size[])[] | undefined {
  const shapes = parts.map((part) => of(part).shape);
  const rank = shapes[0]?.length;
  return shapes.every((shape) => shape !== undefined && shape.length === rank)
    ? shapes.filter((shape) => shape !== undefined)
    : undefined;
}

/** Arrays put beside each other, mostly under a new axis. */
function beside(
  short: string,
  given: Datum | undefined,
  axis: Datum | undefined,
  of: Of,
): readonly Size[] | undefined {
  const parts = Array.isArray(given) ? given : undefined;
  const shapes = parts && alike(parts, of);
  const [first] = shapes ?? [];
  if (first === undefined) return undefined;
  const at = axis === undefined ? 0 : wholeOf(axis);
  // How many a loop has gathered is not known.
  const count = listed(given)?.length;
  if (short === 'stack') {
    if (at === undefined) return undefined;
    const place = at < 0 ? first.length + 1 + at : at;
    return [...first.slice(0, place), count, ...first.slice(place)];
  }
  if (short === 'column_stack' && first.length === 1) return [first[0], count];
  if (short === 'hstack') return inRow(given, first.length === 1 ? 0n : 1n, of);
  return undefined;
}

function inRow(given: Datum | undefined, axis: Datum | undefined, of: Of): readonly Size[] | undefined {
  const parts = listed(given);
  const shapes = parts && alike(parts, of);
  const [first] = shapes ?? [];
  const at = axis === undefined ? 0 : wholeOf(axis);
  if (shapes === undefined || first === undefined || at === undefined) return undefined;
  const place = at < 0 ? first.length + at : at;
  return first.map((size, other) =>
    other === place
      ? shapes.reduce<Size>((sum, shape) => plus(sum, shape[other]), 0)
      : (size ?? shapes.find((shape) => shape[other] !== undefined)?.[other]),
  );
}

function plus(one: Size, other: Size): Size {
  return one === undefined || other === undefined ? undefined : one + other;
}

function times(one: Size, other: Size): Size {
  return one === undefined || other === undefined ? undefined : one * other;
}

function repeated(
  short: string,
  shape: ArrayFacts['shape'],
  count: Datum | undefined,
  axis: Datum | undefined,
  of: Of,
): readonly Size[] | undefined {
  if (shape === undefined) return undefined;
  if (short === 'repeat') {
    const at = wholeOf(axis);
    if (at === undefined) return [undefined];
    const place = at < 0 ? shape.length + at : at;
    return shape.map((size, other) => (other === place ? times(size, wholeOf(count)) : size));
  }
  const counts = sizesOf(count, of);
  if (counts === undefined || counts.length < shape.length) return undefined;
  const lead = counts.length - shape.length;
  return counts.map((one, at) => (at < lead ? one : times(one, shape[at - lead])));
}

function multiplied(one: ArrayFacts['shape'], other: ArrayFacts['shape']): readonly Size[] | undefined {
  return one?.length === 2 && other?.length === 2 ? [one[0], other[1]] : undefined;
}

function along(shape: ArrayFacts['shape'], axis: Datum | undefined, { named }: CallArguments): ArrayFacts {
  const at = wholeOf(axis);
  if (axis === undefined || axis === null) return { shape: [] };
  if (shape === undefined || at === undefined) return {};
  const place = at < 0 ? shape.length + at : at;
  const isKept = (named.get('keepdims') ?? false) !== false;
  return place >= shape.length || place < 0
    ? {}
    : { shape: isKept ? shape.with(place, 1) : shape.filter((_, other) => other !== place) };
}
