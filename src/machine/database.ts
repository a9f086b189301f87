import {
  EmbeddedPostgresError,
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
  waitForDatabase,
} from '@tensormark/records';
import { Refused } from '../command.js';
import type { Settings } from './settings.js';

const PATIENCE_MS = 30_000;

export interface OpenDatabase {
  readonly databaseUrl: string;
  /** In words, without a password. */
  readonly where: string;
  close(): Promise<void>;
}

/**
 * The database that commands work on: that of DATABASE_URL, else the embedded one of the data folder, which is started for
 * as long as it takes unless "tensormark start" runs it already. Throws Refused.
 */
export async function openDatabase(settings: Settings, dataFolder: string): Promise<OpenDatabase> {
  if (settings.DATABASE_URL !== undefined) {
    await waitForDatabase(settings.DATABASE_URL, { timeoutMs: PATIENCE_MS });
    const where = 'the database of DATABASE_URL';
    return { databaseUrl: settings.DATABASE_URL, where, close: async () => undefined };
  }
  const where = `the database in ${dataFolder}`;
  try {
    const postgres = await startEmbeddedPostgres({ dataFolder });
    return { databaseUrl: postgres.databaseUrl, where, close: () => postgres.stop() };
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError)) throw error;
    const running = error.code === 'in-use' ? await runningEmbeddedPostgres(dataFolder) : null;
    if (running === null) throw new Refused(error.message);
    return { databaseUrl: running, where, close: async () => undefined };
  }
}
