import { fork } from 'node:child_process';
import type { ReadResult } from '@tensormark/documents';

export type Said =
  | { readonly kind: 'result'; readonly result: ReadResult }
  | { readonly kind: 'fault'; readonly message: string };

export interface ReadingLimits {
  /** By the clock: for what waits and does nothing. */
  readonly seconds: number;
  /** Of the processor's time, whatever else the machine does. */
  readonly processorSeconds: number;
  /** More of it for each page or picture that a machine reads. */
  readonly processorSecondsPerPicture: number;
  /** What the whole process may hold, code included. */
  readonly megabytes: number;
}

/**
 * A hundred typed pages take about ten seconds of work, one scanned page four or five; either takes several times as long by the clock
 * where much else is done. Four scanned pages need half of the memory.
 */
export const READING_LIMITS: ReadingLimits = {
  seconds: 300,
  processorSeconds: 40,
  processorSecondsPerPicture: 8,
  megabytes: 1000,
};

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
        else if (signal === 'SIGXCPU') {
          resolve(tooCostly('too-slow', `took too much of the processor's time`));
        } else if (signal === 'SIGKILL' || signal === 'SIGABRT' || code === 134) {
          resolve(tooCostly('too-much-memory', `needed over ${limits.megabytes} MB of memory`));
        } else reject(new ReadingLost(`the reading process ended with ${signal ?? code ?? 'nothing'}`));
      });
    });
    const { seconds: _, ...within } = limits;
    child.send({ bytes, ...within }, (error) => {
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
