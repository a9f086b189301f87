import { ENGINE_VERSION } from '@tensormark/marking';
import type { PartWork, SubmissionWork } from '@tensormark/queue';
import { NotFoundError } from '@tensormark/records';
import { causeOf } from './causes.js';
import type { Tools } from './tools.js';

/** What a person is told; the reason itself goes to the log and to the list of dead letters. */
const inWords = (reason: string) =>
  `A fault of the system, not of the answers, stopped the work on this document: ${causeOf(reason)}. It can be run again.`;

/** A part that could not be marked, for a fault of ours: never a mark. */
export async function partFailed({ records, log }: Tools, work: PartWork, reason: string): Promise<void> {
  const { answerId, examVersionId, schemeHash, submissionId, part } = work;
  log.error({ submissionId, part, reason }, 'a part could not be marked');
  const { readingId } = await records.answers.get(answerId);
  await records.proposedMarks.save({
    answerId,
    readingId,
    engineVersion: ENGINE_VERSION,
    examVersionId,
    schemeHash,
    outcome: 'failed',
    marks: null,
    doubt: 1,
    evidence: { reason, cause: causeOf(reason) },
  });
}

export async function submissionFailed(
  { records, log }: Tools,
  work: SubmissionWork,
  reason: string,
): Promise<void> {
  const { submissionId } = work;
  log.error({ submissionId, reason }, 'a submission could not be worked on');
  try {
    await records.submissions.setState(submissionId, 'failed', inWords(reason));
  } catch (error) {
    // Nothing to fail: the submission is of a database that this queue has outlived.
    if (!(error instanceof NotFoundError)) throw error;
  }
}
