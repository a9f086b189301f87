import type { Convention } from '../conventions.js';
import { evaluate, numeralValue } from '../evaluation/evaluate.js';
import { knownValue, type Expression, type Numeral } from '../expression.js';
import { Rational } from '../rational.js';
import { numericLeaves } from '../form/structure.js';

/** The values an expression can have when the rounded numbers in it stand for what they were rounded from. */
export interface Interval {
  readonly low: Rational;
  readonly high: Rational;
}

const HALF = Rational.of(1, 2);
const MAX_PARTS = 64;

/** A number that shows rounding: decimals or a suffix, with three significant figures at least, unless the result is marked. */
function isRounded(numeral: Numeral, marked: boolean): boolean {
  const shows =
    numeral.decimals > 0 ||
    (numeral.suffix !== null && numeral.suffix !== '%' && !/^e/i.test(numeral.suffix));
  return shows && (marked || numeral.significant >= 3);
}

/** Null where no number in the expression is rounded, or where its construction is beyond sums, products and quotients. */
export function roundedInterval(
  expression: Expression,
  conventions: readonly Convention[],
  marked: boolean,
): Interval | null {
  const leaves = numericLeaves(expression);
  if (leaves.length > MAX_PARTS || !leaves.some(({ numeral }) => isRounded(numeral, marked))) return null;
  return intervalOf(expression, conventions, marked);
}

function intervalOf(node: Expression, conventions: readonly Convention[], marked: boolean): Interval | null {
  const of = (part: Expression) => intervalOf(part, conventions, marked);
  switch (node.kind) {
    case 'number': {
      const value = numeralValue(node.numeral, conventions);
      if (!isRounded(node.numeral, marked) || node.numeral.mantissa.isZero)
        return { low: value, high: value };
      const unit = value.dividedBy(node.numeral.mantissa).absolute();
      const slack = unit.timesPowerOfTen(-node.numeral.decimals).times(HALF);
      return { low: value.minus(slack), high: value.plus(slack) };
    }
    case 'negative': {
      const inner = of(node.of);
      return inner && { low: inner.high.negated(), high: inner.low.negated() };
    }
    case 'sum':
      return node.terms.reduce<Interval | null>(
        (total, { negative, expression }) => {
          const term = of(expression);
          if (!total || !term) return null;
          return negative
            ? { low: total.low.minus(term.high), high: total.high.minus(term.low) }
            : { low: total.low.plus(term.low), high: total.high.plus(term.high) };
        },
        { low: Rational.ZERO, high: Rational.ZERO },
      );
    case 'product':
      return node.factors.reduce<Interval | null>(
        (total, { inverse, expression }) =>
          inverse ? over(total, of(expression)) : times(total, of(expression)),
        { low: Rational.ONE, high: Rational.ONE },
      );
    case 'fraction':
      return over(of(node.numerator), of(node.denominator));
    case 'call': {
      const [argument, ...others] = node.arguments;
      if (argument === undefined || others.length > 0 || !RISING.has(node.function))
        return exactly(node, conventions, marked);
      const inner = of(argument);
      const at = (value: Rational): Rational | null =>
        knownValue(evaluate(node, { conventions, replace: (part) => (part === argument ? value : null) }));
      const low = inner && at(inner.low);
      const high = inner && at(inner.high);
      return low && high && { low, high };
    }
    case 'power':
      return raised(node, conventions, marked);
    case 'root': {
      const inner = of(node.of);
      if (inner === null || node.degree !== null || inner.low.sign < 0)
        return exactly(node, conventions, marked);
      const at = (value: Rational): Rational | null =>
        knownValue(evaluate(node, { conventions, replace: (part) => (part === node.of ? value : null) }));
      const low = at(inner.low);
      const high = at(inner.high);
      return low && high && { low, high };
    }
    default:
      return exactly(node, conventions, marked);
  }
}

/** A power is monotone in its base, and in its exponent, wherever the base stays on one side of nought. */
function raised(
  node: Extract<Expression, { kind: 'power' }>,
  conventions: readonly Convention[],
  marked: boolean,
): Interval | null {
  const base = intervalOf(node.base, conventions, marked);
  const exponent = intervalOf(node.exponent, conventions, marked);
  if (base === null || exponent === null) return null;
  const spansNought = base.low.sign < 0 && base.high.sign > 0;
  const isWhole = exponent.low.equals(exponent.high) && exponent.low.isInteger && exponent.low.sign >= 0;
  if (!isWhole && base.low.sign <= 0) return exactly(node, conventions, marked);
  const corners = [base.low, base.high].flatMap((from) =>
    [exponent.low, exponent.high].map((to) =>
      knownValue(
        evaluate(node, {
          conventions,
          replace: (part) => (part === node.base ? from : part === node.exponent ? to : null),
        }),
      ),
    ),
  );
  const known = corners.flatMap((value) => value ?? []);
  if (known.length < corners.length || known.some((value) => value.bits > 1024)) return null;
  return hull(spansNought ? [...known, Rational.ZERO] : known);
}

/** Functions that grow with their argument, so that its ends give theirs. */
const RISING: ReadonlySet<string> = new Set(['exp', 'ln', 'log', 'log2', 'log10', 'tanh', 'sigmoid']);

function exactly(node: Expression, conventions: readonly Convention[], marked: boolean): Interval | null {
  if (numericLeaves(node).some(({ numeral }) => isRounded(numeral, marked))) return null;
  const value = knownValue(evaluate(node, { conventions }));
  return value && { low: value, high: value };
}

function times(a: Interval | null, b: Interval | null): Interval | null {
  if (!a || !b) return null;
  const corners = [a.low.times(b.low), a.low.times(b.high), a.high.times(b.low), a.high.times(b.high)];
  return corners.some((corner) => corner.bits > 1024) ? null : hull(corners);
}

function over(a: Interval | null, b: Interval | null): Interval | null {
  if (!a || !b || b.low.sign !== b.high.sign || b.low.sign === 0) return null;
  return times(a, { low: Rational.ONE.dividedBy(b.high), high: Rational.ONE.dividedBy(b.low) });
}

function hull(values: readonly Rational[]): Interval {
  const sorted = values.toSorted((x, y) => x.compare(y));
  return { low: sorted[0] ?? Rational.ZERO, high: sorted[sorted.length - 1] ?? Rational.ZERO };
}
