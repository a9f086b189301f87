import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader } from '@tensormark/frameworks';
import { mutant } from './mutants.js';
import { processorTime } from '../../../test/time/processor-time.js';

const PROGRAMS = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'programs');
/** Set MUTANTS=10000 for a long run. */
const COUNT = Number(process.env['MUTANTS'] ?? 300);
const FIRST = Number(process.env['FIRST_MUTANT'] ?? 0);

const BUDGETS = { steps: 200_000, memory: 100_000_000 };

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

function inputsOf(source: string): number[][] {
  const [first = ''] = source.split('\n');
  return first
    .replace('# input:', '')
    .split(';')
    .map((part) => part.trim().split(' ')[0] ?? '')
    .map((dims) => dims.split(',').map(Number));
}

describe('hostile and broken programs', () => {
  const programs = readdirSync(PROGRAMS)
    .toSorted()
    .map((name) => ({ name, source: readFileSync(join(PROGRAMS, name), 'utf8') }));

  it(`reads ${COUNT} mutated programs to an end`, () => {
    const failures: string[] = [];
    for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
      const { name, source } = programs[seed % programs.length] ?? { name: '', source: '' };
      const started = processorTime();
      try {
        reader.read(mutant(source, seed), { filename: name, inputs: inputsOf(source), budgets: BUDGETS });
      } catch (thrown) {
        failures.push(
          `${name} with seed ${seed}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`,
        );
      }
      const taken = processorTime() - started;
      if (taken > 5000) failures.push(`${name} with seed ${seed} took ${Math.round(taken)} ms`);
    }
    expect(failures).toEqual([]);
  }, 3_600_000);

  it.each([
    [
      'a-list-that-contains-itself',
      'a = []\na.append(a)\nx = torch.tensor(a)\ny = torch.cat(a)\nz = torch.zeros(a)\n',
    ],
    [
      'a-module-that-contains-itself',
      'm = nn.Sequential()\nm.append(m)\nprint(m)\nm.train()\nm(torch.zeros(1))\n',
    ],
    [
      'two-modules-that-contain-each-other',
      'a = nn.Sequential()\nb = nn.Sequential(a)\na.append(b)\nb.apply(print)\n',
    ],
    ['a-vast-tensor', 'x = torch.zeros(10**9, 10**9)\ny = x + x\nz = x.view(-1)\n'],
    ['a-vast-list-of-layers', 'net = nn.Sequential(*[nn.Linear(1, 1) for _ in range(10**9)])\n'],
    ['a-vast-layer', 'net = nn.Linear(10**12, 10**12)\n'],
    ['a-deep-nest', 'x = []\nfor _ in range(10**6):\n    x = [x]\ny = torch.tensor(x)\n'],
    [
      'a-forward-that-calls-itself',
      'class Net(nn.Module):\n    def forward(self, x):\n        return self(x)\n',
    ],
    [
      'an-endless-tower-of-modules',
      'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.inner = Net()\n',
    ],
    [
      'an-attribute-that-asks-for-itself',
      'class Net(nn.Module):\n    def __getattr__(self, name):\n        return getattr(self, name)\nn = Net()\n',
    ],
    [
      'a-shape-of-nonsense',
      'x = torch.zeros(2).view(float("nan"))\ny = torch.zeros("a")\nz = torch.arange(0, 10**30)\n',
    ],
    ['a-huge-range', 'x = torch.arange(10**15)\ny = torch.linspace(0, 1, 10**15)\nz = torch.eye(10**9)\n'],
    ['a-huge-repeat', 'x = torch.zeros(10).repeat(10**12, 10**12)\n'],
    [
      'files-and-processes',
      'import os, subprocess, socket\nos.system("true")\nopen("/etc/passwd")\n__import__("os").remove("x")\n',
    ],
  ])('%s', (_name, body) => {
    const source = `import torch\nimport torch.nn as nn\n${body}`;
    const reading = reader.read(source, { inputs: [[3]], budgets: BUDGETS });
    expect(reading.candidates.length).toBeLessThan(10);
  });
});
