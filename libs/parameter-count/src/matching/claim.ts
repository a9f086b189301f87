import {
  CONCLUSIONS,
  evaluate,
  isCalculation,
  knownValue,
  measureOf,
  workOf,
  type CellPlace,
  type Equation,
  Rational,
  type Evaluated,
  type Expression,
  type Quantity,
  type Side,
  type Span,
  type Unit,
  type VerdictKind,
  type Working,
} from '@tensormark/arithmetic';

import { countsInRoman, ordinalOf } from './ordinal.js';
import { saysAnother } from './words.js';

/** A value that a claim may stand for, and what a "k" must be for it. */
export interface ClaimValue {
  readonly value: Rational;
  /** Null where it does not matter. */
  readonly kilo: 1000 | 1024 | null;
}

/** Words near a number. Direct ones are written for it; the others stand around it. */
export interface NearbyWords {
  readonly text: string;
  readonly direct: boolean;
}

/** A sum in which a number stands in passing. */
export interface SumOfTerms {
  readonly terms: readonly Rational[];
  /** What the equation gives for it; undefined where that is not known. */
  readonly value: Rational | undefined;
}

/** A number, or a shape, that the working gives. */
export interface Claim {
  readonly span: Span;
  /** Place in the order of writing. */
  readonly order: number;
  /** Line of the text, from 1. */
  readonly line: number;
  readonly value: Rational;
  /** All that it may stand for, `value` first. */
  readonly values: readonly ClaimValue[];
  /**
   * `result`: given as an outcome; `calculation`: an expression whose outcome is another claim, or is missing; `mention`:
   * a number in a sentence, which may be one.
   */
  readonly role: 'result' | 'calculation' | 'mention';
  /** The numbers of a shape or a list, in order. */
  readonly sizes: readonly Rational[] | null;
  /** Whether it says itself that it is rounded: "about", `≈`, or a sign that only holds after rounding. */
  readonly approximate: boolean;
  /** Whether a word or sign of its own says so, and not only an equation that holds after rounding alone. */
  readonly saysRounded: boolean;
  /** The equation it stands in, and what that came to; null for a number that stands alone. */
  readonly equation: Equation | null;
  readonly verdict: VerdictKind | null;
  readonly expression: Expression;
  /** The sum that it is a term of and whose words are those of the whole; null for a number by itself. */
  readonly termOf: SumOfTerms | null;
  readonly unit: Unit | null;
  readonly cell: CellPlace | null;
  /** The words right behind it. */
  readonly after: string;
  /** The number of the list item that it stands in: 2 of `b)`. */
  readonly marker: number | null;
  /** Nearest first. */
  readonly words: readonly NearbyWords[];
}

/** Every side of an equation and every number or shape that is given, in the order they were written. */
export function claimsIn(working: Working): Claim[] {
  const grouping = groupingOf(working);
  const found = [
    ...working.equations.flatMap((equation) => fromEquation(equation, grouping)),
    ...working.quantities.flatMap((quantity) => fromQuantity(quantity, grouping) ?? []),
  ];
  const inOrder = found.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const whole = withPartsJoined(inOrder);
  const roman = countsInRoman(whole.flatMap(({ marker }) => marker?.text ?? []));
  return whole.map((claim, order) => ({
    ...claim,
    words: wordsInLine(whole, order),
    order,
    marker: claim.marker && ordinalOf(claim.marker.text, roman),
  }));
}

/** At most so much stands between the parts of one time: `1 h and 33 min`. */
const BETWEEN_PARTS = 5;

/** `1 h 33 min 45 s` is one time in its smallest unit. */
function withPartsJoined(claims: readonly Unordered[]): readonly Unordered[] {
  const joined: Unordered[] = [];
  for (const claim of claims) {
    const before = joined.at(-1);
    const whole = before && joinedWith(before, claim);
    if (whole === undefined) joined.push(claim);
    else joined[joined.length - 1] = whole;
  }
  return joined;
}

