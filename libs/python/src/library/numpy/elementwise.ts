import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { floatFloorDivide, roundHalfEven } from '../../operations/numbers.js';
import { PyTuple } from '../../objects/containers.js';
import { asArray, checkSize, NdArray, unwrap } from './array.js';
import { BOOL, FLOAT64, INT64, promote } from './dtypes.js';
import type { DType } from './dtypes.js';

/** The shape two or more shapes spread to; raises ValueError where they do not fit. */
export function broadcastShapes(rt: Runtime, shapes: readonly (readonly number[])[]): number[] {
  const dimensions = Math.max(...shapes.map((shape) => shape.length));
  const result: number[] = [];
  for (let axis = 0; axis < dimensions; axis++) {
    const lengths = shapes.map((shape) => shape[axis - dimensions + shape.length] ?? 1);
    const wide = lengths.find((length) => length !== 1) ?? 1;
    if (lengths.some((length) => length !== 1 && length !== wide)) {
      const shown = shapes.map((shape) => shapeText(rt, shape).replaceAll(' ', '')).join(' ');
      return raise('ValueError', `operands could not be broadcast together with shapes ${shown} `);
    }
    result.push(wide);
  }
  return result;
}

export function shapeText(rt: Runtime, shape: readonly number[]): string {
  return rt.show(new PyTuple(shape.map(BigInt)));
}

/** A view with the larger shape, in which spread axes stand still. */
export function broadcastTo(array: NdArray, shape: readonly number[]): NdArray {
  const shift = shape.length - array.shape.length;
  const strides = shape.map((length, axis) => {
    const own = axis - shift;
    return own < 0 || (array.shape[own] === 1 && length !== 1) ? 0 : (array.strides[own] ?? 0);
  });
  return array.view(shape, strides, array.offset);
}

/** What an operation makes of two numbers, and of which type the result is. */
export interface Binary {
  readonly apply: (a: number, b: number) => number;
  readonly type: (common: DType) => DType;
}

const same = (type: DType): DType => (type.kind === 'bool' ? INT64 : type);
const bool = (): DType => BOOL;
const real = (type: DType): DType => (type.kind === 'float' ? type : FLOAT64);
const keep = (type: DType): DType => type;

