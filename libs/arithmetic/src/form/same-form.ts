import { evaluate, numeralValue } from '../evaluation/evaluate.js';
import { knownValue, type Expression } from '../expression.js';
import { Rational } from '../rational.js';
import { children, flattenProduct, flattenSum, numericLeaves } from './structure.js';

/** How alike two expressions are, the most alike first. */
export type SameForm =
  /** The same but for spacing and notation: `3*7` and `3 × 7`. */
  | 'identical'
  /** The same factors and terms in another order or bracketing; `3²` is `3·3`, a fraction a quotient, `·1` and `+0` nothing. */
  | 'same-parts'
  /** Different ways to one number: `64·9·64` and `36864`. */
  | 'same-value'
  | 'different'
  /** One of them has no value, and their forms differ. */
  | 'unknown';

export function sameForm(a: Expression, b: Expression): SameForm {
  if (writtenForm(a) === writtenForm(b)) return 'identical';
  if (canonicalForm(a) === canonicalForm(b)) return 'same-parts';
  const left = knownValue(evaluate(a));
  const right = knownValue(evaluate(b));
  if (!left || !right) return 'unknown';
  return left.equals(right) ? 'same-value' : 'different';
}

/** Powers up to this exponent are written out as factors, as people do. */
const MAX_UNROLLED = 12;

/** Longer than this, in characters, a power stays one: nested powers would grow without end. */
const LONGEST_UNROLLED = 2000;

/**
 * A key that is the same for expressions with the same parts: sums and products are flattened and sorted, small
 * powers written out, numbers by value. `(64*3*3)*(512/8)` gives `(* /8 3 3 512 64)`; nothing is calculated.
 */
export function canonicalForm(expression: Expression): string {
  const terms = flattenSum(expression).flatMap(({ negative, expression: term }) => {
    const key = productKey(term);
    return key === '0' ? [] : [negative ? `-${key}` : key];
  });
  if (terms.length === 0) return '0';
  return terms.length === 1 ? (terms[0] ?? '0') : `(+ ${terms.toSorted().join(' ')})`;
}

function productKey(expression: Expression): string {
  const factors = factorKeys(expression);
  if (factors.length === 0) return '1';
  return factors.length === 1 && !factors[0]?.startsWith('/')
    ? (factors[0] ?? '1')
    : `(* ${factors.toSorted().join(' ')})`;
}

function factorKeys(expression: Expression): string[] {
  return flattenProduct(expression).flatMap(({ inverse, expression: factor }) => {
    const times = factor.kind === 'power' ? wholeExponent(factor.exponent) : 1;
    if (factor.kind === 'power' && times !== null) {
      const base = flattenProduct(factor.base).flatMap((part) =>
        oriented(canonicalOf(part.expression), part.inverse !== inverse),
      );
      const length = base.reduce((sum, key) => sum + key.length, 0);
      if (length * times <= LONGEST_UNROLLED) return Array.from({ length: times }, () => base).flat();
    }
    return oriented(canonicalOf(factor), inverse);
  });
}

function oriented(key: string, inverse: boolean): string[] {
  return key === '1' ? [] : [inverse ? `/${key}` : key];
}

function wholeExponent(exponent: Expression): number | null {
  if (exponent.kind !== 'number') return null;
  const value = numeralValue(exponent.numeral);
  return value.isInteger && value.sign > 0 && value.numerator <= BigInt(MAX_UNROLLED)
    ? Number(value.numerator)
    : null;
}

/** A part that is no product itself. */
function canonicalOf(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return numeralValue(node.numeral).toString();
    case 'name':
      return `$${node.name}`;
    case 'sum':
    case 'negative':
      return canonicalForm(node);
    case 'product':
    case 'fraction':
      return productKey(node);
    default:
      return `(${constructName(node)} ${children(node).map(canonicalForm).join(' ')})`;
  }
}

function constructName(node: Expression): string {
  switch (node.kind) {
    case 'call':
      return node.function;
    case 'series':
      return `${node.operation}:${node.variable}`;
    default:
      return node.kind;
  }
}

function writtenForm(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return numeralValue(node.numeral).toString();
    case 'name':
      return `$${node.name}`;
    case 'sum':
      return `(+ ${node.terms.map(({ negative, expression }) => (negative ? '-' : '') + writtenForm(expression)).join(' ')})`;
    case 'product':
      return `(* ${node.factors.map(({ inverse, expression }) => (inverse ? '/' : '') + writtenForm(expression)).join(' ')})`;
    case 'fraction':
      return `(* ${writtenForm(node.numerator)} /${writtenForm(node.denominator)})`;
    default:
      return `(${constructName(node)} ${children(node).map(writtenForm).join(' ')})`;
  }
}

/** The values of the numbers in an expression, smallest first, each as often as it stands there. */
export function leafValues(expression: Expression): Rational[] {
  return numericLeaves(expression)
    .map(({ numeral }) => numeralValue(numeral))
    .toSorted((a, b) => a.compare(b));
}
