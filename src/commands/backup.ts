import { createWriteStream } from 'node:fs';
import { access, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { backUp } from '@tensormark/records';
import { Refused, WrongUsage, type Command } from '../command.js';
import { defaultDataFolder } from '../machine/data-folder.js';
import { openDatabase } from '../machine/database.js';
import { readSettings } from '../machine/settings.js';
import { readArguments } from '../terminal/arguments.js';

export const backup: Command = {
  usage: 'FILE [--data FOLDER]',
  help: `
Writes everything in the database, as it is at one moment, to a file: exams, documents, marks, people, the audit trail.
Tensormark may go on running meanwhile. The database is that of DATABASE_URL, else the embedded one.
"tensormark restore FILE" puts it back into an empty database.

  --data FOLDER   the data folder of the embedded database (default: as for "tensormark start")

The file holds people's work and names: keep it like the database itself. Not in it are sessions (everybody signs in
anew) and TENSORMARK_SECRET (else the file "secret" in the data folder): keep that apart; without it candidates get new
pseudonyms.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, { data: { type: 'string' } });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new WrongUsage('name one file to write the backup to');
    const path = resolve(file);
    await refuseUnwritable(path);
    const settings = readSettings(process.env);
    const dataFolder = resolve(values.data ?? settings.TENSORMARK_DATA ?? defaultDataFolder());
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
  },
};

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
