import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file, named from the top of the built tree without its ending, that a thread or process of its own runs: beside
 * this one's own tree, or, when the sources themselves are run (by the tests), where `npm run build:server` puts it. Throws
 * when it has not been built.
 */
export function builtFile(name: string): string {
  const places = [
    new URL(`../../../${name}.js`, import.meta.url),
    new URL(`../../../dist/${name}.js`, import.meta.url),
  ];
  const found = places.map((place) => fileURLToPath(place)).find((path) => existsSync(path));
  if (found === undefined) throw new Error('The server has not been built: run "npm run build:server".');
  return found;
}
