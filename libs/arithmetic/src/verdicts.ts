import type { Convention } from './conventions.js';
import { readingsOf } from './conventions-in-use.js';
import { evaluate } from './evaluate.js';
import type { Account } from './budget.js';
import { knownValue, type Evaluated, type Expression, type Problem, type Span } from './expression.js';
import { Rational } from './rational.js';
import { roundsTo, shownNumber, type Rounding } from './rounding.js';
import { flattenProduct, flattenSum, isCalculation, numericLeaves } from './structure.js';
import type { RelationSign } from './tokens.js';

/** Why two sides were not compared, or why their difference proves nothing. */
export interface NotUnderstood extends Span {
  readonly why:
    | Problem['kind']
    /** What stands there could not be read. */
    | 'syntax'
    /** The relation may mean something other than equality: an arrow, "is". */
    | 'relation-is-loose'
    /** One side may be a size (`3x3`) and no calculation. */
    | 'may-be-a-size'
    /** A column of numbers over a total need not be a sum. */
    | 'may-not-be-a-sum';
  readonly message: string;
}

interface Compared {
  /** Values of the two sides in the reading the verdict rests on. */
  readonly left: Rational;
  readonly right: Rational;
  /** The unusual readings under which the verdict holds; empty for the usual one. */
  readonly conventions: readonly Convention[];
}

/** What was found about two sides that a relation joins. */
export type Verdict =
  | ({ readonly kind: 'true' } & Compared)
  /** `marked`: the working says so itself (`≈`, "about"). `operandsRounded`: it holds within the rounding of the numbers it starts from. */
  | ({ readonly kind: 'rounded'; readonly marked: boolean; readonly operandsRounded: boolean; readonly rounding: Rounding } & Compared)
  /**
   * `147 * 512 = 75264 + 512`: the sign joins a result to the calculation that goes on from it. `carried` is that result
   * on the right; `link` says whether it is the left side's value. Not a false equation, an abused sign.
   */
  | ({ readonly kind: 'running-total'; readonly carried: Expression; readonly link: LinkVerdict } & Compared)
  /** `difference` is right less left, `ratio` right over left (null when left is zero). */
  | ({ readonly kind: 'false'; readonly difference: Rational; readonly ratio: Rational | null; readonly marked: boolean } & Compared)
  | ({ readonly kind: 'not-understood'; readonly left: Rational | null; readonly right: Rational | null } & NotUnderstood);

export type LinkVerdict =
  | { readonly kind: 'true' }
  | { readonly kind: 'rounded'; readonly rounding: Rounding }
  | { readonly kind: 'false'; readonly difference: Rational; readonly ratio: Rational | null };

export type VerdictKind = Verdict['kind'];

/** Two sides and the sign between them. */
export interface Comparison {
  readonly left: Expression;
  readonly right: Expression;
  readonly sign: RelationSign;
  /** The sign, or a word such as "about", marks the result as rounded. */
  readonly marked: boolean;
  readonly account?: Account;
}

/** Compares two sides exactly, under every reading that bears on them, the usual one first. */
export function compareSides({ left, right, marked, account }: Comparison): Verdict {
  const lefts = readSide(left, account);
  const rights = readSide(right, account);
  const unknown = lefts.unknown ?? rights.unknown;
  if (unknown) {
    return {
      kind: 'not-understood',
      why: unknown.kind,
      message: unknown.message,
      start: unknown.start,
      end: unknown.end,
      left: lefts.readings[0]?.value ?? null,
      right: rights.readings[0]?.value ?? null,
    };
  }
  const pairs = pairings(lefts.readings, rights.readings);
  for (const pair of pairs) {
    if (agree(pair)) return { kind: 'true', ...compared(pair) };
  }
  for (const pair of pairs) {
    const rounding = roundingOf(left, right, pair, marked);
    if (rounding) return { kind: 'rounded', marked, operandsRounded: false, rounding, ...compared(pair) };
  }
  for (const pair of pairs) {
    const rounding = withinRoundedOperands(left, right, pair, marked);
    if (rounding) return { kind: 'rounded', marked, operandsRounded: true, rounding, ...compared(pair) };
  }
  const closest = closestPair(pairs);
  if (!closest) throw new Error('Two sides with values have at least one reading each.');
  const values = compared(closest);
  return { kind: 'false', marked, ...deviation(values.left, values.right), ...values };
}

function deviation(left: Rational, right: Rational): { difference: Rational; ratio: Rational | null } {
  return { difference: right.minus(left), ratio: left.isZero ? null : right.dividedBy(left) };
}

interface SideReading {
  readonly value: Rational;
  readonly approximate: boolean;
  readonly conventions: readonly Convention[];
}

interface Pairing {
  readonly left: SideReading;
  readonly right: SideReading;
}

function readSide(side: Expression, account?: Account): { readings: SideReading[]; unknown: Problem | null } {
  const readings: SideReading[] = [];
  let unknown: Problem | null = null;
  for (const conventions of readingsOf(side)) {
    const evaluated: Evaluated = evaluate(side, account ? { conventions, account } : { conventions });
    if (evaluated.kind === 'unknown') unknown ??= evaluated.problem;
    else readings.push({ value: evaluated.value, approximate: evaluated.kind === 'approximate', conventions });
  }
  return { readings, unknown: readings.length === 0 ? unknown : null };
}

/** Fewest unusual conventions first; the two sides never answer one question differently unless one is silent on it. */
function pairings(lefts: readonly SideReading[], rights: readonly SideReading[]): Pairing[] {
  const pairs = lefts.flatMap((left) => rights.map((right) => ({ left, right })));
  const unusual = ({ left, right }: Pairing) => left.conventions.length + right.conventions.length;
  return pairs.toSorted((a, b) => unusual(a) - unusual(b));
}

