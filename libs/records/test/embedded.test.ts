import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { transformFile } from '@swc/core';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '@tensormark/records';
import pg from 'pg';
import { freePort } from '../../../test/database/free-port.mjs';

const SOURCES = fileURLToPath(new URL('../src/embedded/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

describe('embedded Postgres', () => {
  let folder: string;
  let dataFolder: string;
  const started: EmbeddedPostgres[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tensormark-embedded-'));
    await chmod(folder, 0o755); // The server's account has to pass through when the tests run as root.
    dataFolder = join(folder, 'data');
    // Made once; each test starts it again with what is there.
    const server = await startEmbeddedPostgres({ dataFolder });
    await query(server.databaseUrl, 'CREATE TABLE kept (n int PRIMARY KEY)');
    await server.stop();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.stop()));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const start = async (options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataFolder, ...options });
    started.push(server);
    return server;
  };

  it('what-was-stored-is-there-after-stopping-and-starting', async () => {
    const first = await start();
    await keep(first.databaseUrl, 1);
    await first.stop();
    await first.stop();
    await first.exited;
    await expect(query(first.databaseUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const second = await start();
    expect(await kept(second.databaseUrl)).toEqual([1]);
    expect(await query(second.databaseUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  });

  it('data-and-password-are-for-their-owner-only', async () => {
    expect(
      await Promise.all(['.', 'postgres', 'postgres-password'].map((name) => modeOf(join(dataFolder, name)))),
    ).toEqual(['700', '700', '600']);
    const { databaseUrl } = await start();
    const wrong = new URL(databaseUrl);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    wrong.password = '';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password/);
  });

  it('a-server-that-was-killed-recovers-all-that-was-committed', async () => {
    const { databaseUrl, pid, exited } = await start();
    await keep(databaseUrl, 2);
    const open = new pg.Client({ connectionString: databaseUrl });
    open.on('error', () => undefined);
    await open.connect();
    await open.query('BEGIN');
    await open.query('INSERT INTO kept SELECT generate_series(1000, 50000)');
    process.kill(pid, 'SIGKILL');
    await exited;
    const again = await start();
    expect(await kept(again.databaseUrl)).toEqual([1, 2]);
  });

  it('a-taken-port-is-named-and-any-free-one-is-found-without', async () => {
    const taken = await listen();
    await expect(start({ listen: { port: taken.port } })).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringContaining(String(taken.port)),
    });
    await writeFile(join(dataFolder, 'postgres-port'), String(taken.port));
    const server = await start();
    expect(new URL(server.databaseUrl).port).not.toBe(String(taken.port));
    taken.server.close();
    await server.stop();
    expect(await readFile(join(dataFolder, 'postgres-port'), 'utf8')).toContain(
      new URL(server.databaseUrl).port,
    );
    const remembered = String(await freePort());
    await writeFile(join(dataFolder, 'postgres-port'), remembered);
    expect(new URL((await start()).databaseUrl).port).toBe(remembered);
  });

  it('a-socket-serves-instead-of-a-port', async () => {
    const server = await start({ listen: { socketFolder: join(folder, 's') } });
    expect(await kept(server.databaseUrl)).toContain(1);
    expect(await readdir(join(folder, 's'))).toContain('.s.PGSQL.5432');
  });

  it('a-folder-in-use-is-refused-and-the-server-in-it-goes-on', async () => {
    const { databaseUrl } = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    expect(await kept(databaseUrl)).toContain(1);
  });

  it('data-of-another-version-is-refused-untouched', async () => {
    const file = join(dataFolder, 'postgres', 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '16\n');
    try {
      await expect(start()).rejects.toMatchObject({
        code: 'other-version',
        message: expect.stringMatching(/made by Postgres 16.*carries Postgres 18/),
      });
    } finally {
      await writeFile(file, version);
    }
    expect(await kept((await start()).databaseUrl)).toContain(1);
  });

  it('a-pid-file-naming-an-unrelated-process-does-not-keep-it-from-starting', async () => {
    await writeFile(
      join(dataFolder, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${dataFolder}/postgres\n1\n5432\n\n127.0.0.1\n\n`,
    );
    await writeFile(
      join(dataFolder, 'owner.json'),
      JSON.stringify({ pid: process.pid, identity: 'old', token: 'x' }),
    );
    expect(await kept((await start()).databaseUrl)).toContain(1);
  });

  it('a-cut-short-first-start-is-begun-anew', async () => {
    const other = join(folder, 'cut-short');
    await mkdir(join(other, 'postgres.unfinished'), { recursive: true });
    await writeFile(join(other, 'postgres.unfinished', 'PG_VERSION'), '18\n');
    const server = await start({ dataFolder: other, durable: false });
    expect(await query(server.databaseUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('folders-on-the-way-are-made-and-can-be-passed-through', async () => {
    const server = await start({ dataFolder: join(folder, 'one', 'two', 'three'), durable: false });
    expect(await query(server.databaseUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('cluster-without-its-password-is-explained', async () => {
    const other = join(folder, 'no-password');
    await mkdir(join(other, 'postgres'), { recursive: true });
    await writeFile(join(other, 'postgres', 'PG_VERSION'), '18\n');
    await expect(start({ dataFolder: other })).rejects.toMatchObject({ code: 'password-missing' });
  });

  it('what-postgres-itself-says-is-in-the-error', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
      code: 'failed-to-start',
      message: expect.stringContaining('shared_buffers'),
    });
  });

  describe('in a process that is killed', () => {
    let harness: string;
    beforeAll(async () => {
      harness = await compiledHarness(dataFolder);
    });
    afterAll(() => rm(join(harness, '..'), { recursive: true, force: true }));

    it('the-server-ends-with-it-and-its-data-is-there-for-the-next', async () => {
      const owner = await startOwner(harness);
      await keep(owner.url, 3);
      owner.process.kill('SIGKILL');
      await until(() => !alive(owner.pid));
      expect(await kept((await start()).databaseUrl)).toContain(3);
    });

    it('ctrl-c-in-a-terminal-ends-the-server-after-its-owner', async () => {
      const owner = await startOwner(harness);
      process.kill(-(owner.process.pid ?? 0), 'SIGINT');
      await until(() => !alive(owner.pid));
      expect(await kept((await start()).databaseUrl)).toContain(1);
    });

    it('an-orphaned-server-without-its-watchdog-is-shut-down-by-the-next-start', async () => {
      const owner = await startOwner(harness);
      await keep(owner.url, 4);
      process.kill(watchdogOf(owner.pid), 'SIGKILL');
      await killed(owner.process);
      await new Promise((wake) => setTimeout(wake, 300));
      expect(alive(owner.pid)).toBe(true);
      const next = await start();
      await until(() => !alive(owner.pid));
      expect(await kept(next.databaseUrl)).toContain(4);
    });

    it('killed-together-with-its-server-the-next-start-recovers', async () => {
      const owner = await startOwner(harness);
      await keep(owner.url, 5);
      process.kill(owner.pid, 'SIGKILL');
      await killed(owner.process);
      expect(await kept((await start()).databaseUrl)).toContain(5);
    });
  });
});

function keep(url: string, n: number) {
  return query(url, `INSERT INTO kept VALUES (${n})`);
}

async function kept(url: string) {
  return (await query(url, 'SELECT n FROM kept ORDER BY n')).map(({ n }) => n);
}

async function modeOf(path: string) {
  return ((await stat(path)).mode & 0o777).toString(8);
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
    });
  });
}

/** A program that owns a server and prints where it is; made in node_modules, where its imports are found. */
async function compiledHarness(dataFolder: string): Promise<string> {
  const cache = join(ROOT, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'tensormark-embedded-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of await readdir(SOURCES)) {
    const { code } = await transformFile(join(SOURCES, name), {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    await writeFile(join(folder, name.replace(/\.ts$/, '.js')), code);
  }
  const program = join(folder, 'owner.mjs');
  await writeFile(
    program,
    `import { startEmbeddedPostgres } from './start.js';
     const { databaseUrl, pid } = await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)} });
     console.log(JSON.stringify({ url: databaseUrl, pid }));
     setInterval(() => undefined, 1000);`,
  );
  return program;
}

async function startOwner(program: string): Promise<{ process: ChildProcess; url: string; pid: number }> {
  const owner = spawn(process.execPath, [program], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
    owner.once('exit', (code) => reject(new Error(`The owner ended with ${code}.`)));
  });
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return { process: owner, url, pid };
}

function killed(child: ChildProcess): Promise<unknown> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  return exit;
}

/** The process that was started to watch over this server, and no other. */
function watchdogOf(serverPid: number): number {
  const line = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .find((each) => each.trimEnd().endsWith(` tensormark-watchdog ${serverPid}`));
  const pid = Number.parseInt(line ?? '', 10);
  if (!(pid > 1)) throw new Error('The server has no watchdog.');
  return pid;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 25) {
    if (waited > 60_000) throw new Error('It did not happen within a minute.');
    await new Promise((wake) => setTimeout(wake, 25));
  }
}
