import { migrate as migrateRecords, waitForDatabase } from '@tensormark/records';
import { migrateQueue } from '@tensormark/queue';
import type { Command } from '../command.js';
import { readSettings, required } from '../machine/settings.js';
import { readArguments } from '../terminal/arguments.js';

const PATIENCE_MS = 30_000;

export const migrate: Command = {
  usage: '',
  help: `
Applies what is missing to the database in DATABASE_URL, and says what it applied. Safe to run twice, and at once in
several places. "tensormark start" does it by itself.`,
  async run(args, output) {
    readArguments(args, {});
    const databaseUrl = required(readSettings(process.env), 'DATABASE_URL');
    await waitForDatabase(databaseUrl, { timeoutMs: PATIENCE_MS });
    const { applied } = await migrateRecords(databaseUrl);
    await migrateQueue(databaseUrl);
    output.write(
      applied.length === 0 ? 'The database was up to date.\n' : `Applied ${applied.join(', ')}.\n`,
    );
    return 0;
  },
};
