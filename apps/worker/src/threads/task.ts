import type { ProposedMark } from '@tensormark/marking';

/** What a thread is asked to do. Exams travel as their source and are read once in each thread. */
export type Task = SplitTask | MarkTask;

export interface ExamSource {
  readonly examVersionId: string;
  readonly yaml: string;
}

export interface SplitTask {
  readonly kind: 'split';
  readonly exam: ExamSource;
  readonly document: DocumentToSplit;
}

export type DocumentToSplit =
  /** Bytes that are text, in whatever encoding. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  /** What was read from a file of another kind, and where a person has to look at the original. */
  | { readonly kind: 'read'; readonly text: string; readonly doubts: readonly PlacedDoubt[] };

export interface PlacedDoubt {
  readonly span: { readonly start: number; readonly end: number };
  readonly why: string;
  readonly says: string;
}

export interface MarkTask {
  readonly kind: 'mark';
  readonly exam: ExamSource;
  readonly part: string;
  /** Null when no answer was found. */
  readonly text: string | null;
}

export type SplitOutcome =
  | { readonly kind: 'answers'; readonly answers: readonly SplitPart[] }
  /** The document cannot be split; `message` says why. */
  | { readonly kind: 'refused'; readonly message: string };

export interface SplitPart {
  readonly part: string;
  readonly found: boolean;
  readonly text: string;
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** What each kind of task comes to. */
export interface Results {
  readonly split: SplitOutcome;
  readonly mark: ProposedMark;
}

export type ResultOf<Asked extends Task> = Results[Asked['kind']];

/** A thread's answer to one task. */
export type Answered =
  | { readonly kind: 'done'; readonly result: Results[keyof Results] }
  | { readonly kind: 'fault'; readonly message: string };
