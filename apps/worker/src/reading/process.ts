/** One process for one document: reads it, says what stands in it, and ends. Whoever started it may kill it at any moment. */
import { Worker } from 'node:worker_threads';
import { readDocument, type ReadResult } from '@tensormark/documents';
import { z } from 'zod';
import type { Said } from './read-apart.js';
import type { ReadsLines } from './read-lines.js';

const Asked = z.object({
  bytes: z.instanceof(Uint8Array),
  megabytes: z.number(),
  processorSeconds: z.number(),
  processorSecondsPerPicture: z.number(),
});

process.once('message', (message) => {
  void answer(message).then((said) => process.send?.(said, () => process.exit(0)));
});

async function answer(message: unknown): Promise<Said> {
  try {
    const { bytes, ...limits } = Asked.parse(message);
    const watch = new Worker(new URL('./limits-watch.js', import.meta.url), { workerData: limits });
    watch.unref();
    // Loaded only by what needs them: pages and pictures bring large programs along.
    const lineReader = once(async (): Promise<ReadsLines> => {
      const reader = new (await import('./read-lines.js')).LineReader();
      return {
        read: (...given) => {
          watch.postMessage('picture', []);
          return reader.read(...given);
        },
      };
    });
    const result = await readDocument(bytes, {
      pages: async (pdf, budgets) =>
        (await import('./draw-pages.js')).drawPages(pdf, budgets, {
          read: async (...given) => (await lineReader()).read(...given),
        }),
      picture: async (picture, budgets) =>
        (await import('./read-picture.js')).readPicture(picture, budgets, await lineReader()),
    });
    return { kind: 'result', result };
  } catch (error) {
    if (isTooMuch(error)) return { kind: 'result', result: TOO_MUCH };
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

/** The stack is full, or a text or list would be longer than one can be. */
function isTooMuch(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /call stack|Invalid (?:string|array|typed array) length/.test(error.message)
  );
}

const TOO_MUCH: ReadResult = {
  kind: 'refused',
  reason: 'too-large',
  message:
    'The document is too long or too deeply nested to be read. Upload it in a plainer form: only your answers, or the text itself.',
};

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
