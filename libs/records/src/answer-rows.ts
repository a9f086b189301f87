import { createHash } from 'node:crypto';
import { type Answer, answerOf, LATEST_READING, type SplitAnswer } from './answer.js';
import { isUuid, type Session, storable, toJson } from './database.js';
import { NotFoundError } from './errors.js';

/** In the order of the paper; empty before splitting. */
export async function ofSubmission(session: Session, submissionId: string): Promise<readonly Answer[]> {
  const parts = await partsOf(session, submissionId);
  const rows = await session.answer.findMany({ where: { submissionId }, include: LATEST_READING });
  return rows
    .flatMap((row) => answerOf(row) ?? [])
    .toSorted((one, other) => parts.indexOf(one.part) - parts.indexOf(other.part));
}

/** The parts of the submission's exam version, in the order of the paper. */
export async function partsOf(session: Session, submissionId: string): Promise<readonly string[]> {
  const submission = isUuid(submissionId)
    ? await session.submission.findUnique({
        where: { id: submissionId },
        select: {
          schemeVersion: { select: { parts: { orderBy: { position: 'asc' }, select: { part: true } } } },
        },
      })
    : null;
  if (!submission) throw new NotFoundError('submission', submissionId);
  return submission.schemeVersion.parts.map(({ part }) => part);
}

export function hashOf({ found, text, pieces, confidence, reasons }: SplitAnswer): string {
  return createHash('sha256')
    .update(JSON.stringify([found, storable(text), pieces, confidence, reasons]))
    .digest('hex');
}

export function columnsOf({ found, text, pieces, confidence, reasons }: SplitAnswer) {
  return { found, text: storable(text), pieces: toJson(pieces), confidence, reasons: reasons.map(storable) };
}
