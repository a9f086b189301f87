/** After the tests: ends the Postgres and the Redis of this run, where they were started, and takes their folder away. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stopRedis } from './redis.mjs';

export default async function globalTeardown() {
  await stopRedis();
  const folder = process.env.TENSORMARK_TEST_DATABASE;
  if (!folder) return;
  const pid = Number.parseInt(await readFile(join(folder, 'keeper.pid'), 'utf8').catch(() => ''), 10);
  if (pid > 0 && signal(pid, 'SIGTERM')) {
    for (let waited = 0; waited < 10_000 && signal(pid, 0); waited += 50) {
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
  await rm(folder, { recursive: true, force: true });
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
