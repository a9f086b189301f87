import { Inject, Injectable } from '@nestjs/common';
import type { GradeRow, GradeState, Records, Release, Submission } from '@tensormark/records';
import { Analysis } from '../analysis/analysis.service.js';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { csv } from './grade-formats/cells.js';
import { text } from './grade-formats/columns.js';
import { LANES, Printer } from './pdf/printer.js';
import { inTurn } from './pdf/in-turn.js';
import type { NamedBytes } from '@tensormark/documents';
import type { Report } from './reports.contract.js';
import { ReportsService } from './reports.service.js';

/** What stands of a paper, as the cohort's report counts it. */
const STATES: readonly (readonly [GradeState, string])[] = [
  ['released', 'Papers released'],
  ['marked', 'Marked, not released'],
  ['proposed', 'With proposals only'],
  ['needs-person', 'Waiting for a person'],
  ['pending', 'Being worked on'],
  ['failed', 'Failed by our fault'],
  ['absent', 'Absent, or missing a part'],
  ['excused', 'Excused'],
];

/** Reports as PDF. */
@Injectable()
export class PrintedReports {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly reports: ReportsService,
    private readonly open: OpenSubmissions,
    private readonly known: KnownExams,
    private readonly veil: Veil,
    private readonly analyses: Analysis,
    private readonly candidates: Candidates,
    private readonly printer: Printer,
  ) {}

  /** As it was released, to whoever asks; to examiners as it stands where it is not. */
  async ofSubmission(
    id: string,
    person: Person,
    zone: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly receipt: string }> {
    const submission = await this.open.find(id, person);
    const release = await this.records.releases.current(id);
    const shown = await this.reports.ofSubmission(id, person);
    const report = release === null ? shown : await this.reports.asReleased(submission, release);
    return {
      bytes: await this.print(submission, report, release, zone),
      receipt: submission.receiptCode,
    };
  }

  async ofCohort(examName: string, zone: string): Promise<Uint8Array> {
    const exam = await this.known.find(examName);
    const report = await this.records.gradeReports.ofExam(exam.id, this.veil.hidden(exam));
    const received = report.rows.flatMap(({ submission }) => submission?.receivedAt.getTime() ?? []);
    const latest = received.reduce((one, other) => Math.max(one, other), exam.current.createdAt.getTime());
    return this.printer.print({
      kind: 'cohort',
      report: {
        exam: exam.title,
        version: exam.current.number,
        at: new Date(latest).toISOString(),
        zone,
        states: STATES.map(([state, says]) => ({
          says,
          papers: report.rows.filter((row) => row.state === state).length,
        })),
        analysis: await this.analyses.of(exam),
      },
    });
  }

  /**
   * What was released, one file for each paper, and a list of those of whom there is none and why. While one is sent the next are
   * printed, and never more than a few of them are in memory.
   */
  async *ofEverybody(examName: string, person: Person, zone: string): AsyncGenerator<NamedBytes> {
    const exam = await this.known.find(examName);
    const { rows } = await this.records.gradeReports.ofExam(exam.id);
    const without: GradeRow[] = [];
    const printed = inTurn(rows, LANES + 1, async (row) => ({
      row,
      entry: await this.entryOf(exam.id, row, person, zone),
    }));
    for await (const { row, entry } of printed) {
      if (entry === null) without.push(row);
      else yield entry;
    }
    yield { name: 'without-a-report.csv', bytes: Buffer.from(listOf(without), 'utf8') };
  }

  /** Null where nothing is released. */
  private async entryOf(
    examId: string,
    { student, submission: counting }: GradeRow,
    person: Person,
    zone: string,
  ): Promise<NamedBytes | null> {
    const submission = counting && (await this.records.submissions.find(counting.id));
    const release = submission && (await this.records.releases.current(submission.id));
    if (submission === null || release === null) return null;
    await this.open.viewed(person, 'submission', submission.id, 'report');
    const report = await this.reports.asReleased(submission, release);
    return {
      name: nameOf(student.studentNumber ?? this.candidates.pseudonym(examId, student.id), submission),
      bytes: await this.print(submission, report, release, zone),
    };
  }

  private async print(
    submission: Submission,
    report: Report,
    release: Release | null,
    zone: string,
  ): Promise<Uint8Array> {
    const { examId, studentId, attempt, receiptCode, receivedAt, sha256, erasedAt } = submission;
    const exam = await this.known.find(examId);
    const student = await this.records.users.find(studentId);
    return this.printer.print({
      kind: 'student',
      report: {
        exam: exam.title,
        candidate: student?.name ?? this.candidates.pseudonym(examId, studentId),
        studentNumber: student?.studentNumber ?? null,
        attempt,
        receipt: { code: receiptCode, receivedAt: receivedAt.toISOString(), sha256 },
        releasedAt: release?.at.toISOString() ?? null,
        erased: erasedAt !== null,
        zone,
        report,
      },
    });
  }
}

/** Unlike any other in the archive, and harmless as a file name everywhere. */
function nameOf(candidate: string, { receiptCode }: Submission): string {
  return `${candidate.replaceAll(/[^A-Za-z0-9-]/g, '_').slice(0, 64)}_${receiptCode}.pdf`;
}

function listOf(rows: readonly GradeRow[]): string {
  return csv([
    ['student_number', 'name', 'email', 'state'].map(text),
    ...rows.map(({ student, state }) =>
      [student.studentNumber, student.name, student.email, state].map(text),
    ),
  ]);
}
