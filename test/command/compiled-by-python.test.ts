import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importPath } from '../../src/machine/import-path.js';

const SOURCE = 'def f():\n    return 1\n';
/** 2023-11-14, 22:13:20 UTC. */
const TIME = 1_700_000_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensormark-compiled-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Installed {
  readonly root?: string;
  /** The name of the compiled file; PEP 3147 has them as here. */
  readonly compiled?: string;
  /** What its header says of its source (PEP 552). */
  readonly flags?: number;
  readonly time?: number;
  readonly size?: number;
  readonly length?: number;
}

/** Whether a module is taken for compiled when it is installed with such a compiled file. */
function isCompiled(name: string, how: Installed): boolean | undefined {
  const { root = 'site-packages', compiled = 'module.cpython-311.pyc', flags = 0 } = how;
  const { time = TIME, size = SOURCE.length, length = 64 } = how;
  const place = join(folder, name, root);
  const file = join(place, 'package', 'module.py');
  const beside = join(dirname(file), '__pycache__', compiled);
  mkdirSync(dirname(beside), { recursive: true });
  writeFileSync(file, SOURCE);
  utimesSync(file, TIME, TIME);
  const header = Buffer.alloc(64);
  for (const [at, value] of [flags, time, size].entries()) header.writeUInt32LE(value, 4 * (at + 1));
  writeFileSync(beside, header.subarray(0, length));
  return importPath([place])('package.module')?.isCompiled;
}

describe('a module is known to be without syntax errors', () => {
  it.each<[string, Installed, boolean]>([
    ['where-its-compiled-file-is-of-its-time-and-size', {}, true],
    ['in-the-folder-debian-has', { root: 'dist-packages' }, true],
    ['compiled-by-another-version', { compiled: 'module.cpython-39.pyc' }, true],
    ['not-where-it-has-changed-since', { time: TIME - 1 }, false],
    ['not-where-it-has-another-size', { size: SOURCE.length + 1 }, false],
    ['not-where-its-time-is-not-recorded', { flags: 1 }, false],
    ['not-where-the-compiled-file-is-another-module-s', { compiled: 'modules.cpython-311.pyc' }, false],
    ['not-where-the-compiled-file-is-cut-short', { length: 15 }, false],
    ['not-in-a-folder-of-ones-own', { root: 'work' }, false],
  ])('%s', (name, how, expected) => {
    expect(isCompiled(name, how)).toBe(expected);
  });

  it('not-where-nothing-is-compiled', () => {
    const place = join(folder, 'nothing', 'site-packages');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'module.py'), SOURCE);
    expect(importPath([place])('module')?.isCompiled).toBe(false);
  });
});