function joinedWith(before: Unordered, claim: Unordered): Unordered | undefined {
  const [large, small] = [timeOf(before), timeOf(claim)];
  if (large === undefined || small === undefined || large.compare(small) <= 0) return undefined;
  if (claim.line !== before.line || claim.span.start - before.span.end > BETWEEN_PARTS) return undefined;
  const value = before.value.times(large.dividedBy(small)).plus(claim.value);
  const isNamed = before.words.some(({ direct }) => direct);
  return {
    ...before,
    span: { start: before.span.start, end: claim.span.end },
    value,
    values: [{ value, kilo: null }],
    role: isNamed ? 'result' : before.role,
    unit: claim.unit,
    after: claim.after,
  };
}

/** How large the unit of a plain number is that is a time. */
function timeOf({ expression, equation, unit }: Unordered): Rational | undefined {
  if (unit === null || equation !== null || expression.kind !== 'number') return undefined;
  const measure = measureOf(unit.written);
  return measure?.of === 'time' && !measure.perSecond ? measure.size : undefined;
}

/** `Output: (32 - 5)/1 + 1 = 28, so 28x28x10`: what has no name of its own goes on about what stands before it. */
function wordsInLine(claims: readonly Unordered[], at: number): readonly NearbyWords[] {
  const claim = claims[at];
  const before = claims[at - 1];
  if (claim === undefined || before === undefined || before.cell !== null) return claim?.words ?? [];
  const own = claim.words.filter(({ direct }) => direct);
  const nameless = own.every(
    ({ text }) => text.split(' ').length === 1 && CONCLUSIONS.has(text.toLowerCase()),
  );
  if (!nameless || claim.line - before.line > (claim.role === 'mention' ? 1 : 0)) return claim.words;
  const behind = claim.words.filter(({ direct }) => !direct);
  const around = before.words.filter(({ direct }) => direct).map(({ text }) => ({ text, direct: false }));
  // What follows a number ("parameters") says less of it than what a result before it is called.
  return before.role === 'result' ? [...own, ...around, ...behind] : [...own, ...behind, ...around];
}

type Unordered = Omit<Claim, 'order' | 'marker'> & { readonly marker: { readonly text: string } | null };

/** How a working writes large numbers, where its own equations tell: `64 * 289 = 18.496`. */
type Grouping = 'point-groups-thousands' | 'comma-is-decimal' | null;

function groupingOf({ equations }: Working): Grouping {
  for (const { pairs } of equations) {
    for (const { verdict } of pairs) {
      if (verdict.kind !== 'true' && verdict.kind !== 'rounded') continue;
      for (const each of GROUPINGS) if (verdict.conventions.includes(each)) return each;
    }
  }
  return null;
}

const GROUPINGS = ['point-groups-thousands', 'comma-is-decimal'] as const;

function fromEquation(equation: Equation, grouping: Grouping): Unordered[] {
  const sides = equation.sides.flatMap((side, at): Unordered[] => {
    const sizes = listOf(side.expression);
    const values =
      sizes === null ? readingsOf(side.expression, side.value, side.unit, grouping) : one(sizes[0]);
    const [first] = values;
    if (first === undefined) return [];
    return [
      {
        span: { start: side.start, end: side.end },
        value: first.value,
        values,
        role: roleOf(equation, side, at),
        sizes,
        approximate: equation.pairs.some(
          ({ right, marked, verdict }) => right === at && (marked || verdict.kind === 'rounded'),
        ),
        saysRounded: equation.pairs.some(({ right, marked }) => right === at && marked),
        equation,
        verdict: equation.verdict,
        expression: side.expression,
        termOf: null,
        line: equation.line,
        marker: equation.marker,
        unit: side.unit,
        cell: equation.cell,
        after: side.after,
        words: wordsAround(equation, side.after),
      },
    ];
  });
  return [...sides, ...carriedResults(equation), ...summands(equation)];
}

/**
 * `(3*16 + 16) + (16*16 + 16) = 64 + 272`: where two sides of an equation are sums that agree term by term, each term of
 * the second is a result. Any other number in a sum is one in passing.
 */
