import { createHash } from 'node:crypto';
import { recordAudit } from './audit.js';
import { type Database, isUuid, oneOf, type Session, storable, toJson } from './database.js';
import type { Decimal } from './decimal.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { checkedParts, LATEST, type NewExamVersion } from './exams.js';
import { MARK_ORIGINS, type MarkOrigin } from './mark.js';
import { PROPOSED_OUTCOMES, type ProposedOutcome } from './proposed-mark.js';

/** A changed version that everything handed in is marked by, so that one sees what it would change. */
export interface SchemeDraft {
  readonly id: string;
  readonly examId: string;
  readonly source: string;
  readonly schemeHash: string;
  readonly stagedById: string;
  readonly stagedAt: Date;
  /** Answers of the exam that have been marked by it. */
  readonly done: number;
  readonly wanted: number;
}

/** One answer of an attempt that counts, as it stands and as the draft would have it. */
export interface SchemeComparison {
  readonly submissionId: string;
  readonly studentId: string;
  readonly part: string;
  /** What is proposed now; null where the machine has not got to it. */
  readonly before: { readonly outcome: ProposedOutcome; readonly marks: Decimal | null } | null;
  readonly after: { readonly outcome: ProposedOutcome; readonly marks: Decimal | null } | null;
  /** A person's. */
  readonly mark: { readonly marks: Decimal; readonly origin: MarkOrigin } | null;
}

/** One answer that a draft has yet to mark. */
export interface UnmarkedByDraft {
  readonly submissionId: string;
  readonly answerId: string;
  readonly readingId: string;
  readonly part: string;
  readonly examVersionId: string;
  readonly schemeHash: string;
}

export interface SchemeDrafts {
  /**
   * Puts a changed version up to be looked at; it takes the place of the draft that was there. Proposals for parts that are
   * the same are taken over. The same source again changes nothing. Throws NotFoundError; InvalidRecordError where the
   * parts are others, or the scheme is the one in force.
   */
  stage(
    version: NewExamVersion & { readonly schemeHash: string; readonly sameParts: readonly string[] },
  ): Promise<SchemeDraft>;
  /** The draft that may be applied; null when there is none. Throws NotFoundError. */
  pending(examId: string): Promise<SchemeDraft | null>;
  /** Each answer of the attempts that count, by paper. */
  compare(draftId: string): Promise<readonly SchemeComparison[]>;
  /** Answers that drafts of any exam have yet to mark. */
  unmarked(limit: number): Promise<readonly UnmarkedByDraft[]>;
}

export function schemeDrafts(db: Database): SchemeDrafts {
  return {
    stage: (version) => db.$transaction((tx) => stage(tx, version)),
    pending: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return pendingDraft(db, examId);
    },
    compare: (draftId) => compare(db, draftId),
    unmarked: (limit) => db.$queryRaw<UnmarkedByDraft[]>`
      WITH newest AS (
        SELECT DISTINCT ON (exam_id) id, exam_id, scheme_hash, created_at FROM exam_versions
        WHERE draft ORDER BY exam_id, number DESC
      )
      SELECT s.id::text AS "submissionId", a.id::text AS "answerId", r.id::text AS "readingId", a.part,
        d.id::text AS "examVersionId", d.scheme_hash AS "schemeHash"
      FROM newest d
      JOIN submissions s ON s.exam_id = d.exam_id AND s.erased_at IS NULL AND s.state IN ('ready', 'needs-person', 'failed')
      JOIN answers a ON a.submission_id = s.id
      JOIN LATERAL (
        SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
      ) r ON true
      WHERE d.created_at > now() - interval '2 days'
        AND NOT EXISTS (SELECT FROM scheme_changes c WHERE c.draft_id = d.id)
        AND NOT EXISTS (SELECT FROM proposed_marks p WHERE p.reading_id = r.id AND p.scheme_hash = d.scheme_hash)
      LIMIT ${limit}`,
  };
}

