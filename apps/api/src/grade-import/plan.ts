import type { GradeReport } from '../reports/reports.contract.js';
import type { Table } from '../table-files/table.js';

/** A mark that an import would set. */
export interface ImportedChange {
  readonly row: number;
  readonly submission: string;
  readonly student: string;
  readonly part: string;
  /** Null where there is none, or none that stands. */
  readonly before: string | null;
  readonly after: string;
  /** Which mark the answer has now; 0 for none. */
  readonly expectedNumber: number;
  /** The mark was changed since the file was exported. */
  readonly conflict: boolean;
}

/** A total of a gradebook that is another here, where no mark can be made of it: no total says what its parts are. */
export interface DifferingTotal {
  readonly row: number;
  readonly student: string;
  readonly before: string | null;
  readonly after: string;
}

/** A row that nothing can be done with. */
export interface PassedOver {
  readonly row: number;
  readonly says: string;
}

export interface ImportPlan {
  readonly changes: readonly ImportedChange[];
  readonly totals: readonly DifferingTotal[];
  readonly unchanged: number;
  readonly passedOver: readonly PassedOver[];
}

export type ImportReading =
  | { readonly kind: 'read'; readonly layout: string; readonly plan: ImportPlan }
  | { readonly kind: 'refused'; readonly says: string };

/** What becomes of one row; null where it says what is so already, or is none. */
export type RowOutcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'change'; readonly change: ImportedChange }
  | { readonly kind: 'total'; readonly total: DifferingTotal }
  | { readonly kind: 'passed-over'; readonly says: string };

export const UNCHANGED: RowOutcome = { kind: 'unchanged' };
export const passedOver = (says: string): RowOutcome => ({ kind: 'passed-over', says });

/**
 * A row with more in it than there are headings: something without quotes was taken for two, such as 7,5 for a 7, and what
 * stands behind it is shifted. None of it is believed.
 */
export function isShifted(cells: readonly string[], headings: number): boolean {
  return cells.slice(headings).some((cell) => cell.trim() !== '');
}
export const SHIFTED: RowOutcome = passedOver(
  'The row has more fields than there are headings. Write a mark such as 7.5 with a point, and other text with a comma in quotes.',
);

/** A way in which grades come back as a table. Each is complete in a file of its own; `layouts/all.ts` lists them. */
export interface ImportLayout {
  /** What an examiner knows it by. */
  readonly title: string;
  /** By the headings, trimmed. */
  recognises(headings: ReadonlySet<string>): boolean;
  /** `others` are the tables beside it in the same file. */
  plan(
    table: Table,
    report: GradeReport,
    others: readonly Table[],
  ):
    | { readonly kind: 'planned'; readonly plan: ImportPlan }
    | { readonly kind: 'refused'; readonly says: string };
}

/** Puts together what became of rows, each with its number. */
export function planOf(outcomes: readonly (readonly [row: number, outcome: RowOutcome])[]): ImportPlan {
  const changes: ImportedChange[] = [];
  const totals: DifferingTotal[] = [];
  const over: PassedOver[] = [];
  let unchanged = 0;
  for (const [row, outcome] of outcomes) {
    switch (outcome.kind) {
      case 'unchanged':
        unchanged += 1;
        break;
      case 'change':
        changes.push(outcome.change);
        break;
      case 'total':
        totals.push(outcome.total);
        break;
      case 'passed-over':
        over.push({ row, says: outcome.says });
    }
  }
  return { changes, totals, unchanged, passedOver: over };
}
