import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isSampled, openRecords } from '@tensormark/records';
import { z } from 'zod';
import { problemIn, type Client } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { demonstrationExam, startService, type Service } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';
const Entries = z.array(z.looseObject({ answer: z.uuid(), part: z.string() }));
const NO_SUCH = '00000000-0000-4000-8000-000000000000';

let service: Service;
let theirs: MarkedSubmission;
let marker: Client;
let examiner: Client;
let secrets: readonly string[];
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service, 'marking: { hiddenProposals: 100% }\n');
  [marker, examiner] = await Promise.all([service.as('marker'), service.as('examiner')]);
  const rows = await service.database.query('SELECT id::text FROM proposed_marks');
  secrets = ['As it seems.', '"proposed":"4"', ...rows.map(({ id }) => String(id))];
});
afterAll(() => service.close());

const address = () => `/api/v1/answers/${theirs.answer}`;

/** All that somebody may ask for about answers, marks and how marking goes on. */
const EVERYTHING: readonly (readonly [string, () => string])[] = [
  ['exams', () => '/api/v1/exams'],
  ['the-paper', () => EXAM],
  ['submissions', () => `${EXAM}/submissions`],
  ['a-submission', () => `/api/v1/submissions/${theirs.submission}`],
  ['its-report', () => `/api/v1/submissions/${theirs.submission}/report`],
  ['its-progress', () => `/api/v1/submissions/${theirs.submission}/progress`],
  ['its-document', () => `/api/v1/submissions/${theirs.submission}/document`],
  ['its-second-looks', () => `/api/v1/submissions/${theirs.submission}/review-requests`],
  ['the-queue', () => `${EXAM}/marking-queue`],
  ['the-queue-of-all', () => `${EXAM}/marking-queue?state=all`],
  ['the-queue-of-marked', () => `${EXAM}/marking-queue?state=marked`],
  ['an-answer', address],
  ['its-flags', () => `${address()}/flags`],
  ['marked-examples', () => `${address()}/marked-examples`],
  ['flags', () => `${EXAM}/flags`],
  ['groups', () => `${EXAM}/answer-groups?part=1.a`],
  ['comments', () => `${EXAM}/comments?question=1`],
  ['second-looks', () => `${EXAM}/review-requests`],
  ['the-grade-report', () => `${EXAM}/grade-report`],
  ['the-grade-report-as-csv', () => `${EXAM}/grade-report?format=csv`],
  ['the-item-analysis', () => `${EXAM}/item-analysis`],
  ['the-acceptance-of-suggestions', () => `${EXAM}/suggestion-acceptance`],
  ['agreement', () => `${EXAM}/agreement`],
];

function expectsNothingOfIt(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret);
  // Neither by how it ended nor by how sure it was.
  expect(text).not.toMatch(/"outcome":"proposed"|"state":"proposed"|"proposed":[1-9]|"doubt":0\.5/);
}

