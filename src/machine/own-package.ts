import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A file's place in the package that it imports from. */
export interface OwnPackage {
  /** The folder that the package stands in. */
  readonly root: string;
  /** The dotted name of the file's module. */
  readonly name: string;
  readonly isPackage: boolean;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
/** The dots of a relative import. */
const RELATIVE = /^[ \t]*from[ \t]+(\.+)/gm;

/**
 * The package of a file that imports from its own: `from .layers import …`, or by the package's name. Such a file means
 * nothing alone; it is read as the module that it is. A file that does not is a script, wherever it lies.
 */
export function ownPackage(file: string, source: string, folders: readonly string[]): OwnPackage | undefined {
  const path = resolve(file);
  const isPackage = basename(path) === '__init__.py';
  const stem = basename(path).replace(/\.py$/, '');
  if (!isPackage && !IDENTIFIER.test(stem)) return undefined;
  const relativeDots = Math.max(0, ...[...source.matchAll(RELATIVE)].map(([, dots = '']) => dots.length));
  const folder = dirname(path);
  const regular = climb(folder, (at) => isFile(join(at, '__init__.py')));
  const root = regular === folder ? rootOfPlainFolders(folder, relativeDots, folders) : regular;
  const packages = root === folder ? [] : relative(root, folder).split(sep);
  const [top] = packages;
  if (top === undefined || !packages.every((name) => IDENTIFIER.test(name))) return undefined;
  if (relativeDots === 0 && !new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${top}\\b`, 'mu').test(source))
    return undefined;
  return { root, name: [...packages, ...(isPackage ? [] : [stem])].join('.'), isPackage };
}

/** The first folder from here upwards that is not itself part of a package. */
function climb(folder: string, isPart: (folder: string) => boolean): string {
  let at = folder;
  while (IDENTIFIER.test(basename(at)) && isPart(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Folders without `__init__.py` are packages too: below a place to import from, or as far as relative imports reach. */
function rootOfPlainFolders(folder: string, relativeDots: number, folders: readonly string[]): string {
  const above = folders.map((place) => resolve(place)).find((place) => isBelow(place, folder));
  if (above !== undefined) return above;
  let levels = relativeDots;
  return climb(folder, () => levels-- > 0);
}

function isBelow(place: string, folder: string): boolean {
  const path = relative(place, folder);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
