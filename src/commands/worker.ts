import { constants, setPriority } from 'node:os';
import { openTracing } from '@tensormark/observation';
import { QUEUES, type QueueName } from '@tensormark/queue';
import { waitForDatabase } from '@tensormark/records';
import { startWorker } from '../../apps/worker/src/index.js';
import { WrongUsage, type Command } from '../command.js';
import { workerSettings } from '../machine/settings.js';
import { untilAskedToStop } from '../machine/shutdown.js';
import { readArguments } from '../terminal/arguments.js';

const PATIENCE_MS = 60_000;

export const worker: Command = {
  usage: '[--queues marking,execution]',
  help: `
Takes work from the queues until it is stopped. DATABASE_URL names the database; REDIS_URL moves the queues to Redis;
TENSORMARK_CONCURRENCY says how many parts are marked at once. Start as many as you like, on as many machines.

  --queues marking     what to take: marking (splitting, marking, finishing), execution (running the networks of code
                       answers, one at a time), or both, which is the default and what TENSORMARK_QUEUES sets

On machines with a GPU: tensormark worker --queues execution; elsewhere: tensormark worker --queues marking.
TENSORMARK_BACKEND forces a compute backend: tensorflow, webgpu, wasm or cpu.`,
  async run(args, output) {
    const { values } = readArguments(args, { queues: { type: 'string' } });
    const settings = workerSettings(process.env);
    const queues = values.queues === undefined ? (settings.queues ?? QUEUES) : queuesOf(values.queues);
    // Beside an API on the same machine, receipts come before marking.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    await waitForDatabase(settings.databaseUrl, { timeoutMs: PATIENCE_MS });
    const running = await startWorker({ ...settings, queues, tracing: openTracing(process.env, 'worker') });
    if (process.channel === undefined) output.say(`The worker takes work: ${queues.join(', ')}.`);
    await untilAskedToStop();
    await running.close();
    return 0;
  },
};

function queuesOf(written: string): readonly QueueName[] {
  return written.split(',').map((name) => {
    const queue = QUEUES.find((each) => each === name.trim());
    if (queue === undefined)
      throw new WrongUsage(`there is no queue "${name.trim()}"; there are ${QUEUES.join(', ')}`);
    return queue;
  });
}
