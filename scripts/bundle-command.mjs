/**
 * Makes the `tensormark` command a few files, and keeps the code that V8 compiles for them, so that it starts at once. The
 * verbs of the server are no part of it: their frameworks want modules of their own.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** What no verb in the bundle may need. */
const APART = ['apps', 'libs/records', 'libs/queue', 'libs/observation', 'libs/threads', 'libs/execution'];

/** Bundles the compiled command in `out` (dist), and has it do small real work to keep the code compiled for that. */
export async function bundleCommand(root, out) {
  const folder = join(out, 'src/bundle');
  const bundle = await rolldown({
    input: join(out, 'src/command-line.js'),
    cwd: root,
    platform: 'node',
    // No file of these rooms does anything by being loaded: what a verb does not use, it does not load.
    treeshake: { moduleSideEffects: [{ test: /[\\/]libs[\\/]network[\\/]/, sideEffects: false }] },
    checks: { ineffectiveDynamicImport: false },
    plugins: [{ name: 'without-the-server', load: (id) => refuse(relative(out, id)) }],
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    comments: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  });
  await bundle.close();
  await mkdir(folder, { recursive: true });
  for (const { fileName, code } of output)
    await writeFile(join(folder, fileName), `(function (exports, require, __filename) {${ascii(code)}\n})`);
  // in a process of its own: what this one has compiled says nothing about the command
  execFileSync(process.execPath, [fileURLToPath(new URL('compile-command.mjs', import.meta.url)), root, out]);
}

function refuse(path) {
  const room = APART.find((each) => path.startsWith(each.replace('/', sep) + sep));
  if (room !== undefined)
    throw new Error(`a verb of src/commands/table.ts needs ${room}: name it in server-table.ts instead`);
}

/** Plain ASCII is read fastest. Escapes mean the same wherever other characters stand in code that has no comments. */
function ascii(code) {
  const raw = /String\.raw`[^`]*[^\0-\x7f][^`]*`/.exec(code);
  if (raw !== null) throw new Error(`${raw[0]} would show the escape: write it without String.raw`);
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
