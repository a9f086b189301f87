import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { problemIn, type Client } from './support/client.js';
import { PASSWORD, startService, type Service } from './support/service.js';

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
  - id: 2
    kind: essay
    marks: 1
    prompt: Why are residual blocks easier to train than plain blocks of two convolutions in very deep networks?
    rubric:
      - { id: flow, says: The gradient can flow directly through the skip connection., marks: 1 }
`;
const ESSAY =
  'The block merely has to learn a small correction to whatever it was handed, which is easier than inventing a new mapping.';
/** The second says nearly what the first says, the third has a passage of it, the fourth repeats the question. */
const ESSAYS = [
  ESSAY,
  ESSAY.replace('merely', 'only'),
  `I would argue with depth and with gradients that vanish on their long way back. Moreover, a block ${ESSAY.slice(10, 90)}, or so I believe, and this is what made networks of a hundred layers trainable at last.`,
  'Why are residual blocks easier to train than plain blocks of two convolutions in very deep networks? That is so.',
  'Gradients pass.',
];
const Groups = z.array(
  z.object({
    key: z.string(),
    proposed: z.string().nullable(),
    answers: z.array(
      z.object({
        answer: z.uuid(),
        proposal: z.uuid(),
        mark: z.uuid().nullable(),
        candidate: z.string(),
      }),
    ),
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
    await student.hand('alike', `# Question 1\n\n${choice}\n\n# Question 2\n\n${ESSAYS[name]}\n`);
  }
  for (
    let tries = 0;
    (await groups()).reduce((sum, { answers }) => sum + answers.length, 0) < 5;
    tries += 1
  ) {
    if (tries > 1000) throw new Error('the answers were not marked');
    await setTimeout(200);
  }
}, 240_000);
afterAll(async () => {
  await worker.close();
  await service.close();
});

async function groups(part = '1') {
  return Groups.parse((await marker.get(`/api/v1/exams/alike/answer-groups?part=${part}`)).json);
}
const decide = (json: unknown) => marker.post('/api/v1/exams/alike/answer-groups/marks', { json });
const chosen = (answers: z.infer<typeof Groups>[number]['answers']) =>
  answers.map(({ answer, proposal }) => ({ answer, proposal }));

const Marked = z.object({ marked: z.array(z.object({ answer: z.uuid(), mark: z.uuid() })) });

