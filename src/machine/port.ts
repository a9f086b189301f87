import { createServer } from 'node:net';
import { Refused } from '../command.js';

/** Makes sure that a port can be listened on, and says what to do when it cannot. */
export function assertPortIsFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program is using it; is Tensormark running already?'
          : error.code === 'EACCES'
            ? 'this user may not listen there'
            : error.message;
      reject(new Refused(`cannot listen on ${host}:${port}: ${why} Choose another with PORT=… or --port.`));
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
