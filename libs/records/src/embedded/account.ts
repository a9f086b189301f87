import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './errors.js';
import type { AccountIds } from './reach.js';

const run = promisify(execFile);

/** The account the server runs as. Postgres refuses to run as root. */
export interface ServerAccount extends AccountIds {
  /** True when it is another account than ours (we are root, it is not). */
  readonly other: boolean;
}

const OWN_ACCOUNT = 'tensormark';

/**
 * Ours, or for root: the owner of the data that is there, else `postgres`, else an account of our own, made where the
 * machine lets us, else `nobody`.
 */
export async function serverAccount(clusterFolder: string): Promise<ServerAccount> {
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? -1, other: false };

  const owner = await stat(clusterFolder).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, other: true };

  const ids =
    (await lookUp('postgres')) ??
    (await lookUp(OWN_ACCOUNT)) ??
    (await make(OWN_ACCOUNT)) ??
    (await lookUp('nobody'));
  if (!ids || ids.uid === 0) {
    throw new EmbeddedPostgresError(
      'no-account',
      'Postgres refuses to run as root, and no other account could be found or made for it. ' +
        `Run Tensormark as an ordinary user, make an account (\`useradd --system ${OWN_ACCOUNT}\`), or set DATABASE_URL.`,
    );
  }
  return { ...ids, other: true };
}

async function lookUp(name: string): Promise<AccountIds | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

async function make(name: string): Promise<AccountIds | null> {
  const ways: readonly (readonly [string, readonly string[]])[] = [
    [
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/bin/false',
        name,
      ],
    ],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', name]],
  ];
  for (const [command, args] of ways) {
    const made = await run(command, [...args]).then(
      () => lookUp(name),
      () => null,
    );
    if (made) return made;
  }
  return null;
}
