import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { migrateQueue } from '@tensormark/queue';
import { BackupError, restore as restoreRecords } from '@tensormark/records';
import { Refused, WrongUsage, type Command } from '../command.js';
import { defaultDataFolder } from '../machine/data-folder.js';
import { openDatabase } from '../machine/database.js';
import { readSettings } from '../machine/settings.js';
import { readArguments } from '../terminal/arguments.js';

export const restore: Command = {
  usage: 'FILE [--data FOLDER]',
  help: `
Puts what "tensormark backup" wrote into an empty database: that of DATABASE_URL, else an embedded one, which is made in
the data folder. All of it comes back or, where the file is damaged, nothing; a database with data in it is refused.
A backup of an earlier version is brought up to date. What was being marked is marked again.

  --data FOLDER   the data folder of the embedded database (default: as for "tensormark start")`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, { data: { type: 'string' } });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new WrongUsage('name one backup to put back');
    const path = resolve(file);
    const there = await stat(path).catch(() => null);
    if (there?.isFile() !== true) throw new Refused(`${path} is not a file`);
    const settings = readSettings(process.env);
    const dataFolder = resolve(values.data ?? settings.TENSORMARK_DATA ?? defaultDataFolder());
    const database = await openDatabase(settings, dataFolder);
    try {
      const { madeAt, tables, ordered } = await restoreRecords(database.databaseUrl, createReadStream(path));
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
  },
};
