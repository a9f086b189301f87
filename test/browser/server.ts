import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runningEmbeddedPostgres } from '@tensormark/records';
import pg from 'pg';
import { freePort } from '../database/free-port.mjs';
import { createTestDatabase } from '../database/test-database.js';

export type Role = 'student' | 'marker' | 'examiner';

export interface Server {
  readonly url: string;
  /** For looking behind the scenes, and for breaking what no page can break. */
  query(sql: string): Promise<void>;
  stop(): Promise<void>;
}

const MAIN = resolve(process.env['TENSORMARK_MAIN'] ?? 'dist/src/main.js');
const PAGES = join(dirname(dirname(MAIN)), 'web', 'index.html');
const PATIENCE_MS = 90_000;

/**
 * The whole of Tensormark as `npm start` gives it: API, worker and pages, with the demonstration. Its database is one of
 * the test run's Postgres, which takes a third of the time; or it has a Postgres of its own, as it comes.
 */
export async function startServer(postgres: 'shared' | 'embedded' = 'shared'): Promise<Server> {
  // Without its pages it starts all the same, and each test would wait for them in vain.
  for (const built of [MAIN, PAGES])
    if (!existsSync(built)) throw new Error(`${built} is not there. Build first: npm run build`);
  const folder = await mkdtemp(join(tmpdir(), 'tensormark-browser-'));
  await chmod(folder, 0o755); // Postgres runs as another user when we are root.
  const database = postgres === 'shared' ? await createTestDatabase() : undefined;
  const cleanUp = async (): Promise<void> => {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  };
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [MAIN, 'start', '--port', String(port), '--data', join(folder, 'data')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATABASE_URL: database?.databaseUrl ?? '',
        REDIS_URL: '',
        HOST: '127.0.0.1',
      },
    },
  );
  try {
    await untilReady(child);
  } catch (error) {
    await stopped(child);
    await cleanUp();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    query: async (sql) => {
      const embedded = await runningEmbeddedPostgres(join(folder, 'data'));
      const client = new pg.Client(database?.databaseUrl ?? embedded ?? '');
      await client.connect();
      try {
        await client.query(sql);
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      await stopped(child);
      await cleanUp();
    },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    const giveUp = setTimeout(
      () => fail(new Error(`Not ready after ${PATIENCE_MS / 1000} s. It said:\n${said}`)),
      PATIENCE_MS,
    );
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes('Ctrl-C stops it')) return;
      clearTimeout(giveUp);
      done();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(giveUp);
      fail(new Error(`It ended with ${code} before it was ready. It said:\n${said}`));
    });
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    const kill = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.once('exit', () => {
      clearTimeout(kill);
      done();
    });
    child.kill('SIGTERM');
  });
}
