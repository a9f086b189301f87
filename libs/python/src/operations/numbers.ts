import { BudgetError } from '../objects/budgets.js';
import { raise } from '../objects/exceptions.js';
import type { Runtime } from '../objects/object.js';

/** Bits of the absolute value, as `int.bit_length`. */
export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  if (magnitude === 0n) return 0;
  if (magnitude <= 0xffffffffn) return 32 - Math.clz32(Number(magnitude));
  const hex = magnitude.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)));
}

/**
 * Counts the work of one operation on integers that do not fit in 64 bits, by the words it goes over:
 * `linear` for those that pass over both once, `product` for multiplication, division and the like.
 */
export function countIntegerWork(rt: Runtime, a: bigint, b: bigint, kind: 'linear' | 'product'): void {
  if (isSmall(a) && isSmall(b)) return;
  const left = Math.ceil(bitLength(a) / 64);
  const right = Math.ceil(bitLength(b) / 64);
  rt.step(kind === 'linear' ? (left + right) >> 5 : (left + right + Math.min(left * right, 1e12)) / 64);
}

/** Ends the run if an integer of that many bits is more than the budget allows. */
export function checkBits(rt: Runtime, bits: number): void {
  if (bits > rt.budgets.integerBits) {
    throw new BudgetError(
      'integer-size',
      `an integer of about ${Math.round(bits)} bits; the budget is ${rt.budgets.integerBits}`,
    );
  }
  if (bits > 4096) rt.step(Math.ceil(bits / 1024));
}

