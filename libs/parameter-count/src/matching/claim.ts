import {
  evaluate,
  isCalculation,
  knownValue,
  type CellPlace,
  type Equation,
  type Expression,
  type Quantity,
  type Rational,
  type Side,
  type Span,
  type VerdictKind,
  type Working,
} from '@tensormark/arithmetic';

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

/** A number, or a shape, that the working gives. */
export interface Claim {
  readonly span: Span;
  /** Place in the order of writing. */
  readonly order: number;
  readonly value: Rational;
  /** All that it may stand for, `value` first. */
  readonly values: readonly ClaimValue[];
  /** `result`: given as an outcome; `calculation`: an expression whose outcome is another claim, or is missing. */
  readonly role: 'result' | 'calculation';
  /** The numbers of a shape or a list, in order. */
  readonly sizes: readonly Rational[] | null;
  /** Whether it says itself that it is rounded: "about", `≈`, or a sign that only holds after rounding. */
  readonly approximate: boolean;
  /** The equation it stands in, and what that came to; null for a number that stands alone. */
  readonly equation: Equation | null;
  readonly verdict: VerdictKind | null;
  readonly expression: Expression;
  /** Nearest first. */
  readonly words: readonly NearbyWords[];
}

/** Every side of an equation and every number or shape that is given, in the order they were written. */
export function claimsIn(working: Working): Claim[] {
  const found = [
    ...working.equations.flatMap(fromEquation),
    ...working.quantities.flatMap((quantity) => fromQuantity(quantity) ?? []),
  ];
  return found
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((claim, order) => ({ ...claim, order }));
}

type Unordered = Omit<Claim, 'order'>;

function fromEquation(equation: Equation): Unordered[] {
  const sides = equation.sides.flatMap((side, at): Unordered[] => {
    const sizes = listOf(side.expression);
    const value = knownValue(side.value) ?? sizes?.[0];
    if (value === undefined) return [];
    return [
      {
        span: { start: side.start, end: side.end },
        value,
        values: readingsOf(side.expression, value),
        role: roleOf(equation, side, at),
        sizes,
        approximate: equation.pairs.some(
          ({ right, marked, verdict }) => right === at && (marked || verdict.kind === 'rounded'),
        ),
        equation,
        verdict: equation.verdict,
        expression: side.expression,
        words: wordsAround(equation, side.after),
      },
    ];
  });
  return [...sides, ...carriedResults(equation)];
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
        equation,
        verdict: equation.verdict,
        expression: carried,
        words: wordsAround(equation, ''),
      },
    ];
  });
}

function fromQuantity(quantity: Quantity): Unordered | undefined {
  if (quantity.kind === 'mention') return undefined;
  const sizes = quantity.sizes ?? listOf(quantity.expression);
  const value = knownValue(quantity.value) ?? sizes?.[0];
  if (value === undefined) return undefined;
  return {
    span: { start: quantity.start, end: quantity.end },
    value,
    values: readingsOf(quantity.expression, value),
    role: quantity.kind === 'calculation' ? 'calculation' : 'result',
    sizes,
    approximate: quantity.approximate,
    equation: null,
    verdict: null,
    expression: quantity.expression,
    words: wordsAround(quantity, quantity.after),
  };
}

/** A plain number behind the first side is a result; so is the last side of a chain, whatever it is. */
function roleOf(equation: Equation, side: Side, at: number): Claim['role'] {
  if (at > 0 && (at === equation.sides.length - 1 || !isCalculation(side.expression))) return 'result';
  return 'calculation';
}

/** `(0.1, 0.2, 0.7)` as its numbers. */
function listOf(expression: Expression): readonly Rational[] | null {
  if (expression.kind !== 'tuple') return null;
  const values = expression.items.flatMap((item) => knownValue(evaluate(item)) ?? []);
  return values.length === expression.items.length ? values : null;
}

/** A prefix of bytes, or a `k`, may be 1000 or 1024. */
function readingsOf(expression: Expression, value: Rational): ClaimValue[] {
  const readings: ClaimValue[] = [{ value, kilo: null }];
  for (const kilo of [1000, 1024] as const) {
    const other = knownValue(evaluate(expression, { conventions: [`prefix-is-${kilo}`] }));
    if (other !== null && !other.equals(value)) readings.push({ value: other, kilo });
  }
  return readings;
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
