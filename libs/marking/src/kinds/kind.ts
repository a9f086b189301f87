import type { CodeReader, ProgramReader } from '@tensormark/frameworks';
import type { SchemeNote } from '../lint/note.js';
import type { Marks } from '../marks.js';
import type { ProposedMark } from '../proposal.js';
import type { NetworkRun } from './code/network-run.js';

/** What a kind of question proposes for an answer; the part's name, kind and marks are added by the caller. */
export type Proposal = Omit<ProposedMark, 'part' | 'kind' | 'available'>;

/** A run that marking an answer wants made first: what is run, and as what. Equal orders have equal runs. */
export interface RunOrder {
  /** The Python found in the answer. */
  readonly source: string;
  /** The shape of the network's input without its batch. */
  readonly input: readonly number[];
  readonly call?: string;
  /** What it is trained for where the answer computes no loss. */
  readonly loss: string;
}

/** What marking may lean on: opened once, pure afterwards. */
export interface Instruments {
  readonly reader: CodeReader;
  /** Reads whole programs, for what code review finds in them. */
  readonly programs: ProgramReader;
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
  /** For markers alone. */
  readonly note?: string | undefined;
}

/**
 * A kind of question, complete in one file: how its scheme is written is the file's zod schema, how an answer becomes a
 * proposal is `mark`. Adding a kind is one file and its line in `kinds/table.ts`.
 */
export interface QuestionKind<Part> {
  /** The lines of the scheme, as they appear in proposals and reports. */
  items(part: Part): readonly SchemeItem[];
  /**
   * `answer` is the text found for the part, never blank; `asked` is all that the question says to whoever answers it.
   * Deterministic: the same input gives the same proposal.
   */
  mark(part: Part, answer: string, instruments: Instruments, run?: NetworkRun, asked?: string): Proposal;
  /** Kinds whose answers may be run. Marking itself runs nothing: it is handed what came of the run. */
  readonly runs?: {
    wanted(part: Part): boolean;
    /** Undefined where the answer holds nothing to run. */
    order(part: Part, answer: string): RunOrder | undefined;
  };
  /**
   * What the examiner should know of this scheme before the exam; nothing when all is well. `asked` is all that the
   * question says to whoever answers it.
   */
  lint(part: Part, instruments: Instruments, asked: string): readonly SchemeNote[];
}
