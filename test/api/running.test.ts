import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { tensormark } from '../command/tensormark.js';
import type { Client } from './support/client.js';
import { startService, type Service } from './support/service.js';

const EXAM = `
format: 1
exam: running
title: Running
questions:
  - id: 1
    kind: code
    marks: 4
    prompt: Write a classifier of 12 features into 4 classes that learns one batch by heart.
    input: [12]
    requirements:
      - { id: reads, says: Runs, marks: 2, check: reads-without-error }
      - { id: trains, says: Learns one batch by heart, marks: 2, check: trains-on-one-batch }
    findings: { deduct: { warning: 1 }, run: true }
  - id: 2
    kind: essay
    marks: 1
    prompt: Why?
    rubric: [{ id: why, says: Says why, marks: 1 }]
`;

const answer = (forward: string): string => `Question 1

\`\`\`python
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(12, 256)
        self.out = nn.Linear(256, 4)

    def forward(self, x):
        return ${forward}

net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
data = TensorDataset(torch.randn(64, 12), torch.randint(0, 4, (64,)))
for x, y in DataLoader(data, batch_size=16):
    optimizer.zero_grad()
    loss = criterion(net(x), y)
    loss.backward()
    optimizer.step()
\`\`\`

Question 2

Because it can.
`;

const Queue = z.array(z.object({ answer: z.uuid(), part: z.string(), outcome: z.string() }));
const Execution = z.object({
  kind: z.literal('execution'),
  backend: z.string(),
  device: z.string(),
  seed: z.int(),
  versions: z.record(z.string(), z.string()),
  losses: z.array(z.number()),
  gradients: z.array(z.object({ layer: z.string(), size: z.number() })),
  says: z.string(),
});

let service: Service;
const workers: RunningWorker[] = [];
let student: Client;
let marker: Client;
let examiner: Client;
beforeAll(async () => {
  service = await startService();
  [student, marker] = await Promise.all([service.as('student'), service.as('marker')]);
  examiner = await service.as('examiner');
  const put = await examiner.put('/api/v1/exams/running', { yaml: EXAM });
  if (put.status !== 201) throw new Error(`the exam was not taken: ${put.text}`);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await service.close();
});

async function work(queue: 'marking' | 'execution'): Promise<void> {
  const { databaseUrl } = service.database;
  workers.push(
    await startWorker({
      databaseUrl,
      concurrency: 1,
      logLevel: 'silent',
      queues: [queue],
      device: { only: 'wasm' },
    }),
  );
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await setTimeout(100);
  }
  throw new Error('it never came to that');
}

const waiting = async () => Queue.parse((await marker.get('/api/v1/exams/running/marking-queue')).json);

/** What the marker is shown of an answer to part 1 that was not there before. */
async function proposed(before: readonly string[] = []): Promise<{ answer: string; text: string }> {
  const { answer: found } = await until(async () =>
    (await waiting()).find(({ answer: id, part }) => part === '1' && !before.includes(id)),
  );
  return { answer: found, text: (await marker.get(`/api/v1/answers/${found}`)).text };
}

function executionIn(text: string): z.infer<typeof Execution> | undefined {
  let found: z.infer<typeof Execution> | undefined;
  JSON.parse(text, (_, value: unknown) => {
    const execution = Execution.safeParse(value);
    if (execution.success) found = execution.data;
    return value;
  });
  return found;
}

async function handIn(text: string): Promise<void> {
  expect((await student.hand('running', text)).status).toBe(202);
}

describe('code that is handed in', () => {
  let first: string;

  it('waits-for-a-worker-that-runs-networks-while-the-rest-is-marked', async () => {
    await work('marking');
    await handIn(answer('self.out(F.relu(self.hidden(x)))'));
    const marked = async () =>
      (
        await service.database.query(
          'SELECT a.part FROM proposed_marks p JOIN answers a ON a.id = p.answer_id ORDER BY a.part',
        )
      ).map(({ part }) => part);
    await until(async () => (await marked()).find((part) => part === '2'));
    expect(await marked()).toEqual(['2']);
    // The essay can be marked at once; the code is pending, which is no 0, and keeps the rest from being released.
    const [essay, ...more] = await waiting();
    expect([essay?.part, more]).toEqual(['2', []]);
    const confirmed = await marker.post(`/api/v1/answers/${essay?.answer}/marks`, {
      json: { action: 'change', marks: '0.5', reason: 'Half a reason.', expectedCurrent: null },
    });
    expect(confirmed.status).toBe(201);
    const [code] = await service.database.query("SELECT id FROM answers WHERE part = '1'");
    expect((await marker.get(`/api/v1/answers/${String(code?.['id'])}`)).json).toMatchObject({
      state: 'pending',
      awaitsRun: true,
      proposal: null,
    });
    const released = await examiner.post('/api/v1/exams/running/release', { json: {} });
    expect(released.json).toMatchObject({ released: [], held: [{ reason: 'not-all-marked' }] });
    await work('execution');
    const { answer: id, text } = await proposed();
    first = id;
    const execution = executionIn(text);
    expect(execution).toMatchObject({ backend: 'wasm', seed: 1 });
    expect(execution?.losses.length).toBeGreaterThan(2);
    expect(execution?.losses.at(-1)).toBeLessThan(0.1);
    expect(execution?.gradients.map(({ layer }) => layer)).toEqual(['hidden', 'out']);
    const runs = await service.database.query(
      'SELECT outcome, backend, seed, versions, milliseconds, ran_at FROM network_runs',
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ outcome: 'ran', backend: 'wasm', seed: 1 });
  });

  it('the-command-comes-to-the-same-mark-by-the-same-evidence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tensormark-'));
    const [exam, answers] = [join(folder, 'exam.yaml'), join(folder, 'answers.md')];
    try {
      await writeFile(exam, EXAM);
      await writeFile(answers, answer('self.out(F.relu(self.hidden(x)))'));
      const Graded = z.object({ parts: z.array(z.object({ key: z.string(), proposal: z.unknown() })) });
      const graded = async (backend: string, ...options: string[]) => {
        const args = ['grade', exam, answers, '--json', ...options];
        const { code, output } = await tensormark(args, { TENSORMARK_BACKEND: backend });
        expect(code).toBe(0);
        return Graded.parse(JSON.parse(output)).parts;
      };
      const [kept] = await service.database.query(
        'SELECT evidence FROM proposed_marks WHERE answer_id = $1',
        [first],
      );
      const [code] = await graded('wasm');
      expect(code).toEqual({ key: '1', proposal: kept?.['evidence'] });
      const [unrun] = await graded('wasm', '--no-run');
      expect(unrun?.proposal).toMatchObject({ outcome: 'needs-person', marks: null });
      // A device that is not there is a fault of the machine, and no mark.
      const [failed] = await graded('tensorflow');
      expect(failed?.proposal).toMatchObject({ outcome: 'needs-person', marks: null });
      expect(JSON.stringify(failed?.proposal)).toContain('a fault of this machine');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('what-running-shows-is-evidence-and-costs-as-the-scheme-says', async () => {
    await handIn(answer('self.out(F.relu(self.hidden(x)).detach())'));
    const { text } = await proposed([first]);
    expect(text).toMatch(/no-gradient|graph-cut/);
    expect(executionIn(text)?.backend).toBe('wasm');
  });
});