describe('answers that are alike', () => {
  let decidedOn:
    | (z.infer<typeof Marked> & { readonly key: string; readonly members: ReturnType<typeof chosen> })
    | undefined;

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
    expect(decided.json).toEqual({
      marked: taken.map(({ answer }) => ({ answer, mark: expect.any(String) })),
      passed: [],
    });
    const { marked } = Marked.parse(decided.json);
    decidedOn = { key: wrong.key, members: chosen(taken), marked };
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

  it('a-decision-gives-way-to-another-for-all-but-whoever-was-decided-anew', async () => {
    if (decidedOn === undefined) throw new Error('nothing was decided');
    const { key, members, marked } = decidedOn;
    const given = { part: '1', key };
    const again = members.map((each) => ({
      ...each,
      mark: marked.find(({ answer }) => answer === each.answer)?.mark,
    }));
    const [first, second] = again;
    const colleague = await service.as('colleague');
    await colleague.post(`/api/v1/answers/${first?.answer}/marks`, {
      json: { action: 'change', marks: '0.25', reason: 'Nearly.', expectedCurrent: first?.mark },
    });
    const changed = { ...given, action: 'change', marks: '0.5', reason: 'The wrong key.' };
    // As if nobody had marked them, they would be marked twice.
    expect((await decide({ ...changed, answers: members })).json).toMatchObject({ marked: [] });
    expect((await decide({ ...changed, answers: again })).json).toMatchObject({
      marked: [{ answer: second?.answer }],
      passed: [{ answer: first?.answer }],
    });
    const current = async (answer: string | undefined) =>
      (await marker.get(`/api/v1/answers/${answer}`)).json;
    expect(await current(first?.answer)).toMatchObject({ current: { marks: '0.25', by: 'Dora Colleague' } });
    expect(await current(second?.answer)).toMatchObject({
      current: { marks: '0.5', by: 'Cleo Marker', reason: 'The wrong key.' },
    });
  });

  it('a-decision-is-taken-back-for-all-but-whoever-was-decided-anew-and-can-be-made-again', async () => {
    if (decidedOn === undefined) throw new Error('nothing was decided');
    const [first, second] = decidedOn.marked;
    const Shown = z.object({
      current: z.object({ id: z.uuid() }).nullable(),
      history: z.array(z.object({ marks: z.string(), takenBack: z.object({ by: z.string() }).nullable() })),
    });
    const shown = async (answer: string | undefined) =>
      Shown.parse((await marker.get(`/api/v1/answers/${answer}`)).json);
    const now = (await shown(second?.answer)).current;
    const taken = await marker.post('/api/v1/exams/alike/answer-groups/marks/withdraw', {
      json: { part: '1', answers: [first, { answer: second?.answer, mark: now?.id }], reason: 'By mistake.' },
    });
    expect(taken.json).toEqual({
      withdrawn: [second?.answer],
      passed: [{ answer: first?.answer, why: expect.stringContaining('somebody else') }],
    });
    expect(await shown(second?.answer)).toMatchObject({
      current: null,
      history: [
        { marks: '0.5', takenBack: { by: 'Cleo Marker' } },
        { marks: '0', takenBack: null },
      ],
    });
    expect((await shown(first?.answer)).current).not.toBeNull();
    const [trail] = await service.database.query(
      "SELECT details FROM audit_entries WHERE action = 'group-withdrawn'",
    );
    expect(trail?.['details']).toEqual({ part: '1', answers: [second?.answer] });
    // It is back among its likes; who has not seen that it was taken back does not give it again.
    const group = (await groups()).find(({ answers }) =>
      answers.some(({ answer }) => answer === second?.answer),
    );
    const member = group?.answers.find(({ answer }) => answer === second?.answer);
    const given = { part: '1', key: group?.key, action: 'change', marks: '0.5', reason: 'As before.' };
    const { mark, ...late } = { answer: member?.answer, proposal: member?.proposal, mark: member?.mark };
    expect((await decide({ ...given, answers: [late] })).json).toMatchObject({
      marked: [],
      passed: [{ why: expect.stringContaining('taken back') }],
    });
    expect((await decide({ ...given, answers: [{ ...late, mark }] })).json).toMatchObject({
      marked: [{ answer: second?.answer }],
    });
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
      marked: [{ answer: second.answer }],
      passed: [{ answer: first.answer, why: expect.stringContaining('somebody else') }],
    });
    expect((await marker.get(`/api/v1/answers/${first.answer}`)).json).toMatchObject({
      current: { marks: '1', by: 'Dora Colleague' },
    });
  });

  it('what-is-not-like-the-others-is-never-marked-with-them', async () => {
    const { json } = await marker.get('/api/v1/exams/alike/marking-queue?part=1');
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

  it('the-queue-has-one-candidate-alone-where-they-are-asked-for', async () => {
    const Entries = z.array(z.object({ answer: z.uuid(), candidate: z.string() }));
    const asked = async (query: string) => {
      const answer = await marker.get(`/api/v1/exams/alike/marking-queue?${query}`);
      const entries = Entries.parse(answer.json);
      expect(answer.headers.get('x-total-count')).toBe(String(entries.length));
      return entries;
    };
    const everybody = await asked('state=all');
    const [{ candidate } = { candidate: '' }] = everybody;
    const theirs = everybody.filter((each) => each.candidate === candidate);
    expect(theirs.length).toBeLessThan(everybody.length);
    for (const piece of [candidate, candidate.toLowerCase(), candidate.slice(2)])
      expect(await asked(`state=all&candidate=${piece}`)).toEqual(theirs);
    for (const state of ['awaiting', 'marked'] as const)
      expect(await asked(`state=${state}&candidate=${candidate}`)).toEqual(
        (await asked(`state=${state}`)).filter((each) => each.candidate === candidate),
      );
    expect(await asked('state=all&candidate=C-ILOU-ILOU')).toEqual([]);
    const refused = await marker.get('/api/v1/exams/alike/marking-queue?candidate=%25');
    expect(problemIn(refused).status).toBe(400);
  });
});

