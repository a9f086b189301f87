import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The compiled file of the process that has the device, found as `threadFile` finds that of threads. Throws when it has not been built. */
export function childFile(): string {
  const places = [
    new URL('../../../../libs/execution/src/jobs/child.js', import.meta.url),
    new URL('../../../../dist/libs/execution/src/jobs/child.js', import.meta.url),
  ];
  const found = places.map((place) => fileURLToPath(place)).find((path) => existsSync(path));
  if (found === undefined) throw new Error('The worker has not been built: run "npm run build:server".');
  return found;
}
