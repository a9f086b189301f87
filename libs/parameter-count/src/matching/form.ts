import {
  evaluate as valueOf,
  flattenProduct,
  flattenSum,
  knownValue,
  Rational,
  type Expression,
} from '@tensormark/arithmetic';
import { evaluate, FormulaError, type Formula, type Role } from '@tensormark/network';
import type { NodeId, Reference } from '../reference/reference.js';
import { exact } from '../exact.js';

/** One number of a calculation that is not the one the formula has there. */
export interface Difference {
  /** The node that the number stands for, or what it is where it is given with the network. */
  readonly of:
    { readonly kind: 'node'; readonly node: NodeId } | { readonly kind: 'given'; readonly role: Role };
  readonly expected: Rational;
  readonly found: Rational;
}

/** More differing numbers than this make another calculation. */
const MOST_DIFFERENCES = 2;
const MOST_STEPS = 2000;

/**
 * Whether a calculation has the form of a formula, with other numbers in a place or two: those places. None at all means
 * that nothing differs. Undefined where the form is another one. Order, bracketing and worked-out parts do not matter.
 */
export function differencesInForm(
  formula: Formula,
  expression: Expression,
  reference: Reference,
): readonly Difference[] | undefined {
  return new Comparison(reference).compare(formula, expression);
}

type Found = readonly Difference[] | undefined;

class Comparison {
  private steps = 0;

  constructor(private readonly reference: Reference) {}

  compare(formula: Formula, expression: Expression): Found {
    this.steps += 1;
    if (this.steps > MOST_STEPS) return undefined;
    const expected = this.valueOfFormula(formula);
    const found = knownValue(valueOf(expression));
    if (expected === undefined || found === null) return undefined;
    if (expected.equals(found)) return [];
    if (formula.kind === 'part') {
      const node = this.reference.nodes.get(formula.name);
      if (expression.kind === 'number' && node !== undefined)
        return [{ of: { kind: 'node', node: node.id }, expected, found }];
      const inside = this.compare(formula.of, expression);
      if (inside !== undefined || node === undefined) return inside;
      return node.measure === 'size' || node.measure === 'units'
        ? [{ of: { kind: 'node', node: node.id }, expected, found }]
        : undefined;
    }
    switch (formula.kind) {
      case 'quantity':
        return expression.kind === 'number'
          ? [{ of: { kind: 'given', role: formula.role }, expected, found }]
          : undefined;
      case 'product':
        return this.pairUp(
          factorsOf(formula).map((each) => ({ inverse: false, formula: each })),
          flattenProduct(expression).filter((factor) => !isOne(factor.expression)),
          Rational.ONE,
        );
      case 'quotient':
        return this.pairUp(
          [
            ...factorsOf(formula.numerator).map((each) => ({ inverse: false, formula: each })),
            ...factorsOf(formula.denominator).map((each) => ({ inverse: true, formula: each })),
          ],
          flattenProduct(expression).filter((factor) => !isOne(factor.expression)),
          Rational.ONE,
        );
      case 'sum':
        return this.pairUp(
          termsOf(formula).map((each) => ({ inverse: false, formula: each })),
          flattenSum(expression).map((term) => ({ inverse: term.negative, expression: term.expression })),
          Rational.ZERO,
        );
      case 'difference':
        return this.pairUp(
          [
            ...termsOf(formula.from).map((each) => ({ inverse: false, formula: each })),
            ...termsOf(formula.subtract).map((each) => ({ inverse: true, formula: each })),
          ],
          flattenSum(expression).map((term) => ({ inverse: term.negative, expression: term.expression })),
          Rational.ZERO,
        );
      case 'floor':
        return expression.kind === 'call' && expression.function === 'floor' && expression.arguments[0]
          ? this.compare(formula.of, expression.arguments[0])
          : this.compare(formula.of, expression);
      case 'power':
        return expression.kind === 'power'
          ? merged(
              this.compare(formula.base, expression.base),
              this.compare(formula.exponent, expression.exponent),
            )
          : undefined;
      default:
        return undefined;
    }
  }

  /** Pairs parts that agree first; what is left on both sides must pair up too, in one order or the other. */
  private pairUp(
    wanted: readonly { readonly inverse: boolean; readonly formula: Formula }[],
    given: readonly { readonly inverse: boolean; readonly expression: Expression }[],
    neutral: Rational,
  ): Found {
    if (given.length < 2) return undefined;
    const left = [...wanted];
    const right: { readonly inverse: boolean; readonly expression: Expression }[] = [];
    for (const each of given) {
      const value = knownValue(valueOf(each.expression));
      const at = left.findIndex(
        ({ inverse, formula }) =>
          inverse === each.inverse && value !== null && this.valueOfFormula(formula)?.equals(value) === true,
      );
      if (at === -1) right.push(each);
      else left.splice(at, 1);
    }
    const missing = left.filter(({ formula }) => this.valueOfFormula(formula)?.equals(neutral) !== true);
    // At least one part must be the right one, or any product would have the form of any other.
    if (missing.length === wanted.length || missing.length !== right.length) return undefined;
    if (missing.length > MOST_DIFFERENCES) return undefined;
    const orders = missing.length === 2 ? [missing, missing.toReversed()] : [missing];
    for (const order of orders) {
      let all: Found = [];
      for (const [at, { inverse, formula }] of order.entries()) {
        const other = right[at];
        if (other === undefined || other.inverse !== inverse) all = undefined;
        else all = merged(all, this.compare(formula, other.expression));
      }
      if (all !== undefined) return all;
    }
    return undefined;
  }

  private valueOfFormula(formula: Formula): Rational | undefined {
    if (formula.kind === 'literal' || formula.kind === 'quantity') return Rational.of(formula.value);
    try {
      return exact(evaluate(formula));
    } catch (error) {
      if (error instanceof FormulaError) return undefined;
      throw error;
    }
  }
}

function merged(a: Found, b: Found): Found {
  if (a === undefined || b === undefined || a.length + b.length > MOST_DIFFERENCES) return undefined;
  return [...a, ...b];
}

function factorsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'product' ? formula.factors.flatMap(factorsOf) : [formula];
}

function termsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'sum' ? formula.terms.flatMap(termsOf) : [formula];
}

function isOne(expression: Expression): boolean {
  return expression.kind === 'number' && knownValue(valueOf(expression))?.equals(Rational.ONE) === true;
}
