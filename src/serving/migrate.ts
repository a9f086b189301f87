import { migrateQueue } from '@tensormark/queue';
import { migrate, waitForDatabase } from '@tensormark/records';
import type { ExitCode } from '../command.js';
import { readSettings, required } from '../machine/settings.js';
import type { Output } from '../terminal/output.js';

const PATIENCE_MS = 30_000;

/** Applies what is missing to the database of the settings, and says what that was. */
export async function bringUpToDate(output: Output): Promise<ExitCode> {
  const databaseUrl = required(readSettings(process.env), 'DATABASE_URL');
  await waitForDatabase(databaseUrl, { timeoutMs: PATIENCE_MS });
  const { applied } = await migrate(databaseUrl);
  await migrateQueue(databaseUrl);
  output.write(applied.length === 0 ? 'The database was up to date.\n' : `Applied ${applied.join(', ')}.\n`);
  return 0;
}
