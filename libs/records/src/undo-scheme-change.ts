import { recordAudit } from './audit.js';
import { type Session, storable } from './database.js';
import { InvalidRecordError } from './errors.js';
import { LATEST } from './exams.js';
import { STANDING } from './mark.js';
import { appendMark } from './marks.js';
import { writeOrder } from './outbox.js';
import { type SchemeChange, schemeChange } from './scheme-change.js';
import { lockExam } from './scheme-drafts.js';
import { copyVersion, refuseTooMuch, restate } from './scheme-in-force.js';

/** What is undone, why and by whom. */
export interface UndoingScheme {
  readonly changeId: string;
  readonly why: string;
  readonly by: string;
}

/** See SchemeChanges.undo. */
export async function undoScheme(tx: Session, { changeId, why, by }: UndoingScheme): Promise<SchemeChange> {
  if (why.trim() === '') throw new InvalidRecordError('Say why the change is undone.');
  const { examId } = await schemeChange(tx, changeId);
  await lockExam(tx, examId);
  const change = await schemeChange(tx, changeId);
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
  return schemeChange(tx, undone.id);
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
