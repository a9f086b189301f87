import { foreignCall } from '../../program/called-name.js';
import type { NamedCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { isOpaque } from './array-items.js';
import { numberOf, wholeOf } from './names.js';

/** Between which numbers the elements of an array lie, as far as it is known. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** The mean of their squares: of numbers that are written down, or as if all between were as frequent. */
  readonly meanSquare: number;
}

const known = new WeakMap<Value, Range | undefined>();

const MOST_DEPTH = 40;

/** The range of an array, by the numbers it is made of and what is done to them. */
export function rangeOf(datum: Datum | undefined, depth = 0): Range | undefined {
  const number = numberOf(datum);
  if (number !== undefined) return between(number, number);
  if (Array.isArray(datum)) return union(datum.map((one: Datum) => rangeOf(one, depth + 1)));
  if (isOpaque(datum) && datum.holds?.kind === 'array') {
    const elements = datum.holds.elements();
    return elements && ofNumbers(elements);
  }
  if (!(datum instanceof Value) || depth > MOST_DEPTH) return undefined;
  if (known.has(datum)) return known.get(datum);
  known.set(datum, undefined);
  const range = derive(datum, depth + 1);
  known.set(datum, range);
  return range;
}

/** As if every number between the two were as frequent. */
function between(one: number, other: number): Range | undefined {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  return Number.isFinite(low) && Number.isFinite(high)
    ? { low, high, meanSquare: (low * low + low * high + high * high) / 3 }
    : undefined;
}

function ofNumbers(numbers: readonly number[]): Range | undefined {
  let [low, high, squares] = [Infinity, -Infinity, 0];
  for (const number of numbers) {
    low = Math.min(low, number);
    high = Math.max(high, number);
    squares += number * number;
  }
  return Number.isFinite(squares) && numbers.length > 0
    ? { low, high, meanSquare: squares / numbers.length }
    : undefined;
}

function union(ranges: readonly (Range | undefined)[]): Range | undefined {
  let [low, high, squares] = [Infinity, -Infinity, 0];
  for (const range of ranges) {
    if (range === undefined) return undefined;
    low = Math.min(low, range.low);
    high = Math.max(high, range.high);
    squares += range.meanSquare;
  }
  return ranges.length === 0 ? undefined : { low, high, meanSquare: squares / ranges.length };
}

/** Methods and functions that change where elements are and not what they are. */
const KEEPS =
  /^(reshape|flatten|ravel|astype|copy|squeeze|transpose|swapaxes|array|asarray|asanyarray|expand_dims|atleast_2d|repeat|tile|shuffle|permutation|tolist|sort|convert_to_tensor|constant|cast|numpy|unsqueeze|view|float|double|to|cuda|cpu|type|clone|detach|contiguous|requires_grad_|from_numpy|tensor|as_tensor|Tensor|FloatTensor|DoubleTensor|Variable|t)$/;

function derive(value: Value, depth: number): Range | undefined {
  const of = (datum: Datum | undefined): Range | undefined => rangeOf(datum, depth);
  const { made, inputs } = value;
  if (made.kind === 'attribute') return /^(T|data)$/.test(made.name) ? of(inputs[0]) : undefined;
  if (made.kind === 'batch') return of(inputs[0]);
  if (made.kind === 'fresh' && made.args !== undefined) return ofFresh(made.by ?? '', made.args, of);
  if (made.kind !== 'operation') return undefined;
  const call = foreignCall(value);
  if (call !== undefined) return ofFunction(call, of);
  const [self, other] = made.args.positional;
  if (made.name === 'unpacked') return ofSplit(self, wholeOf(other), of);
  if (made.name === 'getitem') return ofSplit(self, wholeOf(other), of) ?? of(self);
  if (KEEPS.test(made.name)) return of(self);
  return (
    ofOperator(made.name, self, other, of) ?? ofFunction({ name: `numpy.${made.name}`, args: made.args }, of)
  );
}

/** A tensor that PyTorch makes of numbers, or draws. */
function ofFresh(name: string, args: CallArguments, of: typeof rangeOf): Range | undefined {
  const short = name.split('.').at(-1) ?? '';
  const [first] = args.positional;
  if (/^(tensor|as_tensor|from_numpy|FloatTensor|DoubleTensor)$/.test(short)) return of(first);
  // `torch.Tensor(3, 4)` speaks of sizes.
  if (short === 'Tensor') return Array.isArray(first) ? of(first) : undefined;
  if (/^(rand|randn)$/.test(short)) return ofFunction({ name: `numpy.random.${short}`, args }, of);
  return /^(linspace|arange|zeros|ones)$/.test(short)
    ? ofFunction({ name: `numpy.${short}`, args }, of)
    : undefined;
}

