import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemIn, type Answer, type Client } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { emailOf, PEOPLE, startService, type Service } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';
const POLICY =
  'marking: { secondMarking: { tolerance: 1, parts: { "2": { agreed: mean }, "5": { of: none } } } }\n';
const Entries = z.array(z.looseObject({ answer: z.uuid(), part: z.string(), second: z.boolean() }));
const Shown = z.looseObject({ current: z.looseObject({ id: z.uuid(), marks: z.string() }).nullable() });
const Cases = z.array(
  z.looseObject({ answer: z.uuid(), current: z.uuid(), second: z.looseObject({ id: z.uuid() }) }),
);

let service: Service;
let theirs: MarkedSubmission;
let marker: Client;
let colleague: Client;
let examiner: Client;
let byPart: ReadonlyMap<string, string>;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service, POLICY);
  [marker, colleague, examiner] = await Promise.all([
    service.as('marker'),
    service.as('colleague'),
    service.as('examiner'),
  ]);
  byPart = new Map((await queue(marker)).map(({ part, answer }) => [part, answer]));
});
afterAll(() => service.close());

const queue = async (by: Client, state = 'awaiting') =>
  Entries.parse((await by.get(`${EXAM}/marking-queue?state=${state}`)).json);

const addressOf = (part: string) => `/api/v1/answers/${byPart.get(part)}`;

function mark(by: Client, part: string, marks: string, reason: string, current: string | null = null) {
  return by.post(`${addressOf(part)}/marks`, {
    json: { action: 'change', marks, reason, expectedCurrent: current },
  });
}

async function currentOf(by: Client, part: string) {
  return Shown.parse((await by.get(addressOf(part))).json).current;
}

async function cases(by: Client, state = 'open') {
  return Cases.parse((await by.get(`${EXAM}/moderation?state=${state}`)).json);
}

async function decide(by: Client, part: string, json: object): Promise<Answer> {
  const [found] = (await cases(examiner)).filter(({ answer }) => answer === byPart.get(part));
  return by.post(`${addressOf(part)}/moderation`, {
    json: { second: found?.second.id, expectedCurrent: found?.current, reason: 'So it is.', ...json },
  });
}

/** All that somebody who is to mark blind may ask for. */
const EVERYTHING = [
  '/api/v1/exams',
  `${EXAM}/submissions`,
  `${EXAM}/marking-queue`,
  `${EXAM}/marking-queue?state=all`,
  `${EXAM}/marking-queue?state=marked`,
  `${EXAM}/answer-groups?part=1.a`,
  `${EXAM}/flags`,
  `${EXAM}/moderation`,
  `${EXAM}/moderation?state=decided`,
  `${EXAM}/review-requests`,
  `${EXAM}/comments?question=1`,
] as const;

