/** Compiles src, apps and libs to dist with SWC, then bundles the command; types are checked by `npm run types`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { bundleCommand } from './bundle-command.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');
const SOURCES = ['src', 'apps/api/src', 'apps/worker/src', 'libs', 'bench'];

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['test', 'node_modules', 'fixtures'].includes(entry.name)) yield* sources(path);
    } else if (
      entry.name.endsWith('.ts') &&
      !entry.name.endsWith('.d.ts') &&
      !entry.name.endsWith('.test.ts')
    ) {
      yield path;
    }
  }
}

for (const source of SOURCES) await rm(join(out, source), { recursive: true, force: true });
let count = 0;
for (const source of SOURCES) {
  for await (const path of sources(join(root, source))) {
    const target = join(out, relative(root, path)).replace(/\.ts$/, '.js');
    const { code, map } = await transformFile(path, {
      cwd: root,
      root,
      configFile: join(root, '.swcrc'),
      sourceFileName: relative(dirname(target), path),
    });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${code}//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
    await writeFile(`${target}.map`, map ?? '');
    count += 1;
  }
}
await bundleCommand(root, out);
if (process.env.npm_config_loglevel !== 'silent') process.stderr.write(`compiled ${count} files\n`);
