import { type Database, isUuid, oneOf } from './database.js';
import { type Decimal, sumOfDecimals } from './decimal.js';
import { NotFoundError } from './errors.js';
import { excusedFrom, isExcused } from './excused-from.js';
import type { ExamPart } from './exams.js';
import { type Late, lateOf, lessDeduction } from './late.js';
import { Prisma } from './generated/prisma/client.js';
import { sampledSql, type Sampling } from './sampling.js';
import { allStanding } from './schedules.js';
import { SUBMISSION_STATES, type SubmissionState } from './submission.js';

/**
 * What is known about one part or paper. Four of them are often confused and never are here: `absent` (nothing was
 * handed in), `pending` (still being processed), `failed` (a fault of the system), and a mark of 0 (`marked`).
 * `proposed`: the machine has proposed, nobody has decided. `needs-person`: the machine does not know, or the answer is
 * another than a person had marked. `excused`: an examiner has excused the student; it counts neither to the total nor to what
 * that is out of.
 */
export const GRADE_STATES = [
  'absent',
  'excused',
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
  /** Which mark of the answer its latest is, whether it stands or not; null without one. */
  readonly markNumber: number | null;
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
  /** What the parts were given together; null unless every part that counts has a mark. */
  readonly work: Decimal | null;
  /** Null when it came on time. Its deduction is what holds now, and final once every part has a mark. */
  readonly late: Late | null;
  /** What counts: the marks for the work less the deduction; null unless every part has a mark. */
  readonly total: Decimal | null;
  /** Of the parts that the student is not excused from; of the others where that is all of them. */
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
  /**
   * Everyone enrolled or with a submission, with the attempt that counts. Of a sample whose proposals are kept back until a
   * person has decided, it says that a person is needed and no more. Throws NotFoundError.
   */
  ofExam(examId: string, hidden?: Sampling | null): Promise<GradeReport>;
}

/** From the least to the most finished: a paper is as finished as its least finished part. */
const LEAST_FINISHED_FIRST: readonly GradeState[] = [
  'failed',
  'pending',
  'needs-person',
  'proposed',
  'absent',
  'marked',
  'released',
];

export function gradeReports(db: Database): GradeReports {
  return { ofExam: (examId, hidden = null) => reportOf(db, examId, hidden) };
}

async function reportOf(db: Database, examId: string, hidden: Sampling | null): Promise<GradeReport> {
  const exam = isUuid(examId)
    ? await db.exam.findUnique({
        where: { id: examId },
        include: {
          versions: {
            where: { draft: false },
            orderBy: { number: 'desc' },
            include: { parts: { orderBy: { position: 'asc' } } },
          },
          enrolments: { include: { student: true } },
        },
      })
    : null;
  const [current] = exam?.versions ?? [];
  if (!exam || !current) throw new NotFoundError('exam', examId);

  const versions = new Map(
    exam.versions.map((version) => [
      version.id,
      {
        number: version.number,
        parts: version.parts.map(({ part, kind, title, maximum }) => ({
          part,
          kind,
          title,
          maximum: maximum.toString(),
        })),
      },
    ]),
  );
  const { schedule, extensions } = await allStanding(db, examId);
  const attempts = new Map((await countingAttempts(db, examId)).map((row) => [row.studentId, row]));
  const standing = new Map<string, Map<string, StandingRow>>();
  for (const row of await standingOf(db, examId, hidden)) {
    const ofSubmission = standing.get(row.submissionId) ?? new Map<string, StandingRow>();
    standing.set(row.submissionId, ofSubmission.set(row.part, row));
  }

  const excused = await excusedFrom(db, [examId]);

  const rows = exam.enrolments.map(({ student }): GradeRow => {
    const attempt = attempts.get(student.id);
    const version = versions.get(attempt?.schemeVersionId ?? current.id);
    const parts = version?.parts ?? [];
    const state = attempt && oneOf(SUBMISSION_STATES, attempt.state);
    const from = excused(examId, student.id);
    const given = attempt && standing.get(attempt.id);
    const cells = parts.map((part) => cellOf(part, state, given?.get(part.part), isExcused(from, part.part)));
    const counting = cells.filter((cell) => cell.state !== 'excused');
    const wholly = cells.length > 0 && counting.length === 0;
    const marks = counting.flatMap(({ mark }) => mark ?? []);
    const work = attempt && !wholly && marks.length === counting.length ? sumOfDecimals(marks) : null;
    const maxima = (wholly ? cells : counting).map(({ maximum }) => maximum);
    // What was released with marks of what the student has been excused from since is not what counts.
    const otherwiseReleased = cells.some(
      (cell) => cell.state === 'excused' && (given?.get(cell.part)?.releasedMarkId ?? null) !== null,
    );
    const late = attempt
      ? lateOf(schedule, extensions.get(student.id) ?? null, {
          receivedAt: attempt.receivedAt,
          marks,
          maxima,
        })
      : null;
    return {
      student: {
        id: student.id,
        name: student.name,
        email: student.email,
        studentNumber: student.studentNumber,
      },
      submission:
        attempt && state
          ? {
              id: attempt.id,
              attempt: attempt.attempt,
              receivedAt: attempt.receivedAt,
              receiptCode: attempt.receiptCode,
              state,
              examVersionNumber: version?.number ?? current.number,
            }
          : null,
      state: wholly
        ? 'excused'
        : attempt
          ? paperState(leastFinished(counting), attempt, late, otherwiseReleased)
          : 'absent',
      work,
      late,
      total: work === null ? null : lessDeduction(work, late?.deduction ?? '0'),
      maximum: sumOfDecimals(maxima),
      cells,
    };
  });
  return {
    exam: { id: exam.id, slug: exam.slug, title: current.title },
    parts: columnsOf([...versions.values()].map(({ parts }) => parts)),
    rows: rows.toSorted(
      (one, other) =>
        compare(one.student.name, other.student.name) || compare(one.student.id, other.student.id),
    ),
  };
}

