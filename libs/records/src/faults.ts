import { randomUUID } from 'node:crypto';
import { saveSplit } from './answers.js';
import { partsOf } from './answer-rows.js';
import { recordAudit } from './audit.js';
import { type Database, isUuid, type Session } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { standing } from './marking-queue.js';

/** A submission that a fault of the system keeps from being marked, and what is left to do of it. */
export interface Fault {
  readonly submissionId: string;
  readonly studentId: string;
  readonly attempt: number;
  /** Of the whole, in words for people. */
  readonly why: string;
  readonly since: Date;
  /** Whether the document fell into answers; where it did not, no marker sees anything of it. */
  readonly split: boolean;
  /** What failed and has no mark, in the order of the paper; empty where it was not split. */
  readonly parts: readonly { readonly part: string; readonly cause: string | null }[];
  /** When it was ordered again last, and by whom: it has failed once more since. */
  readonly orderedAgain: { readonly at: Date; readonly by: string | null } | null;
}

export interface Faults {
  /** Of the attempts that count, those that failed last first. What a person has marked meanwhile is no fault any more. */
  ofExam(examId: string): Promise<readonly Fault[]>;
  /** Has those of them that failed done again: they are received anew, so that nothing is ordered twice. Returns how many. */
  orderAgain(order: { readonly submissionIds: readonly string[]; readonly by: string }): Promise<number>;
  /**
   * Gives a document that could not be split to the markers: each part is an answer without a text of its own, to be
   * marked by what was handed in. Throws NotFoundError; InvalidRecordError where it has not failed, or is split already.
   */
  giveToPerson(order: {
    readonly submissionId: string;
    readonly engineVersion: string;
    readonly by: string;
  }): Promise<void>;
}

const ORDERED_AGAIN = 'marking-ordered-again';

export function faults(db: Database): Faults {
  return {
    ofExam: (examId) => ofExam(db, examId),
    orderAgain: (order) => db.$transaction((tx) => orderAgain(tx, order)),
    giveToPerson: (order) => db.$transaction((tx) => giveToPerson(tx, order)),
  };
}

async function ofExam(db: Database, examId: string): Promise<readonly Fault[]> {
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  const found = await db.$queryRaw<(Omit<Fault, 'parts' | 'orderedAgain'> & AgainRow)[]>`
    SELECT s.id::text AS "submissionId", s.student_id AS "studentId", s.attempt, s.state_changed_at AS since,
           coalesce(s.state_reason, 'A fault of the system.') AS why,
           EXISTS (SELECT FROM answers a WHERE a.submission_id = s.id) AS split, again.at AS "againAt", again.name AS "againBy"
    FROM counting_submissions(${examId}::uuid) c
    JOIN submissions s ON s.id = c.id AND s.state = 'failed' AND s.erased_at IS NULL
    LEFT JOIN LATERAL (
      SELECT e.at, u.name FROM audit_entries e LEFT JOIN users u ON u.id = e.actor_id
      WHERE e.object_type = 'submission' AND e.object_id = s.id::text AND e.action = ${ORDERED_AGAIN}
      ORDER BY e.id DESC LIMIT 1
    ) again ON true
    ORDER BY s.state_changed_at DESC, s.id`;
  if (found.length === 0) return [];
  const parts = await db.$queryRaw<{ submissionId: string; part: string; cause: string | null }[]>`
    SELECT failed.submission_id::text AS "submissionId", failed.part, p.evidence ->> 'cause' AS cause
    FROM (${standing(examId)}) failed
    LEFT JOIN LATERAL (
      SELECT evidence FROM proposed_marks WHERE answer_id = failed.id ORDER BY seq DESC LIMIT 1
    ) p ON failed.outcome = 'failed'
    WHERE NOT failed.marked AND coalesce(failed.outcome, 'failed') = 'failed'
    ORDER BY failed.position`;
  const bySubmission = new Map<string, { part: string; cause: string | null }[]>();
  for (const { submissionId, part, cause } of parts) {
    const ofIt = bySubmission.get(submissionId) ?? [];
    bySubmission.set(submissionId, [...ofIt, { part, cause }]);
  }
  return found
    .map(({ againAt, againBy, ...fault }) => ({
      ...fault,
      parts: bySubmission.get(fault.submissionId) ?? [],
      orderedAgain: againAt === null ? null : { at: againAt, by: againBy },
    }))
    .filter(({ split, parts: failed }) => !split || failed.length > 0);
}

interface AgainRow {
  readonly againAt: Date | null;
  readonly againBy: string | null;
}

async function orderAgain(
  tx: Session,
  { submissionIds, by }: Parameters<Faults['orderAgain']>[0],
): Promise<number> {
  const ordered = await tx.submission.updateManyAndReturn({
    where: { id: { in: submissionIds.filter(isUuid) }, state: 'failed', erasedAt: null },
    data: { state: 'received', stateReason: null, stateChangedAt: new Date() },
    select: { id: true, schemeVersionId: true },
  });
  await tx.outboxJob.createMany({
    data: ordered.map(({ id, schemeVersionId }) => ({
      id: randomUUID(),
      submissionId: id,
      examVersionId: schemeVersionId,
    })),
  });
  await tx.auditEntry.createMany({
    data: ordered.map(({ id }) => ({
      actorId: by,
      action: ORDERED_AGAIN,
      objectType: 'submission',
      objectId: id,
    })),
  });
  return ordered.length;
}

async function giveToPerson(
  tx: Session,
  { submissionId, engineVersion, by }: Parameters<Faults['giveToPerson']>[0],
): Promise<void> {
  if (!isUuid(submissionId)) throw new NotFoundError('submission', submissionId);
  // Work that begins meanwhile waits: whoever is first decides.
  const [submission] = await tx.$queryRaw<{ state: string }[]>`
    SELECT state FROM submissions WHERE id = ${submissionId}::uuid AND erased_at IS NULL FOR UPDATE`;
  if (!submission) throw new NotFoundError('submission', submissionId);
  if (submission.state !== 'failed')
    throw new InvalidRecordError('It has not failed, or is being worked on again. Load the page again.');
  if ((await tx.answer.count({ where: { submissionId } })) > 0)
    throw new InvalidRecordError('It is split into answers already, and with the markers.');
  await saveSplit(tx, {
    submissionId,
    engineVersion,
    // Found, as the document is there, but with no text of its own.
    answers: (await partsOf(tx, submissionId)).map((part) => ({
      part,
      found: true,
      text: '',
      pieces: [],
      confidence: 0,
      reasons: ['A fault of the system kept this document from being split. Mark it by what was handed in.'],
    })),
  });
  await recordAudit(tx, {
    actorId: by,
    action: 'given-to-person',
    objectType: 'submission',
    objectId: submissionId,
  });
}
