import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openTracing } from '@tensormark/observation';
import { migrateQueue } from '@tensormark/queue';
import {
  EmbeddedPostgresError,
  migrate,
  startEmbeddedPostgres,
  waitForDatabase,
  type EmbeddedPostgres,
} from '@tensormark/records';
import { Refused, type ExitCode } from '../command.js';
import { defaultDataFolder } from '../machine/data-folder.js';
import { describeDevice, deviceChoice, findDevice } from '../machine/find-device.js';
import { DEMONSTRATION_EXAM, WEB_ROOT } from '../machine/paths.js';
import { readBesideApi } from '../machine/read-beside-api.js';
import { assertPortIsFree } from '../machine/port.js';
import { secretIn } from '../machine/secret.js';
import { apiSettings, portBehind, readSettings, workerSettings } from '../machine/settings.js';
import { untilAskedToStop } from '../machine/shutdown.js';
import { startWorkerProcess } from '../machine/worker-process.js';
import type { Output } from '../terminal/output.js';

const PATIENCE_MS = 30_000;

/** What is asked for beside the settings. */
export interface Asked {
  readonly port: number | undefined;
  /** The data folder. */
  readonly data: string | undefined;
  readonly demonstration: boolean;
}

/** Starts a database where none is given, the API with the pages, and a worker; stops them when it is asked to. */
export async function serveEverything(asked: Asked, output: Output): Promise<ExitCode> {
  const settings = readSettings(process.env);
  const workersPort = portBehind(settings.METRICS_PORT);
  const dataFolder = resolve(asked.data ?? settings.TENSORMARK_DATA ?? defaultDataFolder());
  const secret = settings.TENSORMARK_SECRET ?? (await secretIn(dataFolder));
  // Where the embedded database is to be reached is known once it runs; all else is checked before.
  const reachable = { DATABASE_URL: settings.DATABASE_URL ?? 'postgres://embedded' };
  const environment = { ...process.env, ...reachable, TENSORMARK_SECRET: secret };
  const ofApi = apiSettings(environment);
  const { redisUrl } = workerSettings(environment);
  const choice = deviceChoice(process.env);
  const port = asked.port ?? ofApi.port;
  await assertPortIsFree(ofApi.host, port);

  const stopped = untilAskedToStop();
  const searching = findDevice(choice);
  const starting = settings.DATABASE_URL === undefined ? embedded(dataFolder) : undefined;
  // Both take seconds, and neither needs the other.
  const [postgres, { seedDemonstration, startApi }] = await Promise.all([
    starting,
    import('../../apps/api/src/index.js'),
  ]);
  const databaseUrl = settings.DATABASE_URL ?? postgres?.databaseUrl ?? '';
  const closing: (() => Promise<void>)[] = postgres === undefined ? [] : [() => postgres.stop()];
  try {
    await waitForDatabase(databaseUrl, { timeoutMs: PATIENCE_MS });
    await migrate(databaseUrl);
    await migrateQueue(databaseUrl);
    const device = await searching;
    const worker = startWorkerProcess(workerEnvironment(databaseUrl, workersPort), output.say);
    closing.unshift(() => worker.stop());
    const api = await startApi({
      webRoot: WEB_ROOT,
      ...ofApi,
      databaseUrl,
      port,
      readDocument: readBesideApi,
      device,
      demonstration: asked.demonstration,
      tracing: openTracing(process.env, 'api'),
    });
    closing.unshift(() => api.close());
    output.write(`\n${output.style.bold('Tensormark')} is ready at ${output.style.bold(api.url)}\n\n`);
    if (asked.demonstration) {
      const accounts = await seedDemonstration(api, await readFile(DEMONSTRATION_EXAM, 'utf8'));
      output.write('Demonstration sign-ins:\n');
      for (const { role, email, password } of accounts) {
        output.write(`  ${role.padEnd(9)} ${email.padEnd(28)} ${password}\n`);
      }
      output.write('\n');
    }
    output.write(
      `Data     ${settings.DATABASE_URL === undefined ? dataFolder : 'in the database of DATABASE_URL'}\n`,
    );
    output.write(`Queue    ${redisUrl === undefined ? 'Postgres' : 'Redis'}\n`);
    output.write(`Compute  ${device.kind === 'found' ? describeDevice(device.device) : 'no device found'}\n`);
    for (const { backend, why } of device.passedOver) {
      output.write(output.style.dim(`         not ${backend}: ${why}\n`));
    }
    output.write('\nCtrl-C stops it.\n');
    const ended = await Promise.race([stopped.then(() => 'asked' as const), diedOf(postgres)]);
    if (ended === 'died') output.say(`Postgres ended by itself; its log is ${postgres?.logFile ?? ''}`);
    output.say('\nStopping …');
    return ended === 'asked' ? 0 : 1;
  } finally {
    for (const close of closing) await close();
  }
}

async function embedded(dataFolder: string): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ dataFolder });
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw new Refused(error.message);
    throw error;
  }
}

function diedOf(postgres: EmbeddedPostgres | undefined): Promise<'died'> {
  if (postgres === undefined) return new Promise(() => undefined);
  return postgres.exited.then(() => 'died' as const);
}

function workerEnvironment(databaseUrl: string, metricsPort: number | undefined): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    ...(metricsPort === undefined ? {} : { METRICS_PORT: String(metricsPort) }),
  };
}
