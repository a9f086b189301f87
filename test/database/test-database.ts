import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateQueue } from '@tensormark/queue';
import { migrate } from '@tensormark/records';
import pg from 'pg';

/** A database of one's own, with all tables and nothing in them. */
export interface TestDatabase {
  readonly databaseUrl: string;
  /** For looking behind the scenes, and for what no room offers. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Cuts off whoever is still connected and takes the database away. */
  drop(): Promise<void>;
}

const TEMPLATE = 'tensormark_template';
/** Advisory lock under which the template is made: "TEST" in ASCII. */
const LOCK = 0x54455354;

/**
 * Makes a database for one test file: call it in `beforeAll`, `drop` it in `afterAll`. The server is started for the
 * first one of a run (about a second and a half); each further database is a copy of a template (about 50 ms).
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(`${server}/postgres`, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(server, client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  const databaseUrl = `${server}/${name}`;
  return {
    databaseUrl,
    query: (sql, values = []) =>
      withClient(databaseUrl, async (client) => (await client.query(sql, [...values])).rows),
    drop: () =>
      withClient(`${server}/postgres`, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** An empty database without any tables. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  const databaseUrl = `${server}/${name}`;
  await withClient(`${server}/postgres`, (client) => client.query(`CREATE DATABASE ${name}`));
  return {
    databaseUrl,
    query: (sql, values = []) =>
      withClient(databaseUrl, async (client) => (await client.query(sql, [...values])).rows),
    drop: () =>
      withClient(`${server}/postgres`, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

async function makeTemplate(server: string, client: pg.Client): Promise<void> {
  const unfinished = `${TEMPLATE}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  await migrate(`${server}/${unfinished}`);
  await migrateQueue(`${server}/${unfinished}`);
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${TEMPLATE}`);
}

/** Starts the server when no other test of this run has; waits until it is there. */
async function serverUrl(): Promise<string> {
  const folder = process.env.TENSORMARK_TEST_DATABASE;
  const runner = process.env.TENSORMARK_TEST_RUNNER;
  if (folder === undefined || runner === undefined) {
    throw new Error('jest.config.mjs must name test/global-setup.mjs as its globalSetup.');
  }
  const first = await open(join(folder, 'started'), 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    return null;
  });
  if (first) {
    await first.close();
    const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url));
    spawn(process.execPath, [keeper, folder, runner], { detached: true, stdio: 'ignore' }).unref();
  }
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const url = await readFile(join(folder, 'url'), 'utf8').catch(() => null);
    if (url !== null) return url;
    const failed = await readFile(join(folder, 'failed'), 'utf8').catch(() => null);
    if (failed !== null) throw new Error(failed);
    await new Promise((wake) => setTimeout(wake, 25));
  }
  throw new Error('The Postgres for the tests did not start within a minute.');
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
