import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where installers put packages, compiling each file once it is there. */
const INSTALLED = /[\\/](?:site|dist)-packages[\\/]/;
/** A `.pyc` begins with a magic number, flags, and its source's time and size, each of four bytes, little-endian. */
const HEADER = 16;

/**
 * Whether a file of an installed package is just as Python compiled it when it was installed, by the time and size that the
 * compiled file beside it records (PEP 3147, PEP 552): then there is no syntax error in it.
 */
export function isCompiledByPython(filename: string, stats: Stats): boolean {
  if (!INSTALLED.test(filename)) return false;
  const folder = join(dirname(filename), '__pycache__');
  const stem = basename(filename, '.py');
  const isCompiled = new RegExp(`^${stem.replaceAll(/\W/g, '\\$&')}\\.cpython-3\\d+\\.pyc$`);
  try {
    return readdirSync(folder).some((name) => isCompiled.test(name) && isOf(join(folder, name), stats));
  } catch {
    return false;
  }
}

function isOf(compiled: string, { mtimeMs, size }: Stats): boolean {
  const header = Buffer.alloc(HEADER);
  const file = openSync(compiled, 'r');
  try {
    if (readSync(file, header, 0, HEADER, 0) < HEADER) return false;
  } finally {
    closeSync(file);
  }
  const byTime = header.readUInt32LE(4) === 0;
  return byTime && header.readUInt32LE(8) === Math.floor(mtimeMs / 1000) && header.readUInt32LE(12) === size;
}