function summands(equation: Equation): Unordered[] {
  return equation.sides.flatMap(({ expression, after }, at): Unordered[] => {
    if (expression.kind !== 'sum') return [];
    const before = equation.sides[at - 1]?.expression;
    const terms = expression.terms.flatMap(({ expression: term }) => knownValue(evaluate(term)) ?? []);
    const last = equation.sides.at(-1);
    const total = last === undefined ? undefined : (knownValue(last.value) ?? undefined);
    const alike =
      before?.kind === 'sum' && before.terms.length === expression.terms.length ? before.terms : [];
    return expression.terms.flatMap(({ expression: term, negative }, place): Unordered[] => {
      const value = knownValue(evaluate(term));
      if (term.kind !== 'number' || negative || value === null) return [];
      const origin = alike[place]?.expression;
      const isResult =
        origin !== undefined && isCalculation(origin) && knownValue(evaluate(origin))?.equals(value) === true;
      return [
        {
          span: { start: term.start, end: term.end },
          value,
          values: readingsOf(term, evaluate(term), null, null),
          role: isResult ? 'result' : 'mention',
          sizes: null,
          approximate: false,
          saysRounded: false,
          equation: isResult ? equation : null,
          verdict: isResult ? 'true' : null,
          expression: term,
          termOf: isResult ? null : { terms, value: total },
          line: equation.line,
          marker: equation.marker,
          unit: null,
          cell: equation.cell,
          after: '',
          words: isResult ? [] : wordsAround(equation, after).map(({ text }) => ({ text, direct: false })),
        },
      ];
    });
  });
}

/** `147 * 512 = 75264 + …`: the number behind the sign is a result too, before it is carried on. */
function carriedResults(equation: Equation): Unordered[] {
  return equation.pairs.flatMap(({ verdict }): Unordered[] => {
    if (verdict.kind !== 'running-total' || verdict.link.kind === 'false') return [];
    const { carried } = verdict;
    const value = knownValue(evaluate(carried));
    if (value === null) return [];
    return [
      {
        span: { start: carried.start, end: carried.end },
        value,
        values: [{ value, kilo: null }],
        role: 'result',
        sizes: null,
        approximate: verdict.link.kind === 'rounded',
        saysRounded: false,
        equation,
        verdict: equation.verdict,
        expression: carried,
        termOf: null,
        line: equation.line,
        marker: equation.marker,
        unit: null,
        cell: equation.cell,
        after: '',
        words: wordsAround(equation, ''),
      },
    ];
  });
}

function fromQuantity(quantity: Quantity, grouping: Grouping): Unordered | undefined {
  const { cell } = quantity;
  // The first cell of a row says what it is about.
  if (cell?.column === 0 && cell.header !== null && quantity.kind !== 'calculation') return undefined;
  const sizes = quantity.sizes ?? listOf(quantity.expression);
  const values = readingsOf(quantity.expression, quantity.value, quantity.unit, grouping);
  const first = values[0] ?? one(sizes?.[0])[0];
  if (first === undefined) return undefined;
  return {
    span: { start: quantity.start, end: quantity.end },
    value: first.value,
    values: values.length > 0 ? values : [first],
    role: saysAnother(quantity.label?.text ?? '') ? 'mention' : ROLES[quantity.kind],
    sizes,
    approximate: quantity.approximate,
    saysRounded: quantity.approximate,
    equation: null,
    verdict: null,
    expression: quantity.expression,
    termOf: null,
    line: quantity.line,
    marker: quantity.marker,
    unit: quantity.unit,
    cell,
    after: quantity.after,
    words: wordsAround(quantity, quantity.after),
  };
}

const ROLES: Readonly<Record<Quantity['kind'], Claim['role']>> = {
  stated: 'result',
  dimensions: 'result',
  calculation: 'calculation',
  mention: 'mention',
};

/**
 * A plain number is a result, on the left as well where the calculation stands behind it (`46 = 6 x 6`); where there is none,
 * the last side of a chain is, whatever it is.
 */
