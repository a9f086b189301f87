import { constants, setPriority } from 'node:os';
import { waitForDatabase } from '@tensormark/records';
import { openTracing } from '@tensormark/observation';
import { readSettings, UnusableSettings } from './environment.js';
import { startWorker, type WorkerOptions } from './start-worker.js';

const PATIENCE_MS = 60_000;

function settingsOrExit(): WorkerOptions {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof UnusableSettings)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** Beside an API on the same machine, receipts come before marking. */
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const settings = settingsOrExit();
await waitForDatabase(settings.databaseUrl, { timeoutMs: PATIENCE_MS });
const worker = await startWorker({ ...settings, tracing: openTracing(process.env, 'worker') });

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void worker.close().then(() => process.exit(0));
  });
}
