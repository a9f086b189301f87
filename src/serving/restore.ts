import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { migrateQueue } from '@tensormark/queue';
import { BackupError, restore } from '@tensormark/records';
import { Refused, type ExitCode } from '../command.js';
import { defaultDataFolder } from '../machine/data-folder.js';
import { openDatabase } from '../machine/database.js';
import { readSettings } from '../machine/settings.js';
import type { Output } from '../terminal/output.js';

/**
 * Puts a backup into the empty database of the settings, or else into an embedded one in the data folder.
 *
 * @throws Refused for what is no backup, or a database that is not empty
 */
export async function restoreFrom(file: string, data: string | undefined, output: Output): Promise<ExitCode> {
  const path = resolve(file);
  const there = await stat(path).catch(() => null);
  if (there?.isFile() !== true) throw new Refused(`${path} is not a file`);
  const settings = readSettings(process.env);
  const dataFolder = resolve(data ?? settings.TENSORMARK_DATA ?? defaultDataFolder());
  const database = await openDatabase(settings, dataFolder);
  try {
    const { madeAt, tables, ordered } = await restore(database.databaseUrl, createReadStream(path));
    await migrateQueue(database.databaseUrl);
    const rows = (name: string) => tables.find((table) => table.name === name)?.rows ?? 0;
    output.write(
      `Restored ${path}, made at ${madeAt.toISOString()}, into ${database.where}:\n` +
        `  ${rows('exams')} exams, ${rows('submissions')} submissions, ${rows('marks')} marks, ${rows('users')} people.\n` +
        (ordered === 0 ? '' : `  ${ordered} submissions were being marked and will be marked again.\n`),
    );
    return 0;
  } catch (error) {
    if (error instanceof BackupError) throw new Refused(`${path}: ${error.message}`);
    throw error;
  } finally {
    await database.close();
  }
}
