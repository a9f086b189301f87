import type { JsonValue } from './json.js';

/** The answer to one part, with its latest reading. Marks follow the answer, never the page. */
export interface Answer {
  readonly id: string;
  readonly submissionId: string;
  readonly part: string;
  /** Number of the latest reading, from 1; grows when somebody moves pieces or a better splitter reads again. */
  readonly reading: number;
  readonly readingId: string;
  /** False when nothing in the document answers this part. */
  readonly found: boolean;
  readonly text: string;
  /** Where in the document it was found, as `answers` describes it. */
  readonly pieces: JsonValue;
  /** 0 to 1. */
  readonly confidence: number;
  /** Why the splitter is not sure; empty when it is. */
  readonly reasons: readonly string[];
  /** Version of the splitter, or null when a person read it. */
  readonly engineVersion: string | null;
  readonly readById: string | null;
  readonly readAt: Date;
}

export interface SplitAnswer {
  readonly part: string;
  readonly found: boolean;
  readonly text: string;
  readonly pieces: JsonValue;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

export interface Answers {
  /**
   * Keeps what the splitter read, one answer for each part of the submission's exam version (parts it did not
   * find are kept as not found). Idempotent: the same reading again adds nothing, and a person's reading is
   * never replaced by a machine's. Throws NotFoundError; InvalidRecordError for parts the exam does not have.
   */
  saveSplit(split: {
    readonly submissionId: string;
    readonly engineVersion: string;
    readonly answers: readonly SplitAnswer[];
  }): Promise<readonly Answer[]>;
  /** A person's correction, as a further reading. Throws ReadingConflictError, NotFoundError. */
  correct(correction: {
    readonly answerId: string;
    readonly expectedReading: number;
    readonly found: boolean;
    readonly text: string;
    readonly pieces: JsonValue;
    readonly by: string;
    readonly why: string;
  }): Promise<Answer>;
  /** In the order of the paper; empty before splitting. */
  ofSubmission(submissionId: string): Promise<readonly Answer[]>;
  /** Throws NotFoundError. */
  get(answerId: string): Promise<Answer>;
  find(submissionId: string, part: string): Promise<Answer | null>;
}
