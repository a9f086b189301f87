import { fork } from 'node:child_process';
import { on } from 'node:events';
import type { Cohort, Prepared } from '@tensormark/documents';
import { builtFile } from '@tensormark/threads';
import { Problem } from '../http/problem.js';

type Ready = Omit<Extract<Prepared, { kind: 'ready' }>, 'bytes'>;

/** What a piece would be handed in as. */
export type PieceFile =
  (Ready & { readonly size: number; readonly sha256: string }) | Extract<Prepared, { kind: 'refused' }>;

export interface ReadPiece {
  readonly kind: 'piece';
  readonly key: string;
  readonly file: PieceFile;
  /** Of a piece that was asked for. */
  readonly bytes?: Uint8Array;
}

export type Said =
  | { readonly kind: 'cohort'; readonly cohort: Cohort }
  | ReadPiece
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'fault'; readonly message: string };

export interface ArchiveLimits {
  readonly seconds: number;
  /** Of the process's own memory, the archive beside it. */
  readonly megabytes: number;
}

const LIMITS: ArchiveLimits = { seconds: 110, megabytes: 600 };

/**
 * Reads an archive of a cohort in a process of its own, without this one's environment, which is killed when it takes too long:
 * first the cohort, then its pieces; of those in `wanted` the bytes too, each only when the one before has been dealt with.
 * Throws Problem where the archive is refused.
 */
export async function* readApart(
  path: string,
  wanted: readonly string[],
  limits: ArchiveLimits = LIMITS,
): AsyncGenerator<Extract<Said, { kind: 'cohort' }> | ReadPiece> {
  const child = fork(builtFile('apps/api/src/cohorts/archive-process'), [], {
    env: {},
    execArgv: [`--max-old-space-size=${limits.megabytes}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(tooCostly(limits)), limits.seconds * 1000);
  child.once('error', (error) => ended.abort(error));
  child.once('exit', (code, signal) =>
    ended.abort(
      signal === 'SIGABRT' || code === 134
        ? tooCostly(limits)
        : new Error(`the process that reads archives ended with ${signal ?? code ?? 'nothing'}`),
    ),
  );
  try {
    const messages = on(child, 'message', { signal: ended.signal });
    child.send({ path, wanted });
    for await (const message of messages) {
      const said: Said = message[0];
      if (said.kind === 'end') return;
      if (said.kind === 'refused') throw refused(said.message);
      if (said.kind === 'fault') throw new Error(said.message);
      yield said;
      child.send('next');
    }
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function refused(message: string): Problem {
  return new Problem(422, message, { name: 'archive-refused', title: 'This archive cannot be taken' });
}

function tooCostly({ seconds }: ArchiveLimits): Problem {
  return refused(
    `Reading the archive took over ${seconds} s or too much memory, and was stopped. Split it in several, and upload each.`,
  );
}
