import type { Expression, Factor, NumberNode, Term } from '../expression.js';
import type { Rational } from '../rational.js';

/** The immediate parts of an expression, in the order they are written. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'name':
      return [];
    case 'negative':
    case 'factorial':
      return [expression.of];
    case 'sum':
      return expression.terms.map((term) => term.expression);
    case 'product':
      return expression.factors.map((factor) => factor.expression);
    case 'fraction':
      return [expression.numerator, expression.denominator];
    case 'power':
      return [expression.base, expression.exponent];
    case 'root':
      return expression.degree === null ? [expression.of] : [expression.degree, expression.of];
    case 'remainder':
      return [expression.dividend, expression.divisor];
    case 'call':
      return expression.arguments;
    case 'series':
      return [expression.from, expression.to, expression.body];
    case 'tuple':
      return expression.items;
  }
}

/** The expression and all its parts, each before its own parts. */
export function parts(expression: Expression): Expression[] {
  const found: Expression[] = [];
  const open: Expression[] = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    const inner = children(node);
    for (let at = inner.length - 1; at >= 0; at--) {
      const part = inner[at];
      if (part) open.push(part);
    }
  }
  return found;
}

/** The numbers in an expression, in the order they are written. */
export function numericLeaves(expression: Expression): NumberNode[] {
  return parts(expression).filter((part) => part.kind === 'number');
}

/** The two whole numbers of `8/11` or `\frac{8}{11}`, as they are written; null for anything else. */
export function fractionOf(
  expression: Expression,
): { readonly over: Rational; readonly under: Rational } | null {
  if (expression.kind === 'negative') {
    const positive = fractionOf(expression.of);
    return positive && { over: positive.over.negated(), under: positive.under };
  }
  const [over, under] =
    expression.kind === 'fraction'
      ? [expression.numerator, expression.denominator]
      : expression.kind === 'product' &&
          expression.factors.length === 2 &&
          expression.factors[1]?.inverse === true
        ? expression.factors.map((factor) => factor.expression)
        : [];
  if (over?.kind !== 'number' || under?.kind !== 'number') return null;
  const [top, bottom] = [over, under].map(({ numeral: { mantissa, multiplier } }) =>
    mantissa.times(multiplier),
  );
  return top?.isInteger === true && bottom?.isInteger === true && !bottom.isZero
    ? { over: top, under: bottom }
    : null;
}

/** True where something is worked out, and not only stated: anything but a number, a signed number, a name or a shape. */
export function isCalculation(expression: Expression): boolean {
  if (expression.kind === 'negative') return isCalculation(expression.of);
  return (
    expression.kind !== 'number' &&
    expression.kind !== 'name' &&
    expression.kind !== 'tuple' &&
    !isScientific(expression)
  );
}

/** `7.5 × 10^4`: one number in two signs. */
export function isScientific(expression: Expression): boolean {
  if (expression.kind !== 'product' || expression.factors.length !== 2) return false;
  const [mantissa, power] = expression.factors;
  return (
    mantissa?.expression.kind === 'number' &&
    power !== undefined &&
    !power.inverse &&
    isPowerOfTen(power.expression)
  );
}

/** `10^4`, `10^{-3}`. */
function isPowerOfTen(expression: Expression): boolean {
  if (expression.kind !== 'power' || expression.base.kind !== 'number') return false;
  const exponent = expression.exponent.kind === 'negative' ? expression.exponent.of : expression.exponent;
  return (
    expression.base.numeral.written === '10' &&
    expression.base.numeral.suffix === null &&
    exponent.kind === 'number'
  );
}

/** The terms of nested sums as one list: `(a + b) - (c - d)` as a, b, -c, d. A lone expression is one term. */
export function flattenSum(expression: Expression): Term[] {
  const terms: Term[] = [];
  const add = (node: Expression, negative: boolean): void => {
    if (node.kind === 'sum') for (const term of node.terms) add(term.expression, negative !== term.negative);
    else if (node.kind === 'negative') add(node.of, !negative);
    else terms.push({ negative, expression: node });
  };
  add(expression, false);
  return terms;
}

/** The factors of nested products and fractions as one list: `(64·9)·(512/8)` as 64, 9, 512, 1/8. */
export function flattenProduct(expression: Expression): Pick<Factor, 'inverse' | 'expression'>[] {
  const factors: Pick<Factor, 'inverse' | 'expression'>[] = [];
  const add = (node: Expression, inverse: boolean): void => {
    if (node.kind === 'product') {
      for (const factor of node.factors) add(factor.expression, inverse !== factor.inverse);
    } else if (node.kind === 'fraction') {
      add(node.numerator, inverse);
      add(node.denominator, !inverse);
    } else factors.push({ inverse, expression: node });
  };
  add(expression, false);
  return factors;
}

/** The sizes of `3x128x128`, `64 × 32 × 32` or `(64, 32, 32)`: two to six whole numbers. Else null. */
export function sizes(expression: Expression): readonly NumberNode[] | null {
  const items =
    expression.kind === 'tuple'
      ? expression.items
      : expression.kind === 'product' &&
          expression.factors.every(({ inverse, joined }) => !inverse && joined !== 'juxtaposed')
        ? expression.factors.map((factor) => factor.expression)
        : [];
  if (items.length < 2 || items.length > 6)
    return expression.kind === 'tuple' && items.length === 1 ? numbersOnly(items) : null;
  return numbersOnly(items);
}

function numbersOnly(items: readonly Expression[]): readonly NumberNode[] | null {
  const numbers = items.flatMap((item) =>
    item.kind === 'number' && item.numeral.mantissa.isInteger && item.numeral.suffix === null ? [item] : [],
  );
  return numbers.length === items.length ? numbers : null;
}
