import { builtFile } from '@tensormark/threads';

/** The compiled file of the reading process. Throws when it has not been built. */
export function processFile(): string {
  return builtFile('apps/worker/src/reading/process');
}
