import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = new URL('../', import.meta.url);
const DIST = new URL('../../../../dist/apps/api/src/', import.meta.url);

/**
 * The compiled file of a thread or process, by its path below `apps/api/src`: beside the file that asks for it, or where
 * `npm run build:server` puts it when the sources themselves are run. Throws when it has not been built.
 */
export function builtFile(path: string): string {
  const found = [HERE, DIST]
    .map((folder) => fileURLToPath(new URL(path, folder)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error('The API has not been built: run "npm run build:server".');
  return found;
}
