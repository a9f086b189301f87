import { chmod, chown, mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { type ServerAccount, serverAccount } from './account.js';
import { findBinaries, type PostgresBinaries } from './binaries.js';
import { type Cluster, DATABASE, openCluster, prepareDataFolder } from './cluster.js';
import { EmbeddedPostgresError } from './errors.js';
import { clearLeftover } from './leftover.js';
import { choosePort, HOST, type Listening, portTakenError } from './listening.js';
import { claim } from './ownership.js';
import { canTraverse } from './reach.js';
import { type ServerProcess, startServer } from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Made when it is not there; holds the database, its password and its log. */
  readonly dataFolder: string;
  /** By default any free port of 127.0.0.1, the one of last time if it is free. */
  readonly listen?: Listening;
  /** False gives up durability for speed: for tests only. By default true. */
  readonly durable?: boolean;
  /** Further settings of the server, such as `{ max_connections: '200' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How long recovery after a crash may take, by default two minutes. */
  readonly startTimeoutMs?: number;
}

export interface EmbeddedPostgres {
  readonly databaseUrl: string;
  readonly dataFolder: string;
  readonly logFile: string;
  /** Such as `18.4`. */
  readonly version: string;
  /** Of the server process. */
  readonly pid: number;
  /** Resolves when the server has ended, asked to or not. */
  readonly exited: Promise<void>;
  /** Writes everything out and ends the server. May be called twice. */
  stop(): Promise<void>;
}

const LOG_LIMIT = 10 * 1024 * 1024;

/**
 * Starts a Postgres server of our own in the data folder. Throws EmbeddedPostgresError, whose code says what is wrong.
 * The server ends with this process, however that ends; what it was doing is recovered at the next start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder);
  const durable = options.durable ?? true;
  const account = await serverAccount(join(dataFolder, 'postgres'));
  if (account.other && !(await canTraverse(join(dataFolder, '..'), account))) {
    throw new EmbeddedPostgresError(
      'folder-unreachable',
      `Postgres refuses to run as root, and the account it runs as instead cannot reach ${dataFolder}. ` +
        'Choose a data folder elsewhere, such as /var/lib/tensormark, or run Tensormark as an ordinary user.',
    );
  }
  await prepareDataFolder(dataFolder, account);
  const giveUp = await claim(dataFolder);
  try {
    const binaries = await findBinaries(account, join(dataFolder, 'runtime'));
    await clearLeftover(join(dataFolder, 'postgres'));
    const cluster = await openCluster(dataFolder, binaries, account, durable);
    return await serve({ ...options, dataFolder, durable }, binaries, cluster, account, giveUp);
  } catch (error) {
    await giveUp();
    throw error;
  }
}

async function serve(
  options: EmbeddedPostgresOptions & { readonly dataFolder: string; readonly durable: boolean },
  binaries: PostgresBinaries,
  cluster: Cluster,
  account: ServerAccount,
  giveUp: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const { dataFolder } = options;
  const logFile = join(dataFolder, 'postgres.log');
  await turnLog(logFile);

  const listening = options.listen ?? {};
  const portFile = join(dataFolder, 'postgres-port');
  const lastTime = Number.parseInt(await readFile(portFile, 'utf8').catch(() => ''), 10);
  const socketFolder =
    'socketFolder' in listening ? await prepareSocketFolder(listening.socketFolder, account) : null;
  const wanted = 'port' in listening ? listening.port : undefined;

  // A free port can be taken by somebody else before the server listens on it: then another one is tried.
  for (let attempt = 1; ; attempt += 1) {
    const port =
      socketFolder === null
        ? await choosePort(wanted, attempt === 1 && lastTime > 0 ? lastTime : undefined)
        : 5432;
    const connection = {
      user: DATABASE,
      password: cluster.password,
      host: socketFolder ?? HOST,
      port,
    };
    const logStart = await sizeOf(logFile);
    const server = await startServer(
      binaries.postgres,
      ['-D', cluster.folder, ...settings(options, port, socketFolder)],
      cluster.folder,
      logFile,
      account,
    );
    try {
      await ready(server, connection, options.startTimeoutMs ?? 120_000);
    } catch (error) {
      await shutDown(server);
      const said = await logFrom(logFile, logStart);
      if (/could not bind|Address already in use/.test(said) && socketFolder === null) {
        if (wanted === undefined && attempt < 5) continue;
        throw portTakenError(port);
      }
      // Backends of a server that was killed outlive it for a moment and keep its memory.
      if (/pre-existing shared memory block/.test(said) && attempt < 50) {
        await new Promise((wake) => setTimeout(wake, 200));
        continue;
      }
      throw explain(said, dataFolder, logFile, error);
    }
    if (socketFolder === null) await writeFile(portFile, `${port}\n`, { mode: 0o600 });
    await ensureDatabase(connection);

    const exited = server.exited.then(giveUp);
    return {
      databaseUrl: urlOf(connection, socketFolder),
      dataFolder,
      logFile,
      version: binaries.version,
      pid: server.pid,
      exited,
      stop: async () => {
        await shutDown(server);
        await exited;
      },
    };
  }
}

function settings(
  { durable, settings = {} }: { durable: boolean; settings?: Readonly<Record<string, string>> },
  port: number,
  socketFolder: string | null,
): string[] {
  const all: Record<string, string> = {
    listen_addresses: socketFolder === null ? HOST : '',
    port: String(port),
    unix_socket_directories: socketFolder ?? '',
    unix_socket_permissions: '0700',
    ...(socketFolder === null ? {} : { unix_socket_permissions: '0777' }), // Its folder is closed to others.
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Resolves when the server answers; rejects when it ends before, or takes too long. */
async function ready(server: ServerProcess, connection: pg.ClientConfig, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (!server.running()) throw new Error('The server ended while it was starting.');
    const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      // Refused while nobody listens yet, 57P03 while it recovers; anything else will not get better.
      const { code } = error as { code?: string };
      if (code === '28P01') throw error;
      if (performance.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await Promise.race([server.exited, new Promise((wake) => setTimeout(wake, 25))]);
  }
}

