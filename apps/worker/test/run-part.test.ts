import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ExecutionRunner,
  type ComputeDevice,
  type ExecutionJob,
  type ExecutionReport,
} from '@tensormark/execution';
import { ENGINE_VERSION, openMarkingEngine, ProposedMark, type MarkingEngine } from '@tensormark/marking';
import { PermanentFailure, type PartWork, type Processors, type RunContext } from '@tensormark/queue';
import { openRecords, type Records } from '@tensormark/records';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { openLog } from '../src/log.js';
import { ExamSources } from '../src/processors/exam-sources.js';
import { processors } from '../src/processors/processors.js';
import { OutOfBounds } from '@tensormark/threads';
import type { ResultOf, Task } from '../src/threads/task.js';
import { Work } from '../src/threads/work.js';

const RUN: RunContext = { attempt: 1, maxAttempts: 5, signal: new AbortController().signal };
const SECOND: RunContext = { ...RUN, attempt: 2 };

const EXAM = `
format: 1
exam: running
title: Running
questions:
  - id: 1
    prompt: Write a classifier.
    parts:
      - id: a
        kind: code
        marks: 4
        prompt: Write it.
        input: [12]
        requirements:
          - { id: reads, says: Runs, marks: 2, check: reads-without-error }
          - { id: trains, says: Learns, marks: 2, check: trains-on-one-batch }
        findings: { deduct: { warning: 1 }, run: true }
      - id: b
        kind: essay
        marks: 1
        prompt: Why?
        rubric: [{ id: why, says: Says why, marks: 1 }]
`;

const ANSWER = `Question 1

(a)

\`\`\`python
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(12, 32)
        self.out = nn.Linear(32, 4)

    def forward(self, x):
        return self.out(self.hidden(x).relu())
\`\`\`

(b) Because it can.
`;

const PROCESSOR: ComputeDevice = { backend: 'wasm', kind: 'cpu', device: 'WebAssembly', versions: {} };
const CARD: ComputeDevice = { backend: 'webgpu', kind: 'gpu', device: 'a card', versions: {} };

let database: TestDatabase;
let records: Records;
let engine: MarkingEngine;
let examId: string;
beforeAll(async () => {
  engine = await openMarkingEngine();
  database = await createTestDatabase();
  records = openRecords({ databaseUrl: database.databaseUrl });
  for (const role of ['student', 'examiner']) {
    await database.query(
      'INSERT INTO users (id, name, email, role, email_verified) VALUES ($1, $1, $1, $1, true)',
      [role],
    );
  }
  const { exam } = await records.exams.put({
    slug: 'running',
    title: 'Running',
    source: EXAM,
    definition: {},
    parts: [
      { part: '1.a', kind: 'code', title: '', maximum: '4' },
      { part: '1.b', kind: 'essay', title: '', maximum: '1' },
    ],
    by: 'examiner',
  });
  examId = exam.id;
});
afterAll(async () => {
  await records.close();
  await database.drop();
});

/** A report as a device gives it. */
const ran = (job: ExecutionJob): ExecutionReport => ({
  kind: 'ran',
  device: { backend: 'wasm', kind: 'cpu', device: 'WebAssembly', versions: { tfjs: '4.22.0' } },
  passedOver: [],
  seed: job.seed,
  batch: job.plans.batch,
  estimate: job.estimate,
  milliseconds: Math.round(performance.now()),
  remarks: [],
  probes: [
    {
      probe: 'overfit',
      kind: 'measured',
      measured: {
        optimiser: { type: 'Adam', arguments: { lr: 0.001 } },
        given: false,
        batch: job.plans.batch,
        losses: [1.4, 0.7, 0.05],
        first: 1.4,
        last: 0.05,
        least: 0.05,
        ended: 'fitted',
        target: 0.07,
      },
    },
  ],
});

const fault = (what: 'device-lost' | 'deadline'): ExecutionReport => ({
  kind: 'fault',
  fault: what,
  message: 'as the test wants it',
});