function roleOf({ sides, pairs }: Equation, side: Side, at: number): Claim['role'] {
  const isPlain = ({ expression }: Side): boolean => !isCalculation(expression);
  // `903,168 ≈ 0.9 M` is one number, and the same in fewer digits.
  if (sides.every(isPlain) && pairs.every(({ marked, verdict }) => marked && verdict.kind === 'rounded'))
    return 'result';
  if (isPlain(side) && sides.some((other) => other !== side && countsOtherwise(side, other))) return 'result';
  const others = sides.filter((_, place) => place !== at);
  if (isPlain(side)) return at > 0 || !others.some(isPlain) ? 'result' : 'calculation';
  return at > 0 && at === sides.length - 1 && !others.some(isPlain) ? 'result' : 'calculation';
}

/** `1,228,800 MACs = 2,457,600 FLOPs`: each of both is a result, and neither is the other's. */
function countsOtherwise({ unit }: Side, { unit: other }: Side): boolean {
  const works = [unit, other].map((each) => (each === null ? null : workOf(each)));
  return works[0] !== null && works[1] !== null && works[0] !== works[1];
}

/** `(0.1, 0.2, 0.7)` as its numbers; of `(None, 28, 28)` those behind the batch. */
function listOf(expression: Expression): readonly Rational[] | null {
  if (expression.kind !== 'tuple') return null;
  const [first, ...rest] = expression.items;
  const items = first?.kind === 'name' && rest.length > 0 ? rest : expression.items;
  const values = items.flatMap((item) => knownValue(evaluate(item)) ?? []);
  return values.length === items.length ? values : null;
}

function one(value: Rational | undefined): ClaimValue[] {
  return value === undefined ? [] : [{ value, kilo: null }];
}

const EIGHT = Rational.of(8);

/**
 * A prefix of bytes, or a `k`, may be 1000 or 1024, a point or comma may group digits, and bits are eighths of bytes. The
 * working's own way of grouping comes first.
 */
function readingsOf(
  expression: Expression,
  evaluated: Evaluated,
  unit: Unit | null,
  grouping: Grouping,
): ClaimValue[] {
  const usual = knownValue(evaluated);
  const readings: ClaimValue[] = [];
  const add = (value: Rational | null, kilo: ClaimValue['kilo']): void => {
    if (value !== null && !readings.some((each) => each.kilo === kilo && each.value.equals(value)))
      readings.push({ value, kilo });
  };
  if (grouping !== null) add(knownValue(evaluate(expression, { conventions: [grouping] })), null);
  add(usual, null);
  for (const kilo of [1000, 1024] as const) {
    const other = knownValue(evaluate(expression, { conventions: [`prefix-is-${kilo}`] }));
    if (other !== null && usual?.equals(other) !== true) add(other, kilo);
  }
  if (expression.kind === 'number' && expression.numeral.otherMantissa !== null)
    add(
      knownValue(evaluate(expression, { conventions: [expression.numeral.otherMantissa.convention] })),
      null,
    );
  if (unit?.counts !== 'bits') return readings;
  return [...readings, ...readings.map(({ value, kilo }) => ({ value: value.dividedBy(EIGHT), kilo }))];
}

interface Worded {
  readonly label: { readonly text: string } | null;
  readonly defines: string | null;
  readonly cell: CellPlace | null;
  readonly lead: { readonly text: string } | null;
  readonly marker: { readonly text: string } | null;
}

function wordsAround(place: Worded, after: string): NearbyWords[] {
  // A cell is named by its row and its column together.
  const cell = place.cell && [place.cell.rowLabel, place.cell.header ?? ''].join(' ');
  const direct = [place.label?.text, place.defines, cell];
  const around = [after, place.lead?.text, place.marker?.text];
  const written = (text: string | null | undefined): text is string =>
    text !== undefined && text !== null && text.trim() !== '';
  return [
    ...direct.filter(written).map((text) => ({ text, direct: true })),
    ...around.filter(written).map((text) => ({ text, direct: false })),
  ];
}
