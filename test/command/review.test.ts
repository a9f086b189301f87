import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensormark-review-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function review(
  name: string,
  content: string,
  ...options: string[]
): Promise<{ code: number; output: string }> {
  writeFileSync(join(folder, name), content);
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'review', name, ...options], { cwd: folder }, (error, output) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, output });
    });
  });
}

const PAIR = `import torch
from torch import nn

class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(8, 32), nn.LeakyReLU(0.2))
        self.head = nn.Linear(32, 20)

    def forward(self, z):
        return self.head(self.body(z).detach())

class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(20, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))

    def forward(self, x):
        return self.body(x)

G, D = Generator(), Discriminator()
scores = D(G(torch.randn(16, 8)))
`;

const WRONG = `import torch
from torch import nn as n
net = n.Sequential(n.Linear(20, 3), n.Softmax(dim=1))
loss = n.CrossEntropyLoss()(net(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`;

describe('tensormark review', () => {
  it('shows-the-line-the-caret-and-the-shapes', async () => {
    const { code, output } = await review('wrong.py', WRONG);
    expect(code).toBe(1);
    expect(output).toContain('warning[softmax-ce]');
    expect(output).toContain('wrong.py:3:37');
    expect(output).toContain('^^^^^^^^^^^^^^^^');
    expect(output).toContain('softmax gives [8, 3]');
  });

  it('says-nothing-of-a-right-program', async () => {
    const { code, output } = await review('right.py', WRONG.replace(', n.Softmax(dim=1)', ''));
    expect(code).toBe(0);
    expect(output).toContain('Nothing found.');
  });

  it('gives-json-with-the-cell-of-a-notebook', async () => {
    const cells = [
      { cell_type: 'markdown', source: ['# words'] },
      { cell_type: 'code', source: ['%matplotlib inline\n', '!pip install torch\n'] },
      { cell_type: 'code', source: WRONG },
    ];
    const { output } = await review('nb.ipynb', JSON.stringify({ cells }), '--json');
    const { findings } = z
      .object({
        findings: z.array(z.object({ check: z.string(), cell: z.number(), lineInCell: z.number() })),
        device: z.object({ backend: z.string(), device: z.string() }),
      })
      .parse(JSON.parse(output));
    expect(findings).toEqual([{ check: 'softmax-ce', cell: 2, lineInCell: 3 }]);
  });

  it('runs-nothing-where-told-not-to', async () => {
    const { output } = await review('wrong.py', WRONG, '--json', '--no-run');
    const { device, execution } = z
      .object({ device: z.unknown(), execution: z.unknown() })
      .parse(JSON.parse(output));
    expect({ device, execution }).toEqual({ device: null, execution: null });
  });

  it('runs-as-many-rows-as-it-is-told', async () => {
    const right = WRONG.replace(', n.Softmax(dim=1)', '');
    const { output } = await review('rows.py', right, '--json', '--batch', '24');
    expect(JSON.parse(output)).toMatchObject({ execution: { batch: 24 } });
    expect((await review('rows.py', right, '--batch', '1')).code).toBe(2);
  });

  it('runs-each-network-that-stands-by-itself', async () => {
    const { output } = await review('pair.py', PAIR, '--json');
    const ran = { kind: 'ran' };
    expect(JSON.parse(output)).toMatchObject({
      execution: { ...ran, inputs: { shapes: [[20]] } },
      others: [{ name: 'G', execution: { ...ran, inputs: { shapes: [[8]] } } }],
      findings: [{ check: 'no-gradient', line: 7 }],
    });
  });

  it('gives-sarif-with-every-check-as-a-rule', async () => {
    const { output } = await review('wrong.py', WRONG, '--sarif');
    const { runs } = z
      .object({
        version: z.literal('2.1.0'),
        runs: z.array(
          z.object({
            tool: z.object({ driver: z.object({ rules: z.array(z.object({ id: z.string() })) }) }),
            results: z.array(z.object({ ruleId: z.string(), ruleIndex: z.number(), level: z.string() })),
          }),
        ),
      })
      .parse(JSON.parse(output));
    const [run] = runs;
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['softmax-ce', 'warning']]);
    expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe('softmax-ce');
  });
});
