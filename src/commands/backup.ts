import { WrongUsage, type Command } from '../command.js';
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
    const { backUpTo } = await import('../serving/backup.js');
    return backUpTo(file, values.data, output);
  },
};