/** The type of what is done bit by bit, which numbers with a point are refused for. */
function bits(type: (common: DType) => DType, name: string): (common: DType) => DType {
  return (common) =>
    common.kind === 'float'
      ? raise(
          'TypeError',
          `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
        )
      : type(common);
}

function modulo(a: number, b: number): number {
  if (b === 0) return NaN;
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function floorDivide(a: number, b: number): number {
  return b === 0 ? a / b : floatFloorDivide(a, b);
}

/** Binary operations by the name of their special method, and by NumPy's own. */
export const BINARY: Readonly<Record<string, Binary>> = {
  add: { apply: (a, b) => a + b, type: keep },
  sub: { apply: (a, b) => a - b, type: keep },
  mul: { apply: (a, b) => a * b, type: keep },
  truediv: { apply: (a, b) => a / b, type: real },
  floordiv: { apply: floorDivide, type: same },
  mod: { apply: modulo, type: same },
  pow: { apply: (a, b) => a ** b, type: same },
  eq: { apply: (a, b) => Number(a === b), type: bool },
  ne: { apply: (a, b) => Number(a !== b), type: bool },
  lt: { apply: (a, b) => Number(a < b), type: bool },
  le: { apply: (a, b) => Number(a <= b), type: bool },
  gt: { apply: (a, b) => Number(a > b), type: bool },
  ge: { apply: (a, b) => Number(a >= b), type: bool },
  and: { apply: (a, b) => Number(BigInt(a) & BigInt(b)), type: bits(keep, 'bitwise_and') },
  or: { apply: (a, b) => Number(BigInt(a) | BigInt(b)), type: bits(keep, 'bitwise_or') },
  xor: { apply: (a, b) => Number(BigInt(a) ^ BigInt(b)), type: bits(keep, 'bitwise_xor') },
  lshift: { apply: (a, b) => a * 2 ** b, type: bits(same, 'left_shift') },
  rshift: { apply: (a, b) => Math.floor(a / 2 ** b), type: bits(same, 'right_shift') },
  maximum: { apply: (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Math.max(a, b)), type: keep },
  minimum: { apply: (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Math.min(a, b)), type: keep },
};

/** The type two operands meet in: a Python number follows the array's type where its kind allows. */
function commonType(a: PyValue, left: NdArray, b: PyValue, right: NdArray): DType {
  const follows = (value: PyValue, own: NdArray, other: NdArray): boolean =>
    !(value instanceof NdArray) && kindRank(own.dtype) <= kindRank(other.dtype) && other.shape.length > 0;
  if (follows(a, left, right)) return right.dtype;
  if (follows(b, right, left)) return left.dtype;
  return promote(left.dtype, right.dtype);
}

function kindRank(type: DType): number {
  return type.kind === 'bool' ? 0 : type.kind === 'integer' ? 1 : 2;
}

/** `a op b`, spread to a common shape. */
export function applyBinary(rt: Runtime, operation: Binary, a: PyValue, b: PyValue): PyValue {
  const [left, right] = [asArray(rt, a), asArray(rt, b)];
  const common = commonType(a, left, b, right);
  const type = operation.type(common);
  const integers = common.kind !== 'float' && type.kind === 'integer';
  if (integers && operation === BINARY['pow'] && right.values().some((value) => value < 0))
    return raise('ValueError', 'Integers to negative integer powers are not allowed.');
  const shape = broadcastShapes(rt, [left.shape, right.shape]);
  checkSize(rt, shape);
  const xs = broadcastTo(left, shape).values();
  const ys = broadcastTo(right, shape).values();
  const values = xs.map((x, index) => {
    const result = operation.apply(common.fit(x), common.fit(ys[index] ?? 0));
    return type.fit(integers && !Number.isFinite(result) ? 0 : result);
  });
  return unwrap(new NdArray(values, shape, type));
}

/** What an operation makes of one number. */
export interface Unary {
  readonly apply: (x: number) => number;
  readonly type: (own: DType) => DType;
}

function rounded(x: number): number {
  const result = Number.isFinite(x) ? roundHalfEven(x) : x;
  return result === 0 && (x < 0 || Object.is(x, -0)) ? -0 : result;
}

export const UNARY: Readonly<Record<string, Unary>> = {
  negative: { apply: (x) => -x, type: keep },
  positive: { apply: (x) => x, type: keep },
  absolute: { apply: Math.abs, type: keep },
  abs: { apply: Math.abs, type: keep },
  sign: { apply: Math.sign, type: keep },
  square: { apply: (x) => x * x, type: keep },
  sqrt: { apply: Math.sqrt, type: real },
  cbrt: { apply: Math.cbrt, type: real },
  exp: { apply: Math.exp, type: real },
  expm1: { apply: Math.expm1, type: real },
  log: { apply: Math.log, type: real },
  log2: { apply: Math.log2, type: real },
  log10: { apply: Math.log10, type: real },
  log1p: { apply: Math.log1p, type: real },
  sin: { apply: Math.sin, type: real },
  cos: { apply: Math.cos, type: real },
  tan: { apply: Math.tan, type: real },
  tanh: { apply: Math.tanh, type: real },
  arctan: { apply: Math.atan, type: real },
  ceil: { apply: Math.ceil, type: real },
  floor: { apply: Math.floor, type: real },
  trunc: { apply: Math.trunc, type: real },
  rint: { apply: rounded, type: real },
  reciprocal: { apply: (x) => 1 / x, type: real },
  deg2rad: { apply: (x) => x * (Math.PI / 180), type: real },
  isnan: { apply: (x) => Number(Number.isNaN(x)), type: bool },
  isinf: { apply: (x) => Number(x === Infinity || x === -Infinity), type: bool },
  isfinite: { apply: (x) => Number(Number.isFinite(x)), type: bool },
  logical_not: { apply: (x) => Number(x === 0), type: bool },
};

export function applyUnary(rt: Runtime, operation: Unary, value: PyValue): PyValue {
  const array = asArray(rt, value);
  const type = operation.type(array.dtype);
  rt.step(Math.ceil(array.size / 8));
  return unwrap(
    new NdArray(
      array.values().map((x) => type.fit(operation.apply(x))),
      array.shape,
      type,
    ),
  );
}

/** `np.round(a, decimals)`: NumPy scales, rounds to even and scales back. */
export function roundTo(rt: Runtime, value: PyValue, decimals: number): PyValue {
  const scale = 10 ** Math.abs(decimals);
  const apply = (x: number): number =>
    decimals === 0 ? rounded(x) : decimals > 0 ? rounded(x * scale) / scale : rounded(x / scale) * scale;
  return applyUnary(rt, { apply, type: keep }, value);
}

/** `divmod(a, b)` */
export function divideWithRest(rt: Runtime, a: PyValue, b: PyValue): PyValue {
  const { floordiv, mod } = BINARY;
  return floordiv === undefined || mod === undefined
    ? null
    : new PyTuple([applyBinary(rt, floordiv, a, b), applyBinary(rt, mod, a, b)]);
}
