import { recordAudit } from './audit.js';
import { type Database, isForeignKeyViolation, isUuid, oneOf, type Session, storable } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { LATEST } from './exams.js';
import { Prisma } from './generated/prisma/client.js';
import { STANDING } from './mark.js';
import { appendMark } from './marks.js';
import { writeOrder } from './outbox.js';
import { lockExam, pendingDraft } from './scheme-drafts.js';

/** What becomes of marks that people confirmed as they were proposed; what they set otherwise always stays. */
export const CONFIRMED_MARKS = ['keep', 'follow'] as const;
export type ConfirmedMarks = (typeof CONFIRMED_MARKS)[number];

/** A change of the scheme for everything handed in, or the undoing of one. Append-only. */
export interface SchemeChange {
  readonly id: string;
  readonly examId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly fromVersionId: string;
  readonly toVersionId: string;
  /** The change that this one undoes; null for a change. */
  readonly undoesId: string | null;
  readonly undoneById: string | null;
  readonly confirmed: ConfirmedMarks;
  /** Marks that were set on top of confirmed ones. */
  readonly marks: number;
  readonly submissions: number;
  readonly why: string;
  readonly byId: string;
  readonly at: Date;
}

export interface SchemeChanges {
  /**
   * Marks everything handed in by a draft from now on, as one change. Throws NotFoundError; InvalidRecordError while the
   * draft has not marked every answer, where the exam was changed since, or where a person gave more than a part would give.
   */
  apply(request: {
    readonly examId: string;
    readonly draftId: string;
    readonly confirmed: ConfirmedMarks;
    readonly why: string;
    readonly by: string;
  }): Promise<SchemeChange>;
  /**
   * Undoes the latest change, as a change of its own: each submission is marked under what it was before. Marks that people
   * have set since stay. Throws NotFoundError; InvalidRecordError where it is not the latest, or was undone.
   */
  undo(request: {
    readonly changeId: string;
    readonly why: string;
    readonly by: string;
  }): Promise<SchemeChange>;
  /** Newest first. */
  ofExam(examId: string): Promise<readonly SchemeChange[]>;
  /** Throws NotFoundError. */
  get(changeId: string): Promise<SchemeChange>;
}

export function schemeChanges(db: Database): SchemeChanges {
  return {
    apply: (request) => asPerson(request.by, () => db.$transaction((tx) => apply(tx, request))),
    undo: (request) => asPerson(request.by, () => db.$transaction((tx) => undo(tx, request))),
    ofExam: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const rows = await db.schemeChange.findMany({
        where: { examId },
        orderBy: { number: 'desc' },
        include: WHOLE,
      });
      return rows.map(changeOf);
    },
    get: (changeId) => get(db, changeId),
  };
}

async function asPerson<T>(by: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', by);
    throw error;
  }
}

const WHOLE = {
  undoneBy: { select: { id: true } },
  _count: { select: { marks: true, submissions: true } },
} as const;
type Row = Prisma.SchemeChangeGetPayload<{ include: typeof WHOLE }>;

function changeOf({ undoneBy, _count, draftId: _draft, ...row }: Row): SchemeChange {
  return {
    ...row,
    confirmed: oneOf(CONFIRMED_MARKS, row.confirmed),
    undoneById: undoneBy?.id ?? null,
    marks: _count.marks,
    submissions: _count.submissions,
  };
}

async function get(session: Session, changeId: string): Promise<SchemeChange> {
  const row = isUuid(changeId)
    ? await session.schemeChange.findUnique({ where: { id: changeId }, include: WHOLE })
    : null;
  if (!row) throw new NotFoundError('scheme change', changeId);
  return changeOf(row);
}

