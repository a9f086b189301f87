import { recordAudit } from './audit.js';
import { conflictedStudents, mustBeFreeFor } from './conflicts.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  oneOf,
  type Session,
  storable,
} from './database.js';
import { ConflictOfInterestError, InvalidRecordError, MarkConflictError, NotFoundError } from './errors.js';
import type { Prisma } from './generated/prisma/client.js';
import { roleOf } from './teams/members.js';
import { currentMark, type NewMark } from './mark.js';
import { setMark } from './marks.js';

/** `answered` by a colleague, or `withdrawn` by who raised it. */
export const FLAG_OUTCOMES = ['answered', 'withdrawn'] as const;
export type FlagOutcome = (typeof FLAG_OUTCOMES)[number];

/** What came of a flag. */
export interface FlagReply {
  readonly outcome: FlagOutcome;
  readonly note: string;
  /** The mark that was set with it. */
  readonly markId: string | null;
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
}

/** A marker asks about an answer: one colleague, or whoever of them comes first. */
export interface Flag {
  readonly id: string;
  readonly answerId: string;
  readonly submissionId: string;
  readonly examId: string;
  readonly studentId: string;
  readonly part: string;
  readonly note: string;
  readonly raisedById: string;
  readonly raisedByName: string;
  /** Null: any colleague. */
  readonly askedId: string | null;
  readonly askedName: string | null;
  readonly at: Date;
  /** Null while it is open. */
  readonly reply: FlagReply | null;
}

export interface Flags {
  /**
   * Throws NotFoundError, ConflictOfInterestError; InvalidRecordError without a note, or when the colleague asked is
   * oneself, marks nothing, or must not mark this work.
   */
  raise(flag: {
    readonly answerId: string;
    readonly note: string;
    readonly by: string;
    /** A marker or examiner; null for whoever comes first. */
    readonly asked: string | null;
  }): Promise<Flag>;
  /**
   * A colleague's word, once, alone or together with a mark: both are recorded or neither. A flag to somebody is theirs
   * to answer, or an examiner's. Throws NotFoundError, ConflictOfInterestError, MarkConflictError, MarkOutOfRangeError,
   * InvalidRecordError.
   */
  answer(reply: {
    readonly flagId: string;
    readonly note: string;
    readonly by: string;
    readonly mark: Omit<NewMark, 'answerId' | 'by'> | null;
  }): Promise<Flag>;
  /** Taken back by who raised it. Throws NotFoundError, InvalidRecordError. */
  withdraw(request: { readonly flagId: string; readonly note: string; readonly by: string }): Promise<Flag>;
  /** Throws NotFoundError. */
  get(flagId: string): Promise<Flag>;
  /** Newest first. */
  ofAnswer(answerId: string): Promise<readonly Flag[]>;
  /** Oldest first while open, else newest first; without what this person must not mark. Throws NotFoundError. */
  ofExam(filter: {
    readonly examId: string;
    readonly marker: string;
    readonly open: boolean;
  }): Promise<readonly Flag[]>;
}

/** An exam has few flags that are open; of resolved ones these are shown, the others are in the trail. */
const MOST_LISTED = 500;

const WITH_PEOPLE = {
  answer: { select: { part: true, submission: { select: { id: true, examId: true, studentId: true } } } },
  raisedBy: { select: { name: true } },
  asked: { select: { name: true } },
  outcome: { include: { by: { select: { name: true } } } },
} as const satisfies Prisma.MarkingFlagInclude;

type Row = Prisma.MarkingFlagGetPayload<{ include: typeof WITH_PEOPLE }>;

export function flags(db: Database): Flags {
  return {
    raise: async (flag) => {
      try {
        return await db.$transaction((tx) => raise(tx, flag));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', flag.by);
        throw error;
      }
    },
    answer: (reply) => resolving(db, reply, (tx) => answer(tx, reply)),
    withdraw: (request) => resolving(db, request, (tx) => withdraw(tx, request)),
    get: (flagId) => get(db, flagId),
    ofAnswer: async (answerId) => {
      if (!isUuid(answerId)) return [];
      const rows = await db.markingFlag.findMany({
        where: { answerId },
        orderBy: [{ at: 'desc' }, { id: 'asc' }],
        include: WITH_PEOPLE,
      });
      return rows.map(flagOf);
    },
    ofExam: async ({ examId, marker, open }) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const closed = await conflictedStudents(db, marker);
      const rows = await db.markingFlag.findMany({
        where: {
          answer: { submission: { examId, studentId: { notIn: closed } } },
          outcome: open ? { is: null } : { isNot: null },
        },
        orderBy: [{ at: open ? 'asc' : 'desc' }, { id: 'asc' }],
        take: MOST_LISTED,
        include: WITH_PEOPLE,
      });
      return rows.map(flagOf);
    },
  };
}

async function get(session: Session, id: string): Promise<Flag> {
  const row = isUuid(id)
    ? await session.markingFlag.findUnique({ where: { id }, include: WITH_PEOPLE })
    : null;
  if (!row) throw new NotFoundError('flag', id);
  return flagOf(row);
}

