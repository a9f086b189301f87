import type { CodeReader, ProgramReader } from '@tensormark/frameworks';
import type { SchemeNote } from '../lint/note.js';
import type { Marks } from '../marks.js';
import type { ProposedMark } from '../proposal.js';

/** What a kind of question proposes for an answer; the part's name, kind and marks are added by the caller. */
export type Proposal = Omit<ProposedMark, 'part' | 'kind' | 'available'>;

/** What running a submitted network on one batch gave. Only `ran` says anything of the work. */
export type OneBatchRun =
  | {
      readonly kind: 'ran';
      readonly trained: boolean;
      /** A full sentence with the numbers: "Loss fell from 2.31 to 0.02 in 100 steps." */
      readonly says: string;
      readonly backend: string;
      readonly device: string;
      readonly seed: number;
      readonly versions: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'not-run'; readonly why: string };

/** Runs that were made before marking, looked up by what was run: marking itself runs nothing. */
export interface Runs {
  /** `source` is the Python found in the answer; undefined while there is no run of it. */
  oneBatch(source: string, input: readonly number[], call: string | undefined): OneBatchRun | undefined;
}

/** What marking may lean on: opened once, pure afterwards. */
export interface Instruments {
  readonly reader: CodeReader;
  /** Reads whole programs, for what code review finds in them. */
  readonly programs: ProgramReader;
  /** Results of running submissions, where there are any. */
  readonly runs?: Runs;
}

/** One line of a scheme. */
export interface SchemeItem {
  readonly id: string;
  readonly says: string;
  /** What it gives; negative where it takes. */
  readonly marks: Marks;
  /** The least it may come to, where that is neither 0 nor its marks. */
  readonly least?: Marks;
  readonly feedback?: string | undefined;
}

/**
 * A kind of question, complete in one file: how its scheme is written is the file's zod schema, how an answer becomes a
 * proposal is `mark`. Adding a kind is one file and its line in `kinds/table.ts`.
 */
export interface QuestionKind<Part> {
  /** The lines of the scheme, as they appear in proposals and reports. */
  items(part: Part): readonly SchemeItem[];
  /** `answer` is the text found for the part, never blank. Deterministic: the same input gives the same proposal. */
  mark(part: Part, answer: string, instruments: Instruments): Proposal;
  /**
   * What the examiner should know of this scheme before the exam; nothing when all is well. `asked` is all that the
   * question says to whoever answers it.
   */
  lint(part: Part, instruments: Instruments, asked: string): readonly SchemeNote[];
}
