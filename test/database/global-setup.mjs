/**
 * Before the tests: names a folder for a Postgres of this run, which the first test that asks for one starts (see
 * test-database.ts), so that runs that need no database pay nothing. Redis starts within milliseconds: where it is
 * installed, the tests of the queue run on it too.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from './redis.mjs';

export default async function globalSetup() {
  process.env.TENSORMARK_TEST_DATABASE = await mkdtemp(join(tmpdir(), 'tensormark-test-'));
  process.env.TENSORMARK_TEST_RUNNER = String(process.pid);
  process.env.TENSORMARK_TEST_REDIS_URL ??= (await startRedis()) ?? '';
}
