import type { Decimal } from './decimal.js';
import type { JsonValue } from './json.js';

/** One part of an exam version, in the order of the paper. */
export interface ExamPart {
  /** Name of the part, such as `1a`; unique within the version. */
  readonly part: string;
  readonly kind: string;
  readonly title: string;
  readonly maximum: Decimal;
}

export interface ExamVersion {
  readonly id: string;
  readonly examId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly title: string;
  /** The YAML as it was given. */
  readonly source: string;
  readonly definition: JsonValue;
  /** SHA-256 of the source, in hexadecimal. */
  readonly contentHash: string;
  /** What of the version bears on marking; equal hashes mark equally. */
  readonly schemeHash: string;
  readonly parts: readonly ExamPart[];
  readonly createdById: string;
  readonly createdAt: Date;
}

export interface ExamSummary {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly currentVersionId: string;
  readonly currentVersionNumber: number;
}

export interface Exam extends ExamSummary {
  readonly current: ExamVersion;
}

export interface NewExamVersion {
  /** Names the exam for ever; a known slug gets a further version. */
  readonly slug: string;
  readonly title: string;
  readonly source: string;
  readonly definition: JsonValue;
  /** Defaults to the content hash. */
  readonly schemeHash?: string;
  readonly parts: readonly ExamPart[];
  /** User id. */
  readonly by: string;
}

export interface Exams {
  /**
   * Adds an exam or a further version of one. The same source as the current version changes nothing
   * (`created: false`). Throws InvalidRecordError for repeated parts or maxima that are no decimals.
   */
  put(version: NewExamVersion): Promise<{ exam: Exam; created: boolean }>;
  list(): Promise<readonly ExamSummary[]>;
  find(idOrSlug: string): Promise<Exam | null>;
  /** Throws NotFoundError. */
  get(idOrSlug: string): Promise<Exam>;
  /** Throws NotFoundError. */
  version(examVersionId: string): Promise<ExamVersion>;
  versions(examId: string): Promise<readonly Omit<ExamVersion, 'definition' | 'source'>[]>;
  /** Puts students on the exam's list, so that who hands nothing in is reported as absent. Idempotent. */
  enrol(examId: string, studentIds: readonly string[], by: string): Promise<void>;
}
