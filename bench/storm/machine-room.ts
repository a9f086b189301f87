import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrateQueue } from '@tensormark/queue';
import { migrate, openRecords, startEmbeddedPostgres, type EmbeddedPostgres } from '@tensormark/records';
import { startApi } from '../../apps/api/src/index.js';
import { processorTimeOf } from './processor.js';
import { startRedis } from './redis.js';
import { tokenOf } from './token.js';

const SECRET = 'a secret for benchmarks alone, of sufficient length';
const dist = fileURLToPath(new URL('../../', import.meta.url));

/** What the queue is kept in. */
export type QueueKind = 'postgres' | 'redis';

/** An API, a worker, a Postgres and perhaps a Redis as processes of their own, with an exam and students who have tokens. */
export interface MachineRoom {
  readonly databaseUrl: string;
  readonly tokens: readonly string[];
  url(): string;
  /** Milliseconds of processor time that each has used since it was started last. */
  processorTimes(): Promise<Readonly<Record<'API' | 'worker' | 'Postgres', number>>>;
  /** Ends one of them as by a power cut and starts it again, so many times within the time given. */
  cutPower(times: number, withinMs: number): Promise<void>;
  close(): Promise<void>;
}

export async function openMachineRoom(
  exam: string,
  students: number,
  queue: QueueKind,
): Promise<MachineRoom> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tensormark-storm-'));
  await chmod(dataFolder, 0o755);
  let postgres = await startEmbeddedPostgres({ dataFolder });
  const { databaseUrl } = postgres;
  await migrate(databaseUrl);
  const redis = queue === 'redis' ? await startRedis(await freePort()) : undefined;
  if (redis === undefined) await migrateQueue(databaseUrl);
  const tokens = await furnished(databaseUrl, exam, students);
  const port = await freePort();
  const environment = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl,
    TENSORMARK_SECRET: SECRET,
    TENSORMARK_LOG: 'error',
    TENSORMARK_REQUESTS_PER_MINUTE: '1000000',
    PORT: String(port),
    ...(redis && { REDIS_URL: redis.url }),
  };
  let closing = false;
  const keep = (file: string): (() => ChildProcess) => {
    let child: ChildProcess;
    const launch = (): void => {
      child = fork(join(dist, file), { env: environment, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.once('exit', () => {
        if (!closing) launch();
      });
    };
    launch();
    return () => child;
  };
  const api = keep('apps/api/src/main.js');
  const worker = keep('apps/worker/src/main.js');
  const url = () => `http://127.0.0.1:${port}`;
  await untilReady(url());

  const cuts = [
    async () => void api().kill('SIGKILL'),
    async () => void worker().kill('SIGKILL'),
    async () => {
      postgres = await restarted(postgres, dataFolder);
    },
    ...(redis === undefined ? [] : [() => redis.cutPower()]),
  ];
  return {
    databaseUrl,
    tokens,
    url,
    processorTimes: async () => ({
      API: await processorTimeOf(api().pid ?? 0),
      worker: await processorTimeOf(worker().pid ?? 0),
      Postgres: await processorTimeOf(postgres.pid),
    }),
    cutPower: async (times, withinMs) => {
      for (let cut = 0; cut < times; cut += 1) {
        await pause((withinMs / (times + 1)) * (0.5 + Math.random()));
        await cuts[cut % cuts.length]?.();
      }
    },
    close: async () => {
      closing = true;
      for (const child of [api(), worker()]) {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      await redis?.stop();
      await postgres.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The exam, its examiner, and students with a token each; made straight in the records, as the storm is not about them. */
async function furnished(databaseUrl: string, exam: string, students: number): Promise<string[]> {
  const setUp = await startApi({
    databaseUrl,
    secret: SECRET,
    host: '127.0.0.1',
    port: 0,
    device: { kind: 'none', passedOver: [] },
    logLevel: 'error',
  });
  await setUp.seed(exam);
  await setUp.close();
  await addStudents(databaseUrl, students);
  const records = openRecords({ databaseUrl });
  const tokens: string[] = [];
  for (const user of await records.users.list()) {
    if (!user.email.startsWith('storm-')) continue;
    tokens.push(await tokenOf(records, user.id, ['submit']));
  }
  await records.close();
  return tokens;
}

/** They have no passwords: a strong hash for each of thousands would take longer than the storm. */
async function addStudents(databaseUrl: string, students: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO users (id, name, email)
       SELECT 'storm-' || at, 'Student ' || at, 'storm-' || at || '@example.org' FROM generate_series(1, $1) AS at`,
      [students],
    );
  } finally {
    await client.end();
  }
}

async function restarted(postgres: EmbeddedPostgres, dataFolder: string): Promise<EmbeddedPostgres> {
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.exited;
  return startEmbeddedPostgres({ dataFolder });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

async function untilReady(url: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 200) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok === true) return;
    await pause(200);
  }
  throw new Error('the API did not become ready within a minute');
}
