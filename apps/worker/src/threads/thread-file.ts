import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file that threads run: beside this one, or, when the sources themselves are run (by the tests), where
 * `npm run build:server` puts it. Throws when it has not been built.
 */
export function threadFile(): string {
  const places = [
    new URL('./thread.js', import.meta.url),
    new URL('../../../../dist/apps/worker/src/threads/thread.js', import.meta.url),
  ];
  const found = places.map((place) => fileURLToPath(place)).find((path) => existsSync(path));
  if (found === undefined) throw new Error('The worker has not been built: run "npm run build:server".');
  return found;
}
