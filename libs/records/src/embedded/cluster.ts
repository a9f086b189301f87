import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.js';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './errors.js';
import { canTraverse } from './reach.js';
import { serverEnvironment } from './server-process.js';

const run = promisify(execFile);

/** Name of the server's superuser and of the database. */
export const DATABASE = 'tensormark';

/** The files of one server: where they are and how to sign in. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

/** Makes the cluster on first use; checks that it is of the right version and can be signed in to otherwise. */
export async function openCluster(
  dataFolder: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  durable: boolean,
): Promise<Cluster> {
  const folder = join(dataFolder, 'postgres');
  const passwordFile = join(dataFolder, 'postgres-password');
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => null);

  if (version === null) {
    return { folder, password: await create(folder, passwordFile, binaries, account, durable) };
  }
  if (version.trim() !== binaries.major) {
    throw new EmbeddedPostgresError(
      'other-version',
      `The data folder ${dataFolder} was made by Postgres ${version.trim()}, and this Tensormark carries Postgres ${binaries.version}. ` +
        `Use another data folder, or move the data over: start the Tensormark of that time, \`pg_dump\` its database, and restore it here.`,
    );
  }
  const password = await readFile(passwordFile, 'utf8').catch(() => null);
  if (password === null) {
    throw new EmbeddedPostgresError(
      'password-missing',
      `${passwordFile} is missing, without which nobody can sign in to the database in ${folder}. ` +
        'Put it back from where the data folder was copied, or use another data folder.',
    );
  }
  return { folder, password: password.trim() };
}

async function create(
  folder: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  durable: boolean,
): Promise<string> {
  // Made beside its place and moved there when complete: a start that was cut short leaves nothing half made.
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const handedOver = `${passwordFile}.initdb`;
  const password = randomBytes(24).toString('base64url');
  await rm(handedOver, { force: true });
  await writeFile(handedOver, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (account.other) {
    await chown(unfinished, account.uid, account.gid);
    await chown(handedOver, account.uid, account.gid);
  }
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${DATABASE}`,
        `--pwfile=${handedOver}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--lc-collate=C',
        '--lc-ctype=C',
        '--lc-messages=C',
        '--data-checksums',
        durable ? '--sync-method=fsync' : '--no-sync',
      ],
      {
        cwd: unfinished,
        env: serverEnvironment(),
        ...(account.other ? { uid: account.uid, gid: account.gid } : {}),
      },
    );
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new EmbeddedPostgresError(
      'failed-to-start',
      `The database could not be created in ${folder}: ${said || String(cause)}`,
      { cause },
    );
  } finally {
    await rm(handedOver, { force: true });
  }
  // The password before the cluster: a cluster without one could not be signed in to.
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await rename(unfinished, folder);
  return password;
}

/**
 * Makes the data folder, for its owner's eyes only. Where the account that runs the server could not enter it, it is
 * given to that account; any other folder is left as it is.
 */
export async function prepareDataFolder(dataFolder: string, account: ServerAccount): Promise<void> {
  // The folders above it, where they have to be made, stay open for passing through.
  await mkdir(dirname(dataFolder), { recursive: true });
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  if (account.other && !(await canTraverse(dataFolder, account))) {
    await chown(dataFolder, account.uid, account.gid);
  }
}
