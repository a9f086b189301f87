import { constants, setPriority } from 'node:os';
import { openTracing } from '@tensormark/observation';
import { QUEUES, type QueueName } from '@tensormark/queue';
import { waitForDatabase } from '@tensormark/records';
import { startWorker } from '../../apps/worker/src/index.js';
import { WrongUsage, type ExitCode } from '../command.js';
import { workerSettings } from '../machine/settings.js';
import { untilAskedToStop } from '../machine/shutdown.js';
import type { Output } from '../terminal/output.js';

const PATIENCE_MS = 60_000;

/**
 * Takes work until it is asked to stop, from the queues named with commas between them, else from those of the settings.
 *
 * @throws WrongUsage for a queue that there is not
 */
export async function serveQueues(named: string | undefined, output: Output): Promise<ExitCode> {
  const settings = workerSettings(process.env);
  const queues = named === undefined ? (settings.queues ?? QUEUES) : queuesOf(named);
  // Beside an API on the same machine, receipts come before marking.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await waitForDatabase(settings.databaseUrl, { timeoutMs: PATIENCE_MS });
  const running = await startWorker({ ...settings, queues, tracing: openTracing(process.env, 'worker') });
  if (process.channel === undefined) output.say(`The worker takes work: ${queues.join(', ')}.`);
  await untilAskedToStop();
  await running.close();
  return 0;
}

function queuesOf(written: string): readonly QueueName[] {
  return written.split(',').map((name) => {
    const queue = QUEUES.find((each) => each === name.trim());
    if (queue === undefined)
      throw new WrongUsage(`there is no queue "${name.trim()}"; there are ${QUEUES.join(', ')}`);
    return queue;
  });
}
