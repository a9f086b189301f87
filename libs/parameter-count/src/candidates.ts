import {
  isCalculation,
  knownValue,
  type Equation,
  type Expression,
  type Rational,
  type Side,
  type Span,
  type VerdictKind,
  type Working,
} from '@tensormark/arithmetic';

/** A number in the working that may be what was asked for. */
export interface Candidate {
  readonly span: Span;
  readonly value: Rational;
  /** `result`: stated as an outcome; `calculation`: an expression whose outcome is another candidate, or missing. */
  readonly role: 'result' | 'calculation';
  /** The equation it stands in, and what that equation came to; null for a number that stands alone. */
  readonly equation: Equation | null;
  readonly verdict: VerdictKind | null;
  readonly expression: Expression;
  /** The words around it, nearest first: its label, what introduces the line, the list marker, what follows. */
  readonly words: readonly string[];
  /** Place in the order of writing. */
  readonly order: number;
}

/** Every side of an equation and every stated number, in the order they were written. */
export function candidatesIn(working: Working): Candidate[] {
  const found: Omit<Candidate, 'order'>[] = [];
  const add = (equation: Equation): void => {
    equation.sides.forEach((side, at) => {
      const value = knownValue(side.value);
      if (value === null) return;
      found.push({
        span: { start: side.start, end: side.end },
        value,
        role: roleOf(equation, side, at),
        equation,
        verdict: equation.verdict,
        expression: side.expression,
        words: wordsAround(equation, side.after),
      });
    });
  };
  for (const equation of working.equations) add(equation);
  for (const quantity of working.quantities) {
    if (quantity.kind === 'mention' || quantity.kind === 'dimensions') continue;
    const value = knownValue(quantity.value);
    if (value === null) continue;
    found.push({
      span: { start: quantity.start, end: quantity.end },
      value,
      role: quantity.kind === 'stated' ? 'result' : 'calculation',
      equation: null,
      verdict: null,
      expression: quantity.expression,
      words: wordsAround(quantity, quantity.after),
    });
  }
  return found
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((candidate, order) => ({ ...candidate, order }));
}

/** A plain number behind the first side is a result; so is the last side of a chain, whatever it is. */
function roleOf(equation: Equation, side: Side, at: number): Candidate['role'] {
  if (at > 0 && (at === equation.sides.length - 1 || !isCalculation(side.expression))) return 'result';
  return 'calculation';
}

function wordsAround(
  place: Pick<Equation, 'label' | 'lead' | 'marker' | 'cell' | 'defines'>,
  after: string,
): string[] {
  const words = [
    place.label?.text,
    place.defines,
    place.cell?.rowLabel,
    after,
    place.lead?.text,
    place.marker?.text,
  ];
  return words.filter((each): each is string => each !== undefined && each !== null && each.trim() !== '');
}
