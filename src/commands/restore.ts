import { WrongUsage, type Command } from '../command.js';
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
    const { restoreFrom } = await import('../serving/restore.js');
    return restoreFrom(file, values.data, output);
  },
};
