/**
 * Before the tests: names a folder for a Postgres of this run. Nothing is started here, so that runs that need no
 * database pay nothing; the first test that asks for one starts it (see test-database.ts).
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function globalSetup() {
  process.env.TENSORMARK_TEST_DATABASE = await mkdtemp(join(tmpdir(), 'tensormark-test-'));
  process.env.TENSORMARK_TEST_RUNNER = String(process.pid);
}
