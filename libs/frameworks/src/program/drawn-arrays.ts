import type { DType } from '@tensormark/network';
import { broadcastShapes } from '../torch/broadcasting.js';
import { foreignCall } from './called-name.js';
import { arrayOfPicture } from './pictures.js';
import { Value } from './value.js';
import type { Datum } from './value.js';

/** What NumPy has drawn: its shape, and the type of its elements. */
export interface DrawnArray {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Where the sizes stand in what each function of `numpy.random` is given; `all` where they are all that it is given. */
const SIZES: Readonly<Record<string, 'all' | number>> = {
  rand: 'all',
  randn: 'all',
  random: 0,
  random_sample: 0,
  standard_normal: 0,
  normal: 2,
  uniform: 2,
  randint: 2,
};

const MOST_DEPTH = 24;

/** The array that `np.random.randn(8, 3)` and its like give, where all sizes are known, and what is computed of such. */
export function drawnArray(value: Value, depth = 0): DrawnArray | undefined {
  const call = foreignCall(value);
  const picture = arrayOfPicture(value);
  if (picture !== undefined) return { shape: picture, dtype: 'uint8' };
  if (call === undefined && depth < MOST_DEPTH) return computedOf(value, (of) => arrayOf(of, depth + 1));
  const name = /^numpy\.random\.(\w+)$/.exec(call?.name ?? '')?.[1];
  if (call === undefined || name === undefined || !Object.hasOwn(SIZES, name)) return undefined;
  const { positional, named } = call.args;
  const at = SIZES[name];
  const given = named.get('size') ?? (at === 'all' ? positional : positional[at ?? 0]);
  const shape = sizesIn(given);
  if (shape === undefined) return undefined;
  return { shape, dtype: name === 'randint' ? 'int64' : 'float64' };
}

/** Numbers beside an array leave its type as it is, unless they are fractions and it holds whole ones. */
type Operand = DrawnArray | { readonly shape: readonly []; readonly dtype: 'whole' | 'fraction' };

function isArray(operand: Operand | undefined): operand is DrawnArray {
  return operand !== undefined && operand.dtype !== 'whole' && operand.dtype !== 'fraction';
}

/** What an operation was given: numbers, arrays that are known, and those that are drawn. */
function arrayOf(datum: Datum | undefined, depth: number): Operand | undefined {
  if (typeof datum === 'bigint') return { shape: [], dtype: 'whole' };
  if (typeof datum === 'number') return { shape: [], dtype: 'fraction' };
  if (datum instanceof Value) return drawnArray(datum, depth);
  if (typeof datum !== 'object' || datum === null || !('kind' in datum) || datum.kind !== 'other')
    return undefined;
  // Of which type is not told: beside an array of float64 it does not matter.
  return datum.holds?.kind === 'array' ? { shape: datum.holds.shape, dtype: 'int64' } : undefined;
}

const BETWEEN = new Set(['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum']);
const COMPARING = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);
const EACH = new Set(['sin', 'cos', 'tanh', 'exp', 'log', 'sqrt', 'square', 'abs', 'neg', 'copy']);
/** What its own text says that `astype` is given; a class of NumPy's is not told otherwise. */
const AS_TYPE = /\.astype\((?:np\.|numpy\.|['"])(float32|float64|int64|int32|uint8)['"]?\)$/;

/** Arithmetic, products, other shapes and parts of arrays. */
function computedOf(
  value: Value,
  of: (datum: Datum | undefined) => Operand | undefined,
): DrawnArray | undefined {
  const { made, span } = value;
  if (made.kind !== 'operation') return undefined;
  const { name, args } = made;
  const [first, second, ...more] = args.positional;
  const one = of(first);
  if (name === 'div' && isArray(one) && one.dtype === 'uint8') {
    const found = between({ ...one, dtype: 'float64' }, of(second));
    return found && { shape: found.shape, dtype: 'float64' };
  }
  if (BETWEEN.has(name) && second !== undefined) return between(one, of(second));
  if (COMPARING.has(name) && second !== undefined) {
    const other = of(second);
    const shape = one && other && broadcastShapes([one.shape, other.shape]);
    return shape && { shape, dtype: 'bool' };
  }
  if (name === 'matmul' || name === 'dot') return product(one, of(second));
  if (!isArray(one) || !(first instanceof Value)) return undefined;
  const { shape, dtype } = one;
  const count = shape.reduce((product, size) => product * size, 1);
  if (EACH.has(name)) return dtype === 'float64' || dtype === 'float32' ? one : undefined;
  switch (name) {
    case 'astype': {
      const told = AS_TYPE.exec(span?.text ?? '')?.[1];
      return told === undefined ? undefined : { shape, dtype: told as DType };
    }
    case 'flatten':
    case 'ravel':
      return { shape: [count], dtype };
    case 'reshape': {
      const laid = laidOut(second !== undefined && Array.isArray(second) ? second : [second, ...more], count);
      return laid && { shape: laid, dtype };
    }
    case 'getitem': {
      const part = partOf(shape, second !== undefined && Array.isArray(second) ? second : [second]);
      return part && { shape: part, dtype };
    }
    default:
      return undefined;
  }
}

function between(one: Operand | undefined, other: Operand | undefined): DrawnArray | undefined {
  if (one === undefined || other === undefined) return undefined;
  const shape = broadcastShapes([one.shape, other.shape]);
  const types = [one.dtype, other.dtype];
  if (shape === undefined) return undefined;
  if (types.includes('float64')) return { shape, dtype: 'float64' };
  const isOfFloats = types.includes('float32') && (types.includes('whole') || types.includes('fraction'));
  if (isOfFloats || types.every((type) => type === 'float32')) return { shape, dtype: 'float32' };
  return undefined;
}

function product(one: Operand | undefined, other: Operand | undefined): DrawnArray | undefined {
  if (one === undefined || other === undefined || (one.dtype !== 'float64' && other.dtype !== 'float64'))
    return undefined;
  const [a, b] = [one.shape, other.shape];
  if (a.length === 0 || b.length === 0) return between(one, other);
  if (a.length > 2 || b.length > 2) return undefined;
  if (a.at(-1) !== b[0]) return undefined;
  return { shape: [...a.slice(0, -1), ...b.slice(1)], dtype: 'float64' };
}

function laidOut(sizes: readonly (Datum | undefined)[], count: number): readonly number[] | undefined {
  const numbers = sizes.map((size) => (typeof size === 'bigint' ? Number(size) : NaN));
  const told = numbers.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  if (!(told > 0) || count % told !== 0 || numbers.length - numbers.filter((size) => size !== -1).length > 1)
    return undefined;
  return numbers.map((size) => (size === -1 ? count / told : size));
}

/** `x[:80]`, `x[:, None]`, `x[:, 0]` */
function partOf(
  shape: readonly number[],
  keys: readonly (Datum | undefined)[],
): readonly number[] | undefined {
  const sizes: number[] = [];
  let axis = 0;
  for (const key of keys) {
    if (key === null) {
      sizes.push(1);
      continue;
    }
    const size = shape[axis++];
    if (size === undefined) return undefined;
    // Several numbers alone may be a list of rows as well.
    if (typeof key === 'bigint' && sizes.length > 0) continue;
    if (typeof key !== 'object' || !('kind' in key) || key.kind !== 'other' || key.holds?.kind !== 'slice')
      return undefined;
    const { start, stop, step } = key.holds;
    const [from, to] = [start ?? 0n, stop ?? BigInt(size)];
    if (step !== null || typeof from !== 'bigint' || typeof to !== 'bigint' || from < 0n || to < 0n)
      return undefined;
    sizes.push(Math.max(0, Math.min(Number(to), size) - Number(from)));
  }
  return [...sizes, ...shape.slice(axis)];
}

function sizesIn(given: Datum | readonly Datum[] | undefined): readonly number[] | undefined {
  const sizes = Array.isArray(given) ? given : [given];
  const numbers = sizes.map((size: Datum | undefined) => (typeof size === 'bigint' ? Number(size) : -1));
  return numbers.length > 0 && numbers.every((size) => size >= 0) ? numbers : undefined;
}
