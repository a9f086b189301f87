import { type Answer, answerOf, LATEST_READING } from './answer.js';
import { conflictedStudents } from './conflicts.js';
import { clampLimit, type Database, isUuid, oneOf } from './database.js';
import type { Decimal } from './decimal.js';
import { NotFoundError } from './errors.js';
import { excusedFrom, isExcused } from './excused-from.js';
import { Prisma } from './generated/prisma/client.js';
import { lastWordOf, type Mark } from './mark.js';
import type { ProposedMark } from './proposed-mark.js';
import { currentOfReadings } from './proposed-marks.js';
import { type SecondMarking, secondMarkings } from './second-marking.js';
import { hashSql, isSampled, sampledSql, type Sampling } from './sampling.js';
import { SUBMISSION_STATES, type SubmissionState } from './submission.js';

/** What a marker has before them: one answer, what the machine proposes and what stands. */
export interface MarkingItem {
  readonly answer: Answer;
  readonly examId: string;
  /** Whose answer it is: never leaves the service but as a pseudonym. */
  readonly studentId: string;
  readonly maximum: Decimal;
  readonly partTitle: string;
  readonly partKind: string;
  readonly submissionState: SubmissionState;
  readonly proposed: ProposedMark | null;
  /** The proposal that is kept back until a person has decided; `proposed` is null then. */
  readonly hiddenProposalId: string | null;
  readonly mark: Mark | null;
  /** What whoever sets the next mark says that they saw; see NewMark.expectedCurrentMarkId. */
  readonly basis: string | null;
  /** Of an answer that two people mark, whose mark stands; null for all others. */
  readonly secondMarking: SecondMarking | null;
  /** The student is excused from the part: whatever mark it has does not count. */
  readonly excused: boolean;
  /** Whether the mark was given to another text than the answer has now: a person looks again. */
  readonly changedSinceMarked: boolean;
}

/** What still wants this marker, what is marked, or the one before the other. */
export type QueueState = 'awaiting' | 'marked' | 'all';

export interface MarkingQueueFilter {
  readonly examId: string;
  /** By default what awaits a mark. */
  readonly state?: QueueState;
  readonly part?: string;
  /** Only answers of these. */
  readonly students?: readonly string[];
  /** Leaves out, and does not count, answers of students whom this person must not mark. */
  readonly marker?: string;
  /** Whose proposals are kept back: their doubt does not show in the order, nor are they in the items. */
  readonly hidden?: Sampling | null;
  /** In an order by chance that hangs on this alone, in place of the most doubtful first. */
  readonly shuffledBy?: string;
  /** 1 to 500, by default 50. */
  readonly limit?: number;
  /** Skip that many. */
  readonly offset?: number;
}

/** How far marking has come. */
export interface MarkingProgress {
  readonly part: string;
  readonly answers: number;
  readonly marked: number;
  readonly needsPerson: number;
  readonly failed: number;
}

export interface MarkingQueue {
  /**
   * Answers of attempts that count and have no mark, or one given before their text changed, and those that want a second mark
   * of this marker; most doubtful first: failed, needs a person, least sure. Where the machine is still at work on a
   * submission, those it is done with. Marked answers are in the order of their submissions, which tells nothing of whose they are,
   * and after what awaits a mark. An answer is in one place only: what wants a second mark of this marker is not marked to them.
   */
  list(filter: MarkingQueueFilter): Promise<{ items: readonly MarkingItem[]; total: number }>;
  /** One item whether marked or not. Throws NotFoundError. */
  item(answerId: string): Promise<MarkingItem>;
  /** All parts of one submission, in the order of the paper. Throws NotFoundError. */
  ofSubmission(submissionId: string): Promise<readonly MarkingItem[]>;
  progress(examId: string): Promise<readonly MarkingProgress[]>;
  /** Who has handed in. */
  students(examId: string): Promise<readonly string[]>;
}

export function markingQueue(db: Database): MarkingQueue {
  return {
    list: (filter) => list(db, filter),
    item: async (answerId) => {
      const [item] = isUuid(answerId) ? await itemsOf(db, { id: answerId }) : [];
      if (!item) throw new NotFoundError('answer', answerId);
      return item;
    },
    ofSubmission: async (submissionId) => {
      if (!isUuid(submissionId) || !(await db.submission.findUnique({ where: { id: submissionId } }))) {
        throw new NotFoundError('submission', submissionId);
      }
      return itemsOf(db, { submissionId });
    },
    progress: (examId) => progress(db, examId),
    students: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const rows = await db.submission.findMany({
        where: { examId },
        distinct: ['studentId'],
        select: { studentId: true },
      });
      return rows.map(({ studentId }) => studentId);
    },
  };
}

