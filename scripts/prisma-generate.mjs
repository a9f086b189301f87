/**
 * Makes the Prisma client (libs/records/src/generated/prisma) from prisma/schema.prisma, unless it is up to date.
 * `prisma generate` insists on a schema-engine binary from its own host although it does not run it; naming any
 * executable that exists keeps it from asking, so this needs nothing but what npm installed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const schema = join(root, 'prisma/schema.prisma');
const client = join(root, 'libs/records/src/generated/prisma');
const stamp = join(client, '.made-from');

const require = createRequire(import.meta.url);
const version = require('prisma/package.json').version;
const hash = createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');

const upToDate = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
if (!upToDate || process.argv.includes('--force')) {
  rmSync(client, { recursive: true, force: true });
  try {
    execFileSync(
      process.execPath,
      [require.resolve('prisma/build/index.js'), 'generate', '--schema', schema, '--no-hints'],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
        env: {
          ...process.env,
          PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
          CHECKPOINT_DISABLE: '1',
        },
      },
    );
  } catch (error) {
    console.error(
      `The Prisma client could not be generated.\n${error.stdout ?? ''}${error.stderr ?? error.message}`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, hash);
}
