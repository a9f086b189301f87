/** A Redis for one run of the tests, that keeps nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.mjs';

let server;

/** @returns {Promise<string | undefined>} its address once it answers; undefined where Redis is not installed */
export async function startRedis() {
  const port = await freePort();
  server = spawn(
    'redis-server',
    ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ready = await new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'ENOENT' ? resolve(false) : reject(error)));
    server.once('exit', (code) => reject(new Error(`The Redis for the tests ended with ${code}`)));
    let said = '';
    server.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ready to accept connections')) resolve(true);
    });
  });
  if (!ready) return undefined;
  server.removeAllListeners('exit');
  server.unref(); // The runner ends without waiting for it, and ends it.
  process.once('exit', () => server.kill('SIGKILL'));
  return `redis://127.0.0.1:${port}`;
}

export async function stopRedis() {
  if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.ref(); // Else nothing keeps the runner here, and it ends in the middle of this.
  server.kill('SIGTERM');
  await ended;
}
