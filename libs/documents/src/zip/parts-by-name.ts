import { Refusal } from '../document.js';
import type { ZipDirectory, ZipEntry } from './directory.js';
import { shownName } from './shown-name.js';

/**
 * The parts of an Office file by their names in small letters, in which they are compared (ECMA-376, part 2, 6.2.2.3). Two that
 * differ in case alone would be another document to each program that opens it. Throws Refusal.
 */
export function partsByName({ entries }: ZipDirectory): ReadonlyMap<string, ZipEntry> {
  const parts = new Map<string, ZipEntry>();
  for (const entry of entries) {
    const name = entry.name.toLowerCase();
    if (parts.has(name)) {
      throw new Refusal(
        'unsafe-archive',
        `The file holds “${shownName(entry.name)}” twice, in large and small letters. Open it in the program that made it, save it again, and upload that.`,
      );
    }
    parts.set(name, entry);
  }
  return parts;
}
