import type { Formula, Literal, Quantity } from './formula.js';

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

const ZERO: Rational = { numerator: 0n, denominator: 1n };
const ONE: Rational = { numerator: 1n, denominator: 1n };

/** What formulas are known to be worth: of use where many formulas share parts. */
export interface KnownValues {
  get(formula: Formula): Rational | undefined;
  set(formula: Formula, value: Rational): unknown;
}

/**
 * With `known`, what is known is not worked out again, and what is worked out is added to it.
 * @throws FormulaError where the formula divides by zero or a power grows past use.
 */
export function evaluate(formula: Formula, known?: KnownValues): Rational {
  if (formula.kind === 'literal' || formula.kind === 'quantity')
    return { numerator: formula.value, denominator: 1n };
  if (known === undefined) return work(formula, evaluate);
  const before = known.get(formula);
  if (before !== undefined) return before;
  const value = work(formula, (child) => evaluate(child, known));
  known.set(formula, value);
  return value;
}

function work(
  formula: Exclude<Formula, Literal | Quantity>,
  valueOf: (child: Formula) => Rational,
): Rational {
  switch (formula.kind) {
    case 'part':
      return valueOf(formula.of);
    case 'sum':
      return formula.terms.reduce((total, term) => add(total, valueOf(term)), ZERO);
    case 'difference': {
      const { numerator, denominator } = valueOf(formula.subtract);
      return add(valueOf(formula.from), { numerator: -numerator, denominator });
    }
    case 'product':
      return formula.factors.reduce((total, factor) => multiply(total, valueOf(factor)), ONE);
    case 'quotient':
      return multiply(valueOf(formula.numerator), inverse(valueOf(formula.denominator)));
    case 'power':
      return raiseTo(valueOf(formula.base), valueOf(formula.exponent));
    case 'floor':
      return { numerator: floorOf(valueOf(formula.of)), denominator: 1n };
    case 'ceil': {
      const { numerator, denominator } = valueOf(formula.of);
      return { numerator: -floorOf({ numerator: -numerator, denominator }), denominator: 1n };
    }
    case 'maximum':
      return formula.of.map((each) => valueOf(each)).reduce((a, b) => (isLess(a, b) ? b : a));
    case 'minimum':
      return formula.of.map((each) => valueOf(each)).reduce((a, b) => (isLess(b, a) ? b : a));
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
