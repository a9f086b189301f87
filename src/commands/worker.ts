import { constants, setPriority } from 'node:os';
import { openTracing } from '@tensormark/observation';
import { waitForDatabase } from '@tensormark/records';
import { startWorker } from '../../apps/worker/src/index.js';
import type { Command } from '../command.js';
import { observersIn, readSettings, required } from '../machine/settings.js';
import { untilAskedToStop } from '../machine/shutdown.js';
import { readArguments } from '../terminal/arguments.js';

const PATIENCE_MS = 60_000;

export const worker: Command = {
  usage: '',
  help: `
Takes work from the queue until it is stopped. DATABASE_URL names the database; REDIS_URL moves the queue to Redis;
TENSORMARK_CONCURRENCY says how many parts are marked at once. Start as many as you like, on as many machines.`,
  async run(args, output) {
    readArguments(args, {});
    const settings = readSettings(process.env);
    const databaseUrl = required(settings, 'DATABASE_URL');
    // Beside an API on the same machine, receipts come before marking.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    await waitForDatabase(databaseUrl, { timeoutMs: PATIENCE_MS });
    const running = await startWorker({
      databaseUrl,
      ...observersIn(settings),
      tracing: openTracing(process.env, 'worker'),
      ...(settings.REDIS_URL === undefined ? {} : { redisUrl: settings.REDIS_URL }),
      ...(settings.TENSORMARK_CONCURRENCY === undefined
        ? {}
        : { concurrency: settings.TENSORMARK_CONCURRENCY }),
    });
    if (process.channel === undefined) output.say('The worker takes work.');
    await untilAskedToStop();
    await running.close();
    return 0;
  },
};