let asked: ExecutionJob[];
let device: (job: ExecutionJob) => ExecutionReport | Promise<ExecutionReport>;
let present: ComputeDevice;
let threads: (task: Task) => void;
let steps: Processors;
let part: PartWork;
let note: PartWork;
let copies = 0;
beforeEach(async () => {
  asked = [];
  device = ran;
  present = PROCESSOR;
  threads = () => undefined;
  const work = new Work(engine);
  steps = processors({
    records,
    pool: {
      run: async <Asked extends Task>(task: Asked): Promise<ResultOf<Asked>> => {
        threads(task);
        // Each kind of task has its own kind of result.
        return work.do(task) as ResultOf<Asked>;
      },
    },
    log: openLog('silent'),
    read: async () => ({ kind: 'refused', reason: 'broken', message: 'Broken.' }),
    runner: {
      run: async (job) => {
        asked.push(job);
        return device(job);
      },
      device: async () => ({ kind: 'found', device: present, passedOver: [] }),
      close: () => undefined,
    },
    secondsPerRun: 1,
    exams: new ExamSources(records),
  });
  // Code of its own for each test: equal code is run once.
  copies += 1;
  const { part: first, note: second } = await handIn(ANSWER.replace('32)', `32)  # ${copies}`));
  part = first;
  note = second;
});

async function handIn(answer: string): Promise<{ part: PartWork; note: PartWork }> {
  const { submission } = await records.submissions.receive({
    examId,
    studentId: 'student',
    fileName: 'a.md',
    mediaType: 'text/plain',
    bytes: Buffer.from(answer),
  });
  const { schemeHash } = await records.exams.version(submission.examVersionId);
  const work = {
    submissionId: submission.id,
    examVersionId: submission.examVersionId,
    engineVersion: ENGINE_VERSION,
    schemeHash,
  };
  const [a, b] = await steps.split(work, RUN);
  if (a === undefined || b === undefined) throw new Error('the answers were not found');
  return { part: { ...work, ...a }, note: { ...work, ...b } };
}

const proposalOf = async ({ answerId }: PartWork): Promise<ProposedMark> =>
  ProposedMark.parse((await records.proposedMarks.current(answerId))?.evidence);

