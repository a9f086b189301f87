import type { Decimal } from './decimal.js';
import type { ExamPart } from './exams.js';
import type { SubmissionState } from './submissions.js';

/**
 * What is known about one part or paper. Four of them are often confused and never are here: `absent` (nothing was
 * handed in), `pending` (still being processed), `failed` (a fault of the system), and a mark of 0 (`marked`).
 * `proposed`: the machine has proposed, nobody has decided. `needs-person`: the machine does not know.
 */
export const GRADE_STATES = [
  'absent',
  'pending',
  'failed',
  'needs-person',
  'proposed',
  'marked',
  'released',
] as const;
export type GradeState = (typeof GRADE_STATES)[number];

export interface GradeCell {
  readonly part: string;
  readonly state: GradeState;
  /** A person's; null unless `marked` or `released`. */
  readonly mark: Decimal | null;
  /** The machine's. */
  readonly proposed: Decimal | null;
  readonly maximum: Decimal;
}

export interface GradeRow {
  readonly student: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly studentNumber: string | null;
  };
  /** The attempt that counts; null when nothing was handed in. */
  readonly submission: {
    readonly id: string;
    readonly attempt: number;
    readonly receivedAt: Date;
    readonly receiptCode: string;
    readonly state: SubmissionState;
    readonly examVersionNumber: number;
  } | null;
  /** Of the paper as a whole: the least finished of its parts. */
  readonly state: GradeState;
  /** Null unless every part has a mark. */
  readonly total: Decimal | null;
  readonly maximum: Decimal;
  readonly cells: readonly GradeCell[];
}

export interface GradeReport {
  readonly exam: { readonly id: string; readonly slug: string; readonly title: string };
  /** The columns: parts of the current version, then parts only older versions have. */
  readonly parts: readonly ExamPart[];
  /** By student name, then id. */
  readonly rows: readonly GradeRow[];
}

export interface GradeReports {
  /** Everyone enrolled or with a submission; the latest attempt counts. Throws NotFoundError. */
  ofExam(examId: string): Promise<GradeReport>;
}