const Written = z.object({ answer: z.string(), candidate: z.string(), text: z.string() });
const Passages = z.array(z.object({ one: z.object({ start: z.int(), end: z.int() }) }));
const Shared = z.object({
  compared: z.int(),
  pairs: z.array(z.object({ one: Written, other: Written, longest: z.int(), passages: Passages })),
  withQuestion: z.array(z.object({ answer: Written, longest: z.int() })),
});

describe('answers that share passages', () => {
  const shared = async () =>
    Shared.parse((await marker.get('/api/v1/exams/alike/shared-passages?part=2')).json);

  it('come-in-pairs-with-both-texts-and-the-question-apart', async () => {
    const { compared, pairs, withQuestion } = await shared();
    expect(compared).toBe(5);
    expect(pairs.map(({ longest }) => longest)).toEqual([19, 15, 13]);
    const [pair] = pairs;
    expect(new Set([pair?.one.text.trim(), pair?.other.text.trim()])).toEqual(new Set(ESSAYS.slice(0, 2)));
    const span = pair?.passages[0]?.one;
    expect(pair?.one.text.slice(span?.start, span?.end)).toContain('has to learn a small correction');
    expect(withQuestion).toEqual([expect.objectContaining({ longest: 17 })]);
    expect(pair?.one.candidate).toMatch(/^C-/);
  });

  it('whoever-is-shown-texts-stands-in-the-trail-once-for-each', async () => {
    const seen = async (what: string) =>
      (
        await service.database.query(
          "SELECT object_id FROM audit_entries WHERE action = 'script-viewed' AND object_type = 'answer' AND details->>'what' = $1 ORDER BY id",
          [what],
        )
      ).map((row) => String(row['object_id']));
    const before = { groups: await seen('answer-groups'), shared: await seen('shared-passages') };
    const inGroups = (await groups('2')).flatMap(({ answers }) => answers.map(({ answer }) => answer));
    const { pairs, withQuestion } = await shared();
    const inPairs = new Set([
      ...pairs.flatMap(({ one, other }) => [one.answer, other.answer]),
      ...withQuestion.map(({ answer }) => answer.answer),
    ]);
    expect(inGroups).toHaveLength(2);
    expect((await seen('answer-groups')).slice(before.groups.length).toSorted()).toEqual(inGroups.toSorted());
    expect((await seen('shared-passages')).slice(before.shared.length).toSorted()).toEqual(
      [...inPairs].toSorted(),
    );
  });

  it('essays-that-say-nearly-the-same-are-one-decision', async () => {
    const [group, ...more] = await groups('2');
    if (group === undefined) throw new Error('there is no group');
    expect(more).toEqual([]);
    expect(group.answers).toHaveLength(2);
    const decided = await decide({
      part: '2',
      key: group.key,
      answers: chosen(group.answers),
      action: 'change',
      marks: '0.5',
      reason: 'Half of it.',
    });
    expect(decided.json).toEqual({
      marked: group.answers.map(({ answer }) => ({ answer, mark: expect.any(String) })),
      passed: [],
    });
  });

  it('are-not-shown-of-students-whom-one-must-not-mark', async () => {
    const [{ id: student } = { id: '' }] = await service.database.query(
      "SELECT id FROM users WHERE email = 'alike-0@example.org'",
    );
    const [{ id: own } = { id: '' }] = await service.database.query(
      "SELECT id FROM users WHERE name = 'Cleo Marker'",
    );
    const examiner = await service.as('examiner');
    const declared = await examiner.post('/api/v1/conflicts', {
      json: { marker: own, student, reason: 'They are related.' },
    });
    expect(declared.status).toBe(201);
    const { compared, pairs } = await shared();
    expect(compared).toBe(4);
    expect(pairs).toHaveLength(1);
  });
});
