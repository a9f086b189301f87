import type { ApiTokens } from './api-tokens.js';
import type { Answers } from './answers.js';
import type { Audit } from './audit.js';
import type { Exams } from './exams.js';
import type { GradeReports } from './grade-report.js';
import type { MarkingQueue } from './marking-queue.js';
import type { Marks } from './marks.js';
import type { Outbox } from './outbox.js';
import type { ProposedMarks } from './proposed-marks.js';
import type { Releases } from './releases.js';
import type { Submissions } from './submissions.js';
import type { Users } from './users.js';

/** Everything Tensormark remembers. */
export interface Records {
  readonly exams: Exams;
  readonly submissions: Submissions;
  readonly outbox: Outbox;
  readonly answers: Answers;
  readonly proposedMarks: ProposedMarks;
  readonly marks: Marks;
  readonly markingQueue: MarkingQueue;
  readonly releases: Releases;
  readonly gradeReports: GradeReports;
  readonly audit: Audit;
  readonly users: Users;
  readonly apiTokens: ApiTokens;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
