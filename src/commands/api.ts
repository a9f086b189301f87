import type { Command } from '../command.js';
import { readArguments } from '../terminal/arguments.js';

export const api: Command = {
  usage: '',
  help: `
Serves the REST interface and the pages until it is stopped. DATABASE_URL and TENSORMARK_SECRET must be set; HOST, PORT,
PUBLIC_URL and REDIS_URL may be.`,
  async run(args, output) {
    readArguments(args, {});
    const { serveApi } = await import('../serving/api.js');
    return serveApi(output);
  },
};
