import type { BudgetName } from './budget.js';
import type { Convention } from './conventions.js';
import type { Evaluated, Expression, Span } from './expression.js';
import type { Rational } from './rational.js';
import type { RelationSign } from './tokens.js';
import type { Unit } from './units.js';
import type { Verdict, VerdictKind } from './verdicts/verdicts.js';

/** Words that say what something is. `text` is free of markup, the span is where they stand. */
export interface Label extends Span {
  readonly text: string;
}

/** Where in a table something stands; rows and columns count from 0, the header row not counted. */
export interface CellPlace {
  readonly table: number;
  readonly row: number;
  readonly column: number;
  readonly header: string | null;
  /** The text of the first cell of the row. */
  readonly rowLabel: string;
}

interface Place extends Span {
  /** Line of the text, from 1. */
  readonly line: number;
  /** The mark of the list item: `2.`, `(b)`; of several on one line the last. */
  readonly marker: Label | null;
  /** Words right before: `Parameters per filter`, `W`. */
  readonly label: Label | null;
  /** The nearest line above (or this one's beginning) that introduces: `First Block`. */
  readonly lead: Label | null;
  /** Words right behind: `parameters in total`. */
  readonly after: string;
  readonly cell: CellPlace | null;
  /** The name later lines may use it by, if the working gave it one. */
  readonly defines: string | null;
}

/** One side of an equation. */
export interface Side extends Span {
  readonly expression: Expression;
  readonly value: Evaluated;
  readonly unit: Unit | null;
  /** Words behind it: `weights per filter`. */
  readonly after: string;
}

/** Two neighbouring sides of an equation, by their index. */
export interface Pair {
  readonly left: number;
  /** Null where what stands behind the sign could not be read. */
  readonly right: number | null;
  readonly sign: RelationSign;
  /** `≈`, `~`, "about": the working itself says that the number is rounded. */
  readonly marked: boolean;
  readonly verdict: Verdict;
}

/** `a = b = c`, or a column of numbers with its total. */
export interface Equation extends Place {
  readonly kind: 'chain' | 'column-sum';
  readonly sides: readonly Side[];
  readonly pairs: readonly Pair[];
  /** `false` if any pair is (a link of a running total counts), then the most remarkable of the rest. */
  readonly verdict: VerdictKind;
}

/** A number, size or calculation that is joined to no result. */
export interface Quantity extends Place {
  /**
   * `stated`: given as a result (`Total: 385536`); `calculation`: worked out but with no result (`Total: 3 + 4`);
   * `dimensions`: a size (`3x128x128`, `(64, 32, 32)`); `mention`: a number in prose.
   */
  readonly kind: 'stated' | 'calculation' | 'dimensions' | 'mention';
  readonly expression: Expression;
  readonly value: Evaluated;
  readonly unit: Unit | null;
  /** "about", `~`. */
  readonly approximate: boolean;
  /** The sizes of anything that can be read as a shape. */
  readonly sizes: readonly Rational[] | null;
  /** Further values under other readings: KB as 1000 or 1024 bytes, `75.264` as 75264, a shape as its product. */
  readonly otherReadings: readonly {
    readonly value: Rational;
    readonly conventions: readonly Convention[];
  }[];
}

export interface TableCell extends Span {
  readonly text: string;
  readonly quantities: readonly Quantity[];
  readonly equations: readonly Equation[];
}

export interface TableRow extends Span {
  readonly line: number;
  readonly cells: readonly TableCell[];
}

export interface Table extends Span {
  readonly line: number;
  readonly header: readonly string[] | null;
  readonly rows: readonly TableRow[];
}

export type NoteKind =
  /** Refused: the text exceeds a budget, and nothing of it was read. */
  | 'refused'
  /** Refused in part: retrying hard passages used up the steps; what follows is missing. */
  | 'cut-short'
  /** Crossed out by its author, and not read. */
  | 'struck-out'
  /** A numeral with two readings. */
  | 'ambiguous-number'
  /** A passage of mathematics that was not understood. */
  | 'not-understood';

export interface Note extends Span {
  readonly kind: NoteKind;
  readonly message: string;
}

/** All the mathematics found in a text, in the order it is written. */
export interface Working {
  readonly equations: readonly Equation[];
  readonly quantities: readonly Quantity[];
  readonly tables: readonly Table[];
  readonly notes: readonly Note[];
  /** The budget that the whole text exceeds; everything else is empty then. */
  readonly refused: BudgetName | null;
}