async function apply(
  tx: Session,
  { examId, draftId, confirmed, why, by }: Parameters<SchemeChanges['apply']>[0],
): Promise<SchemeChange> {
  if (why.trim() === '') throw new InvalidRecordError('Say why the scheme is changed.');
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  await lockExam(tx, examId);
  const draft = await pendingDraft(tx, examId);
  if (!draft || draft.id !== draftId) throw new NotFoundError('draft of the scheme', draftId);
  if (draft.done < draft.wanted)
    throw new InvalidRecordError(
      `${draft.wanted - draft.done} answers have yet to be marked by the changed scheme. Wait until the preview is whole.`,
    );
  const current = await tx.examVersion.findFirstOrThrow({ ...LATEST, where: { ...LATEST.where, examId } });
  if (current.createdAt > draft.stagedAt)
    throw new InvalidRecordError('The exam was changed since this preview was made. Make it anew.');
  await refuseFaults(tx, examId, draft.schemeHash);

  const version = await copyVersion(tx, draftId, current.number + 1, by);
  await refuseTooMuch(tx, examId, version);
  const number = await nextNumber(tx, examId);
  const change = await tx.schemeChange.create({
    data: {
      examId,
      number,
      fromVersionId: current.id,
      toVersionId: version,
      draftId,
      confirmed,
      why: storable(why.trim()),
      byId: by,
    },
  });
  await tx.$executeRaw`
    INSERT INTO scheme_change_submissions (change_id, submission_id, from_version_id)
    SELECT ${change.id}::uuid, id, scheme_version_id FROM submissions
    WHERE exam_id = ${examId}::uuid AND erased_at IS NULL`;
  // What was erased is not marked again: it stays under the version it was marked under.
  await tx.submission.updateMany({
    where: { examId, erasedAt: null },
    data: { schemeVersionId: version },
  });
  const marks = confirmed === 'follow' ? await follow(tx, examId, change.id, draft.schemeHash, by, why) : 0;
  await restate(tx, examId);
  await recordAudit(tx, {
    actorId: by,
    action: 'scheme-changed',
    objectType: 'exam',
    objectId: examId,
    details: {
      changeId: change.id,
      number,
      fromVersionId: current.id,
      toVersionId: version,
      confirmed,
      marks,
      why,
    },
  });
  return get(tx, change.id);
}

/** The version as a draft has it, or as it was before, as the exam's newest. */
async function copyVersion(tx: Session, id: string, number: number, by: string): Promise<string> {
  const { parts, ...row } = await tx.examVersion.findUniqueOrThrow({
    where: { id },
    include: { parts: true },
  });
  const copy = await tx.examVersion.create({
    data: {
      examId: row.examId,
      number,
      title: row.title,
      source: row.source,
      definition: row.definition ?? Prisma.JsonNull,
      contentHash: row.contentHash,
      schemeHash: row.schemeHash,
      createdById: by,
      parts: { create: parts.map(({ examVersionId: _version, ...part }) => part) },
    },
  });
  return copy.id;
}

async function nextNumber(tx: Session, examId: string): Promise<number> {
  const { _max } = await tx.schemeChange.aggregate({ where: { examId }, _max: { number: true } });
  return (_max.number ?? 0) + 1;
}

