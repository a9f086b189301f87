import { createServer } from 'node:net';
import { EmbeddedPostgresError } from './errors.js';

/** Where the server is to be reached: a port of 127.0.0.1 (any free one when left out) or a Unix socket. */
export type Listening = { readonly port?: number } | { readonly socketFolder: string };

export const HOST = '127.0.0.1';

/** The port to listen on. An explicit one that is taken is refused, else the one of last time or a free one is chosen. */
export async function choosePort(wanted: number | undefined, lastTime: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if ((await portTaken(wanted)) === null) return wanted;
    throw portTakenError(wanted);
  }
  if (lastTime !== undefined && (await portTaken(lastTime)) === null) return lastTime;
  return freePort();
}

export function portTakenError(port: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'port-taken',
    `Port ${port} of ${HOST}, where Postgres was to listen, is taken by another program. ` +
      'Stop that one, choose another port, or give none to have a free one chosen.',
  );
}

async function portTaken(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    probe.listen({ port, host: HOST, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: HOST, exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
