import { CONVENTION_QUESTIONS, type Convention } from '../conventions.js';
import { readingsOf } from '../evaluation/readings.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { Account } from '../budget.js';
import { knownValue, type Evaluated, type Expression, type Problem, type Span } from '../expression.js';
import { Rational } from '../rational.js';
import { roundedInterval } from './intervals.js';
import { roundsTo, shownNumber, type Rounding } from './rounding.js';
import { flattenProduct, flattenSum, isCalculation, numericLeaves } from '../form/structure.js';
import type { RelationSign } from '../tokens.js';

/** Why two sides were not compared, or why their difference proves nothing. */
export interface NotUnderstood extends Span {
  readonly why:
    | Problem['kind']
    /** What stands there could not be read. */
    | 'syntax'
    /** The relation may mean something other than equality: an arrow, "is". */
    | 'relation-is-loose'
    /** The numbers may refer to equations, `(1) + (2)`. */
    | 'may-be-references'
    /** A number before a sign may number something, `512 = 75264`. */
    | 'may-be-a-label'
    /** A comma or point between digits may separate two statements, `3*3=9,64*9=576`. */
    | 'may-be-two-statements'
    /** One side may be a size (`3x3`) and no calculation. */
    | 'may-be-a-size'
    /** The sides count different things, `75264 parameters = 301056 bytes`, and no conversion is known. */
    | 'units-differ'
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
  | ({
      readonly kind: 'rounded';
      readonly marked: boolean;
      readonly operandsRounded: boolean;
      readonly rounding: Rounding;
    } & Compared)
  /**
   * `147 * 512 = 75264 + 512`: the sign joins a result to the calculation that goes on from it. `carried` is that result
   * on the right; `link` says whether it is the left side's value. Not a false equation, an abused sign.
   */
  | ({ readonly kind: 'running-total'; readonly carried: Expression; readonly link: LinkVerdict } & Compared)
  /** `difference` is right less left, `ratio` right over left (null when left is zero). */
  | ({
      readonly kind: 'false';
      readonly difference: Rational;
      readonly ratio: Rational | null;
      readonly marked: boolean;
    } & Compared)
  | ({
      readonly kind: 'not-understood';
      readonly left: Rational | null;
      readonly right: Rational | null;
    } & NotUnderstood);

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
export function compareSides(comparison: Comparison): Verdict {
  const { left, right, marked, account } = comparison;
  if (left.kind === 'tuple' || right.kind === 'tuple') return compareShapes(comparison);
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

/** Shapes are compared number by number, or by their product with one number; what differs may be no error. */
function compareShapes({ left, right, sign, account }: Comparison): Verdict {
  const conventions: readonly Convention[] = ['shape-is-its-product'];
  const options = account ? { conventions, account } : { conventions };
  const from = knownValue(evaluate(left, options));
  const to = knownValue(evaluate(right, options));
  const itemwise =
    left.kind === 'tuple' && right.kind === 'tuple'
      ? left.items.length === right.items.length &&
        left.items.every((item, at) => {
          const other = right.items[at];
          return (
            other !== undefined &&
            compareSides({ left: item, right: other, sign, marked: false }).kind === 'true'
          );
        })
      : from !== null && to !== null && from.equals(to);
  if (itemwise && from && to) return { kind: 'true', left: from, right: to, conventions };
  const number = left.kind === 'tuple' ? left.asNumber : right.kind === 'tuple' ? right.asNumber : null;
  if (number) {
    const as = compareSides({
      left: left.kind === 'tuple' ? number : left,
      right: right.kind === 'tuple' ? number : right,
      sign,
      marked: false,
    });
    if (as.kind === 'true') return { ...as, conventions: [...as.conventions, 'commas-group-thousands'] };
  }
  return {
    kind: 'not-understood',
    why: 'not-a-number',
    message: 'A shape is not compared with this.',
    start: left.start,
    end: right.end,
    left: from,
    right: to,
  };
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
    else
      readings.push({ value: evaluated.value, approximate: evaluated.kind === 'approximate', conventions });
  }
  return { readings, unknown: readings.length === 0 ? unknown : null };
}

/** Fewest unusual conventions first; the two sides never answer one question differently unless one is silent on it. */
function pairings(lefts: readonly SideReading[], rights: readonly SideReading[]): Pairing[] {
  const [left] = lefts;
  const [right] = rights;
  if (lefts.length === 1 && rights.length === 1 && left && right) return [{ left, right }];
  const shared = CONVENTION_QUESTIONS.filter((question) => bears(lefts, question) && bears(rights, question));
  const pairs = lefts
    .flatMap((left) => rights.map((right) => ({ left, right })))
    .filter((pair) =>
      shared.every((question) =>
        compatible(answerOf(pair.left, lefts, question), answerOf(pair.right, rights, question)),
      ),
    );
  const unusual = ({ left, right }: Pairing) => left.conventions.length + right.conventions.length;
  if (pairs.length === 0 && left && right) return [{ left, right }];
  return pairs.toSorted((a, b) => unusual(a) - unusual(b));
}

function answer(reading: SideReading, question: readonly Convention[]): Convention | null {
  return reading.conventions.find((convention) => question.includes(convention)) ?? null;
}

/** The answer a reading gives, where none is named the usual one: a byte unit counts itself, `M` is a million. */
function answerOf(
  reading: SideReading,
  all: readonly SideReading[],
  question: readonly Convention[],
): Convention | null {
  const named = answer(reading, question);
  if (named !== null || !question.includes('prefix-is-1000')) return named;
  const countsItself = all.some((other) => answer(other, question) === 'prefix-is-1000');
  return countsItself ? 'unit-as-written' : 'prefix-is-1000';
}

/** A unit as written leaves open what its prefix is. */
function compatible(a: Convention | null, b: Convention | null): boolean {
  return a === b || a === 'unit-as-written' || b === 'unit-as-written';
}

function bears(readings: readonly SideReading[], question: readonly Convention[]): boolean {
  return readings.some((reading) => answer(reading, question) !== null);
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
  if (!shownLeft) return shownRight ? null : droppedFraction(right, pair);
  // Of two plain numbers, only one that shows its rounding can be the rounded one.
  if (shownRight && !marked && shownLeft.numeral.decimals === 0 && shownLeft.numeral.suffix === null)
    return null;
  return roundsTo(pair.right.value, shownLeft, marked);
}

/** `127/2 + 1 = 63 + 1`: going on with whole numbers drops the fraction, as sizes do. */
function droppedFraction(right: Expression, pair: Pairing): Rounding | null {
  const { value } = pair.left;
  if (value.isInteger || value.sign < 0 || !value.floor().equals(pair.right.value)) return null;
  if (right.kind !== 'sum' || !numericLeaves(right).every(({ numeral }) => numeral.mantissa.isInteger))
    return null;
  return { modes: ['down'], step: Rational.ONE, significant: value.floor().toString().length, decimals: 0 };
}

/**
 * `75.3k + 294.9k + 15.4k = 385.5k`, `e^2/(e + e^2) = 7.389/10.107`: a result of rounded numbers need not be the rounded
 * result. It must lie strictly within what their rounding leaves open, and, other than in sums, be no number that the
 * calculation could have given exactly: `0.125 * 3 = 0.376` is an error.
 */
function withinRoundedOperands(
  left: Expression,
  right: Expression,
  pair: Pairing,
  marked: boolean,
): Rounding | null {
  const shownRight = shownNumber(right, pair.right.conventions);
  const exactHere = shownRight !== null && pair.left.value.dividedBy(shownRight.step).isInteger;
  if (exactHere && left.kind !== 'sum' && !marked && !showsMoreThanItsOperands(left, shownRight)) return null;
  const from = isCalculation(left) ? roundedInterval(left, pair.left.conventions, marked) : null;
  const to = isCalculation(right) ? roundedInterval(right, pair.right.conventions, marked) : null;
  if (!from && !to) return null;
  const slack = shownRight ? shownRight.step.times(Rational.of(1, 2)) : Rational.ZERO;
  const low = (to?.low ?? pair.right.value).minus(slack);
  const high = (to?.high ?? pair.right.value).plus(slack);
  const overlap =
    (from?.low ?? pair.left.value).compare(high) < 0 && low.compare(from?.high ?? pair.left.value) < 0;
  if (!overlap) return null;
  return {
    modes: ['nearest'],
    step: shownRight?.step ?? high.minus(low),
    significant: shownRight?.numeral.significant ?? 0,
    decimals: shownRight?.numeral.decimals ?? 0,
  };
}

/** `2.36M / 8 = 294912` was worked out with the number that 2.36M stands for. */
function showsMoreThanItsOperands(
  left: Expression,
  { numeral }: { readonly numeral: { readonly significant: number } },
): boolean {
  return numericLeaves(left).some(
    (leaf) =>
      leaf.numeral.suffix !== null &&
      leaf.numeral.significant >= 3 &&
      leaf.numeral.significant < numeral.significant,
  );
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
    if (link.kind === 'true')
      return { kind: 'running-total', carried, link: { kind: 'true' }, ...values(verdict) };
    if (link.kind === 'rounded') {
      return {
        kind: 'running-total',
        carried,
        link: { kind: 'rounded', rounding: link.rounding },
        ...values(verdict),
      };
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
