import { recordAudit } from './audit.js';
import {
  type Database,
  fromJson,
  isUniqueViolation,
  isUuid,
  oneOf,
  type Session,
  toJson,
} from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import type { ReleasePlan as Row } from './generated/prisma/client.js';
import { HELD_BACK_REASONS, type HeldBackReason } from './release.js';
import { blockedBy } from './release-blockers.js';
import { releaseAll } from './releases.js';
import { roleOf } from './teams/members.js';

export const PLAN_ACTIONS = ['planned', 'held', 'done', 'cancelled'] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** How many papers something stands in the way of. */
export interface InTheWay {
  readonly reason: HeldBackReason;
  readonly submissions: number;
}

/** The latest word on when an exam's marks are to be released. */
export interface ReleasePlan {
  readonly examId: string;
  readonly number: number;
  /** `held`: its time has come, and it waits for what is in the way. */
  readonly action: PlanAction;
  readonly dueAt: Date;
  /** The IANA name of the zone in which the time was said. */
  readonly zone: string;
  /** What held it when somebody last looked. */
  readonly because: readonly InTheWay[];
  /** How many papers it released; null before. */
  readonly released: number | null;
  readonly byId: string;
  readonly at: Date;
}

export interface ReleasePlans {
  /** The latest word; null where there never was a plan. */
  of(examId: string): Promise<ReleasePlan | null>;
  /** What a release of every paper that counts would meet now, by reason. Throws NotFoundError. */
  inTheWay(examId: string): Promise<readonly InTheWay[]>;
  /** Takes the place of a plan that stands. Throws NotFoundError. */
  plan(request: {
    readonly examId: string;
    readonly dueAt: Date;
    readonly zone: string;
    readonly by: string;
  }): Promise<ReleasePlan>;
  /** Throws InvalidRecordError when none stands. */
  cancel(request: { readonly examId: string; readonly by: string }): Promise<void>;
  /**
   * Carries out what is due at the time, by the database's clock where none is given. A plan is carried out once, however
   * many try: all papers that count are released together, those that are withheld excepted, or none while something is in
   * the way, which is written down. Returns the exams whose marks were released.
   */
  carryOut(now?: Date): Promise<readonly string[]>;
}

export function releasePlans(db: Database): ReleasePlans {
  return {
    of: (examId) => latestPlan(db, examId),
    inTheWay: async (examId) => inTheWay(db, examId),
    plan: async ({ examId, dueAt, zone, by }) => {
      if (!isUuid(examId) || !(await db.exam.findUnique({ where: { id: examId } })))
        throw new NotFoundError('exam', examId);
      return append(db, examId, () => ({ action: 'planned', dueAt, zone, byId: by }));
    },
    cancel: async ({ examId, by }) => {
      await append(db, examId, (before) => {
        if (!stands(before)) throw new InvalidRecordError('No release is planned.');
        return { action: 'cancelled', dueAt: before.dueAt, zone: before.zone, byId: by };
      });
    },
    carryOut: async (now) => {
      const released: string[] = [];
      for (const examId of await dueExams(db, now)) {
        try {
          if (await db.$transaction((tx) => carryOut(tx, examId, now))) released.push(examId);
        } catch (error) {
          // Somebody else released, changed or carried out the same at this moment; what was done here is undone.
          if (!isUniqueViolation(error)) throw error;
        }
      }
      return released;
    },
  };
}

const stands = (plan: ReleasePlan | null): plan is ReleasePlan =>
  plan !== null && (plan.action === 'planned' || plan.action === 'held');

async function latestPlan(session: Session, examId: string): Promise<ReleasePlan | null> {
  if (!isUuid(examId)) return null;
  const row = await session.releasePlan.findFirst({ where: { examId }, orderBy: { number: 'desc' } });
  return row && planOf(row);
}

function planOf(row: Row): ReleasePlan {
  const because = fromJson(row.because);
  return {
    ...row,
    action: oneOf(PLAN_ACTIONS, row.action),
    because: Array.isArray(because) ? because.flatMap(inTheWayOf) : [],
  };
}

