/** Exact rational numbers on bigint, always in lowest terms with a positive denominator. */
export class Rational {
  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    let n = BigInt(numerator);
    let d = BigInt(denominator);
    if (d === 1n) return new Rational(n, 1n);
    if (d === 0n) throw new RangeError('A rational number cannot have the denominator 0.');
    if (d < 0n) {
      n = -n;
      d = -d;
    }
    const common = greatestCommonDivisor(n < 0n ? -n : n, d);
    return common === 1n ? new Rational(n, d) : new Rational(n / common, d / common);
  }

  /** `digits` is an optionally signed run of decimal digits, `decimals` how many of them follow the point. */
  static fromDigits(digits: string, decimals = 0): Rational {
    return decimals === 0
      ? new Rational(BigInt(digits), 1n)
      : Rational.of(BigInt(digits), 10n ** BigInt(decimals));
  }

  /** The decimal number a double prints as, to `precision` significant digits. The double must be finite. */
  static fromDouble(double: number, precision = 15): Rational {
    const [mantissa = '0', exponent = '0'] = double.toExponential(precision - 1).split('e');
    const [whole = '0', fraction = ''] = mantissa.split('.');
    return Rational.fromDigits(whole + fraction, fraction.length).timesPowerOfTen(Number(exponent));
  }

  /** Reads what `toString` writes: `-3`, `7/3`. Anything else is `null`. */
  static parse(text: string): Rational | null {
    const match = /^(-?\d{1,2000})(?:\/(\d{1,2000}))?$/.exec(text);
    if (!match?.[1]) return null;
    const denominator = BigInt(match[2] ?? '1');
    return denominator === 0n ? null : Rational.of(BigInt(match[1]), denominator);
  }

  get isInteger(): boolean {
    return this.denominator === 1n;
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  /** -1, 0 or 1. */
  get sign(): -1 | 0 | 1 {
    return this.numerator > 0n ? 1 : this.numerator < 0n ? -1 : 0;
  }

  /** Bits in the longer of numerator and denominator: what budgets are measured in. */
  get bits(): number {
    return Math.max(bitLength(this.numerator), bitLength(this.denominator));
  }

  plus(other: Rational): Rational {
    if (this.denominator === 1n && other.denominator === 1n) {
      return new Rational(this.numerator + other.numerator, 1n);
    }
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  times(other: Rational): Rational {
    if (this.denominator === 1n && other.denominator === 1n) {
      return new Rational(this.numerator * other.numerator, 1n);
    }
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws a RangeError when `other` is zero. */
  dividedBy(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  negated(): Rational {
    return new Rational(-this.numerator, this.denominator);
  }

  absolute(): Rational {
    return this.numerator < 0n ? this.negated() : this;
  }

  /** Whole powers, negative ones too. Throws a RangeError for a negative power of zero. */
  power(exponent: number): Rational {
    if (exponent >= 0) {
      const e = BigInt(exponent);
      return new Rational(this.numerator ** e, this.denominator ** e);
    }
    return Rational.ONE.dividedBy(this.power(-exponent));
  }

  timesPowerOfTen(exponent: number): Rational {
    const power = 10n ** BigInt(Math.abs(exponent));
    return exponent >= 0
      ? Rational.of(this.numerator * power, this.denominator)
      : Rational.of(this.numerator, this.denominator * power);
  }

  floor(): Rational {
    const quotient = this.numerator / this.denominator;
    const exact = quotient * this.denominator === this.numerator;
    return new Rational(!exact && this.numerator < 0n ? quotient - 1n : quotient, 1n);
  }

  ceiling(): Rational {
    return this.negated().floor().negated();
  }

  /** To the nearest integer, halves away from zero, as taught in schools. */
  rounded(): Rational {
    const half = Rational.of(1, 2);
    return this.sign < 0 ? this.negated().plus(half).floor().negated() : this.plus(half).floor();
  }

  compare(other: Rational): -1 | 0 | 1 {
    const left = this.numerator * other.denominator;
    const right = other.numerator * this.denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  /** The nearest double, within a few units in its last place; Infinity when out of range. */
  toNumber(): number {
    const direct = Number(this.numerator) / Number(this.denominator);
    if (Number.isFinite(direct) && direct !== 0) return direct;
    if (this.numerator === 0n) return 0;
    const shift = bitLength(this.numerator) - bitLength(this.denominator);
    const scaled =
      shift > 0
        ? Number(this.numerator / (this.denominator << BigInt(Math.max(0, shift - 64))))
        : Number((this.numerator << BigInt(64 - shift)) / this.denominator);
    return shift > 0 ? scaled * 2 ** Math.max(0, shift - 64) : scaled * 2 ** (shift - 64);
  }

  /** The exact root when there is one, else `null`. Even roots of negative numbers are `null`. */
  root(degree: number): Rational | null {
    const numerator = integerRoot(this.numerator, degree);
    const denominator = numerator === null ? null : integerRoot(this.denominator, degree);
    return numerator === null || denominator === null ? null : new Rational(numerator, denominator);
  }

  /** `75264`, or `7/3` where it is not whole. */
  toString(): string {
    return this.denominator === 1n ? this.numerator.toString() : `${this.numerator}/${this.denominator}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** For people: `75,264`, `61.5`, and `2.333…` where the decimals do not end within `maxDecimals`. */
  toDecimal(maxDecimals = 6): string {
    const sign = this.numerator < 0n ? '-' : '';
    const n = this.absolute().numerator;
    const whole = (n / this.denominator).toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
    let rest = n % this.denominator;
    let decimals = '';
    while (rest !== 0n && decimals.length < maxDecimals) {
      rest *= 10n;
      decimals += (rest / this.denominator).toString();
      rest %= this.denominator;
    }
    return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}${rest === 0n ? '' : '…'}`;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  if (magnitude < 0x1_0000_0000n) return magnitude === 0n ? 0 : 32 - Math.clz32(Number(magnitude));
  return magnitude.toString(16).length * 4;
}

/** Newton's method on integers. */
function integerRoot(value: bigint, degree: number): bigint | null {
  if (degree < 1 || !Number.isInteger(degree)) return null;
  if (value < 0n) {
    if (degree % 2 === 0) return null;
    const positive = integerRoot(-value, degree);
    return positive === null ? null : -positive;
  }
  if (value < 2n || degree === 1) return value;
  const n = BigInt(degree);
  if (degree >= bitLength(value)) return null;
  let guess = 1n << BigInt(Math.ceil(bitLength(value) / degree));
  for (;;) {
    const next = ((n - 1n) * guess + value / guess ** (n - 1n)) / n;
    if (next >= guess) break;
    guess = next;
  }
  return guess ** n === value ? guess : null;
}