function ofSplit(self: Datum | undefined, index: number | undefined, of: typeof rangeOf): Range | undefined {
  const call = foreignCall(self);
  return call !== undefined && index !== undefined && /(^|\.)train_test_split$/.test(call.name)
    ? of(call.args.positional[Math.floor(index / 2)])
    : undefined;
}

function ofOperator(
  name: string,
  self: Datum | undefined,
  other: Datum | undefined,
  of: typeof rangeOf,
): Range | undefined {
  const [one, two] = [of(self), of(other)];
  if (one === undefined) return undefined;
  if (name === 'neg') return between(-one.low, -one.high);
  if (two === undefined) return undefined;
  switch (name) {
    case 'add':
      return between(one.low + two.low, one.high + two.high);
    case 'sub':
      return between(one.low - two.high, one.high - two.low);
    case 'mul':
      return corners(one, two, (a, b) => a * b);
    case 'div':
      return two.low > 0 || two.high < 0 ? corners(one, two, (a, b) => a / b) : undefined;
    case 'pow':
      return raised(one, two);
    default:
      return undefined;
  }
}

function corners(one: Range, two: Range, combine: (a: number, b: number) => number): Range | undefined {
  const all = [one.low, one.high].flatMap((a) => [two.low, two.high].map((b) => combine(a, b)));
  return between(Math.min(...all), Math.max(...all));
}

/** To a power that is one whole number, as `x ** 4`. */
function raised(one: Range, by: Range): Range | undefined {
  const { low: power } = by;
  if (by.low !== by.high || power < 0 || (one.low < 0 && !Number.isInteger(power))) return undefined;
  const [low, high] = [one.low ** power, one.high ** power];
  return between(
    power % 2 === 0 && one.low < 0 && one.high > 0 ? 0 : Math.min(low, high),
    Math.max(low, high),
  );
}

const RANDOM = /^numpy\.random\.(?:\w+\.)?(\w+)$/;

function ofFunction({ name, args }: NamedCall, of: typeof rangeOf): Range | undefined {
  const number = (key: string, place: number, usual: number): number =>
    numberOf(argument(args, key, place) ?? usual) ?? Number.NaN;
  const [first, second] = args.positional;
  const drawn = RANDOM.exec(name)?.[1];
  switch (drawn) {
    case undefined:
      break;
    case 'rand':
    case 'random':
    case 'random_sample':
    case 'ranf':
      return between(0, 1);
    case 'uniform':
      return between(number('low', 0, 0), number('high', 1, 1));
    case 'randint':
      return argument(args, 'high', 1) === undefined
        ? between(0, number('low', 0, 0) - 1)
        : between(number('low', 0, 0), number('high', 1, 0) - 1);
    case 'randn':
    case 'standard_normal':
      return normal(0, 1);
    case 'normal':
      return normal(number('loc', 0, 0), number('scale', 1, 1));
    case 'permutation':
      return of(first);
    default:
      return undefined;
  }
  if (!/^(numpy|tensorflow)\./.test(name)) return undefined;
  const short = name.split('.').at(-1) ?? '';
  if (KEEPS.test(short)) return of(first);
  switch (short) {
    case 'linspace':
      return between(number('start', 0, 0), number('stop', 1, 0));
    case 'arange':
      return second === undefined
        ? between(0, number('start', 0, 0))
        : between(number('start', 0, 0), number('stop', 1, 0));
    case 'zeros':
      return between(0, 0);
    case 'ones':
      return between(1, 1);
    case 'sin':
    case 'cos':
    case 'tanh':
      return between(-1, 1);
    case 'power':
    case 'pow':
      return ofOperator('pow', first, second, of);
    case 'multiply':
      return ofOperator('mul', first, second, of);
    case 'add':
      return ofOperator('add', first, second, of);
    case 'subtract':
      return ofOperator('sub', first, second, of);
    case 'square':
      return ofOperator('pow', first, 2n, of);
    case 'concatenate':
    case 'vstack':
    case 'hstack':
    case 'stack':
      return Array.isArray(first) ? union(first.map((one: Datum) => of(one))) : undefined;
    default:
      return undefined;
  }
}

/** Numbers that are normally distributed lie within three deviations, mostly. */
function normal(mean: number, deviation: number): Range | undefined {
  const range = between(mean - 3 * deviation, mean + 3 * deviation);
  return range && { ...range, meanSquare: mean * mean + deviation * deviation };
}