async function stage(tx: Session, given: Parameters<SchemeDrafts['stage']>[0]): Promise<SchemeDraft> {
  const exam = await tx.exam.findUnique({ where: { slug: given.slug } });
  if (!exam) throw new NotFoundError('exam', given.slug);
  await lockExam(tx, exam.id);
  const current = await tx.examVersion.findFirstOrThrow({
    ...LATEST,
    where: { ...LATEST.where, examId: exam.id },
  });
  if (current.schemeHash === given.schemeHash)
    throw new InvalidRecordError('This has the scheme that is in force: nothing would change.');
  const parts = checkedParts(given.parts);
  await refuseOtherParts(
    tx,
    exam.id,
    parts.map(({ part }) => part),
  );

  const source = storable(given.source);
  const contentHash = createHash('sha256').update(source, 'utf8').digest('hex');
  const before = await pendingDraft(tx, exam.id);
  if (before?.source === source) return before;
  const newest = await tx.examVersion.findFirst({
    where: { examId: exam.id, draft: true },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const draft = await tx.examVersion.create({
    data: {
      examId: exam.id,
      draft: true,
      number: (newest?.number ?? 0) + 1,
      title: storable(given.title),
      source,
      definition: toJson(given.definition),
      contentHash,
      schemeHash: given.schemeHash,
      createdById: given.by,
      parts: { create: parts.map((part, position) => ({ ...part, position })) },
    },
  });
  // By the engine's own rule the same part and answer give the same proposal.
  await tx.$executeRaw`
    INSERT INTO proposed_marks
      (id, answer_id, reading_id, engine_version, exam_version_id, scheme_hash, outcome, marks, doubt, evidence)
    SELECT gen_random_uuid(), p.answer_id, p.reading_id, p.engine_version, ${draft.id}::uuid, ${given.schemeHash},
      p.outcome, p.marks, p.doubt, p.evidence
    FROM submissions s
    JOIN answers a ON a.submission_id = s.id AND a.part = ANY(${[...given.sameParts]})
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    JOIN LATERAL (
      SELECT * FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = ${current.schemeHash}
      ORDER BY seq DESC LIMIT 1
    ) p ON p.outcome <> 'failed'
    WHERE s.exam_id = ${exam.id}::uuid
    ON CONFLICT DO NOTHING`;
  await recordAudit(tx, {
    actorId: given.by,
    action: 'scheme-change-previewed',
    objectType: 'exam',
    objectId: exam.id,
    details: { draftId: draft.id, contentHash },
  });
  const staged = await pendingDraft(tx, exam.id);
  if (!staged) throw new Error('a draft that was staged is not there');
  return staged;
}

/** Changes of one exam's scheme go one after another. */
export async function lockExam(tx: Session, examId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM exams WHERE id = ${examId}::uuid FOR UPDATE`;
}

async function refuseOtherParts(tx: Session, examId: string, parts: readonly string[]): Promise<void> {
  const used = await tx.examVersion.findMany({
    where: { examId, draft: false, marking: { some: {} } },
    select: { number: true, parts: { select: { part: true } } },
  });
  for (const { number, parts: rows } of used) {
    const known = rows.map(({ part }) => part);
    const added = parts.filter((part) => !known.includes(part));
    const gone = known.filter((part) => !parts.includes(part));
    if (added.length === 0 && gone.length === 0) continue;
    throw new InvalidRecordError(
      `Submissions were handed in for version ${number}, whose parts are others: ` +
        [
          ...(added.length > 0 ? [`it has no ${added.join(', ')}`] : []),
          ...(gone.length > 0 ? [`it also has ${gone.join(', ')}`] : []),
        ].join(', ') +
        '. A change of the scheme keeps the parts; put another paper as a new version.',
    );
  }
}

export async function pendingDraft(session: Session, examId: string): Promise<SchemeDraft | null> {
  const newest = await session.examVersion.findFirst({
    where: { examId, draft: true },
    orderBy: { number: 'desc' },
    include: { appliedBy: { select: { id: true } } },
  });
  if (!newest || newest.appliedBy) return null;
  const [counted] = await session.$queryRaw<{ done: number; wanted: number }[]>`
    SELECT count(*)::int AS wanted, (count(*) FILTER (WHERE EXISTS (
      SELECT FROM proposed_marks p WHERE p.reading_id = r.id AND p.scheme_hash = ${newest.schemeHash}
    )))::int AS done
    FROM submissions s
    JOIN answers a ON a.submission_id = s.id
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    WHERE s.exam_id = ${examId}::uuid AND s.erased_at IS NULL AND s.state IN ('ready', 'needs-person', 'failed')`;
  return {
    id: newest.id,
    examId,
    source: newest.source,
    schemeHash: newest.schemeHash,
    stagedById: newest.createdById,
    stagedAt: newest.createdAt,
    done: counted?.done ?? 0,
    wanted: counted?.wanted ?? 0,
  };
}

interface ComparisonRow {
  submissionId: string;
  studentId: string;
  part: string;
  outcomeBefore: string | null;
  marksBefore: Decimal | null;
  outcomeAfter: string | null;
  marksAfter: Decimal | null;
  mark: Decimal | null;
  origin: string | null;
}

async function compare(session: Session, draftId: string): Promise<readonly SchemeComparison[]> {
  const rows = isUuid(draftId)
    ? await session.$queryRaw<ComparisonRow[]>`
        SELECT s.id::text AS "submissionId", s.student_id AS "studentId", a.part,
          p.outcome AS "outcomeBefore", trim_scale(p.marks)::text AS "marksBefore",
          q.outcome AS "outcomeAfter", trim_scale(q.marks)::text AS "marksAfter",
          trim_scale(m.marks)::text AS mark, m.origin
        FROM exam_versions d
        JOIN LATERAL (
          SELECT id, student_id, scheme_version_id, state FROM counting_submissions(d.exam_id)
          WHERE erased_at IS NULL
        ) s ON s.state IN ('ready', 'needs-person', 'failed')
        JOIN exam_versions v ON v.id = s.scheme_version_id
        JOIN answers a ON a.submission_id = s.id
        JOIN exam_parts ep ON ep.exam_version_id = d.id AND ep.part = a.part
        JOIN LATERAL (
          SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
        ) r ON true
        LEFT JOIN LATERAL (
          SELECT outcome, marks FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash
          ORDER BY seq DESC LIMIT 1
        ) p ON true
        LEFT JOIN LATERAL (
          SELECT outcome, marks FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = d.scheme_hash
          ORDER BY seq DESC LIMIT 1
        ) q ON true
        LEFT JOIN LATERAL (
          SELECT marks, origin, reading_id FROM standing_marks WHERE answer_id = a.id
        ) m ON mark_stands(m.reading_id, r.id)
        WHERE d.id = ${draftId}::uuid AND d.draft
        ORDER BY s.id, ep.position`
    : [];
  return rows.map((row) => ({
    submissionId: row.submissionId,
    studentId: row.studentId,
    part: row.part,
    before: proposalOf(row.outcomeBefore, row.marksBefore),
    after: proposalOf(row.outcomeAfter, row.marksAfter),
    mark:
      row.mark === null || row.origin === null
        ? null
        : { marks: row.mark, origin: oneOf(MARK_ORIGINS, row.origin) },
  }));
}

function proposalOf(outcome: string | null, marks: Decimal | null): SchemeComparison['before'] {
  return outcome === null ? null : { outcome: oneOf(PROPOSED_OUTCOMES, outcome), marks };
}
