import type { CodeReader } from '@tensormark/frameworks';
import type { Marks } from '../marks.js';
import type { ProposedMark } from '../proposal.js';

/** What a kind of question proposes for an answer; the part's name, kind and marks are added by the caller. */
export type Proposal = Omit<ProposedMark, 'part' | 'kind' | 'available'>;

/** What marking may lean on: opened once, pure afterwards. */
export interface Instruments {
  readonly reader: CodeReader;
}

/** A remark on an exam before anyone sits it, for the examiner. */
export interface SchemeNote {
  readonly item?: string;
  readonly says: string;
}

/**
 * A kind of question, complete in one file: how its scheme is written is the file's zod schema, how an answer becomes a
 * proposal is `mark`. Adding a kind is one file and its line in `kinds/table.ts`.
 */
export interface QuestionKind<Part> {
  /** The lines of the scheme, as they appear in proposals and reports. */
  items(part: Part): readonly { id: string; says: string; marks: Marks }[];
  /** `answer` is the text found for the part, never blank. Deterministic: the same input gives the same proposal. */
  mark(part: Part, answer: string, instruments: Instruments): Proposal;
  /** What the examiner should know of this scheme before the exam; nothing when all is well. */
  lint?(part: Part, instruments: Instruments): readonly SchemeNote[];
}
