import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';
import { identityOf } from './processes.js';

interface Owner {
  readonly pid: number;
  readonly identity: string;
  readonly token: string;
}

/**
 * Claims the data folder for this process, so that two never start a server in it. The claim of a process that died
 * without giving it up (kill -9) counts for nothing. Returns what gives it up.
 */
export async function claim(dataFolder: string): Promise<() => Promise<void>> {
  const path = join(dataFolder, 'owner.json');
  const owner: Owner = {
    pid: process.pid,
    identity: (await identityOf(process.pid)) ?? '',
    token: randomUUID(),
  };
  const draft = join(dataFolder, `owner.${owner.token}.json`);
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
  try {
    for (;;) {
      // A hard link fails when the name is taken and shows a file that is complete: never a half-written claim.
      const taken = await link(draft, path).then(
        () => false,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error;
          return true;
        },
      );
      if (!taken) break;
      const other = await readOwner(path);
      if (other && (await identityOf(other.pid)) === other.identity) {
        throw new EmbeddedPostgresError(
          'in-use',
          `The data folder ${dataFolder} is in use by a Tensormark that is running (process ${other.pid}). ` +
            'Stop that one first, or give this one another data folder.',
        );
      }
      await clearAway(path, other);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    const now = await readOwner(path);
    if (now?.token === owner.token) await rm(path, { force: true });
  };
}

/** Moves a dead claim aside; puts it back should somebody else have claimed the folder in this very moment. */
async function clearAway(path: string, dead: Owner | null): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const moved = await readOwner(aside);
  if (moved && moved.token !== dead?.token) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    const owner: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof owner !== 'object' || owner === null) return null;
    const { pid, identity, token } = owner as Record<string, unknown>;
    return typeof pid === 'number' && typeof identity === 'string' && typeof token === 'string'
      ? { pid, identity, token }
      : null;
  } catch {
    return null;
  }
}
