/**
 * `compile-command.mjs ROOT DIST`: lets the bundled command do small real work, and keeps the code compiled for it beside
 * the bundle. Node loads that only if its own version made it; else the command just starts more slowly.
 */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , root, out] = process.argv;
const { Bundle } = await import(pathToFileURL(join(out, 'src/machine/bundle.js')).href);

const folder = join(out, 'src/bundle');
const bundle = new Bundle(folder);
const { commandLine } = bundle.load('command-line.cjs');
const same = (text) => text;
const style = { bold: same, dim: same, good: same, bad: same, doubtful: same };
const output = { write: () => undefined, say: () => undefined, style };
const demonstration = join(root, 'examples/demonstration');
const exam = join(demonstration, 'exam.yaml');
const networks = readdirSync(join(root, 'examples/networks')).map((name) =>
  join(root, 'examples/networks', name),
);
const WORK = [
  ['grade', exam, join(demonstration, 'answers.md')],
  ['lint', exam],
  ...networks.map((network) => ['count', network]),
  ...networks.filter((network) => network.endsWith('.py')).map((network) => ['review', network]),
];
for (const args of WORK) {
  const code = await commandLine(args, new Map(), output);
  if (code !== 0) throw new Error(`tensormark ${args.join(' ')} ended with ${code}`);
}

for (const [name, code] of bundle.compiledCode()) {
  const kept = join(folder, `${name}.compiled`);
  writeFileSync(`${kept}.new`, code);
  renameSync(`${kept}.new`, kept);
}
