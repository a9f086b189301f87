import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The compiled file of the reading process, found as `threadFile` finds that of threads. Throws when it has not been built. */
export function processFile(): string {
  const places = [
    new URL('./process.js', import.meta.url),
    new URL('../../../../dist/apps/worker/src/reading/process.js', import.meta.url),
  ];
  const found = places.map((place) => fileURLToPath(place)).find((path) => existsSync(path));
  if (found === undefined) throw new Error('The worker has not been built: run "npm run build:server".');
  return found;
}
