import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis that appends each change to a file, as docker-compose.yml has it. */
export interface RedisServer {
  readonly url: string;
  /** Ends it with SIGKILL and starts it again on what its file has. */
  cutPower(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws where redis-server is not installed */
export async function startRedis(port: number): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tensormark-storm-redis-'));
  const address = ['--bind', '127.0.0.1', '--port', String(port)];
  const kept = ['--dir', folder, '--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'];
  const launch = async (): Promise<ChildProcess> => {
    const child = spawn('redis-server', [...address, ...kept], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((ready, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`redis-server ended with ${code}`)));
      child.stdout.on('data', (said: Buffer) => {
        if (said.includes('Ready to accept connections')) ready();
      });
    });
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  let server = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    cutPower: async () => {
      await kill(server);
      server = await launch();
    },
    stop: async () => {
      await kill(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
