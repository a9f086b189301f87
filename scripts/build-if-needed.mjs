/**
 * Builds what has changed since the last build, by content: the database client, the server, the web pages.
 * `--no-web` leaves the pages out; `--quiet` says nothing unless something fails.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quiet = process.argv.includes('--quiet');
const STEPS = [
  { name: 'database client', script: 'build:client', sources: ['prisma', 'scripts/prisma-generate.mjs'] },
  {
    name: 'server',
    script: 'build:server',
    sources: [
      'src',
      'apps/api',
      'apps/worker',
      'libs',
      'bench',
      'examples',
      '.swcrc',
      'scripts/build-server.mjs',
      'scripts/bundle-command.mjs',
      'scripts/compile-command.mjs',
    ],
  },
  { name: 'web pages', script: 'build:web', sources: ['apps/web'], web: true },
];
const LEFT_OUT = new Set(['node_modules', 'test', 'fixtures', 'generated']);

function addTo(hash, path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    try {
      hash.update(path).update(readFileSync(path));
    } catch {
      hash.update(`${path} is missing`);
    }
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!LEFT_OUT.has(entry.name)) addTo(hash, join(path, entry.name));
  }
}

mkdirSync(join(root, 'dist'), { recursive: true });
for (const step of STEPS) {
  if (step.web === true && process.argv.includes('--no-web')) continue;
  const hash = createHash('sha256').update(process.version);
  addTo(hash, join(root, 'package-lock.json'));
  for (const source of step.sources) addTo(hash, join(root, source));
  const digest = hash.digest('hex');
  const stamp = join(root, 'dist', `.${step.script.replace(':', '-')}`);
  let last = '';
  try {
    last = readFileSync(stamp, 'utf8');
  } catch {
    // never built
  }
  if (last === digest) continue;
  if (!quiet) process.stderr.write(`building the ${step.name} …\n`);
  execFileSync('npm', ['run', '--silent', step.script], {
    cwd: root,
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, digest);
}
