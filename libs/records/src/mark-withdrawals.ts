import { recordAudit } from './audit.js';
import { mustBeFreeFor } from './conflicts.js';
import { isUuid, type Session, storable } from './database.js';
import { InvalidRecordError, MarkConflictError, NotFoundError } from './errors.js';
import { lastWordOn } from './mark.js';
import { latestRelease, oneAtATime } from './releases.js';
import { lockAnswer, mustBeOpenTo, standingTwice } from './second-marking.js';

export interface WithdrawnMark {
  readonly answerId: string;
  /** The one that stands, which the marker was looking at. */
  readonly markId: string;
  readonly by: string;
  /** May be empty: what was given by mistake says enough. */
  readonly why: string;
}

/** See Marks.withdraw. */
export async function withdrawMark(tx: Session, { answerId, markId, by, why }: WithdrawnMark): Promise<void> {
  const place = isUuid(answerId)
    ? await tx.answer.findUnique({
        where: { id: answerId },
        select: { submissionId: true, submission: { select: { examId: true } } },
      })
    : null;
  if (!place) throw new NotFoundError('answer', answerId);
  await mustBeFreeFor(tx, by, answerId);
  // No mark is released while it is taken back.
  await oneAtATime(tx, place.submission.examId);
  await lockAnswer(tx, answerId);
  const { latest, standing } = await lastWordOn(tx, answerId);
  if (standing === null || standing.id !== markId) {
    const ofAnswer = isUuid(markId) && (await tx.mark.findFirst({ where: { id: markId, answerId } }));
    if (latest === null || !ofAnswer) throw new NotFoundError('mark', markId);
    throw new MarkConflictError(answerId, standing);
  }
  await mustBeOpenTo(tx, by, answerId);
  const { marking } = await standingTwice(tx, answerId);
  if (marking !== null && marking.second !== null)
    throw new InvalidRecordError(
      'Two people have marked this answer. What they came to is changed, not taken back: set the mark that should stand.',
    );
  if ((await latestRelease(tx, place.submissionId))?.action === 'released')
    throw new InvalidRecordError(
      'This mark is released: its student has it. Change it and release again, or hide the result first and take the mark back then.',
    );
  const row = await tx.markWithdrawal.create({ data: { markId, byId: by, why: storable(why.trim()) } });
  await recordAudit(tx, {
    actorId: by,
    action: 'mark-withdrawn',
    objectType: 'answer',
    objectId: answerId,
    details: { markId, withdrawalId: row.id, marks: standing.marks, setById: standing.setById, why },
  });
}
