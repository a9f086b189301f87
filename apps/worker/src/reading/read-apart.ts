import { fork } from 'node:child_process';
import type { ReadResult } from '@tensormark/documents';

export type Said =
  | { readonly kind: 'result'; readonly result: ReadResult }
  | { readonly kind: 'fault'; readonly message: string };

export interface ReadingLimits {
  readonly seconds: number;
  /** What the whole process may hold, code included. */
  readonly megabytes: number;
}

export const READING_LIMITS: ReadingLimits = { seconds: 120, megabytes: 1200 };

/** The process ended for no fault of the document that is known; trying again may help. */
export class ReadingLost extends Error {
  override readonly name = 'ReadingLost';
}

/**
 * Reads a document in a process of its own, without this one's environment, which is killed when it takes too long or
 * holds too much. Throws ReadingLost, or an Error for a fault of ours.
 */
export function readApart(
  bytes: Uint8Array,
  file: string,
  limits: ReadingLimits = READING_LIMITS,
): Promise<ReadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(file, [], {
      env: {},
      execArgv: [`--max-old-space-size=${Math.round(limits.megabytes / 2)}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let late = false;
    let settled = false;
    const settle = (say: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      child.kill('SIGKILL');
      say();
    };
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limits.seconds * 1000);
    child.on('message', (said: Said) => {
      settle(() => (said.kind === 'result' ? resolve(said.result) : reject(new Error(said.message))));
    });
    child.on('error', (error) => settle(() => reject(new ReadingLost(error.message))));
    child.on('exit', (code, signal) => {
      settle(() => {
        if (late) resolve(tooCostly('too-slow', `took over ${limits.seconds} s`));
        else if (signal === 'SIGKILL' || signal === 'SIGABRT' || code === 134) {
          resolve(tooCostly('too-much-memory', `needed over ${limits.megabytes} MB of memory`));
        } else reject(new ReadingLost(`the reading process ended with ${signal ?? code ?? 'nothing'}`));
      });
    });
    child.send({ bytes, megabytes: limits.megabytes }, (error) => {
      if (error !== null) settle(() => reject(new ReadingLost(error.message)));
    });
  });
}

function tooCostly(reason: 'too-slow' | 'too-much-memory', what: string): ReadResult {
  return {
    kind: 'refused',
    reason,
    message: `Reading the document ${what}, and was stopped. Upload it in a plainer form: fewer pages, smaller pictures, or the text itself.`,
  };
}
