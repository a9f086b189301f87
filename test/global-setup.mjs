/**
 * Before the tests: bundles the libraries that only compute (see libraries/bundle.mjs), and names a folder for a Postgres of
 * this run, which the first test that asks for one starts (see database/test-database.ts), so that runs that need no database
 * pay nothing. Redis starts within milliseconds: where it is installed, the tests of the queue run on it too.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from './database/redis.mjs';
import { bundleLibraries } from './libraries/bundle.mjs';

export default async function globalSetup({ rootDir }) {
  await bundleLibraries(rootDir);
  process.env.TENSORMARK_TEST_DATABASE = await mkdtemp(join(tmpdir(), 'tensormark-test-'));
  process.env.TENSORMARK_TEST_RUNNER = String(process.pid);
  process.env.TENSORMARK_TEST_REDIS_URL ??= (await startRedis()) ?? '';
}
