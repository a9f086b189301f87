/**
 * Static review of a training script of three hundred lines, warm, against what CPython takes to parse and to compile it, and
 * pyflakes to look through it where that is installed, in the same run. They judge names and syntax; a review follows the whole
 * program, its networks, shapes and training loop, and is to take less than {@link AIM}. In processor time, for the machine may be busy.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReviewer } from '@tensormark/code-review';

/** Milliseconds. */
const AIM = 50;
const SCRIPT = 'train_transformer.py';
/** Enough for the compiler to have done what it does. */
const ROUNDS = 120;
const LABEL = 62;
const PYTHON = '/usr/bin/python3';

const here = dirname(fileURLToPath(import.meta.url));
const folder = [join(here, 'review'), join(here, '../../bench/review')].find((path) =>
  existsSync(join(path, SCRIPT)),
);
if (folder === undefined) throw new Error(`${SCRIPT} is in neither bench/review nor beside this file`);
const path = join(folder, SCRIPT);
const text = readFileSync(path, 'utf8');

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const reviewer = openReviewer();
const times: { readonly wall: number; readonly processor: number }[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const [wall, processor] = [performance.now(), processorTime()];
  const { findings } = reviewer.review(text, { filename: SCRIPT });
  times.push({ wall: performance.now() - wall, processor: processorTime() - processor });
  const wrong = findings.find(({ severity }) => severity === 'error' || severity === 'warning');
  if (wrong !== undefined)
    throw new Error(`a correct program is accused on line ${wrong.line}: ${wrong.message}`);
}

const lines = text.split('\n').length - 1;
const row = (label: string, milliseconds: number, behind = ''): void =>
  console.log(`  ${label.padEnd(LABEL)}${milliseconds.toFixed(1).padStart(8)} ms${behind}`);
row('the first review of a process', times[0]?.processor ?? Number.NaN);
const least = Math.min(...times.map(({ processor }) => processor));
row(`a review of ${lines} lines, warm, processor time`, least, `   aim: less than ${AIM} ms`);
row(`a review of ${lines} lines, warm, by the clock`, Math.min(...times.map(({ wall }) => wall)));

const asked = spawnSync(PYTHON, [join(folder, 'with-cpython.py'), path, '40'], { encoding: 'utf8' });
if (asked.status !== 0) console.log(`  no peer: ${PYTHON} cannot be run here`);
else
  for (const [name, milliseconds] of Object.entries(JSON.parse(asked.stdout) as Record<string, number>))
    row(`${name} of the same text, processor time`, milliseconds);
