/**
 * `compile-command.mjs ROOT DIST`: lets the bundled command do small real work, and keeps the code compiled for it beside
 * the bundle. Node loads that only if its own version made it; else the command just starts more slowly.
 */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , root, out] = process.argv;
const { compiledCodeOf, openBundle } = await import(pathToFileURL(join(out, 'src/machine/bundle.js')).href);

const file = join(out, 'src/command-line.cjs');
const bundle = openBundle(file);
const same = (text) => text;
const style = { bold: same, dim: same, good: same, bad: same, doubtful: same };
const output = { write: () => undefined, say: () => undefined, style };
const demonstration = join(root, 'examples/demonstration');
const WORK = [
  ['grade', join(demonstration, 'exam.yaml'), join(demonstration, 'answers.md')],
  ...readdirSync(join(root, 'examples/networks'), { withFileTypes: true }).map(({ name }) => [
    'count',
    join(root, 'examples/networks', name),
  ]),
];
for (const args of WORK) {
  const code = await bundle.exports.commandLine(args, new Map(), output);
  if (code !== 0) throw new Error(`tensormark ${args.join(' ')} ended with ${code}`);
}

const kept = compiledCodeOf(file);
writeFileSync(`${kept}.new`, bundle.compiled());
renameSync(`${kept}.new`, kept);
