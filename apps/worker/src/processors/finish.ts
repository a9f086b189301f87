import { ENGINE_VERSION } from '@tensormark/marking';
import type { RunContext, SubmissionWork } from '@tensormark/queue';
import { markPart } from './mark-part.js';
import { orderFor } from './run-order.js';
import type { Tools } from './tools.js';

/**
 * Settles the submission's state from what is in the records. Where parts of it were marked by another version of the
 * engine (work ordered before an upgrade), or its scheme was changed meanwhile, all of it is ordered again, for what holds now.
 */
export async function finish(tools: Tools, work: SubmissionWork, run: RunContext): Promise<void> {
  const { records, log } = tools;
  const { submissionId, schemeHash, engineVersion } = work;
  // It could not be split: whoever is told of that failure knows why, which cannot be worked out from the rows.
  if ((await records.answers.ofSubmission(submissionId)).length === 0) return;
  // What a person changed after its part had been marked: the order for it found this work under way.
  let toRun = false;
  for (const answer of await records.answers.unproposed(submissionId, ENGINE_VERSION, schemeHash)) {
    const { id: answerId, part, readingId } = answer;
    const partWork = { ...work, part, answerId, readingId, needsRun: true };
    const ordered = await orderFor(tools, partWork, answer);
    // Its network has to be run first, by an order of its own: the queue takes it as soon as this one has ended.
    if (ordered !== null && (await records.networkRuns.settling(ordered.hash)) === null) {
      toRun = true;
      continue;
    }
    await markPart(tools, { ...partWork, needsRun: ordered !== null }, run);
  }
  const settled = await records.submissions.settle(submissionId, ENGINE_VERSION, schemeHash);
  const { state, schemeVersionId } = settled;
  if (toRun) {
    log.info({ submissionId }, 'an answer was changed while its network was run; ordered again');
    await records.outbox.order(submissionId);
  }
  if (schemeVersionId !== work.examVersionId && (await hashOf(records, schemeVersionId)) !== schemeHash) {
    log.info({ submissionId }, 'its scheme was changed while it was marked; ordered again');
    await records.outbox.order(submissionId);
  }
  if (state === 'failed' && engineVersion !== ENGINE_VERSION) {
    log.warn({ submissionId }, 'marked in part by another version of the engine; ordered again');
    await records.outbox.order(submissionId);
  }
}

async function hashOf(records: Tools['records'], examVersionId: string): Promise<string> {
  return (await records.exams.version(examVersionId)).schemeHash;
}
