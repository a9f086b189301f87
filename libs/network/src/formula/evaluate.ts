import type { Formula } from './formula.js';

/** An exact fraction in lowest terms, its denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A formula that has no value (a division by zero) or whose value is past all use. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
}

/** Past this many bits a power is refused: no network's count comes near. */
const MAXIMUM_BITS = 4096n;

const ONE: Rational = { numerator: 1n, denominator: 1n };

/** @throws FormulaError where the formula divides by zero or a power grows past use. */
export function evaluate(formula: Formula): Rational {
  switch (formula.kind) {
    case 'literal':
    case 'quantity':
      return { numerator: formula.value, denominator: 1n };
    case 'part':
      return evaluate(formula.of);
    case 'sum':
      return formula.terms.map(evaluate).reduce(add, { numerator: 0n, denominator: 1n });
    case 'difference': {
      const { numerator, denominator } = evaluate(formula.subtract);
      return add(evaluate(formula.from), { numerator: -numerator, denominator });
    }
    case 'product':
      return formula.factors.map(evaluate).reduce(multiply, ONE);
    case 'quotient':
      return multiply(evaluate(formula.numerator), inverse(evaluate(formula.denominator)));
    case 'power':
      return raiseTo(evaluate(formula.base), evaluate(formula.exponent));
    case 'floor':
      return { numerator: floorOf(evaluate(formula.of)), denominator: 1n };
    case 'ceil': {
      const { numerator, denominator } = evaluate(formula.of);
      return { numerator: -floorOf({ numerator: -numerator, denominator }), denominator: 1n };
    }
    case 'maximum':
      return formula.of.map(evaluate).reduce((a, b) => (isLess(a, b) ? b : a));
    case 'minimum':
      return formula.of.map(evaluate).reduce((a, b) => (isLess(b, a) ? b : a));
  }
}

/** @throws FormulaError where the value is no integer. */
export function evaluateInteger(formula: Formula): bigint {
  // The two leaves make up most of what is evaluated, and need no fraction.
  if (formula.kind === 'literal' || formula.kind === 'quantity') return formula.value;
  const { numerator, denominator } = evaluate(formula);
  if (denominator !== 1n) throw new FormulaError(`the value ${numerator}/${denominator} is not an integer`);
  return numerator;
}

function add(a: Rational, b: Rational): Rational {
  if (a.denominator === 1n && b.denominator === 1n) {
    return { numerator: a.numerator + b.numerator, denominator: 1n };
  }
  return reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

function multiply(a: Rational, b: Rational): Rational {
  if (a.denominator === 1n && b.denominator === 1n) {
    return { numerator: a.numerator * b.numerator, denominator: 1n };
  }
  return reduced(a.numerator * b.numerator, a.denominator * b.denominator);
}

function inverse({ numerator, denominator }: Rational): Rational {
  if (numerator === 0n) throw new FormulaError('a division by zero');
  return numerator < 0n
    ? { numerator: -denominator, denominator: -numerator }
    : { numerator: denominator, denominator: numerator };
}

function raiseTo(base: Rational, exponent: Rational): Rational {
  if (exponent.denominator !== 1n) throw new FormulaError('a power with a broken exponent is not exact');
  if (exponent.numerator < 0n) return inverse(raiseTo(base, { ...exponent, numerator: -exponent.numerator }));
  const bits = BigInt(Math.max(base.numerator.toString(2).length, base.denominator.toString(2).length));
  if (bits * exponent.numerator > MAXIMUM_BITS) throw new FormulaError('a power past all use');
  return {
    numerator: base.numerator ** exponent.numerator,
    denominator: base.denominator ** exponent.numerator,
  };
}

function floorOf({ numerator, denominator }: Rational): bigint {
  const truncated = numerator / denominator;
  return numerator < 0n && truncated * denominator !== numerator ? truncated - 1n : truncated;
}

function isLess(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

function reduced(numerator: bigint, denominator: bigint): Rational {
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator;
  while (b !== 0n) [a, b] = [b, a % b];
  return a > 1n ? { numerator: numerator / a, denominator: denominator / a } : { numerator, denominator };
}