function isSmall(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

export function addIntegers(rt: Runtime, a: bigint, b: bigint): bigint {
  const sum = a + b;
  if (!isSmall(sum)) checkBits(rt, bitLength(sum));
  return sum;
}

export function multiplyIntegers(rt: Runtime, a: bigint, b: bigint): bigint {
  if (!isSmall(a) || !isSmall(b)) {
    checkBits(rt, bitLength(a) + bitLength(b));
    countIntegerWork(rt, a, b, 'product');
  }
  return a * b;
}

export function floorDivide(rt: Runtime, a: bigint, b: bigint): bigint {
  if (b === 0n) return raise('ZeroDivisionError', 'integer division or modulo by zero');
  countIntegerWork(rt, a, b, 'product');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export function floorModulo(a: bigint, b: bigint): bigint {
  if (b === 0n) return raise('ZeroDivisionError', 'integer modulo by zero');
  const remainder = a % b;
  return remainder !== 0n && remainder < 0n !== b < 0n ? remainder + b : remainder;
}

/** `a ** b` for a non-negative exponent. */
export function powerIntegers(rt: Runtime, a: bigint, b: bigint): bigint {
  const magnitude = a < 0n ? -a : a;
  if (magnitude <= 1n) return magnitude === 0n ? (b === 0n ? 1n : 0n) : a < 0n && b % 2n !== 0n ? -1n : 1n;
  const bits = (bitLength(magnitude) - 1) * Number(b);
  checkBits(rt, bits);
  if (bits > 4096) rt.step((bits / 64) ** 2 / 64);
  return a ** b;
}

/** `pow(a, b, m)` */
export function powerModulo(rt: Runtime, a: bigint, b: bigint, m: bigint): bigint {
  if (m === 0n) return raise('ValueError', 'pow() 3rd argument cannot be 0');
  let base = floorModulo(a, m);
  let exponent = b;
  if (exponent < 0n) {
    base = invert(rt, base, m);
    exponent = -exponent;
  }
  let result = floorModulo(1n, m);
  for (; exponent > 0n; exponent >>= 1n) {
    rt.step();
    countIntegerWork(rt, m, m, 'product');
    countIntegerWork(rt, exponent, 0n, 'linear');
    if ((exponent & 1n) === 1n) result = floorModulo(result * base, m);
    base = floorModulo(base * base, m);
  }
  return result;
}

function invert(rt: Runtime, value: bigint, modulus: bigint): bigint {
  let [r, newR, t, newT] = [modulus, value, 0n, 1n];
  while (newR !== 0n) {
    rt.step();
    countIntegerWork(rt, r, newT, 'linear');
    const quotient = r / newR;
    [t, newT] = [newT, t - quotient * newT];
    [r, newR] = [newR, r - quotient * newR];
  }
  if (r !== 1n && r !== -1n) return raise('ValueError', 'base is not invertible for the given modulus');
  return floorModulo(r === -1n ? -t : t, modulus);
}

export function shiftLeft(rt: Runtime, a: bigint, b: bigint): bigint {
  if (b < 0n) return raise('ValueError', 'negative shift count');
  if (a === 0n) return 0n;
  checkBits(rt, bitLength(a) + Number(b));
  return a << b;
}

export function shiftRight(rt: Runtime, a: bigint, b: bigint): bigint {
  if (b < 0n) return raise('ValueError', 'negative shift count');
  countIntegerWork(rt, a, 0n, 'linear');
  return b > 1n << 40n ? (a < 0n ? -1n : 0n) : a >> b;
}

/** An int as a float, rounded half to even; raises OverflowError beyond the floats. */
export function toFloat(value: bigint): number {
  const result = Number(value);
  return Number.isFinite(result) ? result : raise('OverflowError', 'int too large to convert to float');
}

/** `a / b` for ints, correctly rounded at any size. */
export function divideIntegers(rt: Runtime, a: bigint, b: bigint): number {
  if (b === 0n) return raise('ZeroDivisionError', 'division by zero');
  const limit = 9007199254740991n;
  if (a <= limit && a >= -limit && b <= limit && b >= -limit) return Number(a) / Number(b);
  countIntegerWork(rt, a, b, 'product');
  const negative = a < 0n !== b < 0n;
  const magnitude = nearestQuotient(a < 0n ? -a : a, b < 0n ? -b : b);
  if (!Number.isFinite(magnitude))
    return raise('OverflowError', 'integer division result too large for a float');
  return negative ? -magnitude : magnitude;
}

/** The float nearest to a quotient of two positive integers. */
export function nearestQuotient(top: bigint, bottom: bigint): number {
  // Enough bits for the float, or for as many as a subnormal one has: what is below sticks to the last bit.
  const size = bitLength(top) - bitLength(bottom);
  const bits = Math.min(66, Math.max(size + 1076, 1));
  const shift = bits - size;
  const scaled = shift >= 0 ? top << BigInt(shift) : top;
  const divisor = shift >= 0 ? bottom : bottom << BigInt(-shift);
  const quotient = scaled / divisor;
  return scaleByPowerOfTwo(roundedTo(quotient, scaled % divisor !== 0n, size), -shift);
}

/** An integer with the bits below it known to be there or not, rounded to what a float of that size holds. */
function roundedTo(quotient: bigint, sticky: boolean, size: number): number {
  if (size > -1022) return Number(quotient | (sticky ? 1n : 0n));
  // Two bits more than a subnormal float has: round half to even here, so that scaling rounds no more.
  const kept = quotient >> 2n;
  const rest = Number(quotient & 3n) + (sticky ? 0.5 : 0);
  const up = rest > 2 || (rest === 2 && (kept & 1n) === 1n);
  return Number((up ? kept + 1n : kept) << 2n);
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  let result = value;
  let rest = exponent;
  for (; rest > 1000; rest -= 1000) result *= 2 ** 1000;
  for (; rest < -1000; rest += 1000) result *= 2 ** -1000;
  return result * 2 ** rest;
}

export function floatModulo(a: number, b: number): number {
  if (b === 0) return raise('ZeroDivisionError', 'float modulo');
  const remainder = a % b;
  if (remainder !== 0) return remainder < 0 !== b < 0 ? remainder + b : remainder;
  return Number.isNaN(remainder) ? remainder : b < 0 ? -0 : 0;
}

export function floatFloorDivide(a: number, b: number): number {
  if (b === 0) return raise('ZeroDivisionError', 'float floor division by zero');
  const raw = a % b;
  let quotient = (a - raw) / b;
  if (raw !== 0 && raw < 0 !== b < 0) quotient -= 1;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

export function floatPower(a: number, b: number): number {
  if (a === 1 || b === 0) return 1;
  if (a === 0 && b < 0) return raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  if (Math.abs(a) === 1 && !Number.isFinite(b) && !Number.isNaN(b)) return 1;
  const result = exactPower(a, b) ?? a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b) && !Number.isNaN(result)) {
    return raise('OverflowError', "(34, 'Numerical result out of range')");
  }
  return result;
}

/** Whole powers of a float, rounded once as a C library does; undefined where the host's own will do. */
function exactPower(a: number, b: number): number | undefined {
  if (!Number.isInteger(b) || Math.abs(b) > 64 || b === 1 || !Number.isFinite(a) || a === 0) return undefined;
  const { mantissa, exponent } = wholeOf(a);
  const times = Math.abs(b);
  const power = mantissa ** BigInt(times);
  const scale = exponent * times;
  const magnitude = power < 0n ? -power : power;
  const value = b > 0 ? roundedQuotient(magnitude, 1n, scale) : roundedQuotient(1n, magnitude, -scale);
  return power < 0n ? -value : value;
}

/** A float as a whole number times a power of two. */
function wholeOf(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  let mantissa = value;
  let exponent = 0;
  for (; !Number.isInteger(mantissa); exponent--) mantissa *= 2;
  return { mantissa: BigInt(mantissa), exponent };
}

/** `top / bottom * 2 ** scale` for positive numbers, rounded half to even once, below the smallest normal float too. */
function roundedQuotient(top: bigint, bottom: bigint, scale: number): number {
  const shift = bitLength(bottom) - bitLength(top) + 66;
  const quotient = shift >= 0 ? (top << BigInt(shift)) / bottom : top / (bottom << BigInt(-shift));
  const exact =
    shift >= 0 ? quotient * bottom === top << BigInt(shift) : quotient * (bottom << BigInt(-shift)) === top;
  const size = bitLength(quotient) + scale - shift;
  // Where the result is below the normal floats it has fewer bits: what is lost is lost before rounding.
  const lost = size < -1021 ? BigInt(Math.min(-1021 - size, 70)) : 0n;
  const kept = quotient >> lost;
  const sticky = exact && kept << lost === quotient ? 0n : 1n;
  return scaleByPowerOfTwo(Number((kept << 1n) | sticky), scale - shift + Number(lost) - 1);
}

/** `round(x)` to an integer, halves to the even one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
