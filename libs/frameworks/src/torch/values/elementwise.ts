import type { DType } from '@tensormark/network';
import { castInPlace, Elements } from './elements.js';
import { expanded } from './views.js';

/** Rounds half to even, as Python and PyTorch do. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (value < 0 && value >= -0.5) return -0;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Division that rounds towards minus infinity; by zero as the type has it. */
export function floorDivide(a: number, b: number): number {
  return Math.floor(a / b);
}

/** Python's remainder: the sign of the divisor. */
export function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

const SQRT_2 = Math.SQRT2;

/** The error function, by its series and its continued fraction: to double precision. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 3) {
    let [term, total] = [a, a];
    for (let n = 1; n < 120 && Math.abs(term) > 1e-18; n++) {
      term *= (-a * a) / n;
      total += term / (2 * n + 1);
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * total;
  }
  let fraction = 0;
  for (let n = 80; n > 0; n--) fraction = n / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / ((a + fraction) * Math.sqrt(Math.PI)));
}

export const UNARY = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  deg2rad: (x: number) => (x * Math.PI) / 180,
  erf,
  exp: Math.exp,
  exp2: (x: number) => 2 ** x,
  expm1: Math.expm1,
  floor: Math.floor,
  frac: (x: number) => x - Math.trunc(x),
  isfinite: (x: number) => Number(Number.isFinite(x)),
  isinf: (x: number) => Number(Math.abs(x) === Infinity),
  isnan: (x: number) => Number(Number.isNaN(x)),
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  logical_not: (x: number) => Number(x === 0),
  neg: (x: number) => -x,
  positive: (x: number) => x,
  reciprocal: (x: number) => 1 / x,
  relu: (x: number) => (x < 0 ? 0 : x),
  round: roundHalfEven,
  rsqrt: (x: number) => 1 / Math.sqrt(x),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  sign: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  square: (x: number) => x * x,
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
  gelu: (x: number) => (x * (1 + erf(x / SQRT_2))) / 2,
  softplus: (x: number) => (x > 20 ? x : Math.log1p(Math.exp(x))),
} as const satisfies Record<string, (x: number) => number>;

export const BINARY = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  floor_divide: floorDivide,
  trunc_divide: (a: number, b: number) => Math.trunc(a / b),
  remainder,
  fmod: (a: number, b: number) => a % b,
  pow: (a: number, b: number) => a ** b,
  maximum: (a: number, b: number) => Math.max(a, b),
  minimum: (a: number, b: number) => Math.min(a, b),
  atan2: Math.atan2,
  hypot: Math.hypot,
  eq: (a: number, b: number) => Number(a === b),
  ne: (a: number, b: number) => Number(a !== b),
  lt: (a: number, b: number) => Number(a < b),
  le: (a: number, b: number) => Number(a <= b),
  gt: (a: number, b: number) => Number(a > b),
  ge: (a: number, b: number) => Number(a >= b),
  logical_and: (a: number, b: number) => Number(a !== 0 && b !== 0),
  logical_or: (a: number, b: number) => Number(a !== 0 || b !== 0),
  logical_xor: (a: number, b: number) => Number((a !== 0) !== (b !== 0)),
  bitwise_and: (a: number, b: number) => Number(BigInt(a) & BigInt(b)),
  bitwise_or: (a: number, b: number) => Number(BigInt(a) | BigInt(b)),
  bitwise_xor: (a: number, b: number) => Number(BigInt(a) ^ BigInt(b)),
  bitwise_left_shift: (a: number, b: number) => a * 2 ** b,
  bitwise_right_shift: (a: number, b: number) => Math.floor(a / 2 ** b),
} as const satisfies Record<string, (a: number, b: number) => number>;

export type UnaryName = keyof typeof UNARY;
export type BinaryName = keyof typeof BINARY;

/** Applies a function to each element; undefined where the result type cannot hold the results exactly. */
export function mapElements(of: Elements, change: (x: number) => number, dtype: DType): Elements | undefined {
  const result = of.toArray().map(change);
  return castInPlace(result, dtype) ? Elements.of(of.shape, result) : undefined;
}

/** Applies a function to pairs of elements, both broadcast to `shape`. */
export function zipElements(
  left: Elements,
  right: Elements,
  shape: readonly number[],
  combine: (a: number, b: number) => number,
  dtype: DType,
): Elements | undefined {
  const a = expanded(left, shape).toArray();
  const b = expanded(right, shape).toArray();
  const result = new Float64Array(a.length);
  for (let at = 0; at < result.length; at++) result[at] = combine(a[at]!, b[at]!);
  return castInPlace(result, dtype) ? Elements.of(shape, result) : undefined;
}