async function raise(
  tx: Session,
  { answerId, note, by, asked }: Parameters<Flags['raise']>[0],
): Promise<Flag> {
  const found = isUuid(answerId) ? await tx.answer.findUnique({ where: { id: answerId } }) : null;
  if (!found) throw new NotFoundError('answer', answerId);
  const said = wordsIn(note);
  await mustBeFreeFor(tx, by, answerId);
  if (asked !== null) await mustBeAColleague(tx, { asked, by, answerId });
  const row = await tx.markingFlag.create({ data: { answerId, note: said, raisedById: by, askedId: asked } });
  await recordAudit(tx, {
    actorId: by,
    action: 'answer-flagged',
    objectType: 'answer',
    objectId: answerId,
    details: { flagId: row.id, askedId: asked, note: said },
  });
  return get(tx, row.id);
}

async function mustBeAColleague(
  tx: Session,
  { asked, by, answerId }: { readonly asked: string; readonly by: string; readonly answerId: string },
): Promise<void> {
  if (asked === by) throw new InvalidRecordError('This is yourself; ask somebody else, or anyone.');
  const person = await tx.user.findUnique({ where: { id: asked } });
  const found = await tx.answer.findUnique({
    where: { id: answerId },
    select: { submission: { select: { examId: true } } },
  });
  if (!person || !found) throw new NotFoundError('user', asked);
  const role = await roleOf(tx, found.submission.examId, asked);
  // Why is nobody's business here.
  const mayNot = new InvalidRecordError(
    'This person cannot be asked about this answer; ask another, or anyone.',
  );
  if (role === null || role === 'student') throw mayNot;
  try {
    await mustBeFreeFor(tx, asked, answerId);
  } catch (error) {
    throw error instanceof ConflictOfInterestError ? mayNot : error;
  }
}

async function answer(
  tx: Session,
  { flagId, note, by, mark }: Parameters<Flags['answer']>[0],
): Promise<Flag> {
  const flag = await openFlag(tx, flagId);
  await mustBeFreeFor(tx, by, flag.answerId);
  if (flag.raisedById === by)
    throw new InvalidRecordError(
      'You raised this flag yourself: a colleague answers it, or you take it back.',
    );
  if (flag.askedId !== null && flag.askedId !== by) {
    if ((await roleOf(tx, flag.examId, by)) !== 'examiner')
      throw new InvalidRecordError('Somebody else was asked; they answer it, or an examiner does.');
  }
  const said = wordsIn(note);
  const set = mark === null ? null : await setMark(tx, { ...mark, answerId: flag.answerId, by });
  return resolve(tx, flag, { outcome: 'answered', note: said, markId: set?.id ?? null, by });
}

async function withdraw(tx: Session, { flagId, note, by }: Parameters<Flags['withdraw']>[0]): Promise<Flag> {
  const flag = await openFlag(tx, flagId);
  if (flag.raisedById !== by)
    throw new InvalidRecordError('Only who raised a flag takes it back; you may answer it.');
  return resolve(tx, flag, { outcome: 'withdrawn', note: storable(note.trim()), markId: null, by });
}

async function resolve(
  tx: Session,
  { id, answerId }: Flag,
  {
    by,
    ...outcome
  }: {
    readonly outcome: FlagOutcome;
    readonly note: string;
    readonly markId: string | null;
    readonly by: string;
  },
): Promise<Flag> {
  // Of two at the same moment the second finds its key taken.
  await tx.markingFlagOutcome.create({ data: { flagId: id, byId: by, ...outcome } });
  await recordAudit(tx, {
    actorId: by,
    action: outcome.outcome === 'answered' ? 'flag-answered' : 'flag-withdrawn',
    objectType: 'answer',
    objectId: answerId,
    details: { flagId: id, note: outcome.note, markId: outcome.markId },
  });
  return get(tx, id);
}

async function openFlag(tx: Session, flagId: string): Promise<Flag> {
  const flag = await get(tx, flagId);
  if (flag.reply !== null) throw resolvedAlready();
  return flag;
}

async function resolving(
  db: Database,
  { flagId, by }: { readonly flagId: string; readonly by: string },
  act: (tx: Session) => Promise<Flag>,
): Promise<Flag> {
  try {
    return await db.$transaction(act);
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', by);
    if (!isUniqueViolation(error)) throw error;
    // Two at the same moment: either the flag is resolved by now, or another mark was set.
    const flag = await get(db, flagId);
    if (flag.reply !== null) throw resolvedAlready();
    throw new MarkConflictError(flag.answerId, await currentMark(db, flag.answerId));
  }
}

function wordsIn(note: string): string {
  const said = storable(note.trim());
  if (said === '') throw new InvalidRecordError('Write a note.');
  return said;
}

function resolvedAlready(): InvalidRecordError {
  return new InvalidRecordError('This flag has been answered or taken back already.');
}

function flagOf({ answer: { part, submission }, raisedBy, asked, outcome, ...row }: Row): Flag {
  return {
    id: row.id,
    answerId: row.answerId,
    submissionId: submission.id,
    examId: submission.examId,
    studentId: submission.studentId,
    part,
    note: row.note,
    raisedById: row.raisedById,
    raisedByName: raisedBy.name,
    askedId: row.askedId,
    askedName: asked?.name ?? null,
    at: row.at,
    reply: outcome && {
      outcome: oneOf(FLAG_OUTCOMES, outcome.outcome),
      note: outcome.note,
      markId: outcome.markId,
      byId: outcome.byId,
      byName: outcome.by.name,
      at: outcome.at,
    },
  };
}
