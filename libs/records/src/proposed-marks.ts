import type { JsonValue } from './json.js';

export const PROPOSED_OUTCOMES = ['proposed', 'needs-person', 'failed'] as const;
export type ProposedOutcome = (typeof PROPOSED_OUTCOMES)[number];

/** What the machine proposes for one reading of an answer. Never a mark: a person decides. */
export interface ProposedMark {
  readonly id: string;
  readonly answerId: string;
  readonly readingId: string;
  readonly engineVersion: string;
  readonly examVersionId: string;
  readonly schemeHash: string;
  readonly outcome: ProposedOutcome;
  /** Decimal (`2.5`) or rational (`4/3`); null whenever the machine does not know. */
  readonly marks: string | null;
  /** 0 to 1; null when it makes no sense. */
  readonly confidence: number | null;
  readonly evidence: JsonValue;
  readonly createdAt: Date;
}

export interface NewProposedMark {
  readonly answerId: string;
  /** The reading that was marked. */
  readonly readingId: string;
  readonly engineVersion: string;
  readonly examVersionId: string;
  readonly schemeHash: string;
  readonly outcome: ProposedOutcome;
  readonly marks: string | null;
  readonly confidence?: number;
  readonly evidence: JsonValue;
}

export interface ProposedMarks {
  /**
   * Idempotent per reading, engine version and scheme: the first outcome stays, unless it was `failed`, which a
   * later run replaces. Throws NotFoundError; InvalidRecordError when a failed outcome carries marks or a
   * proposed one has none.
   */
  save(proposed: NewProposedMark): Promise<{ proposedMark: ProposedMark; created: boolean }>;
  /** Of the answer's latest reading, the newest; null before marking. */
  current(answerId: string): Promise<ProposedMark | null>;
  /** The current one of each answer of the submission that has one. */
  ofSubmission(submissionId: string): Promise<readonly ProposedMark[]>;
  /** All, newest first. */
  history(answerId: string): Promise<readonly ProposedMark[]>;
}
