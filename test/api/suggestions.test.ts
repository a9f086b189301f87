import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION, type ProposedMark } from '@tensormark/marking';
import { openRecords } from '@tensormark/records';
import { z } from 'zod';
import { formWith, problemIn, type Client } from './support/client.js';
import { startService, type Service } from './support/service.js';

const EXAM = `format: 1
exam: essays
title: Essays
questions:
  - id: 1
    kind: essay
    marks: 2
    prompt: Why do skip connections help?
    rubric:
      - { id: flow, says: The gradient can flow directly through the skip connection., marks: 1 }
      - { id: add, says: The input of the block is added to its output., marks: 1 }
`;
const TEXT = 'The gradient flows directly through the shortcut.';

const Seen = z.object({
  proposalId: z.string(),
  suggestions: z.array(z.object({ item: z.string(), accepted: z.boolean() })),
  proposal: z.object({
    items: z.array(z.object({ item: z.string(), evidence: z.array(z.looseObject({ kind: z.string() })) })),
  }),
});

let service: Service;
let answers: string[];
let marker: Client;

/** As many answers as it takes for a scorer to be silenced, each with the same suggestion. */
beforeAll(async () => {
  service = await startService();
  const examiner = await service.as('examiner');
  await examiner.put('/api/v1/exams/essays', { yaml: EXAM });
  marker = await service.as('marker');
  const records = openRecords({ databaseUrl: service.database.databaseUrl });
  answers = [];
  try {
    const student = await service.as('student');
    for (let at = 0; at < 9; at++) {
      const handed = await student.post('/api/v1/exams/essays/submissions', {
        form: formWith(`# Question 1\n\n${TEXT} ${at}`, `${at}.md`),
      });
      const { submission } = z.object({ submission: z.uuid() }).parse(handed.json);
      const { examVersionId } = await records.submissions.get(submission);
      const { schemeHash } = await records.exams.version(examVersionId);
      const [answer] = await records.answers.saveSplit({
        submissionId: submission,
        engineVersion: ENGINE_VERSION,
        answers: [{ part: '1', found: true, text: TEXT, pieces: [], confidence: 1, reasons: [] }],
      });
      if (answer === undefined) throw new Error('no answer was kept');
      answers.push(answer.id);
      await records.proposedMarks.save({
        answerId: answer.id,
        readingId: answer.readingId,
        engineVersion: ENGINE_VERSION,
        examVersionId,
        schemeHash,
        outcome: 'needs-person',
        marks: null,
        doubt: 1,
        evidence: PROPOSAL,
      });
    }
  } finally {
    await records.close();
  }
});
afterAll(() => service.close());

const PROPOSAL: ProposedMark = {
  part: '1',
  kind: 'essay',
  outcome: 'needs-person',
  marks: null,
  available: '2',
  doubt: 1,
  summary: 'A person marks this essay.',
  items: [
    {
      item: 'flow',
      says: 'The gradient can flow directly through the skip connection.',
      available: '1',
      proposed: null,
      outcome: 'undecided',
      reason: 'A sentence seems to say this.',
      evidence: [
        {
          kind: 'suggestion',
          item: 'flow',
          verdict: 'likely-covered',
          span: { start: 0, end: 49 },
          scorer: 'lexical-15',
          says: 'It says so.',
        },
      ],
    },
  ],
  evidence: [],
};

const look = async (at: number) => Seen.parse((await marker.get(`/api/v1/answers/${answers[at]}`)).json);
const judge = async (at: number, accepted: boolean, item = 'flow') =>
  marker.post(`/api/v1/answers/${answers[at]}/suggestions`, {
    json: { item, accepted, proposal: (await look(at)).proposalId },
  });

describe('suggestions for essays', () => {
  it('a-word-on-one-is-kept-and-shown-and-sets-no-mark', async () => {
    expect((await judge(0, true)).status).toBe(201);
    expect((await look(0)).suggestions).toEqual([{ item: 'flow', accepted: true }]);
    const answer = await marker.get(`/api/v1/answers/${answers[0]}`);
    expect(answer.json).toMatchObject({ current: null, history: [] });
  });

  it('the-latest-word-stands', async () => {
    await judge(0, false);
    expect((await look(0)).suggestions).toEqual([{ item: 'flow', accepted: false }]);
  });

  it('nothing-is-decided-where-nothing-is-suggested-or-the-proposal-is-another', async () => {
    expect((await judge(0, true, 'add')).status).toBe(422);
    const stale = await marker.post(`/api/v1/answers/${answers[0]}/suggestions`, {
      json: { item: 'flow', accepted: true, proposal: '00000000-0000-4000-8000-000000000000' },
    });
    expect(stale.status).toBe(409);
    expect(problemIn(stale).type).toMatch(/proposal-conflict/);
  });

  it('an-item-whose-suggestions-are-rejected-often-goes-silent', async () => {
    const suggested = async (at: number) =>
      (await look(at)).proposal.items
        .flatMap(({ evidence }) => evidence)
        .filter(({ kind }) => kind === 'suggestion');
    for (let at = 1; at < 7; at++) await judge(at, false);
    expect(await suggested(8)).toHaveLength(1);
    await judge(7, false);
    expect(await suggested(8)).toHaveLength(0);
    expect(await suggested(0)).toHaveLength(1);
    const examiner = await service.as('examiner');
    const { json } = await examiner.get('/api/v1/exams/essays/suggestion-acceptance');
    expect(json).toEqual([
      expect.objectContaining({ part: '1', item: 'flow', decided: 8, accepted: 0, silent: true }),
    ]);
  });

  it('marked-answers-offer-their-accepted-sentences-from-the-fifth-on', async () => {
    const examples = async () =>
      z
        .array(z.object({ item: z.string(), example: z.string(), answer: z.string() }))
        .parse((await marker.get(`/api/v1/answers/${answers[8]}/marked-examples`)).json);
    const mark = async (at: number) => {
      const set = await marker.post(`/api/v1/answers/${answers[at]}/marks`, {
        json: {
          action: 'change',
          expectedCurrent: null,
          proposal: (await look(at)).proposalId,
          items: [
            { item: 'flow', marks: '1' },
            { item: 'add', marks: '0' },
          ],
          reason: 'It says so.',
        },
      });
      expect(set.status).toBe(201);
    };
    for (let at = 0; at < 4; at++) await mark(at);
    await judge(0, true);
    expect(await examples()).toEqual([]);
    await mark(4);
    expect(await examples()).toEqual([{ item: 'flow', example: TEXT, answer: answers[0] }]);
    expect(
      await service.database.query(
        "SELECT object_id FROM audit_entries WHERE action = 'script-viewed' AND details->>'what' = 'marked-examples'",
      ),
    ).toEqual([{ object_id: answers[0] }]);
  });
});