/**
 * Of an exam: each answer of an attempt that counts and is through the machine, with its newest proposal. A part that is
 * still at work, such as one whose network runs, holds up no other; what failed may yet be tried again, until all has ended.
 * What a student is excused from waits for nobody.
 */
export function standing(examId: string, hidden: Sampling | null = null): Prisma.Sql {
  return Prisma.sql`
    SELECT a.id, s.id AS submission_id, s.student_id, a.part, ep.position, p.outcome, p.doubt,
           coalesce(mark_stands(m.reading_id, r.id), false) AS marked,
           CASE WHEN o.answer_id IS NOT NULL AND mark_stands(m.reading_id, r.id)
             THEN second_marking_wants(a.id, r.id) END AS wants,
           coalesce(p.outcome, '') IN ('proposed', 'needs-person') AND ${sampledSql(hidden, Prisma.sql`a.id`)} AS hidden
    FROM (
      SELECT id, student_id, scheme_version_id, state FROM counting_submissions(${examId}::uuid)
    ) s
    JOIN exam_versions v ON v.id = s.scheme_version_id
    JOIN answers a ON a.submission_id = s.id
    JOIN exam_parts ep ON ep.exam_version_id = v.id AND ep.part = a.part
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT outcome, doubt FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash ORDER BY seq DESC LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
      SELECT reading_id FROM standing_marks WHERE answer_id = a.id
    ) m ON true
    LEFT JOIN second_marking_orders o ON o.answer_id = a.id
    WHERE (
      s.state IN ('ready', 'needs-person', 'failed')
      OR (s.state = 'marking' AND p.outcome IN ('proposed', 'needs-person', 'absent'))
    ) AND NOT EXISTS (
      SELECT FROM standing_excusals(${examId}::uuid) e WHERE e.student_id = s.student_id AND e.part IN ('', a.part)
    )`;
}

const MOST_DOUBTFUL_FIRST = Prisma.sql`
  CASE WHEN NOT awaits THEN 0 WHEN hidden THEN 0 WHEN outcome = 'failed' THEN 1 WHEN outcome = 'needs-person' THEN 2
    WHEN outcome = 'proposed' THEN 3 WHEN outcome = 'absent' THEN 4 ELSE 0 END,
  CASE WHEN NOT awaits THEN 0 WHEN hidden THEN 1 ELSE doubt END DESC`;

const IN_STATE: Readonly<Record<QueueState, Prisma.Sql>> = {
  awaiting: Prisma.sql`awaits`,
  marked: Prisma.sql`NOT awaits`,
  all: Prisma.sql`true`,
};

/** The item as whoever decides may see it: without the proposal where that is kept back and nobody has decided. */
export function keptBack(item: MarkingItem, hidden: Sampling | null): MarkingItem {
  const { proposed, mark, changedSinceMarked, answer } = item;
  if (hidden === null || proposed === null || (mark !== null && !changedSinceMarked)) return item;
  // That nothing was found, or that we failed, is no opinion of the answer.
  const says = proposed.outcome === 'proposed' || proposed.outcome === 'needs-person';
  if (!says || !isSampled(hidden, answer.id)) return item;
  return { ...item, proposed: null, hiddenProposalId: proposed.id };
}

