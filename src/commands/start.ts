import { WrongUsage, type Command } from '../command.js';
import { readArguments } from '../terminal/arguments.js';

export const start: Command = {
  usage: '[--port N] [--data FOLDER] [--no-demonstration]',
  help: `
Starts everything in one process group: a Postgres of its own in the data folder (or the one in DATABASE_URL), the REST
interface with the pages, and a worker; loads the demonstration exam with its sign-ins, unless told not to.
Ctrl-C stops it cleanly; it starts again with its data.

  --port N             listen on this port (default 7600, or PORT)
  --data FOLDER        keep data here (default: the folder "data" of the package, or TENSORMARK_DATA)
  --no-demonstration   neither the demonstration exam nor its sign-ins

DATABASE_URL and REDIS_URL switch to servers of your own. TENSORMARK_BACKEND forces a compute backend: tensorflow,
webgpu, wasm or cpu.`,
  async run(args, output) {
    const { values } = readArguments(args, {
      port: { type: 'string' },
      data: { type: 'string' },
      'no-demonstration': { type: 'boolean' },
    });
    const port = values.port === undefined ? undefined : portOf(values.port);
    const { serveEverything } = await import('../serving/everything.js');
    return serveEverything(
      { port, data: values.data, demonstration: values['no-demonstration'] !== true },
      output,
    );
  },
};

function portOf(written: string): number {
  const port = Number(written);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new WrongUsage(`--port ${written} is no port`);
  return port;
}