function inTheWayOf(value: unknown): InTheWay[] {
  if (typeof value !== 'object' || value === null || !('reason' in value) || !('submissions' in value))
    return [];
  const { reason, submissions } = value;
  const known = HELD_BACK_REASONS.find((each) => each === reason);
  return known !== undefined && typeof submissions === 'number' ? [{ reason: known, submissions }] : [];
}

type Word = Pick<ReleasePlan, 'action' | 'dueAt' | 'zone' | 'byId'> &
  Partial<Pick<ReleasePlan, 'because' | 'released'>>;

const AUDITED_AS: Readonly<Record<PlanAction, string>> = {
  planned: 'release-planned',
  held: 'planned-release-held',
  done: 'planned-release-done',
  cancelled: 'planned-release-cancelled',
};

async function append(
  db: Database,
  examId: string,
  next: (before: ReleasePlan | null) => Word,
): Promise<ReleasePlan> {
  for (;;) {
    try {
      return await db.$transaction(async (tx) => {
        const before = await latestPlan(tx, examId);
        return write(tx, examId, before, next(before));
      });
    } catch (error) {
      // Somebody else had a word at the same time: ours comes after it.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}

async function write(
  tx: Session,
  examId: string,
  before: ReleasePlan | null,
  { because = [], released = null, ...word }: Word,
): Promise<ReleasePlan> {
  const row = await tx.releasePlan.create({
    data: {
      ...word,
      examId,
      number: (before?.number ?? 0) + 1,
      because: toJson(because.map((each) => ({ ...each }))),
      released,
    },
  });
  await recordAudit(tx, {
    actorId: word.byId,
    action: AUDITED_AS[word.action],
    objectType: 'exam',
    objectId: examId,
    details: {
      dueAt: word.dueAt.toISOString(),
      zone: word.zone,
      ...(because.length === 0 ? {} : { because: because.map((each) => ({ ...each })) }),
      ...(released === null ? {} : { released }),
    },
  });
  return planOf(row);
}

async function dueExams(db: Database, now: Date | undefined): Promise<string[]> {
  const rows = await db.$queryRaw<{ examId: string }[]>`
    SELECT exam_id::text AS "examId" FROM (
      SELECT DISTINCT ON (exam_id) exam_id, action, due_at FROM release_plans ORDER BY exam_id, number DESC
    ) latest
    WHERE action IN ('planned', 'held') AND due_at <= coalesce(${now ?? null}::timestamptz, now())`;
  return rows.map(({ examId }) => examId);
}

async function carryOut(tx: Session, examId: string, now: Date | undefined): Promise<boolean> {
  const [{ free } = { free: false }] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`release-plan ${examId}`}, 0)) AS free`;
  if (!free) return false;
  const plan = await latestPlan(tx, examId);
  // Looked at again under the lock: it may have been moved, cancelled or carried out since.
  if (!stands(plan) || plan.dueAt > (now ?? (await databaseTime(tx)))) return false;
  const { dueAt, zone, byId } = plan;
  const because = await inTheWay(tx, examId, true);
  if (because.length > 0) {
    if (plan.action !== 'held' || JSON.stringify(because) !== JSON.stringify(plan.because))
      await write(tx, examId, plan, { action: 'held', dueAt, zone, byId, because });
    return false;
  }
  const { released } = await releaseAll(tx, { examId, by: byId });
  await write(tx, examId, plan, { action: 'done', dueAt, zone, byId, released: released.length });
  return true;
}

async function databaseTime(tx: Session): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  return row?.now ?? new Date(0);
}

async function inTheWay(session: Session, examId: string, forPlans = false): Promise<readonly InTheWay[]> {
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  const counting = await session.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM counting_submissions(${examId}::uuid)`;
  const counts = new Map<HeldBackReason, number>();
  for (const { reason, holdsPlans } of (
    await blockedBy(
      session,
      counting.map(({ id }) => id),
    )
  ).values()) {
    if (forPlans && !holdsPlans) continue;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  // Nobody releases by a plan what they could not release themselves by now.
  const plan = await latestPlan(session, examId);
  if (stands(plan) && (await roleOf(session, examId, plan.byId)) !== 'examiner')
    counts.set('planner-gone', counting.length);
  return HELD_BACK_REASONS.flatMap((reason) => {
    const submissions = counts.get(reason);
    return submissions === undefined ? [] : [{ reason, submissions }];
  });
}
