/**
 * Makes each library that only computes one file for the tests. Jest loads modules anew for every file of tests, and the
 * hundreds of a library took it a second each time.
 */
import { mkdir, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { rolldown } from 'rolldown';
import { BUNDLED, FOLDER } from './names.mjs';

/** Bundles the libraries below `root` as they are now; libraries ask for one another by name. */
export async function bundleLibraries(root) {
  const folder = join(root, FOLDER);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(BUNDLED.map((name) => bundleLibrary(root, folder, name)));
}

async function bundleLibrary(root, folder, name) {
  const bundle = await rolldown({
    input: join(root, 'libs', name, 'src/index.ts'),
    cwd: root,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    treeshake: false,
    tsconfig: false,
  });
  await bundle.write({ file: join(folder, `${name}.mjs`), format: 'es', keepNames: true });
  await bundle.close();
}