function compared({ left, right }: Pairing): Compared {
  return {
    left: left.value,
    right: right.value,
    conventions: [...new Set([...left.conventions, ...right.conventions])],
  };
}

const TOLERANCE = Rational.of(1, 10n ** 11n);

function agree({ left, right }: Pairing): boolean {
  if (left.value.equals(right.value)) return true;
  if (!left.approximate && !right.approximate) return false;
  const scale = left.value.absolute().compare(right.value.absolute()) > 0 ? left.value : right.value;
  return left.value.minus(right.value).absolute().compare(scale.absolute().times(TOLERANCE)) <= 0;
}

function roundingOf(left: Expression, right: Expression, pair: Pairing, marked: boolean): Rounding | null {
  const shownRight = shownNumber(right, pair.right.conventions);
  const rounding = shownRight && roundsTo(pair.left.value, shownRight, marked);
  if (rounding) return rounding;
  const shownLeft = shownNumber(left, pair.left.conventions);
  if (!shownLeft) return null;
  // Of two plain numbers, only one that shows its rounding can be the rounded one.
  if (shownRight && !marked && shownLeft.numeral.decimals === 0 && shownLeft.numeral.suffix === null) return null;
  return roundsTo(pair.right.value, shownLeft, marked);
}

/**
 * `75.3k + 294.9k + 15.4k = 385.5k`: the sum of rounded numbers need not be the rounded sum. Only sums, only of numbers
 * with three significant figures or more (or marked), and only within the half units that rounding may have taken away.
 */
function withinRoundedOperands(left: Expression, right: Expression, pair: Pairing, marked: boolean): Rounding | null {
  const shownRight = shownNumber(right, pair.right.conventions);
  if (!shownRight || left.kind !== 'sum') return null;
  let slack = shownRight.step;
  for (const { expression } of left.terms) {
    const term = shownNumber(expression, pair.left.conventions);
    if (!term) return null;
    const roundedHere = term.numeral.decimals > 0 || term.numeral.suffix !== null;
    if (roundedHere && term.numeral.significant < 3 && !marked) return null;
    if (roundedHere) slack = slack.plus(term.step);
  }
  if (slack.equals(shownRight.step)) return null;
  const allowed = slack.times(Rational.of(1, 2));
  if (pair.left.value.minus(pair.right.value).absolute().compare(allowed) >= 0) return null;
  return { modes: ['nearest'], step: shownRight.step, significant: shownRight.numeral.significant, decimals: shownRight.numeral.decimals };
}

/** The reading that makes the least of the difference: where a unit's prefix is unclear, the fairest one to report. */
function closestPair(pairs: readonly Pairing[]): Pairing | null {
  let best: Pairing | null = null;
  let least = Infinity;
  for (const pair of pairs) {
    const a = Math.abs(pair.left.value.toNumber());
    const b = Math.abs(pair.right.value.toNumber());
    const distance = a === 0 || b === 0 ? 1e300 : Math.abs(Math.log(a / b));
    if (best === null || distance < least - 1e-9) {
      best = pair;
      least = distance;
    }
  }
  return best;
}

/**
 * Whether `left = right` goes on from a result: `147 * 512 = 75264 + 512`. The carried result is a number at the top
 * of the right side that is the value of the left. Where no number is, but the right side is a calculation whose own
 * result follows (`continues`) and whose first number is nearer to the left's value, that number was meant.
 */
export function runningTotal(comparison: Comparison, verdict: Verdict, continues: boolean): Verdict {
  if (verdict.kind !== 'false') return verdict;
  const { left, right } = comparison;
  if (!isCalculation(right)) return verdict;
  const candidates = topNumbers(right);
  for (const [at, carried] of candidates.entries()) {
    if (at > 0 && !continues) break;
    const link = compareSides({ left, right: carried, sign: '=', marked: false });
    if (link.kind === 'true') return { kind: 'running-total', carried, link: { kind: 'true' }, ...values(verdict) };
    if (link.kind === 'rounded') {
      return { kind: 'running-total', carried, link: { kind: 'rounded', rounding: link.rounding }, ...values(verdict) };
    }
  }
  const [first] = candidates;
  if (!continues || !first || !isCalculation(left) || numericLeaves(right).length < 2) return verdict;
  const carriedValue = knownValue(evaluate(first));
  if (!carriedValue || !nearer(verdict.left, carriedValue, verdict.right)) return verdict;
  return {
    kind: 'running-total',
    carried: first,
    link: { kind: 'false', ...deviation(verdict.left, carriedValue) },
    ...values(verdict),
  };
}

function values(verdict: Compared): Compared {
  return { left: verdict.left, right: verdict.right, conventions: verdict.conventions };
}

function topNumbers(expression: Expression): Expression[] {
  const found = flattenSum(expression).flatMap((term) => {
    if (term.negative) return [];
    return flattenProduct(term.expression).flatMap((factor) => (factor.inverse ? [] : [factor.expression]));
  });
  return found.filter((part) => part.kind === 'number' || part.kind === 'name');
}

/** Within a tenth of the value, and nearer to it than the whole right side. */
function nearer(value: Rational, carried: Rational, whole: Rational): boolean {
  const gap = value.minus(carried).absolute();
  return (
    gap.times(Rational.of(10)).compare(value.absolute()) < 0 && gap.compare(value.minus(whole).absolute()) < 0
  );
}
