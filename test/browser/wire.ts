import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';

/** A line between a browser and the server, for a browser context's `proxy`: slow, and it can be lost. */
export interface Wire {
  readonly proxy: { readonly server: string; readonly bypass: string };
  /** From now on nothing goes through and nothing is refused either, as where one walks out of reach. */
  lose(): void;
  /** What hung is cut, and new requests go through. */
  mend(): void;
  close(): Promise<void>;
}

export async function slowWire(bytesPerSecond: number): Promise<Wire> {
  let lost = false;
  const open = new Set<IncomingMessage>();
  const server = createServer((asked, answer) => {
    open.add(asked);
    asked.once('close', () => open.delete(asked));
    if (!lost) pass(asked, answer);
  });
  function pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, headers } = asked;
    const onwards = request(asked.url ?? '', { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onwards.on('error', () => answer.destroy());
    answer.on('close', () => onwards.destroy());
    asked
      .pipe(
        new Transform({
          transform(chunk: Buffer, _encoding, done) {
            if (lost) return; // Never goes on: the sender's buffers fill, and nothing moves.
            setTimeout(() => done(null, chunk), (1000 * chunk.length) / bytesPerSecond);
          },
        }),
      )
      .pipe(onwards);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' },
    lose: () => {
      lost = true;
    },
    mend: () => {
      lost = false;
      for (const each of open) each.socket.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
