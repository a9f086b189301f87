import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';
import { commandLineOf, gone, identityOf } from './processes.js';

/**
 * Deals with a server that an earlier process left behind in the cluster, whose claim on the folder is ours now:
 * one that still runs is shut down (its clients are gone or come back), and the pid file of one that does not is
 * taken away where Postgres itself would mistake an unrelated process of the same number for it.
 */
export async function clearLeftover(clusterFolder: string): Promise<void> {
  const pidFile = join(clusterFolder, 'postmaster.pid');
  const pid = Number.parseInt((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0] ?? '', 10);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;

  if ((await identityOf(pid)) !== null && (await serves(pid, clusterFolder))) {
    await shutDown(pid, clusterFolder);
    return;
  }
  await rm(pidFile, { force: true });
}

async function serves(pid: number, clusterFolder: string): Promise<boolean> {
  const command = await commandLineOf(pid);
  // Where no command line can be seen, better ask somebody to look than start a second server on the same files.
  return command === null || `${command} `.includes(` -D ${clusterFolder} `);
}

/** Fast shutdown (checkpoint, clients cut off), then an immediate one, which the next start recovers from. */
async function shutDown(pid: number, clusterFolder: string): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 15_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      break;
    }
    if (await gone(pid, patience)) return;
  }
  throw new EmbeddedPostgresError(
    'in-use',
    `A Postgres server (process ${pid}) is still running in ${clusterFolder} and does not stop. ` +
      'Stop it, then start Tensormark again.',
  );
}
