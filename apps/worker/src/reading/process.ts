/** One process for one document: reads it, says what stands in it, and ends. Whoever started it may kill it at any moment. */
import { Worker } from 'node:worker_threads';
import { readDocument } from '@tensormark/documents';
import { z } from 'zod';
import type { Said } from './read-apart.js';

const Asked = z.object({ bytes: z.instanceof(Uint8Array), megabytes: z.number() });

process.once('message', (message) => {
  void answer(message).then((said) => process.send?.(said, () => process.exit(0)));
});

async function answer(message: unknown): Promise<Said> {
  try {
    const { bytes, megabytes } = Asked.parse(message);
    const watch = new Worker(new URL('./memory-watch.js', import.meta.url), { workerData: { megabytes } });
    watch.unref();
    // Loaded only by what needs them: pages and pictures bring large programs along.
    const lineReader = once(async () => new (await import('./read-lines.js')).LineReader());
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
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
