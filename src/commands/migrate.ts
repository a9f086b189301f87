import type { Command } from '../command.js';
import { readArguments } from '../terminal/arguments.js';

export const migrate: Command = {
  usage: '',
  help: `
Applies what is missing to the database in DATABASE_URL, and says what it applied. Safe to run twice, and at once in
several places. "tensormark start" does it by itself.`,
  async run(args, output) {
    readArguments(args, {});
    const { bringUpToDate } = await import('../serving/migrate.js');
    return bringUpToDate(output);
  },
};
