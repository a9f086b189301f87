import {
  evaluate as valueOf,
  flattenProduct,
  flattenSum,
  knownValue,
  Rational,
  type Expression,
} from '@tensormark/arithmetic';
import { evaluate, FormulaError, nodesOf, type Formula, type Role } from '@tensormark/network';
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
const MOST_TOGETHER = 6;

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
        return node.measure === 'step' && isWithin(formula.of, found)
          ? undefined
          : [{ of: { kind: 'node', node: node.id }, expected, found }];
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
      case 'product': {
        const given = flattenProduct(expression).filter((factor) => !isOne(factor.expression));
        const against = (factors: readonly Formula[]): Found =>
          this.pairUp(
            factors.map((each) => ({ inverse: false, formula: each })),
            given,
            Rational.ONE,
          );
        return against(factorsOf(formula)) ?? against(factorsWithin(formula));
      }
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
    this.takeTogether(left, right, neutral);
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

  /** Takes out what is written as one number: the 3136 of `56 · 56 · 288`. */
  private takeTogether(
    left: { readonly inverse: boolean; readonly formula: Formula }[],
    right: { readonly inverse: boolean; readonly expression: Expression }[],
    neutral: Rational,
  ): void {
    for (const [at, each] of [...right.entries()].toReversed()) {
      const wanted = knownValue(valueOf(each.expression));
      if (wanted === null || wanted.equals(neutral)) continue;
      const group = this.groupOf(left, each.inverse, wanted, neutral);
      if (group === undefined) continue;
      right.splice(at, 1);
      for (const part of group) left.splice(left.indexOf(part), 1);
    }
  }

  private groupOf<Part extends { readonly inverse: boolean; readonly formula: Formula }>(
    parts: readonly Part[],
    inverse: boolean,
    wanted: Rational,
    neutral: Rational,
  ): readonly Part[] | undefined {
    const usable = parts.filter((part) => part.inverse === inverse).slice(0, MOST_TOGETHER);
    for (let chosen = 1; chosen < 1 << usable.length; chosen += 1) {
      const group = usable.filter((_, at) => (chosen >> at) & 1);
      if (group.length < 2) continue;
      let total: Rational | undefined = neutral;
      for (const { formula } of group) {
        const value = this.valueOfFormula(formula);
        total = value && (neutral.isZero ? total?.plus(value) : total?.times(value));
      }
      if (total?.equals(wanted) === true) return group;
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

/** Whether a number in place of a step is one that the step starts from: then the step is left out, not slipped in. */
function isWithin(formula: Formula, value: Rational): boolean {
  return (
    value.isInteger &&
    [...nodesOf(formula)].some(({ node }) => node.kind === 'quantity' && node.value === value.numerator)
  );
}

function merged(a: Found, b: Found): Found {
  if (a === undefined || b === undefined || a.length + b.length > MOST_DIFFERENCES) return undefined;
  return [...a, ...b];
}

function factorsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'product' ? formula.factors.flatMap(factorsOf) : [formula];
}

/** The same with the factors of steps: `128 · (64 · 3 · 3)` written out. */
function factorsWithin(formula: Formula): readonly Formula[] {
  if (formula.kind === 'product') return formula.factors.flatMap(factorsWithin);
  return formula.kind === 'part' && formula.of.kind === 'product' ? factorsWithin(formula.of) : [formula];
}

function termsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'sum' ? formula.terms.flatMap(termsOf) : [formula];
}

function isOne(expression: Expression): boolean {
  return expression.kind === 'number' && knownValue(valueOf(expression))?.equals(Rational.ONE) === true;
}
