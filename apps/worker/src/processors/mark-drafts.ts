import { ENGINE_VERSION } from '@tensormark/marking';
import type { UnmarkedByDraft } from '@tensormark/records';
import { partFailed } from './failures.js';
import { markPart } from './mark-part.js';
import { runPart } from './run-part.js';
import type { Tools } from './tools.js';

const BATCH = 64;
const ATTEMPTS = 3;

/**
 * Marks what drafts of changed schemes have yet to mark, so that an examiner sees what they would change. Which answers those
 * are stands in the records: any number of workers may do this, and whatever is interrupted goes on where it was.
 */
export function draftMarking(tools: Tools, concurrency: number): (stopping: AbortSignal) => Promise<void> {
  return async (stopping) => {
    for (;;) {
      const batch = await tools.records.schemeDrafts.unmarked(BATCH);
      if (batch.length === 0) return;
      const waiting = [...batch];
      await Promise.all(
        Array.from({ length: concurrency }, async () => {
          for (let next = waiting.pop(); next !== undefined && !stopping.aborted; next = waiting.pop()) {
            await markOne(tools, next, stopping);
          }
        }),
      );
      if (stopping.aborted) return;
    }
  };
}

async function markOne(tools: Tools, answer: UnmarkedByDraft, stopping: AbortSignal): Promise<void> {
  // Whether anything is to be run says its part of the draft; what was run before is not run again.
  const work = { ...answer, engineVersion: ENGINE_VERSION, needsRun: true };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const context = { attempt, maxAttempts: ATTEMPTS, signal: stopping };
      await runPart(tools, work, context);
      await markPart(tools, work, context);
      return;
    } catch (error) {
      if (stopping.aborted) return;
      if (attempt < ATTEMPTS) continue;
      await partFailed(tools, work, String(error));
      return;
    }
  }
}