async function ensureDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(DATABASE)}`);
  } finally {
    await client.end();
  }
}

/** Fast, with a checkpoint; immediate when that takes too long, which the next start recovers from. */
async function shutDown(server: ServerProcess): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 15_000],
  ] as const) {
    if (!server.running()) return;
    server.signal(signal);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      server.exited,
      new Promise((wake) => {
        timer = setTimeout(wake, patience);
      }),
    ]);
    clearTimeout(timer);
  }
  server.signal('SIGKILL');
  await server.exited;
}

function urlOf(
  connection: { password: string; port: number; host: string },
  socketFolder: string | null,
): string {
  const who = `${DATABASE}:${connection.password}`;
  return socketFolder === null
    ? `postgresql://${who}@${connection.host}:${connection.port}/${DATABASE}`
    : `postgresql://${who}@localhost:${connection.port}/${DATABASE}?host=${encodeURIComponent(socketFolder)}`;
}

async function prepareSocketFolder(folder: string, account: ServerAccount): Promise<string> {
  const path = resolve(folder);
  // The system's own limit on the whole path of a socket is 104 to 108 bytes.
  if (Buffer.byteLength(join(path, '.s.PGSQL.5432')) > 100) {
    throw new EmbeddedPostgresError(
      'folder-unreachable',
      `The path of the socket folder ${path} is too long for a Unix socket. Choose a shorter one, or a port.`,
    );
  }
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  if (account.other) await chown(path, account.uid, account.gid);
  return path;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function turnLog(logFile: string): Promise<void> {
  if ((await sizeOf(logFile)) > LOG_LIMIT) await rename(logFile, `${logFile}.1`);
}

/** At most the last 16 kB of what was logged since. */
async function logFrom(logFile: string, start: number): Promise<string> {
  const size = await sizeOf(logFile);
  const from = Math.max(start, size - 16_384);
  const file = await open(logFile, 'r').catch(() => null);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.max(0, size - from)),
      0,
      size - from,
      from,
    );
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

function explain(said: string, dataFolder: string, logFile: string, cause: unknown): EmbeddedPostgresError {
  if (/lock file "postmaster\.pid" already exists|pre-existing shared memory block/.test(said)) {
    return new EmbeddedPostgresError(
      'in-use',
      `Another Postgres server is running in ${dataFolder}. Stop it, or use another data folder.`,
      { cause },
    );
  }
  const lines = said
    .trim()
    .split('\n')
    .filter((line) => /FATAL|PANIC|ERROR|HINT|DETAIL/.test(line));
  const reason = lines.slice(-3).join('\n') || String(cause);
  return new EmbeddedPostgresError(
    'failed-to-start',
    `Postgres did not start in ${dataFolder}. It said:\n${reason}\nAll it said is in ${logFile}.`,
    { cause },
  );
}
