import { Inject, Injectable } from '@nestjs/common';
import { lateBy } from '@tensormark/deadlines';
import {
  isExcused,
  lateOf,
  lessDeduction,
  sumOfDecimals,
  type ExcusedFrom,
  type Late,
  type MarkingItem,
  type Records,
  type Release,
  type Submission,
} from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { Problem } from '../http/problem.js';
import { choicesOf } from '../marking/choices.js';
import { Engine } from '../marking/engine.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { stateBeforeSplitting, submissionStateOf } from '../submissions/part-state.js';
import { contentOf } from './part-content.js';
import type { GradeReport, LateWork, Report, ReportPart } from './reports.contract.js';

/** What of a submission is shown, and how. */
interface Showing {
  readonly released: boolean;
  readonly forStudent: boolean;
  readonly late: LateBy | null;
  /** Whether the student is, or was when it was released, excused from a part. */
  readonly isExcused: (part: string) => boolean;
}

const WITHOUT_MARK = { marks: null, reason: null, items: [], evidence: [], derivation: null };

type LateBy = Pick<Late, 'seconds' | 'deduction'>;

@Injectable()
export class ReportsService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly open: OpenSubmissions,
    private readonly engine: Engine,
    private readonly veil: Veil,
  ) {}

  /** Students get the marks exactly as they were released; markers and examiners what stands now. */
  async ofSubmission(id: string, person: Person): Promise<Report> {
    const submission = await this.open.find(id, person);
    const release = await this.records.releases.current(id);
    if (person.role === 'student') {
      if (release === null) throw notReleased();
      return this.asReleased(submission, release);
    }
    await this.open.viewed(person, 'submission', id, 'report');
    const items = await this.veil.ofSubmission(id, person);
    const excused = await this.records.excusals.ofStudent(submission.examId, submission.studentId);
    return this.report(submission, items, {
      released: release !== null,
      forStudent: false,
      late: await this.lateOf(submission, items, excused),
      isExcused: (part) => isExcused(excused, part),
    });
  }

  /** What the student sees of a release. */
  async asReleased(submission: Submission, release: Release): Promise<Report> {
    const released = new Map(release.marks.map((mark) => [mark.answerId, mark]));
    const items = await this.records.markingQueue.ofSubmission(submission.id);
    const shown = new Set(items.flatMap(({ answer }) => (released.has(answer.id) ? [answer.part] : [])));
    // What a mark rests on stays with it, whatever is proposed by a scheme that was changed since.
    const rested = await this.records.proposedMarks.byIds(
      release.marks.flatMap(({ proposedMarkId }) => proposedMarkId ?? []),
    );
    return this.report(
      { ...submission, schemeVersionId: release.schemeVersionId ?? submission.examVersionId },
      items.map((item) => {
        const mark = released.get(item.answer.id) ?? null;
        return { ...item, mark, proposed: rested.get(mark?.proposedMarkId ?? '') ?? item.proposed };
      }),
      {
        released: true,
        forStudent: true,
        late:
          release.lateSeconds === null
            ? null
            : { seconds: release.lateSeconds, deduction: release.deduction },
        // Nothing is released before every part that counts has a mark: what has none was excused then.
        isExcused: (part) => !shown.has(part),
      },
    );
  }

  async ofExam(examName: string): Promise<GradeReport> {
    const exam = await this.known.find(examName);
    const { rows, parts } = await this.records.gradeReports.ofExam(exam.id, this.veil.hidden(exam));
    const titles = new Map(parts.map(({ part, title }) => [part, title]));
    return {
      exam: { id: exam.slug, title: exam.title },
      rows: rows.map(({ student, submission, state, work, late, total, maximum, cells }) => ({
        student,
        submission: submission && {
          id: submission.id,
          attempt: submission.attempt,
          receivedAt: submission.receivedAt.toISOString(),
          receipt: submission.receiptCode,
          state: submission.state,
          examVersion: submission.examVersionNumber,
        },
        state,
        work,
        late: late && lateView(late, work !== null),
        total,
        available: maximum,
        parts: cells.map((cell) => ({
          key: cell.part,
          title: titles.get(cell.part) ?? '',
          state: cell.state,
          marks: cell.mark,
          markNumber: cell.markNumber,
          proposed: cell.proposed,
          available: cell.maximum,
        })),
      })),
    };
  }

  /** As it is now, which is not yet what the student was shown. */
  private async lateOf(
    { examId, schemeVersionId, studentId, receivedAt }: Submission,
    items: readonly MarkingItem[],
    excused: ExcusedFrom,
  ): Promise<LateBy | null> {
    const { schedule, extension } = await this.records.schedules.standing(examId, studentId);
    const { parts } = await this.records.exams.version(schemeVersionId);
    return lateOf(schedule, extension, {
      receivedAt,
      marks: items.flatMap(({ answer, mark }) =>
        isExcused(excused, answer.part) ? [] : (mark?.marks ?? []),
      ),
      maxima: parts.flatMap(({ part, maximum }) => (isExcused(excused, part) ? [] : maximum)),
    });
  }

  private async report(
    submission: Submission,
    items: readonly MarkingItem[],
    { released, forStudent, late, isExcused: leftOut }: Showing,
  ): Promise<Report> {
    const version = await this.known.byId(submission.schemeVersionId);
    const { parts } = await this.records.exams.version(submission.schemeVersionId);
    const byPart = new Map(items.map((item) => [item.answer.part, item]));
    const engine = await this.engine.opened();
    const reported = parts.map(({ part, title, maximum }): ReportPart => {
      const item = byPart.get(part);
      const keyed = version.part(part);
      const shared = {
        key: part,
        title: title === '' ? null : title,
        available: maximum,
        choices: keyed === undefined ? null : choicesOf(keyed),
      };
      if (item === undefined || leftOut(part)) {
        const state = leftOut(part) ? 'excused' : stateBeforeSplitting(submission.state);
        return { ...shared, ...WITHOUT_MARK, state, text: item?.answer.text ?? '' };
      }
      return {
        ...shared,
        ...contentOf(
          { ...item, excused: false },
          keyed === undefined ? [] : engine.scheme(keyed).lines,
          forStudent,
        ),
      };
    });
    const marks = reported.flatMap((part) => part.marks ?? []);
    const work = sumOfDecimals(marks);
    const counting = parts.filter(({ part }) => !leftOut(part));
    const complete = counting.length > 0 && marks.length === counting.length;
    return {
      state: submissionStateOf(submission.state, released),
      total: {
        marks: work,
        counts: lessDeduction(work, complete ? (late?.deduction ?? '0') : '0'),
        available: sumOfDecimals((counting.length > 0 ? counting : parts).map(({ maximum }) => maximum)),
        complete,
      },
      late: late && lateView(late, complete),
      parts: reported,
    };
  }
}

/** What is taken off depends on the marks, so it is not told before all of them are there. */
function lateView({ seconds, deduction }: LateBy, complete: boolean): LateWork {
  const late = `Handed in ${lateBy(seconds)} after the deadline.`;
  if (!complete) return { seconds, deduction: null, says: late };
  const taken =
    deduction === '0' ? 'Nothing is taken off for it.' : `Taken off for it: ${deduction} of the marks.`;
  return { seconds, deduction, says: `${late} ${taken}` };
}

function notReleased(): Problem {
  return new Problem(409, 'The marks have not been released yet.', {
    name: 'not-released',
    title: 'Not released yet',
  });
}
