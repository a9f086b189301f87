import { defineModule } from '../native/modules.js';
import type { NativeImplementation } from '../native/functions.js';
import { unbox } from '../objects/classes.js';
import { PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { specialMethod } from '../operations/attributes.js';
import { binary } from '../operations/binary.js';
import { asInteger, asNumber, plainInteger, rest } from '../operations/conversion.js';
import { forEach, toArray } from '../operations/iteration.js';
import { bitLength, checkBits, countIntegerWork, multiplyIntegers } from '../operations/numbers.js';
import { toInteger } from '../types/numbers.js';
import { exactDecimal } from '../text/numbers.js';

/** A function of one float; `domain` says where it is defined. */
function real(
  compute: (x: number) => number,
  defined: (x: number) => boolean = () => true,
): NativeImplementation {
  return (rt, x) => {
    const value = asNumber(rt, x);
    if (!Number.isNaN(value) && !defined(value)) return raise('ValueError', 'math domain error');
    const result = compute(value);
    if (!Number.isFinite(result) && Number.isFinite(value)) {
      return Number.isNaN(result)
        ? raise('ValueError', 'math domain error')
        : raise('OverflowError', 'math range error');
    }
    return result;
  };
}

/** `floor`, `ceil` and `trunc`: to an int, through the special method where there is one. */
function rounding(method: string, round: (x: number) => number): NativeImplementation {
  return (rt, x) => {
    const value = unbox(x);
    if (typeof value === 'number') return toInteger(rt, Number.isFinite(value) ? round(value) : value);
    const own = specialMethod(rt, x, method);
    return own === undefined ? toInteger(rt, round(asNumber(rt, x))) : rt.call(own, []);
  };
}

/** The logarithm of any positive int or float, also of ints beyond the floats. */
function logarithm(rt: Runtime, x: PyValue, compute: (x: number) => number): number {
  const integer = plainInteger(x);
  if (integer !== undefined) {
    if (integer <= 0n) return raise('ValueError', 'math domain error');
    const bits = bitLength(integer);
    if (bits <= 1000) return compute(Number(integer));
    return compute(Number(integer >> BigInt(bits - 64)) / 2 ** 64) + compute(2) * bits;
  }
  const value = asNumber(rt, x);
  return value <= 0 ? raise('ValueError', 'math domain error') : compute(value);
}

function gcd(rt: Runtime, a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) {
    countIntegerWork(rt, x, y, 'linear');
    [x, y] = [y, x % y];
    rt.step();
  }
  return x;
}

/** The product of `low..high`, halves multiplied together so that the factors stay of like size. */
function product(rt: Runtime, low: bigint, high: bigint): bigint {
  if (low > high) return 1n;
  if (high - low < 8n) {
    let result = low;
    for (let factor = low + 1n; factor <= high; factor++) result *= factor;
    return result;
  }
  rt.step();
  const middle = (low + high) / 2n;
  return multiplyIntegers(rt, product(rt, low, middle), product(rt, middle + 1n, high));
}

function notNegative(value: bigint, message: string): bigint {
  return value < 0n ? raise('ValueError', message) : value;
}