/** Nothing that was marked may be lost to a fault of ours. */
async function refuseFaults(tx: Session, examId: string, schemeHash: string): Promise<void> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM submissions s
    JOIN exam_versions v ON v.id = s.scheme_version_id
    JOIN answers a ON a.submission_id = s.id
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    JOIN LATERAL (
      SELECT outcome FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = ${schemeHash}
      ORDER BY seq DESC LIMIT 1
    ) q ON q.outcome = 'failed'
    JOIN LATERAL (
      SELECT outcome FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash
      ORDER BY seq DESC LIMIT 1
    ) p ON p.outcome <> 'failed'
    WHERE s.exam_id = ${examId}::uuid`;
  const count = found?.count ?? 0;
  if (count > 0)
    throw new InvalidRecordError(
      `A fault of the system kept ${count} answers from being marked by the changed scheme. Nothing was changed.`,
    );
}

/** A person's mark is never lowered for them. */
async function refuseTooMuch(tx: Session, examId: string, versionId: string): Promise<void> {
  const over = await tx.$queryRaw<{ part: string; count: number; most: string; maximum: string }[]>`
    SELECT a.part, count(*)::int AS count, trim_scale(max(m.marks))::text AS most,
      trim_scale(ep.maximum)::text AS maximum
    FROM submissions s
    JOIN answers a ON a.submission_id = s.id
    JOIN exam_parts ep ON ep.exam_version_id = ${versionId}::uuid AND ep.part = a.part
    JOIN LATERAL (
      SELECT marks FROM standing_marks WHERE answer_id = a.id
    ) m ON m.marks > ep.maximum
    WHERE s.exam_id = ${examId}::uuid
    GROUP BY a.part, ep.maximum ORDER BY a.part`;
  if (over.length > 0)
    throw new InvalidRecordError(
      `People have given more than the part would give: ${over
        .map(({ part, count, most, maximum }) => `${part}: ${count} marks above ${maximum}, up to ${most}`)
        .join('; ')}. What a person set is never undone; decide on those first, or leave the part its marks.`,
    );
}

/** Sets what is proposed now on top of marks that were confirmed as proposed before; gives how many. */
async function follow(
  tx: Session,
  examId: string,
  changeId: string,
  schemeHash: string,
  by: string,
  why: string,
): Promise<number> {
  const rows = await tx.$queryRaw<{ answerId: string; markId: string; proposalId: string; marks: string }[]>`
    SELECT a.id::text AS "answerId", m.id::text AS "markId", q.id::text AS "proposalId",
      trim_scale(q.marks)::text AS marks
    FROM submissions s
    JOIN answers a ON a.submission_id = s.id
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    JOIN LATERAL (
      SELECT id, outcome, marks FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = ${schemeHash}
      ORDER BY seq DESC LIMIT 1
    ) q ON q.outcome = 'proposed'
    JOIN LATERAL (
      SELECT id, origin, marks, reading_id FROM standing_marks WHERE answer_id = a.id
    ) m ON mark_stands(m.reading_id, r.id) AND m.origin = 'confirmed' AND m.marks <> q.marks
    WHERE s.exam_id = ${examId}::uuid
    ORDER BY a.id`;
  for (const { answerId, markId, proposalId, marks } of rows) {
    const mark = await appendMark(tx, {
      answerId,
      marks,
      by,
      why: `The scheme was changed: ${why.trim()}`,
      expectedCurrentMarkId: markId,
      proposedMarkId: proposalId,
    });
    await tx.schemeChangeMark.create({ data: { changeId, markId: mark.id } });
  }
  return rows.length;
}

async function undo(
  tx: Session,
  { changeId, why, by }: Parameters<SchemeChanges['undo']>[0],
): Promise<SchemeChange> {
  if (why.trim() === '') throw new InvalidRecordError('Say why the change is undone.');
  const { examId } = await get(tx, changeId);
  await lockExam(tx, examId);
  const change = await get(tx, changeId);
  if (change.undoesId !== null)
    throw new InvalidRecordError('What undid a change is not undone; change the scheme again.');
  if (change.undoneById !== null) throw new InvalidRecordError('This change has been undone already.');
  const newest = await tx.schemeChange.findFirst({ where: { examId }, orderBy: { number: 'desc' } });
  if (newest?.id !== changeId) throw new InvalidRecordError('Only the latest change can be undone.');
  const current = await tx.examVersion.findFirstOrThrow({ ...LATEST, where: { ...LATEST.where, examId } });
  if (current.id !== change.toVersionId)
    throw new InvalidRecordError('The exam has a newer version by now. Change its scheme from there.');

  const version = await copyVersion(tx, change.fromVersionId, current.number + 1, by);
  await refuseTooMuch(tx, examId, version);
  const undone = await tx.schemeChange.create({
    data: {
      examId,
      number: change.number + 1,
      fromVersionId: change.toVersionId,
      toVersionId: version,
      undoesId: changeId,
      confirmed: change.confirmed,
      why: storable(why.trim()),
      byId: by,
    },
  });
  await tx.$executeRaw`
    INSERT INTO scheme_change_submissions (change_id, submission_id, from_version_id)
    SELECT ${undone.id}::uuid, id, scheme_version_id FROM submissions
    WHERE exam_id = ${examId}::uuid AND scheme_version_id = ${change.toVersionId}::uuid`;
  await tx.$executeRaw`
    UPDATE submissions s SET scheme_version_id = was.from_version_id
    FROM scheme_change_submissions was
    WHERE was.change_id = ${changeId}::uuid AND was.submission_id = s.id
      AND s.scheme_version_id = ${change.toVersionId}::uuid`;
  await markLaterOnes(tx, examId, change.toVersionId, version);
  const marks = await takeBack(tx, changeId, undone.id, by, why);
  await restate(tx, examId);
  await recordAudit(tx, {
    actorId: by,
    action: 'scheme-change-undone',
    objectType: 'exam',
    objectId: examId,
    details: { changeId: undone.id, undoesId: changeId, toVersionId: version, marks, why },
  });
  return get(tx, undone.id);
}

/** What was handed in after the change was never marked by the scheme from before: it is ordered to be. */
async function markLaterOnes(tx: Session, examId: string, from: string, to: string): Promise<void> {
  const later = await tx.submission.findMany({
    where: { examId, schemeVersionId: from, erasedAt: null },
    select: { id: true },
  });
  for (const { id } of later) {
    await tx.submission.update({
      where: { id },
      data: { schemeVersionId: to, state: 'received', stateReason: null, stateChangedAt: new Date() },
    });
    await writeOrder(tx, id, to);
  }
}

/** Sets the marks from before on top of those that the change had set, where nobody has decided since. */
async function takeBack(
  tx: Session,
  changeId: string,
  undoneId: string,
  by: string,
  why: string,
): Promise<number> {
  const set = await tx.schemeChangeMark.findMany({
    where: { changeId, mark: STANDING },
    include: { mark: { include: { supersedes: true } } },
    orderBy: { markId: 'asc' },
  });
  for (const { mark } of set) {
    const before = mark.supersedes;
    if (!before) throw new Error(`mark ${mark.id} follows none`);
    const back = await appendMark(tx, {
      answerId: mark.answerId,
      marks: before.marks.toString(),
      by,
      why: `A change of the scheme was undone: ${why.trim()}`,
      expectedCurrentMarkId: mark.id,
      proposedMarkId: before.proposedMarkId,
    });
    await tx.schemeChangeMark.create({ data: { changeId: undoneId, markId: back.id } });
  }
  return set.length;
}

/** The states of settled submissions, worked out anew from what is proposed by the scheme in force; see `settle`. */
async function restate(tx: Session, examId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE submissions SET
      state = CASE WHEN now_is.lost IS NOT NULL THEN 'failed' WHEN now_is.asked IS NOT NULL THEN 'needs-person' ELSE 'ready' END,
      state_reason = CASE
        WHEN now_is.lost IS NOT NULL
          THEN 'A fault of the system, not of the answers, kept these parts from being marked: ' || now_is.lost || '.'
        WHEN now_is.asked IS NOT NULL THEN 'The machine does not know about these parts: ' || now_is.asked || '.'
      END,
      state_changed_at = now()
    FROM (
      SELECT s.id,
        string_agg(ep.part, ', ' ORDER BY ep.position) FILTER (WHERE coalesce(p.outcome, 'failed') = 'failed') AS lost,
        string_agg(ep.part, ', ' ORDER BY ep.position) FILTER (WHERE p.outcome = 'needs-person') AS asked
      FROM submissions s
      JOIN exam_versions v ON v.id = s.scheme_version_id
      JOIN exam_parts ep ON ep.exam_version_id = v.id
      LEFT JOIN answers a ON a.submission_id = s.id AND a.part = ep.part
      LEFT JOIN LATERAL (
        SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
      ) r ON true
      LEFT JOIN LATERAL (
        SELECT outcome FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash
        ORDER BY seq DESC LIMIT 1
      ) p ON true
      WHERE s.exam_id = ${examId}::uuid AND s.erased_at IS NULL
        AND s.state IN ('ready', 'needs-person', 'failed')
      GROUP BY s.id
    ) now_is
    WHERE submissions.id = now_is.id`;
}
