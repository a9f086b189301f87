import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** A Unix account, by numbers. */
export interface AccountIds {
  readonly uid: number;
  readonly gid: number;
}

/** Whether the account may pass through this folder and every one above it. Folders that do not exist yet are passed over. */
export async function canTraverse(folder: string, account: AccountIds): Promise<boolean> {
  for (const path of upwards(folder)) {
    const found = await stat(path).catch(() => null);
    if (found && !mayEnter(found, account)) return false;
  }
  return true;
}

/**
 * Where data should go by default. Run as root, Postgres has to run as another account, which cannot reach into
 * places such as /root; then a folder under /var/lib/tensormark stands in, one for each preferred place.
 */
export function defaultDataFolder(preferred: string): string {
  const folder = resolve(preferred);
  if (process.platform === 'win32' || process.getuid?.() !== 0) return folder;
  const anybody = { uid: -1, gid: -1 };
  const reachable = upwards(dirname(folder)).every((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined || mayEnter(found, anybody);
  });
  if (reachable) return folder;
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return join('/var/lib/tensormark', `${basename(folder).replace(/^\.+/, '')}-${mark}`);
}

function upwards(folder: string): string[] {
  const paths = [resolve(folder)];
  for (let path = paths[0]; path !== undefined && path !== dirname(path); path = dirname(path)) {
    paths.push(dirname(path));
  }
  return paths;
}

function mayEnter(entry: { mode: number; uid: number; gid: number }, account: AccountIds): boolean {
  if (entry.uid === account.uid) return (entry.mode & 0o100) !== 0;
  if (entry.gid === account.gid) return (entry.mode & 0o010) !== 0;
  return (entry.mode & 0o001) !== 0;
}
