/** Runs every benchmark in bench/ (or those named), one after the other. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
spawnSync('node', [join(root, 'scripts/build-if-needed.mjs'), '--no-web', '--quiet'], { stdio: 'inherit' });
const wanted = process.argv.slice(2);
const all = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.bench.ts'));
for (const name of all.filter((each) => wanted.length === 0 || wanted.some((part) => each.includes(part)))) {
  process.stdout.write(`\n${name.replace('.bench.ts', '')}\n`);
  const running = spawn('node', [join(root, 'dist/bench', name.replace(/\.ts$/, '.js'))], {
    stdio: 'inherit',
  });
  // Whoever ends this ends what runs, with the servers it has started.
  const pass = (signal) => running.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
  const [status] = await once(running, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass);
  if (status !== 0) process.exitCode = 1;
  if (status === null) break;
}
