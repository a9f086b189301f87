import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { problemIn, type Client } from './support/client.js';
import { PASSWORD, startService, type Service } from './support/service.js';

jest.setTimeout(120_000);

const EXAM = `
format: 1
exam: alike
title: Alike
questions:
  - id: 1
    kind: choice
    marks: 1
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
`;
const Groups = z.array(
  z.object({
    key: z.string(),
    proposed: z.string().nullable(),
    answers: z.array(z.object({ answer: z.uuid(), proposal: z.uuid(), candidate: z.string() })),
  }),
);

let service: Service;
let worker: RunningWorker;
let marker: Client;
beforeAll(async () => {
  service = await startService();
  worker = await startWorker({
    databaseUrl: service.database.databaseUrl,
    concurrency: 1,
    logLevel: 'silent',
  });
  marker = await service.as('marker');
  await (await service.as('examiner')).put('/api/v1/exams/alike', { yaml: EXAM });
  for (const [name, choice] of ['a', 'a', 'a', 'b', 'b'].entries()) {
    const email = `alike-${name}@example.org`;
    await service.api.addPerson({ role: 'student', name: `Student ${name}`, email, password: PASSWORD });
    const student = await service.anonymous.signIn(email, PASSWORD);
    await student.hand('alike', `# Question 1\n\n${choice}\n`);
  }
  for (
    let tries = 0;
    (await groups()).reduce((sum, { answers }) => sum + answers.length, 0) < 5;
    tries += 1
  ) {
    if (tries > 600) throw new Error('the answers were not marked');
    await setTimeout(200);
  }
}, 240_000);
afterAll(async () => {
  await worker.close();
  await service.close();
});

async function groups() {
  return Groups.parse((await marker.get('/api/v1/exams/alike/answer-groups?part=1')).json);
}
const decide = (json: unknown) => marker.post('/api/v1/exams/alike/answer-groups/marks', { json });
const chosen = (answers: z.infer<typeof Groups>[number]['answers']) =>
  answers.map(({ answer, proposal }) => ({ answer, proposal }));

describe('answers that are alike', () => {
  it('are-one-decision-with-a-mark-for-each-and-members-can-be-taken-out', async () => {
    const [wrong, right] = await groups();
    if (wrong === undefined || right === undefined) throw new Error('there are no groups');
    expect([wrong.answers.length, wrong.proposed, right.answers.length, right.proposed]).toEqual([
      3,
      '0',
      2,
      '1',
    ]);
    const taken = wrong.answers.slice(0, 2);
    const decided = await decide({ part: '1', key: wrong.key, answers: chosen(taken), action: 'confirm' });
    expect(decided.json).toEqual({ marked: taken.map(({ answer }) => answer), passed: [] });
    for (const { answer } of taken) {
      const { json } = await marker.get(`/api/v1/answers/${answer}`);
      expect(json).toMatchObject({
        current: { marks: '0', origin: 'confirmed', by: 'Cleo Marker', at: expect.any(String) },
      });
    }
    // The one that was taken out is like no other any more.
    expect((await groups()).map(({ answers }) => answers.length)).toEqual([2]);
    const [trail] = await service.database.query(
      "SELECT details FROM audit_entries WHERE action = 'group-marked'",
    );
    expect(trail?.['details']).toMatchObject({ answers: taken.map(({ answer }) => answer), part: '1' });
  });

  it('other-marks-need-a-reason-and-what-was-marked-meanwhile-is-passed-over', async () => {
    const [right] = await groups();
    if (right === undefined) throw new Error('there is no group');
    const [first, second] = right.answers;
    if (first === undefined || second === undefined) throw new Error('there are no answers');
    const given = {
      part: '1',
      key: right.key,
      answers: chosen(right.answers),
      action: 'change',
      marks: '0.5',
    };
    expect(problemIn(await decide(given)).status).toBe(422);
    const colleague = await service.as('colleague');
    await colleague.post(`/api/v1/answers/${first.answer}/marks`, {
      json: { action: 'confirm', expectedCurrent: null },
    });
    const decided = await decide({ ...given, reason: 'Half of it.' });
    expect(decided.json).toMatchObject({
      marked: [second.answer],
      passed: [{ answer: first.answer, why: expect.stringContaining('somebody else') }],
    });
    expect((await marker.get(`/api/v1/answers/${first.answer}`)).json).toMatchObject({
      current: { marks: '1', by: 'Dora Colleague' },
    });
  });

  it('what-is-not-like-the-others-is-never-marked-with-them', async () => {
    const { json } = await marker.get('/api/v1/exams/alike/marking-queue');
    const [left] = z.array(z.object({ answer: z.uuid() })).parse(json);
    const shown = z
      .object({ proposalId: z.uuid() })
      .parse((await marker.get(`/api/v1/answers/${left?.answer}`)).json);
    const decided = await decide({
      part: '1',
      key: 'another',
      answers: [{ answer: left?.answer, proposal: shown.proposalId }],
      action: 'confirm',
    });
    expect(decided.json).toMatchObject({ marked: [], passed: [{ answer: left?.answer }] });
    expect((await marker.get(`/api/v1/answers/${left?.answer}`)).json).toMatchObject({ current: null });
  });
});
