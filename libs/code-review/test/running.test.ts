import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Running } from '../src/index.js';
import { openRunning, type RunningPlace } from './running/run-program.js';

const folder = fileURLToPath(new URL('running/', import.meta.url));
const read = (name: string): string => readFileSync(folder + name, 'utf8');

let place: RunningPlace;
beforeAll(async () => {
  place = await openRunning();
});
afterAll(() => place.close());

const PATIENCE_MS = 120_000;

const found = (running: Running): readonly string[] =>
  running.kind === 'ran' ? running.findings.map(({ check, line }) => `${line}: ${check}`) : [];

describe('a correct program', () => {
  it.each(readdirSync(`${folder}correct`))(
    '%s runs, and nothing is found',
    async (name) => {
      const running = await place.run({ text: read(`correct/${name}`), filename: name });
      expect(running.kind === 'ran' ? 'ran' : running).toBe('ran');
      expect(found(running)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('what is not recorded as PyTorch computes it', () => {
  it.each(readdirSync(`${folder}declined`))('%s is not run, and it is said why', async (name) => {
    const text = read(`declined/${name}`);
    const [, because = '?'] = /^# because: (.+)$/m.exec(text) ?? [];
    const running = await place.run({ text, filename: name });
    expect(running).toMatchObject({ kind: 'not-run', why: expect.stringContaining(because) });
  });
});

describe('a faulty program', () => {
  it.each(readdirSync(`${folder}faulty`))(
    '%s has the fault its first line names',
    async (name) => {
      const text = read(`faulty/${name}`);
      const [, check] = /^# finds: (\S+)/.exec(text) ?? [];
      const line = text.split('\n').findIndex((each) => each.includes('# <--')) + 1;
      const running = await place.run({ text, filename: name });
      expect(running.kind === 'ran' ? 'ran' : running).toBe('ran');
      expect(found(running)).toEqual([`${line}: ${check}`]);
    },
    PATIENCE_MS,
  );
});

describe('weights that a program loads', () => {
  const net = (more: string): string => `import torch, torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 16)
        self.fc2 = nn.Linear(16, 4)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))

net = Net()
${more}
y = net(torch.randn(4, 8))
`;

  it(
    'drawn-anew-are-said-so',
    async () => {
      const loaded = "net.load_state_dict(torch.load('net.pt'))";
      const notes = async (more: string): Promise<readonly string[] | undefined> => {
        const running = await place.run({ text: net(more), filename: 'net.py' });
        return running.kind === 'ran' ? running.notes : undefined;
      };
      expect(await notes(loaded)).toEqual([expect.stringContaining('drawn anew')]);
      expect(await notes(`# ${loaded}`)).toEqual([]);
    },
    PATIENCE_MS,
  );
});
