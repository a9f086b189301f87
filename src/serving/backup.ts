import { createWriteStream } from 'node:fs';
import { access, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { backUp } from '@tensormark/records';
import { Refused, type ExitCode } from '../command.js';
import { defaultDataFolder } from '../machine/data-folder.js';
import { openDatabase } from '../machine/database.js';
import { readSettings } from '../machine/settings.js';
import type { Output } from '../terminal/output.js';

/**
 * Writes all records to a file, of the database in the settings or else of the embedded one in the data folder.
 *
 * @throws Refused where the file cannot be written, or there is no database
 */
export async function backUpTo(file: string, data: string | undefined, output: Output): Promise<ExitCode> {
  const path = resolve(file);
  await refuseUnwritable(path);
  const settings = readSettings(process.env);
  const dataFolder = resolve(data ?? settings.TENSORMARK_DATA ?? defaultDataFolder());
  if (settings.DATABASE_URL === undefined) await refuseNoDatabase(dataFolder);
  const database = await openDatabase(settings, dataFolder);
  const unfinished = `${path}.unfinished`;
  try {
    const into = createWriteStream(unfinished, { mode: 0o600, flush: true });
    const { tables } = await backUp(database.databaseUrl, into, new Date());
    await rename(unfinished, path);
    await flushFolder(dirname(path));
    const rows = (name: string) => tables.find((table) => table.name === name)?.rows ?? 0;
    const { size } = await stat(path);
    output.write(
      `Backed up ${database.where} to ${path} (${size.toLocaleString('en')} bytes):\n` +
        `  ${rows('exams')} exams, ${rows('submissions')} submissions, ${rows('marks')} marks, ${rows('users')} people.\n`,
    );
    return 0;
  } finally {
    await rm(unfinished, { force: true });
    await database.close();
  }
}

async function refuseUnwritable(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there !== null) throw new Refused(`${path} is there already; a backup is never overwritten`);
  await access(dirname(path)).catch(() => {
    throw new Refused(`the folder ${dirname(path)} is not there; make it first`);
  });
}

async function refuseNoDatabase(dataFolder: string): Promise<void> {
  const cluster = await stat(join(dataFolder, 'postgres')).catch(() => null);
  if (cluster === null) {
    throw new Refused(
      `there is no database in ${dataFolder}; name its data folder with --data, or set DATABASE_URL`,
    );
  }
}

/** The new name is durable once its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
