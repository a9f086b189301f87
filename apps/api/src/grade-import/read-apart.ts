import { Worker } from 'node:worker_threads';
import { builtFile } from '../storage/built-file.js';
import type { OpenedFile } from './table.js';

interface Limits {
  readonly seconds: number;
  readonly megabytes: number;
}

const LIMITS: Limits = { seconds: 30, megabytes: 768 };
/** Each takes a processor and memory; who comes third waits. */
const MOST_AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** Opens a file of grades in a thread of its own, which is ended when it takes too long or too much memory. */
export async function openApart(bytes: Uint8Array, limits: Limits = LIMITS): Promise<OpenedFile> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await opened(bytes, limits);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function opened(bytes: Uint8Array, { seconds, megabytes }: Limits): Promise<OpenedFile> {
  const thread = new Worker(builtFile('grade-import/reading-thread.js'), {
    workerData: bytes,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  const tooCostly: OpenedFile = {
    kind: 'refused',
    says: `Reading the file took over ${seconds} s or too much memory, and was stopped. Leave out sheets and columns that are not of the export, and choose it again.`,
  };
  return new Promise<OpenedFile>((done, fail) => {
    const timer = setTimeout(() => done(tooCostly), seconds * 1000);
    thread.once('message', done);
    thread.once('error', (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? done(tooCostly) : fail(error),
    );
    thread.once('exit', () => {
      clearTimeout(timer);
      fail(new Error('the thread that reads grades has ended'));
    });
  }).finally(() => thread.terminate());
}
