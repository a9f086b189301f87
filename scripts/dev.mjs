/** Starts everything, and again after each change in the sources. */
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WATCHED = ['src', 'apps', 'libs', 'prisma'];
const QUIET_MS = 300;

let running;
let timer;

function build() {
  return spawnSync('node', [join(root, 'scripts/build-if-needed.mjs')], { stdio: 'inherit' }).status === 0;
}

function start() {
  if (!build()) return;
  running = spawn('node', [join(root, 'dist/src/main.js'), 'start'], { stdio: 'inherit' });
}

function again() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const last = running;
    running = undefined;
    if (last === undefined || last.exitCode !== null) return start();
    last.once('exit', start);
    last.kill('SIGTERM');
  }, QUIET_MS);
}

for (const folder of WATCHED) {
  watch(join(root, folder), { recursive: true }, (_event, name) => {
    if (name !== null && !name.includes('generated') && /\.(ts|tsx|css|html|prisma|sql)$/.test(name)) again();
  });
}
process.on('SIGINT', () => {
  running?.once('exit', () => process.exit(0));
  if (running === undefined || running.exitCode !== null) process.exit(0);
});
start();
