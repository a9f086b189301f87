import type { ExtensionToGive, PersonToChange, Role, User } from '@tensormark/records';
import type { Table } from '../table-files/table.js';

/** Something that a file would change of somebody. */
export interface Difference {
  readonly what: 'name' | 'role' | 'student number' | 'deadline';
  readonly before: string | null;
  readonly after: string | null;
}

/** Somebody who has no account yet. */
export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly studentNumber: string | null;
}

/** What is to be done with a row. */
export type Deed =
  | { readonly kind: 'add'; readonly person: NewAccount }
  | { readonly kind: 'change'; readonly change: PersonToChange }
  | { readonly kind: 'extend'; readonly extension: ExtensionToGive };

/** A row that changes something. */
export interface PlannedRow {
  /** Of the file, its headings being row 1. */
  readonly row: number;
  readonly name: string;
  readonly email: string;
  /** Null where it is about an account. */
  readonly exam: string | null;
  readonly differences: readonly Difference[];
  readonly deed: Deed;
}

/** A row that nothing can be done with, and the heading of the column that says why not. */
export interface WrongRow {
  readonly row: number;
  readonly column: string | null;
  readonly says: string;
}

export type RowOutcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'planned'; readonly planned: Omit<PlannedRow, 'row'> }
  | { readonly kind: 'wrong'; readonly column: string | null; readonly says: string };

export const UNCHANGED: RowOutcome = { kind: 'unchanged' };

export interface PeoplePlan {
  readonly rows: readonly PlannedRow[];
  readonly unchanged: number;
  readonly wrong: readonly WrongRow[];
}

/** An exam as its students' deadlines are about it. */
export interface KnownExam {
  readonly id: string;
  readonly deadline: Date | null;
  /** By the student's id. */
  readonly extensions: ReadonlyMap<string, Date>;
}

/** What a file is compared with. */
export interface Known {
  readonly people: readonly User[];
  /** Undefined where there is none, or none that whoever asks examines. */
  exam(name: string): Promise<KnownExam | undefined>;
  /** Who asks: nobody changes their own role. */
  readonly me: string;
  /** An API token changes nobody's. */
  readonly mayChangeRoles: boolean;
  /** The IANA name of the zone of times that name none. */
  readonly zone: string;
  /** Why there are extensions, where a row does not say. */
  readonly why: string | null;
}

export type Planning =
  | { readonly kind: 'planned'; readonly plan: PeoplePlan }
  | { readonly kind: 'refused'; readonly says: string };

/** A kind of file about people. Each is complete in a file of its own; `layouts/all.ts` lists them. */
export interface PeopleLayout {
  readonly name: 'people' | 'extensions';
  recognises(headings: readonly string[]): boolean;
  plan(table: Table, known: Known): Promise<Planning>;
}

/** Puts together what became of rows. */
export function planOf(outcomes: readonly (readonly [row: number, outcome: RowOutcome])[]): PeoplePlan {
  const rows: PlannedRow[] = [];
  const wrong: WrongRow[] = [];
  let unchanged = 0;
  for (const [row, outcome] of outcomes) {
    if (outcome.kind === 'unchanged') unchanged += 1;
    else if (outcome.kind === 'planned') rows.push({ row, ...outcome.planned });
    else wrong.push({ row, column: outcome.column, says: outcome.says });
  }
  return { rows, unchanged, wrong };
}
