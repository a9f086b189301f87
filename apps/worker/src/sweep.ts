import { setTimeout } from 'node:timers/promises';
import { ENGINE_VERSION } from '@tensormark/marking';
import type { MarkingJobs } from '@tensormark/queue';
import type { Records } from '@tensormark/records';
import type { Log } from './log.js';

const DISPATCH_MS = 1000;
const RECOVER_MS = 60_000;
const DRAFTS_MS = 2000;
const RELEASES_MS = 5000;
/** A submission that is not settled after this long has lost its job, whatever became of it. */
const UNSETTLED_MS = 10 * 60_000;
const ERASE_MS = 10 * 60_000;
const DAY_MS = 24 * 3600_000;

export interface Sweep {
  stop(): Promise<void>;
}

/**
 * Takes orders from the records to the queue, from the start and every few seconds, and writes orders again whose jobs
 * are gone; releases marks when their time has come; and erases work whose time of keeping is over, where one is set. It makes the queue a convenience: what counts is in the records.
 */
export function startSweep(
  records: Records,
  queue: MarkingJobs,
  log: Log,
  retentionDays: number | undefined,
  /** Marks what drafts of changed schemes have yet to mark, until it is told to stop. */
  markByDrafts: (stopping: AbortSignal) => Promise<void>,
): Sweep {
  const loops = [
    loop(DISPATCH_MS, log, async () => {
      await records.outbox.dispatch(({ submissionId, examVersionId, schemeHash }) =>
        queue.ensure({ submissionId, examVersionId, schemeHash, engineVersion: ENGINE_VERSION }),
      );
    }),
    loop(RECOVER_MS, log, async () => {
      const recovered = await records.outbox.recover({ unsettledForMs: UNSETTLED_MS });
      if (recovered > 0) log.warn({ recovered }, 'submissions had lost their jobs and were ordered again');
    }),
    loop(RELEASES_MS, log, async () => {
      const exams = await records.releasePlans.carryOut();
      if (exams.length > 0) log.info({ exams }, 'released marks as planned');
    }),
    ...(retentionDays === undefined
      ? []
      : [
          loop(ERASE_MS, log, async () => {
            const before = new Date(Date.now() - retentionDays * DAY_MS);
            const { submissions } = await records.erasures.before(before);
            if (submissions > 0) log.info({ submissions }, 'erased work whose time of keeping is over');
          }),
        ]),
  ];
  loops.push(loop(DRAFTS_MS, log, markByDrafts));
  return {
    stop: async () => {
      await Promise.all(loops.map((each) => each.stop()));
    },
  };
}

/** Does something at once and then again and again, a pause between; a fault is logged and the next round tries. */
function loop(pauseMs: number, log: Log, round: (stopping: AbortSignal) => Promise<void>): Sweep {
  const stopping = new AbortController();
  const running = rounds(pauseMs, log, round, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function rounds(
  pauseMs: number,
  log: Log,
  round: (stopping: AbortSignal) => Promise<void>,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    try {
      await round(stopping);
    } catch (error) {
      log.warn({ err: error }, 'a sweep failed; the next one tries again');
    }
    // Rejects when stopping, which is the reason to look at the condition again.
    await setTimeout(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
