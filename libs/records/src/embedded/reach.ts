import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

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
