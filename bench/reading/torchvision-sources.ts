import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadOptions } from '@tensormark/frameworks';

type Resolver = NonNullable<ReadOptions['resolver']>;
type Source = ReturnType<Resolver>;

/** Debian's python3-torchvision. */
export const SOURCES = '/usr/lib/python3/dist-packages';

export const isInstalled = existsSync(join(SOURCES, 'torchvision', 'models', 'resnet.py'));

/** torchvision's own files; each is read from the disk once. */
export function torchvisionSources(): Resolver {
  const known = new Map<string, Source>();
  return (name) => {
    if (!known.has(name)) known.set(name, find(name));
    return known.get(name);
  };
}

function find(name: string): Source {
  if (!/^torchvision(\.\w+)*$/.test(name)) return undefined;
  const path = join(SOURCES, ...name.split('.'));
  for (const [filename, isPackage] of [
    [join(path, '__init__.py'), true],
    [`${path}.py`, false],
  ] as const)
    if (existsSync(filename)) return { source: readFileSync(filename, 'utf8'), filename, isPackage };
  return undefined;
}
