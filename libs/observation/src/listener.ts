import { createServer, type ServerResponse } from 'node:http';
import type { Metrics } from './metrics.js';

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly metrics: Metrics;
  /** Rejects while the process cannot do its work. */
  readonly ready: () => Promise<unknown>;
}

/**
 * Answers `/metrics`, `/health/live` and `/health/ready` on a port of its own, apart from the one that people reach. Rejects
 * when the port is taken.
 */
export async function listenForObservers(options: ListenerOptions): Promise<Listener> {
  const answers = new Map<string, (response: ServerResponse) => Promise<void>>([
    ['/health/live', async (response) => say(response, 200, 'text/plain', 'live\n')],
    ['/health/ready', (response) => ready(response, options)],
    ['/metrics', (response) => exposed(response, options)],
  ]);
  const server = createServer((request, response) => {
    const answer = answers.get(new URL(request.url ?? '/', 'http://observed').pathname);
    if (answer === undefined)
      return say(response, 404, 'text/plain', 'There is /metrics here, and /health.\n');
    if (request.method !== 'GET') return say(response, 405, 'text/plain', 'Only GET is answered.\n');
    void answer(response).catch(() => response.destroy());
  });
  server.headersTimeout = 5000;
  server.requestTimeout = 5000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function ready(response: ServerResponse, { ready: isReady }: ListenerOptions): Promise<void> {
  const answers = await isReady().then(
    () => true,
    () => false,
  );
  if (answers) say(response, 200, 'text/plain', 'ready\n');
  else say(response, 503, 'text/plain', 'The database does not answer.\n');
}

async function exposed(response: ServerResponse, { metrics }: ListenerOptions): Promise<void> {
  const { contentType, content } = await metrics.text();
  say(response, 200, contentType, content);
}

function say(response: ServerResponse, status: number, contentType: string, content: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(content);
}