describe('running the network of an answer', () => {
  it('is-asked-for-the-parts-whose-scheme-wants-it', () => {
    expect(part.needsRun).toBe(true);
    expect(note.needsRun).toBe(false);
  });

  it('is-done-once-and-marked-with-its-numbers', async () => {
    await steps.run(part, RUN);
    await steps.run(part, SECOND);
    expect(asked).toHaveLength(1);
    await steps.markPart(part, RUN);
    const { outcome, marks, items } = await proposalOf(part);
    expect({ outcome, marks }).toEqual({ outcome: 'proposed', marks: '4' });
    expect(items.find(({ item }) => item === 'trains')?.evidence[1]).toMatchObject({
      kind: 'execution',
      backend: 'wasm',
      device: 'WebAssembly',
      seed: 1,
      losses: [1.4, 0.7, 0.05],
    });
  });

  it('device-seed-versions-and-time-are-kept-and-time-is-no-evidence', async () => {
    await steps.run(part, RUN);
    await steps.markPart(part, RUN);
    const [kept] = await records.networkRuns.history(part.answerId);
    expect(kept).toMatchObject({
      outcome: 'ran',
      backend: 'wasm',
      seed: 1,
      versions: { tfjs: '4.22.0' },
      readingId: part.readingId,
      networkHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(kept?.milliseconds).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(await proposalOf(part))).not.toMatch(/millisecond|ranAt|duration/);
  });

  it('the-same-code-of-another-answer-is-not-run-again-and-gets-the-same-evidence-to-the-byte', async () => {
    const code = ANSWER.replace('32)', '32)  # shared');
    const [one, other] = [(await handIn(code)).part, (await handIn(code)).part];
    for (const each of [one, other]) {
      await steps.run(each, RUN);
      await steps.markPart(each, RUN);
    }
    expect(asked).toHaveLength(1);
    const bytes = async (work: PartWork): Promise<string> =>
      JSON.stringify((await records.proposedMarks.current(work.answerId))?.evidence);
    expect(await bytes(other)).toBe(await bytes(one));
  });

  it('a-lost-device-is-a-fault-that-is-tried-again-and-no-mark', async () => {
    device = () => fault('device-lost');
    await expect(steps.run(part, RUN)).rejects.toThrow('device-lost');
    await expect(steps.run(part, SECOND)).rejects.toThrow('device-lost');
    expect((await records.networkRuns.history(part.answerId)).map(({ outcome }) => outcome)).toEqual([
      'fault',
      'fault',
    ]);
    await expect(steps.markPart(part, RUN)).rejects.toThrow(PermanentFailure);
    expect(await records.proposedMarks.current(part.answerId)).toBeNull();
  });

  it('a-fault-that-lasts-is-a-failed-part-and-made-good-by-a-run-that-comes-later', async () => {
    device = () => fault('device-lost');
    await expect(steps.run(part, RUN)).rejects.toThrow('device-lost');
    await steps.partFailed(part, 'Its network could not be run.');
    expect(await records.proposedMarks.current(part.answerId)).toMatchObject({
      outcome: 'failed',
      marks: null,
    });
    device = ran;
    await steps.run(part, RUN);
    await steps.markPart(part, RUN);
    expect(await proposalOf(part)).toMatchObject({ outcome: 'proposed', marks: '4' });
  });

  it('a-process-that-is-killed-each-time-is-a-fault-that-is-named-and-the-other-part-stands', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tensormark-'));
    const script = join(folder, 'killed.mjs');
    await writeFile(script, "process.on('message', () => process.kill(process.pid, 'SIGKILL'));\n");
    const runner = new ExecutionRunner({ script });
    try {
      device = (job) => runner.run(job);
      await steps.markPart(note, RUN);
      for (const attempt of [1, 2, 3])
        await expect(steps.run(part, { ...RUN, attempt })).rejects.toThrow('crash');
      await expect(steps.markPart(part, RUN)).rejects.toThrow(PermanentFailure);
      await steps.partFailed(part, 'Its network could not be run.');
      await steps.finish(part, RUN);
    } finally {
      runner.close();
      await rm(folder, { recursive: true });
    }
    const [newest] = await records.networkRuns.history(part.answerId);
    expect(newest).toMatchObject({
      outcome: 'fault',
      fault: 'crash',
      message: expect.stringContaining('SIGKILL'),
    });
    expect(await records.submissions.get(part.submissionId)).toMatchObject({
      state: 'failed',
      stateReason: expect.stringContaining('1.a'),
    });
    const current = await records.proposedMarks.current(note.answerId);
    expect(current?.outcome).not.toBe('failed');
  });

  it('is-as-large-as-the-device-lets-it-be-and-small-once-that-has-failed', async () => {
    const wide = ANSWER.replace('32)', '4000)')
      .replace('        self.out', '        self.more = nn.Linear(4000, 4000)\n        self.out')
      .replace('nn.Linear(32, 4)', `nn.Linear(4000, 4)  # ${copies} wide`)
      .replace('self.hidden(x)', 'self.more(self.hidden(x))');
    const work = (await handIn(wide)).part;
    present = CARD;
    device = () => fault('device-lost');
    await expect(steps.run(work, RUN)).rejects.toThrow('device-lost');
    await expect(steps.run(work, SECOND)).rejects.toThrow('device-lost');
    expect(asked.map(({ plannedFor, plans, scaled }) => [plannedFor, plans.batch, scaled?.to.batch])).toEqual(
      [
        ['gpu', 8, undefined],
        [undefined, 4, 4],
      ],
    );
  });

  it('time-that-runs-out-twice-leaves-it-to-a-person', async () => {
    device = () => fault('deadline');
    await expect(steps.run(part, RUN)).rejects.toThrow('deadline');
    await steps.run(part, SECOND);
    await steps.markPart(part, RUN);
    expect(await proposalOf(part)).toMatchObject({ outcome: 'needs-person', marks: null });
  });

  it('reading-that-takes-too-long-twice-leaves-it-to-a-person', async () => {
    threads = ({ kind }) => {
      if (kind === 'prepare-run') throw new OutOfBounds('took over 60 s');
    };
    await expect(steps.run(part, RUN)).rejects.toThrow(OutOfBounds);
    await steps.run(part, SECOND);
    threads = () => undefined;
    await steps.markPart(part, RUN);
    expect(await proposalOf(part)).toMatchObject({ outcome: 'needs-person', marks: null });
  });

  it('code-that-a-person-corrects-while-it-runs-is-run-again-as-soon-as-that-has-ended', async () => {
    const { submissionId } = part;
    const orders = async () =>
      (await database.query('SELECT id FROM outbox_jobs WHERE submission_id = $1', [submissionId])).length;
    const state = async () => (await records.submissions.get(submissionId)).state;
    const [code, why] = await records.answers.ofSubmission(submissionId);
    if (!code || !why) throw new Error('an answer is not there');
    let correcting: Promise<unknown> | undefined;
    device = (job) => {
      correcting ??= records.answers.confirm({
        submissionId,
        expected: 0,
        answers: [code, why].map(({ text, pieces, ...answer }) => ({
          part: answer.part,
          found: true,
          text: text.replace('12, 32)', `12, 48)`).replaceAll('(32, 4)', '(48, 4)'),
          pieces,
          confidence: 1,
          reasons: [],
        })),
        by: 'examiner',
        why: 'The page was read wrongly.',
      });
      return ran(job);
    };
    await steps.markPart(note, RUN);
    await steps.run(part, RUN);
    await correcting;
    const ordered = await orders();
    // The queue marks the part and finishes, for the answer as it was when they were ordered.
    await steps.markPart(part, RUN);
    expect(await records.proposedMarks.current(part.answerId)).toBeNull();
    await steps.finish(part, RUN);
    expect(await state()).toBe('marking');
    expect(await orders()).toBe(ordered + 1);
    // The essay waits for nobody, and the code is not to be seen before its own run.
    const { items } = await records.markingQueue.list({ examId, limit: 500 });
    const here = items.filter(({ answer }) => answer.submissionId === submissionId);
    expect(here.map(({ answer }) => answer.part)).toEqual(['1.b']);

    const again = await steps.split(part, RUN);
    for (const each of again) {
      const work = { ...part, ...each };
      if (each.needsRun) await steps.run(work, RUN);
      await steps.markPart(work, RUN);
    }
    await steps.finish(part, RUN);
    expect(asked.map(({ plans }) => plans.training.parameters[0]?.shape)).toEqual([
      [32, 12],
      [48, 12],
    ]);
    expect(await proposalOf(part)).toMatchObject({ outcome: 'proposed', marks: '4' });
    expect(await orders()).toBe(ordered + 1);
    expect(await state()).not.toBe('marking');
  });

  it('code-that-cannot-be-run-is-no-fault-and-goes-to-a-person', async () => {
    const unsure = (await handIn(ANSWER.replace('nn.Linear(12, 32)', 'make(12, 32)'))).part;
    await steps.run(unsure, RUN);
    expect(asked).toHaveLength(0);
    await steps.markPart(unsure, RUN);
    expect(await proposalOf(unsure)).toMatchObject({ outcome: 'needs-person', marks: null });
  });

  it('an-answer-without-code-is-not-run', async () => {
    const words = (await handIn('Question 1\n\n(a) I do not know.\n\n(b) Because.\n')).part;
    await steps.run(words, RUN);
    expect(asked).toHaveLength(0);
    await steps.markPart(words, RUN);
    expect(await proposalOf(words)).toMatchObject({ outcome: 'needs-person' });
    expect(await records.networkRuns.history(words.answerId)).toEqual([]);
  });

  it('a-worker-that-is-closed-writes-no-fault-down', async () => {
    const closing = new AbortController();
    device = () => {
      closing.abort();
      return fault('device-lost');
    };
    await expect(steps.run(part, { ...RUN, signal: closing.signal })).rejects.toThrow('closed');
    expect(await records.networkRuns.history(part.answerId)).toEqual([]);
  });
});