function columnsOf(newestFirst: readonly (readonly ExamPart[])[]): readonly ExamPart[] {
  const columns = new Map<string, ExamPart>();
  for (const part of newestFirst.flat()) {
    if (!columns.has(part.part)) columns.set(part.part, part);
  }
  return [...columns.values()];
}

function cellOf(
  { part, maximum }: ExamPart,
  state: SubmissionState | undefined,
  row: StandingRow | undefined,
  excused: boolean,
): GradeCell {
  if (excused) {
    return {
      part,
      maximum,
      state: 'excused',
      mark: null,
      markNumber: row?.markNumber ?? null,
      proposed: null,
    };
  }
  return {
    part,
    maximum,
    state: cellState(state, row),
    mark: row?.stands === true ? row.mark : null,
    markNumber: row?.markNumber ?? null,
    proposed: row?.hidden === true && !row.stands ? null : (row?.proposed ?? null),
  };
}

function cellState(submission: SubmissionState | undefined, row: StandingRow | undefined): GradeState {
  if (submission === undefined) return 'absent';
  if (row?.markId && row.stands) return row.markId === row.releasedMarkId ? 'released' : 'marked';
  if (submission === 'received' || submission === 'splitting') return 'pending';
  // A part whose network still runs is pending by itself; what failed may yet be tried again.
  if (submission === 'marking' && (row?.outcome ?? 'failed') === 'failed') return 'pending';
  // The mark is kept, and whoever gave it has not seen what the answer is now, or is not the last to say.
  if (row?.markId || row?.hidden === true) return 'needs-person';
  switch (row?.outcome) {
    case 'proposed':
    case 'needs-person':
    case 'absent':
      return row.outcome;
    default:
      // Processing has ended without a proposal for this part: our fault, whatever the answer was.
      return 'failed';
  }
}

function leastFinished(cells: readonly GradeCell[]): GradeState {
  return LEAST_FINISHED_FIRST.find((state) => cells.some((cell) => cell.state === state)) ?? 'pending';
}

/** What is taken off or counts by now may be another than was released; then what counts has not been released. */
function paperState(
  cells: GradeState,
  attempt: AttemptRow,
  late: Late | null,
  otherwiseReleased: boolean,
): GradeState {
  const isAnother = otherwiseReleased || attempt.deduction !== (late?.deduction ?? '0');
  return cells === 'released' && isAnother ? 'marked' : cells;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

interface AttemptRow {
  id: string;
  studentId: string;
  schemeVersionId: string;
  attempt: number;
  receivedAt: Date;
  receiptCode: string;
  state: string;
  /** As released; null before. */
  deduction: Decimal | null;
}

function countingAttempts(db: Database, examId: string): Promise<AttemptRow[]> {
  return db.$queryRaw<AttemptRow[]>`
    SELECT s.id::text, s.student_id AS "studentId", s.scheme_version_id::text AS "schemeVersionId", s.attempt,
           s.received_at AS "receivedAt", s.receipt_code AS "receiptCode", s.state,
           trim_scale(rel.deduction)::text AS deduction
    FROM counting_submissions(${examId}::uuid) s
    LEFT JOIN LATERAL (
      SELECT deduction FROM releases WHERE submission_id = s.id ORDER BY number DESC LIMIT 1
    ) rel ON true`;
}

interface StandingRow {
  submissionId: string;
  part: string;
  outcome: string | null;
  proposed: Decimal | null;
  /** Whether what is proposed is kept back until a person has decided. */
  hidden: boolean;
  markId: string | null;
  markNumber: number | null;
  /** Whether the mark was given to the answer as it reads now, and nobody else is to mark it or decide on it. */
  stands: boolean;
  mark: Decimal | null;
  releasedMarkId: string | null;
}

/** What stands of each answer of the attempts that count: the newest proposal, the current mark, the released one. */
function standingOf(db: Database, examId: string, hidden: Sampling | null): Promise<StandingRow[]> {
  return db.$queryRaw<StandingRow[]>`
    SELECT s.id::text AS "submissionId", a.part, p.outcome,
           trim_scale(p.marks)::text AS proposed,
           coalesce(p.outcome, '') IN ('proposed', 'needs-person') AND ${sampledSql(hidden, Prisma.sql`a.id`)} AS hidden,
           m.id::text AS "markId", m.number AS "markNumber", trim_scale(m.marks)::text AS mark,
           coalesce(mark_stands(m.reading_id, r.id), false)
             AND (o.answer_id IS NULL OR second_marking_wants(a.id, r.id) IS NULL) AS stands,
           released.mark_id::text AS "releasedMarkId"
    FROM (
      SELECT id, scheme_version_id FROM counting_submissions(${examId}::uuid)
    ) s
    JOIN exam_versions v ON v.id = s.scheme_version_id
    JOIN answers a ON a.submission_id = s.id
    LEFT JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT outcome, marks FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash ORDER BY seq DESC LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
      SELECT id, number, marks, reading_id FROM standing_marks WHERE answer_id = a.id
    ) m ON true
    LEFT JOIN second_marking_orders o ON o.answer_id = a.id
    LEFT JOIN LATERAL (
      SELECT id, action FROM releases WHERE submission_id = s.id ORDER BY number DESC LIMIT 1
    ) rel ON true
    LEFT JOIN release_marks released
      ON released.release_id = rel.id AND rel.action = 'released' AND released.answer_id = a.id`;
}
