import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { ServerAccount } from './account.js';

/** A Postgres server that lives no longer than this process. */
export interface ServerProcess {
  readonly pid: number;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly running: () => boolean;
  readonly signal: (signal: NodeJS.Signals) => void;
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C in a terminal reaches us and not it: it is stopped
 * last, by us. Should we die without a word (kill -9), a watchdog holding our pipe notices and shuts it down.
 */
export async function startServer(
  postgres: string,
  args: readonly string[],
  cwd: string,
  logFile: string,
  account: ServerAccount,
): Promise<ServerProcess> {
  const log = await open(logFile, 'a', 0o600);
  let child: ChildProcess;
  let exited: ServerProcess['exited'];
  let running = true;
  try {
    child = spawn(postgres, args, {
      cwd,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: serverEnvironment(),
      windowsHide: true,
      ...(account.other ? { uid: account.uid, gid: account.gid } : {}),
    });
    // Listened for from the start: a server that refuses its settings is gone before the log is closed here.
    exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        running = false;
        resolve({ code, signal });
      });
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
  } finally {
    await log.close();
  }
  child.unref();
  const pid = child.pid ?? 0;
  const watchdog = watch(pid);

  const signal = (name: NodeJS.Signals) => {
    if (running) child.kill(name);
  };
  const stopAtExit = () => signal('SIGINT');
  process.once('exit', stopAtExit);
  const tidyUp = async () => {
    await exited;
    process.removeListener('exit', stopAtExit);
    watchdog?.kill('SIGKILL');
  };
  void tidyUp();
  return { pid, exited, running: () => running, signal };
}

/** Waits for the end of its input, which comes when this process ends in whatever way, and then stops the server. */
function watch(pid: number): ChildProcess | null {
  if (process.platform === 'win32') return null;
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'tensormark-watchdog', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  watchdog.on('error', () => undefined); // Without it the next start cleans up.
  watchdog.stdin?.on('error', () => undefined);
  if (watchdog.stdin && 'unref' in watchdog.stdin && typeof watchdog.stdin.unref === 'function')
    watchdog.stdin.unref();
  watchdog.unref();
  return watchdog;
}

/** Nothing of ours: no secrets, and no PG* variables that would lead it elsewhere. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return {
    LANG: 'C',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...(TEMP === undefined ? {} : { TEMP }),
  };
}
