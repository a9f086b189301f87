import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { problemIn, type Client } from './support/client.js';
import { startService, type Service } from './support/service.js';

const examOf = (correct: string, marks = 2): string => `
format: 1
exam: changing
title: A scheme that changes
grades: [{ grade: fail, from: 0 }, { grade: pass, from: 2 }]
questions:
  - id: 1
    kind: choice
    marks: ${marks}
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [${correct}]
  - id: 2
    kind: choice
    marks: 1
    prompt: And which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [a]
`;
const PAPER = '# Question 1\n\na\n\n# Question 2\n\na\n';

const Preview = z.object({
  draft: z.uuid(),
  done: z.number(),
  wanted: z.number(),
  parts: z.array(z.string()),
  summary: z.record(z.string(), z.number()),
  papers: z.array(z.looseObject({ before: z.string(), after: z.string() })),
});

let service: Service;
let worker: RunningWorker;
let examiner: Client;
let marker: Client;
beforeAll(async () => {
  service = await startService();
  worker = await startWorker({
    databaseUrl: service.database.databaseUrl,
    concurrency: 1,
    logLevel: 'silent',
  });
  examiner = await service.as('examiner');
  marker = await service.as('marker');
  await examiner.put('/api/v1/exams/changing', { yaml: examOf('b') });
  for (const who of ['student', 'rival'] as const) await (await service.as(who)).hand('changing', PAPER);
  await until(async () => (await queue()).length === 4);
}, 240_000);
afterAll(async () => {
  await worker.close();
  await service.close();
});

async function until(happens: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await happens()) return;
    await setTimeout(100);
  }
  throw new Error('it never happened');
}

async function queue(): Promise<{ answer: string; part: string; proposed: string | null }[]> {
  const { json } = await marker.get('/api/v1/exams/changing/marking-queue?state=all');
  return z
    .array(z.object({ answer: z.uuid(), part: z.string(), proposed: z.string().nullable() }))
    .parse(json)
    .toSorted((one, other) => one.part.localeCompare(other.part));
}

async function preview(confirmed = 'keep') {
  const answer = await examiner.get(`/api/v1/exams/changing/scheme-changes/preview?confirmed=${confirmed}`);
  return z.object({ preview: Preview }).parse(answer.json).preview;
}

describe('changing a scheme', () => {
  it('shows-who-would-change-who-comes-to-another-grade-and-whose-mark-stays', async () => {
    const [first] = await queue();
    const confirmed = await marker.post(`/api/v1/answers/${first?.answer}/marks`, {
      json: { action: 'confirm', expectedCurrent: null },
    });
    expect(confirmed.status).toBe(201);
    const staged = await examiner.post('/api/v1/exams/changing/scheme-changes/preview', {
      yaml: examOf('a'),
    });
    expect([staged.status, staged.text]).toEqual([201, expect.anything()]);
    await until(async () => {
      const { done, wanted } = await preview();
      return done === wanted;
    });
    const seen = await preview();
    expect(seen.parts).toEqual(['1']);
    expect(seen.summary).toEqual({ papers: 2, changed: 1, up: 1, down: 0, crossing: 1, kept: 1, opening: 0 });
    expect(seen.papers[0]).toMatchObject({
      before: '1',
      after: '3',
      difference: '2',
      gradeBefore: 'fail',
      gradeAfter: 'pass',
      parts: [{ part: '1', fate: 'changes', before: '0', after: '2', by: 'machine' }],
    });
    expect((await preview('follow')).summary).toMatchObject({ changed: 2, crossing: 2, kept: 0 });
    expect((await queue()).map(({ proposed }) => proposed)).toEqual(['0', '0', '1', '1']);
  });

  it('applies-as-one-and-is-undone-as-one', async () => {
    const { draft } = await preview();
    const applied = await examiner.post('/api/v1/exams/changing/scheme-changes', {
      json: { draft, confirmed: 'follow', why: 'The key was wrong.' },
    });
    expect([applied.status, applied.json]).toMatchObject([
      201,
      { kind: 'applied', marks: 1, submissions: 2 },
    ]);
    expect((await queue()).map(({ proposed }) => proposed)).toEqual(['2', '2', '1', '1']);
    expect((await examiner.get('/api/v1/exams/changing/scheme-changes/preview')).json).toEqual({
      preview: null,
    });

    // What comes in now is marked by the changed scheme.
    const later = await service.as('student');
    await later.hand('changing', PAPER);
    await until(async () => (await queue()).length === 4);

    const { id } = z.object({ id: z.uuid() }).parse(applied.json);
    const undone = await examiner.post(`/api/v1/exams/changing/scheme-changes/${id}/undo`, {
      json: { why: 'It was right.' },
    });
    expect([undone.status, undone.json]).toMatchObject([201, { kind: 'undone', undoes: id }]);
    await until(async () => {
      const proposed = (await queue()).map((entry) => entry.proposed);
      return JSON.stringify(proposed) === '["0","0","1","1"]';
    });
    const again = await examiner.post(`/api/v1/exams/changing/scheme-changes/${id}/undo`, {
      json: { why: 'Again.' },
    });
    expect(problemIn(again).status).toBe(409);
    const changes = await examiner.get('/api/v1/exams/changing/scheme-changes');
    expect(changes.json).toMatchObject([
      { kind: 'undone' },
      { kind: 'applied', undoneBy: expect.any(String) },
    ]);
    expect((await examiner.get('/api/v1/exams/changing/definition')).text).toBe(examOf('b'));
  });

  it('refuses-other-parts-another-exam-and-the-scheme-in-force', async () => {
    const stage = (yaml: string) => examiner.post('/api/v1/exams/changing/scheme-changes/preview', { yaml });
    expect(problemIn(await stage(examOf('b'))).detail).toContain('nothing would change');
    expect(problemIn(await stage(examOf('a').replace('id: 2', 'id: 3'))).detail).toContain('it has no 3');
    expect(problemIn(await stage(examOf('a').replace('exam: changing', 'exam: other'))).status).toBe(422);
  });
});
