import { processFile } from '../../apps/worker/src/reading/process-file.js';
import { readApart } from '../../apps/worker/src/reading/read-apart.js';
import type { FromDocument, ToDocument } from './read-document.js';

/** The body of a process that has a document read in a further one, which is killed when it takes too much. */
async function answer({ bytes }: ToDocument): Promise<FromDocument> {
  try {
    return { kind: 'result', result: await readApart(bytes, processFile()) };
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}

process.once('message', (asked: ToDocument) => {
  void answer(asked).then((said) => process.send?.(said, () => process.exit(0)));
});