describe('second marking', () => {
  it('the-first-mark-is-nowhere-for-whoever-is-to-mark-too', async () => {
    const tag = (await colleague.get(addressOf('1.a'))).headers.get('etag') ?? '';
    expect((await mark(marker, '1.a', '1.375', 'Words of the first marker.')).status).toBe(201);
    await marker.post(`${addressOf('1.a')}/flags`, { json: { note: 'Words of the first marker, 1.375?' } });
    const paths = [
      ...EVERYTHING,
      addressOf('1.a'),
      `${addressOf('1.a')}/flags`,
      `${addressOf('1.b')}/marked-examples`,
      `/api/v1/submissions/${theirs.submission}`,
      `/api/v1/submissions/${theirs.submission}/report`,
    ];
    for (const by of [colleague, examiner]) {
      for (const path of paths) {
        const { text, status } = await by.get(path);
        expect([path, status]).toEqual([path, 200]);
        expect(text).not.toMatch(/1\.375|Words of the first/);
      }
    }
    for (const path of ['grade-report', 'grade-report?format=csv', 'item-analysis', 'agreement'])
      expect((await examiner.get(`${EXAM}/${path}`)).text).not.toContain('1.375');
    const refused = await mark(colleague, '1.a', '2', 'Mine.', '00000000-0000-4000-8000-000000000000');
    expect(problemIn(refused)).toMatchObject({ status: 409, current: null });
    expect(refused.text).not.toMatch(/1\.375|Words of the first/);
    // Neither does the tag tell that somebody has marked it, nor the refusal of a wrong one.
    expect((await colleague.get(addressOf('1.a'))).headers.get('etag')).toBe(tag);
    expect((await marker.get(addressOf('1.a'))).headers.get('etag')).not.toBe(tag);
    const byTag = await colleague.post(`${addressOf('1.a')}/marks`, {
      json: { action: 'change', marks: '2', reason: 'Mine.' },
      headers: { 'if-match': '"of-another-day"' },
    });
    expect(problemIn(byTag)).toMatchObject({ status: 412, current: null });
    expect(byTag.text).not.toMatch(/1\.375|Words of the first/);
    expect((await marker.get(addressOf('1.a'))).json).toMatchObject({
      secondMarking: 'awaited',
      current: { marks: '1.375' },
    });
  });

  it('it-is-in-the-queue-of-others-alone-and-nobody-gives-their-own-a-second-mark', async () => {
    const answer = byPart.get('1.a');
    const entry = (await queue(colleague)).find((each) => each.answer === answer);
    expect(entry).toMatchObject({ second: true });
    expect((await queue(marker)).map((each) => each.answer)).not.toContain(answer);
    expect((await colleague.get(addressOf('1.a'))).json).toMatchObject({
      secondMarking: 'yours',
      current: null,
      history: [],
      second: null,
    });
    const again = await mark(marker, '1.a', '2', 'Mine again.');
    expect(problemIn(again)).toMatchObject({ status: 409, current: { marks: '1.375' } });
    expect(await service.database.query('SELECT id FROM second_marks')).toEqual([]);
  });

  it('within-the-tolerance-the-first-mark-stands-with-its-words', async () => {
    expect((await mark(colleague, '1.a', '2', 'Words of the second.')).json).toMatchObject({ marks: '2' });
    for (const by of [marker, colleague])
      expect((await by.get(addressOf('1.a'))).json).toMatchObject({
        secondMarking: 'settled',
        current: { marks: '1.375', reason: 'Words of the first marker.' },
        second: { marks: '2', by: PEOPLE.colleague.name },
      });
    expect(await cases(examiner)).toEqual([]);
    expect((await queue(examiner)).map(({ answer }) => answer)).not.toContain(byPart.get('1.a'));
  });

  it('or-the-mean-where-the-exam-says-so', async () => {
    await mark(marker, '2', '3', 'Nearly.');
    await mark(colleague, '2', '4', 'Good.');
    expect(await currentOf(examiner, '2')).toMatchObject({ marks: '3.5', reason: 'Nearly.' });
  });

  it('what-was-agreed-is-changed-by-an-examiner-alone', async () => {
    const current = (await currentOf(marker, '2'))?.id ?? '';
    expect(problemIn(await mark(marker, '2', '1', 'Less.', current)).status).toBe(422);
    expect((await mark(examiner, '2', '4', 'More.', current)).status).toBe(201);
  });

  it('two-who-are-too-far-apart-wait-for-a-third-who-decides-once', async () => {
    await mark(marker, '1.b', '1', 'Hardly anything.');
    await mark(colleague, '1.b', '5', 'It is all there.');
    expect((await cases(marker))[0]).toMatchObject({
      part: '1.b',
      tolerance: '1',
      first: { marks: '1', by: PEOPLE.marker.name, reason: 'Hardly anything.' },
      second: { marks: '5', by: PEOPLE.colleague.name, reason: 'It is all there.' },
      mayDecide: false,
      decided: null,
    });
    expect(
      await service.database.query(
        "SELECT DISTINCT object_id FROM audit_entries WHERE action = 'script-viewed' AND details->>'what' = 'moderation'",
      ),
    ).toEqual([{ object_id: byPart.get('1.b') }]);
    const first = (await currentOf(marker, '1.b'))?.id ?? '';
    expect(problemIn(await mark(marker, '1.b', '5', 'Then so.', first)).status).toBe(422);
    for (const by of [marker, colleague])
      expect(problemIn(await decide(by, '1.b', { outcome: 'first' })).status).toBe(422);
    const stale = { outcome: 'first', expectedCurrent: '00000000-0000-4000-8000-000000000000' };
    expect(problemIn(await decide(examiner, '1.b', stale))).toMatchObject({
      status: 409,
      current: { marks: '1' },
      yours: { outcome: 'first' },
    });
    const [open] = await cases(examiner);
    const byTag = (tag: string) =>
      examiner.post(`${addressOf('1.b')}/moderation`, {
        json: { second: open?.second.id, outcome: 'first', reason: 'So it is.' },
        headers: { 'if-match': tag },
      });
    expect(problemIn(await byTag('"of-another-day"'))).toMatchObject({
      status: 412,
      current: { marks: '1' },
    });
    expect(problemIn(await decide(examiner, '1.b', { outcome: 'first', reason: ' ' })).status).toBe(422);
    const answers = await Promise.all([
      decide(examiner, '1.b', { outcome: 'second', reason: 'The last paragraph has it.' }),
      decide(examiner, '1.b', { outcome: 'second', reason: 'The last paragraph has it.' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)[0]).toBe(201);
    expect(await currentOf(marker, '1.b')).toMatchObject({ marks: '5', reason: 'It is all there.' });
    expect((await cases(marker, 'decided'))[0]).toMatchObject({
      decided: { outcome: 'second', marks: '5', reason: 'The last paragraph has it.', feedback: null },
      first: { marks: '1' },
    });
    expect((await marker.get(addressOf('1.b'))).json).toMatchObject({ history: [{}, { marks: '1' }] });
  });

  it('another-mark-than-either-keeps-to-the-scheme', async () => {
    await mark(marker, '3', '0', 'No.');
    await mark(colleague, '3', '4', 'Yes.');
    const other = { outcome: 'other', feedback: 'Half of it.' };
    expect(problemIn(await decide(examiner, '3', { ...other, marks: '99' })).status).toBe(422);
    const tag = (await examiner.get(addressOf('3'))).headers.get('etag') ?? '';
    const decided = await examiner.post(`${addressOf('3')}/moderation`, {
      json: { ...other, marks: '2', second: (await cases(examiner))[0]?.second.id, reason: 'So it is.' },
      headers: { 'if-match': tag },
    });
    expect(decided.status).toBe(201);
    expect((await examiner.get(addressOf('3'))).headers.get('etag')).not.toBe(tag);
    expect(await currentOf(marker, '3')).toMatchObject({ marks: '2', reason: 'Half of it.' });
    const words = { reason: 'So it is.', feedback: 'Half of it.' };
    expect(decided.json).toMatchObject({ decided: words });
    expect((await cases(marker, 'decided')).find(({ answer }) => answer === byPart.get('3'))).toMatchObject({
      decided: words,
    });
  });

  it('two-who-mark-at-the-same-moment-are-first-and-second-and-none-is-lost', async () => {
    const both = await Promise.all([
      mark(marker, '4.a', '2', 'Of one.'),
      mark(colleague, '4.a', '2.5', 'Of the other.'),
    ]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    const [kept] = await service.database.query(
      'SELECT (SELECT count(*) FROM marks m WHERE m.answer_id = $1::uuid)::int AS first, (SELECT count(*) FROM second_marks m WHERE m.answer_id = $1::uuid)::int AS second',
      [byPart.get('4.a')],
    );
    expect(kept).toEqual({ first: 1, second: 1 });
  });

  it('a-part-that-is-not-marked-twice-is-marked-once', async () => {
    expect((await mark(marker, '5', '4', 'Good.')).status).toBe(201);
    expect((await colleague.get(addressOf('5'))).json).toMatchObject({
      secondMarking: null,
      current: { marks: '4' },
    });
  });

  it('nothing-is-released-while-a-second-mark-or-a-decision-is-wanted-and-it-is-said-where', async () => {
    const released = async () => (await examiner.post(`${EXAM}/release`, { json: {} })).json;
    expect((await mark(marker, '4.b', '1', 'Little.')).status).toBe(201);
    expect(await released()).toMatchObject({
      released: [],
      held: [{ reason: 'second-marking-open', why: expect.stringMatching(/^Part 4\.b: /) }],
    });
    const [row] = z
      .looseObject({ rows: z.array(z.looseObject({ parts: z.array(z.looseObject({ key: z.string() })) })) })
      .parse((await examiner.get(`${EXAM}/grade-report`)).json).rows;
    expect(row).toMatchObject({ state: 'needs-person', total: null });
    expect(row?.parts.find(({ key }) => key === '4.b')).toMatchObject({ state: 'needs-person', marks: null });
    await mark(colleague, '4.b', '4', 'Much.');
    expect(await released()).toMatchObject({
      released: [],
      held: [{ reason: 'moderation-open', why: expect.stringMatching(/^Part 4\.b: /) }],
    });
    expect((await decide(examiner, '4.b', { outcome: 'first' })).status).toBe(201);
    expect(await released()).toMatchObject({ released: [theirs.submission], held: [] });
    const report = await (await service.as('student')).get(`/api/v1/submissions/${theirs.submission}/report`);
    expect(report.json).toMatchObject({ total: { complete: true } });
    expect(report.text).not.toMatch(/So it is\.|Words of the second|Much\./);
  });

  it('first-and-second-markers-are-compared', async () => {
    expect((await examiner.get(`${EXAM}/agreement`)).json).toMatchObject({
      markers: { overall: { pairs: 6, exact: null }, parts: expect.any(Array) },
    });
    const { parts, markers } = z
      .looseObject({
        parts: z.array(z.looseObject({ part: z.string(), markers: z.unknown() })),
        markers: z.array(z.looseObject({ name: z.string(), answers: z.int() })),
      })
      .parse((await examiner.get(`${EXAM}/item-analysis`)).json);
    expect(parts.find(({ part }) => part === '1.b')?.markers).toMatchObject({ pairs: 1, exact: null });
    expect(parts.find(({ part }) => part === '5')?.markers).toBeNull();
    expect(new Set(markers.map(({ name }) => name)).size).toBe(markers.length);
    expect(markers.map(({ name }) => name)).toContain(PEOPLE.marker.name);
  });

  it('a-sample-is-marked-by-somebody-else-and-compared-by-marker-and-decided-on-once', async () => {
    const samples = `${EXAM}/moderation-samples`;
    const size = { json: { size: '50%', tolerance: '0.5', seed: 'spring' } };
    expect((await marker.post(samples, size)).status).toBe(403);
    const Sample = z.looseObject({
      id: z.uuid(),
      markers: z.array(z.looseObject({ marker: z.looseObject({ id: z.string(), name: z.string() }) })),
    });
    const taken = Sample.parse((await examiner.post(samples, size)).json);
    // What two people mark already is in no sample.
    expect(taken).toMatchObject({
      number: 1,
      markers: [
        {
          answers: 1,
          dropped: 0,
          done: 0,
          meanDifference: null,
          parts: [{ part: '5', answers: 1, decided: null }],
        },
      ],
    });
    expect((await examiner.post(samples, size)).status).toBe(422);
    expect((await queue(colleague)).find(({ part }) => part === '5')).toMatchObject({ second: true });
    expect((await colleague.get(addressOf('5'))).json).toMatchObject({
      secondMarking: 'yours',
      current: null,
    });
    expect((await mark(colleague, '5', '6', 'Better than that.')).status).toBe(201);
    expect((await examiner.get(samples)).json).toMatchObject([
      {
        markers: [
          {
            marker: { name: PEOPLE.marker.name },
            done: 1,
            same: 0,
            withinTolerance: 0,
            meanDifference: -2,
            parts: [{ kappa: null }],
          },
        ],
      },
    ]);
    expect((await cases(examiner)).map(({ answer }) => answer)).toEqual([byPart.get('5')]);
    const decision = {
      json: {
        marker: taken.markers[0]?.marker.id,
        part: '5',
        outcome: 're-marked',
        reason: 'Too strict throughout.',
      },
    };
    const decided = await examiner.post(`${samples}/${taken.id}/outcomes`, decision);
    expect(decided.json).toMatchObject({
      markers: [{ parts: [{ decided: { outcome: 're-marked', answers: 0, by: PEOPLE.examiner.name } }] }],
    });
    expect((await examiner.post(`${samples}/${taken.id}/outcomes`, decision)).status).toBe(422);
  });
});

describe('an examiner who marks alone', () => {
  let alone: Service;
  let one: Client;
  beforeAll(async () => {
    alone = await startService();
    const paper = await markedSubmission(alone);
    one = await alone.as('examiner');
    const named = await one.post(`${EXAM}/team`, {
      json: { email: emailOf('examiner'), role: 'examiner' },
    });
    if (named.status !== 200) throw new Error(named.text);
    for (const { answer } of Entries.parse((await one.get(`${EXAM}/marking-queue`)).json)) {
      const set = await one.post(`/api/v1/answers/${answer}/marks`, {
        json: { action: 'change', marks: '1', reason: 'Read.', expectedCurrent: null },
      });
      if (set.status !== 201) throw new Error(`${paper.submission}: ${set.text}`);
    }
  });
  afterAll(() => alone.close());
  const sample = () => one.post(`${EXAM}/moderation-samples`, { json: { size: '50%' } });

  it('is-told-that-a-sample-needs-somebody-else-and-may-release', async () => {
    const refused = await sample();
    expect(problemIn(refused)).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/Nobody but who set these marks .* name a colleague in the team/),
    });
    expect((await one.get(`${EXAM}/moderation-samples`)).json).toEqual([]);
    expect((await one.get(`${EXAM}/release-plan`)).json).toMatchObject({ inTheWay: [] });
  });

  it('takes-one-once-a-colleague-is-there-and-learns-what-release-waits-for', async () => {
    const team = `${EXAM}/team`;
    await one.post(team, { json: { email: emailOf('marker'), role: 'marker' } });
    expect((await sample()).status).toBe(201);
    const { members } = z
      .looseObject({ members: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
      .parse((await one.get(team)).json);
    const colleagues = members.filter(({ name }) => name === PEOPLE.marker.name);
    await one.delete(`${team}/${colleagues[0]?.id}`);
    // Gone again: what was ordered still waits, and it is said for whom.
    const { json } = await one.post(`${EXAM}/release`, { json: {} });
    expect(json).toMatchObject({
      released: [],
      held: [
        {
          reason: 'second-marking-open',
          why: expect.stringMatching(/Where nobody else marks this exam, name a colleague in its team/),
        },
      ],
    });
  });
});