async function list(
  db: Database,
  filter: MarkingQueueFilter,
): Promise<{ items: readonly MarkingItem[]; total: number }> {
  const { examId, state = 'awaiting', part, students, marker, hidden = null, shuffledBy } = filter;
  const { limit, offset = 0 } = filter;
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  const ofPart = part === undefined ? Prisma.empty : Prisma.sql`AND part = ${part}`;
  const ofStudents =
    students === undefined ? Prisma.empty : Prisma.sql`AND student_id = ANY(${[...students]}::text[])`;
  const unknownToMarker =
    marker === undefined ? Prisma.empty : Prisma.sql`AND NOT knows_of_answer(${marker}, id)`;
  const order =
    shuffledBy === undefined
      ? MOST_DOUBTFUL_FIRST
      : Prisma.sql`CASE WHEN awaits THEN ${hashSql(shuffledBy, Prisma.sql`id`)} END`;
  const closed = marker === undefined ? [] : await conflictedStudents(db, marker);
  const rows = await db.$queryRaw<{ id: string; total: number }[]>`
    SELECT id::text, (count(*) OVER ())::int AS total
    FROM (
      SELECT *, coalesce(NOT marked OR wants = 'second-mark' ${unknownToMarker}, false) AS awaits
      FROM (${standing(examId, hidden)}) AS standing
    ) AS queue
    WHERE ${IN_STATE[state]} AND student_id <> ALL(${closed}::text[]) ${ofPart} ${ofStudents}
    ORDER BY NOT awaits, ${order}, CASE WHEN NOT awaits THEN submission_id END, CASE WHEN NOT awaits THEN position END, id
    LIMIT ${clampLimit(limit, 50)} OFFSET ${Math.max(0, Math.trunc(offset))}`;
  // Past the end there is no row to say how many there are.
  if (rows.length === 0 && offset > 0)
    return { items: [], total: (await list(db, { ...filter, limit: 1, offset: 0 })).total };
  const items = await itemsOf(db, { id: { in: rows.map(({ id }) => id) } });
  const byId = new Map(items.map((item) => [item.answer.id, item]));
  return {
    items: rows.flatMap(({ id }) => {
      const item = byId.get(id);
      return item ? [keptBack(item, hidden)] : [];
    }),
    total: rows[0]?.total ?? 0,
  };
}

async function progress(db: Database, examId: string): Promise<readonly MarkingProgress[]> {
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  return db.$queryRaw<MarkingProgress[]>`
    SELECT part,
           count(*)::int AS answers,
           (count(*) FILTER (WHERE marked AND wants IS NULL))::int AS marked,
           (count(*) FILTER (WHERE NOT marked AND outcome = 'needs-person'))::int AS "needsPerson",
           (count(*) FILTER (WHERE NOT marked AND (outcome = 'failed' OR outcome IS NULL)))::int AS failed
    FROM (${standing(examId)}) AS standing
    GROUP BY part ORDER BY min(position), part`;
}

function withoutReading<Row extends { reading: unknown }>({ reading: _reading, ...mark }: Row) {
  return mark;
}

async function itemsOf(db: Database, where: Prisma.AnswerWhereInput): Promise<readonly MarkingItem[]> {
  const rows = await db.answer.findMany({
    where,
    include: {
      ...LATEST_READING,
      marks: {
        orderBy: { number: 'desc' },
        take: 1,
        include: { withdrawal: true, reading: { select: { found: true, text: true } } },
      },
      submission: {
        select: { examId: true, studentId: true, state: true, schemeVersion: { select: { parts: true } } },
      },
    },
  });
  const proposals = await currentOfReadings(
    db,
    rows.flatMap(({ readings: [latest] }) => latest?.id ?? []),
  );
  const twice = await secondMarkings(
    db,
    new Map(
      rows.flatMap(({ id, readings: [latest], marks: [mark] }) =>
        latest && mark?.withdrawal === null ? [[id, latest]] : [],
      ),
    ),
  );
  const excused = await excusedFrom(
    db,
    rows.map(({ submission }) => submission.examId),
    rows.map(({ submission }) => submission.studentId),
  );
  return rows
    .flatMap((row) => {
      const answer = answerOf(row);
      const part = row.submission.schemeVersion.parts.find((each) => each.part === row.part);
      if (!answer || !part) return [];
      const [mark] = row.marks;
      const { standing, basis } = lastWordOf(mark && withoutReading(mark));
      const changedSinceMarked =
        standing !== null &&
        mark !== undefined &&
        (mark.reading.found !== answer.found || mark.reading.text !== answer.text);
      const item: MarkingItem = {
        answer,
        examId: row.submission.examId,
        studentId: row.submission.studentId,
        maximum: part.maximum.toString(),
        partTitle: part.title,
        partKind: part.kind,
        submissionState: oneOf(SUBMISSION_STATES, row.submission.state),
        proposed: proposals.get(answer.readingId) ?? null,
        hiddenProposalId: null,
        secondMarking: standing === null || changedSinceMarked ? null : (twice.get(row.id) ?? null),
        mark: standing,
        basis,
        changedSinceMarked,
        excused: isExcused(excused(row.submission.examId, row.submission.studentId), row.part),
      };
      return [{ position: part.position, item }];
    })
    .toSorted((one, other) => one.position - other.position)
    .map(({ item }) => item);
}
