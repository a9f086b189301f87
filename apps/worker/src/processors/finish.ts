import { ENGINE_VERSION } from '@tensormark/marking';
import type { SubmissionWork } from '@tensormark/queue';
import type { Tools } from './tools.js';

/**
 * Settles the submission's state from what is in the records. Where parts of it were marked by another version of the
 * engine (work ordered before an upgrade), all of it is ordered again, for this version.
 */
export async function finish({ records, log }: Tools, work: SubmissionWork): Promise<void> {
  const { submissionId, schemeHash, engineVersion } = work;
  const { state } = await records.submissions.settle(submissionId, ENGINE_VERSION, schemeHash);
  if (state === 'failed' && engineVersion !== ENGINE_VERSION) {
    log.warn({ submissionId }, 'marked in part by another version of the engine; ordered again');
    await records.outbox.order(submissionId);
  }
}
