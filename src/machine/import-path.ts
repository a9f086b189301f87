import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refused } from '../command.js';
import { isCompiledByPython } from './compiled-by-python.js';

export interface FoundModule {
  readonly source: string;
  readonly filename: string;
  readonly isPackage: boolean;
  /** Whether Python compiled this very file when it was installed. */
  readonly isCompiled: boolean;
}

const MOST_BYTES = 4_000_000;
/**
 * Packages whose Python is only a shell round compiled code: reading it says nothing, so that they are left to what the
 * interpreter itself knows of them.
 */
const COMPILED =
  'numpy scipy pandas matplotlib PIL cv2 sklearn skimage tensorflow jax torch regex tokenizers safetensors sentencepiece pyarrow triton numba h5py onnx onnxruntime';
/** Packages that fetch, keep, log and show: no network depends on what is in them, and there is much of it. */
const SURROUNDING =
  'requests urllib3 httpx httpcore anyio filelock fsspec tensorboard tensorboardX wandb mlflow boto3 pytest IPython setuptools pkg_resources';
const UNREAD = new Set(`${COMPILED} ${SURROUNDING}`.split(' '));
const NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** Finds Python modules by dotted name below the folders given, as `sys.path` would; each file is read once. */
export function importPath(folders: readonly string[]): (name: string) => FoundModule | undefined {
  const roots = folders.map((folder) => {
    const root = resolve(folder);
    if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new Refused(`there is no folder ${root}`);
    return root;
  });
  const found = new Map<string, FoundModule | undefined>();
  return (name) => {
    if (!found.has(name)) found.set(name, isReadable(name) ? find(roots, name) : undefined);
    return found.get(name);
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isReadable(name: string): boolean {
  const [top = ''] = name.split('.');
  return NAME.test(name) && !UNREAD.has(top);
}

function find(roots: readonly string[], name: string): FoundModule | undefined {
  const path = name.split('.');
  let plainFolder: string | undefined;
  for (const root of roots) {
    for (const [filename, isPackage] of [
      [join(root, ...path, '__init__.py'), true],
      [`${join(root, ...path)}.py`, false],
    ] as const) {
      const stats = statSync(filename, { throwIfNoEntry: false });
      if (stats?.isFile() === true && stats.size <= MOST_BYTES) {
        return {
          source: readFileSync(filename, 'utf8'),
          filename,
          isPackage,
          isCompiled: isCompiledByPython(filename, stats),
        };
      }
    }
    if (plainFolder === undefined && isFolder(join(root, ...path))) plainFolder = join(root, ...path);
  }
  // A folder without `__init__.py` is a package as well, where nothing else has the name.
  return plainFolder === undefined
    ? undefined
    : { source: '', filename: join(plainFolder, '__init__.py'), isPackage: true, isCompiled: false };
}
