import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadOptions } from '@tensormark/frameworks';
import { importPath } from '../../src/machine/import-path.js';

/** Debian's python3-torchvision. */
export const SOURCES = '/usr/lib/python3/dist-packages';

export const isInstalled = existsSync(join(SOURCES, 'torchvision', 'models', 'resnet.py'));

/** torchvision's own files, as the command finds them; each is read from the disk once. */
export function torchvisionSources(): NonNullable<ReadOptions['resolver']> {
  const find = importPath([SOURCES]);
  return (name) => (/^torchvision(\.\w+)*$/.test(name) ? find(name) : undefined);
}