function integerRoot(rt: Runtime, n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(bitLength(n) / 2));
  for (;;) {
    countIntegerWork(rt, n, root, 'product');
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The exact sum of floats, rounded once. */
function exactSum(rt: Runtime, values: readonly PyValue[]): number {
  let numerator = 0n;
  let decimals = 0;
  let special = 0;
  for (const value of values) {
    const number = asNumber(rt, value);
    rt.step();
    if (!Number.isFinite(number)) {
      special += number;
      continue;
    }
    const exact = exactDecimal(number);
    const scale = Math.max(decimals, exact.decimals);
    const own = exact.numerator * 10n ** BigInt(scale - exact.decimals);
    numerator = numerator * 10n ** BigInt(scale - decimals) + (number < 0 ? -own : own);
    decimals = scale;
  }
  if (special !== 0) return special;
  return Number(`${numerator}e-${decimals}`);
}

/** ln Γ by Lanczos' approximation (g = 7, n = 9). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const y = x - 1;
  let sum = coefficients[0] ?? 0;
  for (let index = 1; index < coefficients.length; index++) sum += (coefficients[index] ?? 0) / (y + index);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** erf by its Taylor series near zero and by a continued fraction of erfc beyond. */
function errorFunction(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude < 2.5) {
    let term = magnitude;
    let sum = magnitude;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 200; n++) {
      term *= (-magnitude * magnitude) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  return Math.sign(x) * (1 - complement(magnitude));
}

function complement(x: number): number {
  if (x < 2.5) return 1 - errorFunction(x);
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}

const functions: Record<string, NativeImplementation> = {
  'sqrt(x, /)': real(Math.sqrt, (x) => x >= 0),
  'cbrt(x, /)': real(Math.cbrt),
  'exp(x, /)': real(Math.exp),
  'exp2(x, /)': real((x) => 2 ** x),
  'expm1(x, /)': real(Math.expm1),
  'log1p(x, /)': real(Math.log1p, (x) => x > -1),
  'sin(x, /)': real(Math.sin, Number.isFinite),
  'cos(x, /)': real(Math.cos, Number.isFinite),
  'tan(x, /)': real(Math.tan, Number.isFinite),
  'asin(x, /)': real(Math.asin, (x) => Math.abs(x) <= 1),
  'acos(x, /)': real(Math.acos, (x) => Math.abs(x) <= 1),
  'atan(x, /)': real(Math.atan),
  'sinh(x, /)': real(Math.sinh),
  'cosh(x, /)': real(Math.cosh),
  'tanh(x, /)': real(Math.tanh),
  'asinh(x, /)': real(Math.asinh),
  'acosh(x, /)': real(Math.acosh, (x) => x >= 1),
  'atanh(x, /)': real(Math.atanh, (x) => Math.abs(x) < 1),
  'fabs(x, /)': real(Math.abs),
  'degrees(x, /)': real((x) => x * (180 / Math.PI)),
  'radians(x, /)': real((x) => x * (Math.PI / 180)),
  'erf(x, /)': real(errorFunction),
  'erfc(x, /)': real((x) => (x < 0 ? 2 - complement(-x) : complement(x))),
  'lgamma(x, /)': real(logGamma, (x) => !(Number.isInteger(x) && x <= 0)),
  'gamma(x, /)': real(gamma, (x) => !(Number.isInteger(x) && x <= 0)),
  'floor(x, /)': rounding('__floor__', Math.floor),
  'ceil(x, /)': rounding('__ceil__', Math.ceil),
  'trunc(x, /)': rounding('__trunc__', Math.trunc),
  'isnan(x, /)': (rt, x) => Number.isNaN(asNumber(rt, x)),
  'isinf(x, /)': (rt, x) => Math.abs(asNumber(rt, x)) === Infinity,
  'isfinite(x, /)': (rt, x) => Number.isFinite(asNumber(rt, x)),
  'log(x, base=None, /)': (rt, x, base) => {
    const top = logarithm(rt, x, Math.log);
    return base === null || base === undefined ? top : top / logarithm(rt, base, Math.log);
  },
  'log2(x, /)': (rt, x) => logarithm(rt, x, Math.log2),
  'log10(x, /)': (rt, x) => logarithm(rt, x, Math.log10),
  'pow(x, y, /)': (rt, x, y) => {
    const [a, b] = [asNumber(rt, x), asNumber(rt, y)];
    if (a === 1 || b === 0) return 1;
    if (a === 0 && b < 0) return raise('ValueError', 'math domain error');
    const result = a ** b;
    if (Number.isNaN(result) && !Number.isNaN(a) && !Number.isNaN(b))
      return raise('ValueError', 'math domain error');
    if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
      return raise('OverflowError', 'math range error');
    return result;
  },
  'atan2(y, x, /)': (rt, y, x) => Math.atan2(asNumber(rt, y), asNumber(rt, x)),
  'fmod(x, y, /)': (rt, x, y) => {
    const [a, b] = [asNumber(rt, x), asNumber(rt, y)];
    return (b === 0 || !Number.isFinite(a)) && !Number.isNaN(a) && !Number.isNaN(b)
      ? raise('ValueError', 'math domain error')
      : a % b;
  },
  'copysign(x, y, /)': (rt, x, y) => {
    const [a, b] = [Math.abs(asNumber(rt, x)), asNumber(rt, y)];
    return b < 0 || Object.is(b, -0) ? -a : a;
  },
  'hypot(*coordinates)': (rt, values) => Math.hypot(...rest(values).map((value) => asNumber(rt, value))),
  'dist(p, q, /)': (rt, p, q) => {
    const [a, b] = [toArray(rt, p), toArray(rt, q)];
    if (a.length !== b.length)
      return raise('ValueError', 'both points must have the same number of dimensions');
    return Math.hypot(...a.map((value, index) => asNumber(rt, value) - asNumber(rt, b[index] ?? null)));
  },
  'modf(x, /)': (rt, x) => {
    const value = asNumber(rt, x);
    const whole = Math.trunc(value);
    return new PyTuple([
      Number.isFinite(value)
        ? value === whole
          ? value < 0 || Object.is(value, -0)
            ? -0
            : 0
          : value - whole
        : value < 0
          ? -0
          : 0,
      whole,
    ]);
  },
  'frexp(x, /)': (rt, x) => frexp(asNumber(rt, x)),
  'ldexp(x, i, /)': (rt, x, i) => {
    let value = asNumber(rt, x);
    let exponent = Number(asInteger(rt, i));
    if (value === 0 || !Number.isFinite(value)) return value;
    for (; exponent > 1000 && Number.isFinite(value); exponent -= 1000) value *= 2 ** 1000;
    for (; exponent < -1000 && value !== 0; exponent += 1000) value *= 2 ** -1000;
    const result = value * 2 ** exponent;
    return Number.isFinite(result) ? result : raise('OverflowError', 'math range error');
  },
  'isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)': (rt, a, b, relative, absolute) => {
    const [x, y, r, t] = [a, b, relative, absolute].map((value) => asNumber(rt, value));
    if (x === y) return true;
    if (x === undefined || y === undefined || Math.abs(x) === Infinity || Math.abs(y) === Infinity)
      return false;
    const difference = Math.abs(x - y);
    return difference <= Math.max((r ?? 0) * Math.max(Math.abs(x), Math.abs(y)), t ?? 0);
  },
  'factorial(n, /)': (rt, n) => {
    if (typeof n === 'number')
      return raise('TypeError', "'float' object cannot be interpreted as an integer");
    const value = notNegative(asInteger(rt, n), 'factorial() not defined for negative values');
    const size = Number(value);
    if (size > 20) checkBits(rt, size * (Math.log2(size) - Math.LOG2E));
    return product(rt, 1n, value);
  },
  'comb(n, k, /)': (rt, n, k) => {
    const top = notNegative(asInteger(rt, n), 'n must be a non-negative integer');
    let chosen = notNegative(asInteger(rt, k), 'k must be a non-negative integer');
    if (chosen > top) return 0n;
    if (top - chosen < chosen) chosen = top - chosen;
    checkBits(rt, Math.min(Number(top), Number(chosen) * Math.log2(Number(top) + 1)));
    return product(rt, top - chosen + 1n, top) / product(rt, 1n, chosen);
  },
  'perm(n, k=None, /)': (rt, n, k) => {
    const top = notNegative(asInteger(rt, n), 'n must be a non-negative integer');
    const chosen =
      k === null || k === undefined ? top : notNegative(asInteger(rt, k), 'k must be a non-negative integer');
    if (chosen > top) return 0n;
    checkBits(rt, Number(chosen) * Math.log2(Number(top) + 1));
    return product(rt, top - chosen + 1n, top);
  },
  'gcd(*integers)': (rt, values) =>
    rest(values).reduce((total: bigint, value) => gcd(rt, total, asInteger(rt, value)), 0n),
  'lcm(*integers)': (rt, values) =>
    rest(values).reduce((total: bigint, value) => {
      const next = asInteger(rt, value);
      if (total === 0n || next === 0n) return 0n;
      const multiple = multiplyIntegers(rt, total / gcd(rt, total, next), next);
      return multiple < 0n ? -multiple : multiple;
    }, 1n),
  'isqrt(n, /)': (rt, n) =>
    integerRoot(rt, notNegative(asInteger(rt, n), 'isqrt() argument must be nonnegative')),
  'fsum(seq, /)': (rt, values) => exactSum(rt, toArray(rt, values)),
  'prod(iterable, /, *, start=1)': (rt, values, start) => {
    let total: PyValue = start;
    forEach(rt, values, (value) => {
      total = binary(rt, '*', total, value);
    });
    return total;
  },
  'ulp(x, /)': (rt, x) => {
    const value = Math.abs(asNumber(rt, x));
    if (!Number.isFinite(value)) return value;
    return value < 2 ** -1021 ? 5e-324 : 2 ** (Math.floor(Math.log2(value)) - 52);
  },
  'remainder(x, y, /)': (rt, x, y) => {
    const [a, b] = [asNumber(rt, x), asNumber(rt, y)];
    if (b === 0 || Math.abs(a) === Infinity) return raise('ValueError', 'math domain error');
    if (Math.abs(b) === Infinity) return a;
    const quotient = a / b;
    const floor = Math.floor(quotient);
    const nearest =
      quotient - floor < 0.5 || (quotient - floor === 0.5 && floor % 2 === 0) ? floor : floor + 1;
    return a - nearest * b;
  },
};

function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 171) {
    let result = 1;
    for (let factor = 2; factor < x; factor++) result *= factor;
    return result;
  }
  return x < 0.5 ? Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x)) : Math.exp(logGamma(x));
}

function frexp(value: number): PyTuple {
  if (value === 0 || !Number.isFinite(value)) return new PyTuple([value, 0n]);
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(value))) + 1);
  let mantissa = value * 2 ** -exponent;
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    exponent--;
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    exponent++;
  }
  return new PyTuple([mantissa, BigInt(exponent)]);
}

export const math = defineModule({
  name: 'math',
  functions,
  values: { pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Infinity, nan: Number.NaN },
});
