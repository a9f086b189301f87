import { Inject, Injectable } from '@nestjs/common';
import { extended, latenessOf } from '@tensormark/deadlines';
import type { Exam, GradeRow, Records, Submission } from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import type { ExamSummary, PartCounts, SubmissionState } from '../exams/exams.contract.js';
import { Veil } from '../exams/veil.js';
import { RECORDS } from '../storage/tokens.js';
import { countParts, partStateOf, stateBeforeSplitting, submissionStateOf } from './part-state.js';
import type { SubmissionSummary } from './submissions.contract.js';

type HandedIn = GradeRow & { readonly submission: NonNullable<GradeRow['submission']> };
const MOST_ATTEMPTS = 100;

/** Many submissions at a glance. */
@Injectable()
export class Overview {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly candidates: Candidates,
    private readonly veil: Veil,
  ) {}

  async attemptsOf(examId: string, studentId: string): Promise<NonNullable<ExamSummary['mySubmissions']>> {
    const attempts = await this.attempts(examId, studentId);
    return Promise.all(
      attempts.map(async (submission) => ({
        id: submission.id,
        attempt: submission.attempt,
        state: await this.stateOf(submission),
        receivedAt: submission.receivedAt.toISOString(),
      })),
    );
  }

  async progressOf(exam: Exam): Promise<NonNullable<ExamSummary['progress']>> {
    const rows = await this.handedIn(exam);
    return {
      submissions: rows.length,
      released: rows.filter(({ state }) => state === 'released').length,
      parts: countParts(rows.flatMap(({ cells }) => cells.map(({ state }) => state))),
    };
  }

  /** A student's own attempts, newest first; to markers and examiners the attempts that count, by pseudonym. */
  async submissionsOf(exam: Exam, person: Person): Promise<SubmissionSummary[]> {
    return person.role === 'student' ? this.own(exam, person.id) : this.all(exam, person);
  }

  async stateOf(submission: Submission, parts?: PartCounts): Promise<SubmissionState> {
    const release = await this.records.releases.current(submission.id);
    return submissionStateOf(submission.state, release !== null, parts);
  }

  private async own(exam: Exam, studentId: string): Promise<SubmissionSummary[]> {
    const attempts = await this.attempts(exam.id, studentId);
    const counting = await this.records.submissions.counting(exam.id, studentId);
    const { schedule, extension } = await this.records.schedules.standing(exam.id, studentId);
    const mine = extended(schedule, extension);
    const { everything, parts } = await this.records.excusals.ofStudent(exam.id, studentId);
    return Promise.all(
      attempts.map(async (submission) => {
        const items = await this.records.markingQueue.ofSubmission(submission.id);
        const unsplit =
          items.length === 0
            ? exam.current.parts.map(({ part }) =>
                everything || parts.has(part) ? 'excused' : stateBeforeSplitting(submission.state),
              )
            : [];
        const partCounts = countParts([...items.map(partStateOf), ...unsplit]);
        return {
          id: submission.id,
          candidate: this.candidates.pseudonym(exam.id, studentId),
          attempt: submission.attempt,
          state: await this.stateOf(submission, partCounts),
          receivedAt: submission.receivedAt.toISOString(),
          parts: partCounts,
          counts: submission.id === counting,
          late: latenessOf(mine, submission.receivedAt) !== null,
        };
      }),
    );
  }

  private async all(exam: Exam, person: Person): Promise<SubmissionSummary[]> {
    const withNames = person.role === 'examiner';
    // A pseudonym that is refused to one marker alone would say whose it is. Examiners release all and see names.
    const closed = withNames ? new Set<string>() : await this.records.conflicts.studentsOf(person.id);
    const rows = await this.handedIn(exam);
    return rows
      .filter(({ student }) => !closed.has(student.id))
      .map(({ student, submission, state, late, cells }) => {
        const parts = countParts(cells.map((cell) => cell.state));
        return {
          id: submission.id,
          candidate: this.candidates.pseudonym(exam.id, student.id),
          attempt: submission.attempt,
          state: submissionStateOf(submission.state, state === 'released', parts),
          receivedAt: submission.receivedAt.toISOString(),
          parts,
          counts: true,
          late: late !== null,
          ...(withNames ? { student } : {}),
        };
      })
      .toSorted((a, b) => (a.candidate < b.candidate ? -1 : 1));
  }

  private async attempts(examId: string, studentId: string): Promise<readonly Submission[]> {
    const { items } = await this.records.submissions.list({ examId, studentId, limit: MOST_ATTEMPTS });
    return items;
  }

  private async handedIn(exam: Exam): Promise<HandedIn[]> {
    const { rows } = await this.records.gradeReports.ofExam(exam.id, this.veil.hidden(exam));
    return rows.filter((row): row is HandedIn => row.submission !== null);
  }
}