describe('a proposal that is kept back', () => {
  it.each(EVERYTHING)('%s tells nothing of it', async (_name, path) => {
    for (const client of [marker, examiner]) {
      const { text } = await client.get(path());
      expect(text).not.toBe('');
      expectsNothingOfIt(text);
    }
  });

  it('the-answer-says-that-it-is-kept-back', async () => {
    expect((await marker.get(address())).json).toMatchObject({
      hidden: true,
      proposal: null,
      proposalId: null,
      suggestions: [],
      state: 'needs-person',
    });
    const queue = Entries.parse((await marker.get(`${EXAM}/marking-queue`)).json);
    expect(queue).toHaveLength(7);
    for (const entry of queue)
      expect(entry).toMatchObject({ hidden: true, outcome: 'needs-person', proposed: null, doubt: 1 });
    expect(await order(`${EXAM}/marking-queue`)).toEqual(queue.map(({ answer }) => answer).toSorted());
  });

  it('no-refusal-is-an-oracle', async () => {
    const mark = (json: object) => marker.post(`${address()}/marks`, { json });
    const refused = [
      await mark({ action: 'confirm', expectedCurrent: null }),
      await mark({ action: 'confirm', marks: '4', expectedCurrent: null }),
      await mark({ action: 'change', marks: '1', expectedCurrent: null, proposal: NO_SUCH }),
      await mark({ action: 'change', marks: '1', expectedCurrent: NO_SUCH }),
      await marker.post(`${address()}/suggestions`, {
        json: { item: 'depth', accepted: true, proposal: NO_SUCH },
      }),
      await marker.post(`${EXAM}/answer-groups/marks`, {
        json: {
          part: '1.a',
          key: 'x',
          answers: [{ answer: theirs.answer, proposal: NO_SUCH }],
          action: 'confirm',
        },
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 409, 409, 409, 200]);
    for (const { text } of refused) expectsNothingOfIt(text);
    expect(problemIn(refused[0] ?? (await marker.get('/')))).toMatchObject({
      detail: expect.stringContaining('no proposed mark to confirm'),
    });
  });

  it('a-mark-other-than-proposed-wants-no-reason-and-one-as-proposed-is-no-confirmation', async () => {
    const [, other] = Entries.parse((await marker.get(`${EXAM}/marking-queue`)).json).filter(
      ({ answer }) => answer !== theirs.answer,
    );
    for (const [answer, marks] of [
      [theirs.answer, '1.5'],
      [other?.answer, '4'],
    ]) {
      const set = await marker.post(`/api/v1/answers/${answer}/marks`, {
        json: { action: 'change', marks, expectedCurrent: null },
      });
      expect(set.json).toMatchObject({ marks, origin: 'set', reason: '' });
    }
  });

  it('is-shown-once-a-person-has-decided-and-the-two-are-compared', async () => {
    expect((await marker.get(address())).json).toMatchObject({
      hidden: false,
      proposal: { marks: '4', summary: 'As it seems.' },
      current: { marks: '1.5' },
    });
    const figures = { exact: null, withinOneStep: null, meanDifference: null, kappa: null };
    const { json } = await examiner.get(`${EXAM}/agreement`);
    expect(json).toMatchObject({
      enough: 30,
      step: '0.5',
      machine: { share: 1, waiting: 5, unknown: 0, overall: { pairs: 2, ...figures } },
    });
    expect(
      await service.database.query(
        'SELECT m.marks::text, p.marks::text AS proposed FROM blind_decisions b JOIN marks m ON m.id = b.mark_id JOIN proposed_marks p ON p.id = b.proposed_mark_id ORDER BY 1',
      ),
    ).toEqual([
      { marks: '1.500', proposed: '4.000' },
      { marks: '4.000', proposed: '4.000' },
    ]);
  });

  it('the-sample-is-the-same-in-the-database-and-beside-it', async () => {
    const records = openRecords({ databaseUrl: service.database.databaseUrl });
    try {
      const exam = await records.exams.find('demonstration');
      for (const share of [0, 700, 2500, 5000, 9999, 10_000]) {
        const sampling = { seed: 'ß and spaces', share };
        const { items } = await records.markingQueue.list({ examId: exam?.id ?? '' });
        const hidden = await records.markingExperience.stillHidden(exam?.id ?? '', sampling);
        const expected = items.map(({ answer }) => answer.id).filter((id) => isSampled(sampling, id));
        expect(hidden.toSorted()).toEqual(expected.toSorted());
      }
    } finally {
      await records.close();
    }
  });

  it('shuffled-each-marker-has-an-order-of-their-own-that-stays', async () => {
    const yaml = (await demonstrationExam()).replace(
      /^questions:/m,
      'marking: { order: shuffled }\nquestions:',
    );
    expect((await examiner.put(EXAM, { yaml })).status).toBe(201);
    const mine = await order(`${EXAM}/marking-queue`);
    expect(await order(`${EXAM}/marking-queue`)).toEqual(mine);
    const others = await order(`${EXAM}/marking-queue`, await service.as('colleague'));
    expect(others.toSorted()).toEqual(mine.toSorted());
    expect(others).not.toEqual(mine);
    const student = await service.as('student');
    expect((await marker.get(EXAM)).json).toMatchObject({ order: 'shuffled' });
    expect((await student.get(EXAM)).json).not.toHaveProperty('order');
  });
});

async function order(path: string, by: Client = marker): Promise<string[]> {
  return Entries.parse((await by.get(path)).json).map(({ answer }) => answer);
}
