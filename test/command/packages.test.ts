import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countParameters } from '@tensormark/network';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader, ModelReading } from '@tensormark/frameworks';
import { importPath } from '../../src/machine/import-path.js';
import { ownPackage } from '../../src/machine/own-package.js';

let folder: string;
let reader: CodeReader;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tensormark-packages-'));
  reader = await openReader();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes files of a project of its own and gives its folder. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  return root;
}

/** As the count command reads a file. */
function read(
  file: string,
  source: string,
  call: string | undefined,
  folders: readonly string[],
): ModelReading {
  const own = ownPackage(file, source, folders);
  return reader.read(source, {
    filename: file,
    resolver: importPath([...(own === undefined ? [] : [own.root]), ...folders, dirname(file)]),
    ...(own === undefined ? {} : { ownModule: own }),
    ...(call === undefined ? {} : { call }),
  });
}

function parametersOf({ errors, unchosen, network }: ModelReading): unknown {
  return network === undefined || errors.length > 0
    ? { errors, unchosen }
    : Number(countParameters(network).parameters);
}

const BLOCKS = `from torch import nn
class Block(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.fc = nn.Linear(width, width)
`;
const NET = `from torch import nn
from .blocks import Block
class Net(Block):
    pass
def tiny():
    return Net(2)
`;

describe('the package of a file', () => {
  it('a-script-is-in-no-package', () => {
    const root = project('script', { 'net.py': BLOCKS });
    expect(ownPackage(join(root, 'net.py'), BLOCKS, [])).toBeUndefined();
  });

  it('a-file-that-imports-nothing-of-its-package-is-a-script', () => {
    const root = project('alone', { 'models/__init__.py': 'raise ValueError\n', 'models/net.py': BLOCKS });
    expect(ownPackage(join(root, 'models/net.py'), BLOCKS, [])).toBeUndefined();
  });

  it('packages-go-as-far-up-as-they-have-an-init-file', () => {
    const root = project('deep', {
      'zoo/__init__.py': '',
      'zoo/models/__init__.py': '',
      'zoo/models/net.py': NET,
    });
    expect(ownPackage(join(root, 'zoo/models/net.py'), NET, [])).toEqual({
      root,
      name: 'zoo.models.net',
      isPackage: false,
    });
  });

  it('a-folder-without-an-init-file-is-one-as-far-as-its-imports-reach', () => {
    const root = project('plain', { 'zoo/models/net.py': NET });
    expect(ownPackage(join(root, 'zoo/models/net.py'), NET, [])?.name).toBe('models.net');
    expect(ownPackage(join(root, 'zoo/models/net.py'), NET, [root])?.name).toBe('zoo.models.net');
  });
});

describe('a file of a package is read as the module it is', () => {
  it('relative-imports', () => {
    const root = project('relative', {
      'zoo/__init__.py': '',
      'zoo/blocks.py': BLOCKS,
      'zoo/net.py': NET,
    });
    expect(parametersOf(read(join(root, 'zoo/net.py'), NET, 'Net()', []))).toBe(20);
  });

  it('relative-imports-without-an-init-file', () => {
    const root = project('bare', { 'zoo/blocks.py': BLOCKS, 'zoo/net.py': NET });
    expect(parametersOf(read(join(root, 'zoo/net.py'), NET, 'Net()', []))).toBe(20);
  });

  it('a-package-that-imports-the-file-itself-and-keeps-a-register', () => {
    const source = `from .register import register
${NET}
register(tiny)
`;
    const root = project('registered', {
      'zoo/__init__.py': 'from .net import *\nfrom .other import Twice\n',
      'zoo/register.py': `import sys
entries = {}
def register(fn):
    assert fn.__name__ not in entries, 'registered twice'
    entries[fn.__name__] = getattr(sys.modules[fn.__module__], 'Net')
    return fn
`,
      'zoo/other.py': 'from .net import Net\nclass Twice(Net):\n    pass\n',
      'zoo/blocks.py': BLOCKS,
      'zoo/net.py': source,
    });
    expect(parametersOf(read(join(root, 'zoo/net.py'), source, 'tiny()', []))).toBe(6);
  });

  it('an-absolute-import-of-its-own-package', () => {
    const source = NET.replace('.blocks', 'zoo.blocks');
    const root = project('absolute', {
      'zoo/__init__.py': '',
      'zoo/blocks.py': BLOCKS,
      'zoo/net.py': source,
    });
    expect(parametersOf(read(join(root, 'zoo/net.py'), source, 'Net(3)', []))).toBe(12);
  });

  it('the-init-file-itself', () => {
    const source = 'from .net import tiny\n';
    const root = project('init', { 'zoo/__init__.py': source, 'zoo/blocks.py': BLOCKS, 'zoo/net.py': NET });
    expect(parametersOf(read(join(root, 'zoo/__init__.py'), source, 'tiny()', []))).toBe(6);
  });

  it('without-a-call-it-is-the-main-module', () => {
    const source = `${NET}if __name__ == '__main__':\n    net = Net(5)\n`;
    const root = project('main', { 'zoo/__init__.py': '', 'zoo/blocks.py': BLOCKS, 'zoo/net.py': source });
    expect(parametersOf(read(join(root, 'zoo/net.py'), source, undefined, []))).toBe(30);
  });

  it('an-error-in-another-module-does-not-end-the-reading', () => {
    const root = project('broken', {
      'zoo/__init__.py': '',
      'zoo/blocks.py': `oops = missing_name\n${BLOCKS}`,
      'zoo/net.py': NET,
    });
    const reading = read(join(root, 'zoo/net.py'), NET, 'Net()', []);
    expect(reading.errors).toEqual([]);
    expect(reading.unknowns.map(({ what }) => what).join()).toContain('NameError');
    expect(reading.network && Number(countParameters(reading.network).parameters)).toBe(20);
  });

  it('an-error-that-the-program-is-prepared-for-is-its-own-to-handle', () => {
    const source = `try:
    from .fast import Block
except Exception:
    from .blocks import Block
class Net(Block):
    pass
`;
    const root = project('prepared', {
      'zoo/__init__.py': '',
      'zoo/fast.py': "raise RuntimeError('no compiler')\n",
      'zoo/blocks.py': BLOCKS,
      'zoo/net.py': source,
    });
    expect(parametersOf(read(join(root, 'zoo/net.py'), source, 'Net()', []))).toBe(20);
  });

  it('packages-that-only-fetch-and-log-are-not-read', () => {
    const root = project('fetching', { 'httpx/__init__.py': 'raise RuntimeError\n' });
    expect(importPath([root])('httpx')).toBeUndefined();
  });
});
