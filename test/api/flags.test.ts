import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemIn, type Client } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { PEOPLE, startService, type Service, type Somebody } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';
const Flag = z.looseObject({ id: z.uuid(), reply: z.looseObject({}).nullable() });
const Flags = z.array(Flag);

let service: Service;
let theirs: MarkedSubmission;
let marker: Client;
let colleague: Client;
let examiner: Client;
let address = '';
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service);
  [marker, colleague, examiner] = await Promise.all([
    service.as('marker'),
    service.as('colleague'),
    service.as('examiner'),
  ]);
  address = `/api/v1/answers/${theirs.answer}`;
});
afterAll(() => service.close());

async function idOf(who: Somebody): Promise<string> {
  const people = z
    .array(z.object({ id: z.string(), name: z.string() }))
    .parse((await examiner.get('/api/v1/people')).json);
  const found = people.find(({ name }) => name === PEOPLE[who].name);
  if (found === undefined) throw new Error(`there is no ${who}`);
  return found.id;
}

async function raised(by: Client, flag: { note: string; asked?: string }): Promise<string> {
  const answer = await by.post(`${address}/flags`, { json: flag });
  expect(answer.status).toBe(201);
  return Flag.parse(answer.json).id;
}

const answering = (by: Client, id: string, json: object) => by.post(`/api/v1/flags/${id}/answer`, { json });
const open = async (by: Client) => Flags.parse((await by.get(`${EXAM}/flags`)).json);

describe('a flag to a colleague', () => {
  it('is-answered-with-a-note-by-whoever-comes-first-and-never-by-who-raised-it', async () => {
    const id = await raised(marker, { note: 'Does a residual count as depth?' });
    expect(await open(colleague)).toEqual([
      expect.objectContaining({
        id,
        answer: theirs.answer,
        part: '1.a',
        note: 'Does a residual count as depth?',
        by: PEOPLE.marker.name,
        asked: null,
        yours: false,
        forYou: true,
        mayAnswer: true,
      }),
    ]);
    expect(await open(marker)).toEqual([expect.objectContaining({ yours: true, mayAnswer: false })]);
    expect(problemIn(await answering(marker, id, { note: 'Yes.' }))).toMatchObject({
      status: 422,
      detail: expect.stringContaining('yourself'),
    });
    const replies = await Promise.all([
      answering(colleague, id, { note: 'It does.' }),
      answering(examiner, id, { note: 'It does not.' }),
    ]);
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
    expect(await open(marker)).toEqual([]);
    const resolved = Flags.parse((await marker.get(`${EXAM}/flags?state=resolved`)).json);
    expect(resolved).toEqual([
      expect.objectContaining({ id, reply: expect.objectContaining({ marked: false }) }),
    ]);
  });

  it('to-somebody-by-name-is-theirs-or-an-examiners-to-answer', async () => {
    const id = await raised(marker, { note: 'You set this question.', asked: await idOf('examiner') });
    expect(await open(colleague)).toEqual([expect.objectContaining({ forYou: false, mayAnswer: false })]);
    expect(problemIn(await answering(colleague, id, { note: 'Me too.' })).status).toBe(422);
    const shown = Flags.parse((await examiner.get(`${address}/flags`)).json);
    expect(shown[0]).toMatchObject({ id, asked: PEOPLE.examiner.name, forYou: true });
    expect((await answering(examiner, id, { note: 'Take the wider reading.' })).status).toBe(201);
  });

  it('a-reply-with-a-mark-sets-both-or-neither', async () => {
    const id = await raised(marker, { note: 'I cannot tell.' });
    const mark = { action: 'change', marks: '2', reason: 'Half of it is there.' };
    const other = '00000000-0000-4000-8000-000000000000';
    const stale = await answering(colleague, id, { note: 'Two.', mark: { ...mark, expectedCurrent: other } });
    expect(problemIn(stale)).toMatchObject({ status: 409, current: null });
    const tooMuch = { ...mark, marks: '999', expectedCurrent: null };
    expect(problemIn(await answering(colleague, id, { note: 'Two.', mark: tooMuch })).status).toBe(422);
    expect((await open(colleague)).map((flag) => flag.id)).toContain(id);
    const taken = await answering(colleague, id, { note: 'Two.', mark: { ...mark, expectedCurrent: null } });
    expect(taken.json).toMatchObject({ reply: { outcome: 'answered', marked: true } });
    expect((await marker.get(address)).json).toMatchObject({
      current: { marks: '2', by: PEOPLE.colleague.name },
    });
  });

  it('is-taken-back-by-who-raised-it-alone', async () => {
    const id = await raised(marker, { note: 'A slip?' });
    const withdraw = (by: Client) => by.post(`/api/v1/flags/${id}/withdraw`, { json: {} });
    expect(problemIn(await withdraw(colleague)).status).toBe(422);
    expect((await withdraw(marker)).json).toMatchObject({ reply: { outcome: 'withdrawn' } });
    expect(problemIn(await withdraw(marker)).status).toBe(422);
  });

  it('wants-a-note-and-somebody-who-marks', async () => {
    const refused = async (json: object) => problemIn(await marker.post(`${address}/flags`, { json })).status;
    expect(await refused({ note: ' ' })).toBe(422);
    expect(await refused({ note: 'Look.', asked: await idOf('marker') })).toBe(422);
    expect(await refused({ note: 'Look.', asked: await idOf('rival') })).toBe(422);
    expect(await refused({ note: 'Look.', asked: 'nobody' })).toBe(404);
    const listed = (await marker.get(`${EXAM}/colleagues`)).json;
    expect(listed).toEqual(
      expect.arrayContaining([{ id: await idOf('colleague'), name: PEOPLE.colleague.name }]),
    );
    expect(JSON.stringify(listed)).not.toMatch(/Student|Rival|Cleo/);
  });

  it('is-neither-shown-to-nor-answered-by-who-must-not-mark-the-work-and-they-cannot-be-asked', async () => {
    const pair = { marker: await idOf('colleague'), student: await idOf('student') };
    const id = await raised(marker, { note: 'One more look, please.' });
    await examiner.post('/api/v1/conflicts', { json: { ...pair, reason: 'Siblings.' } });
    expect(await open(colleague)).toEqual([]);
    expect(problemIn(await colleague.get(`${address}/flags`)).status).toBe(403);
    expect(problemIn(await answering(colleague, id, { note: 'Fine.' })).status).toBe(403);
    const asked = await marker.post(`${address}/flags`, { json: { note: 'You?', asked: pair.marker } });
    expect(problemIn(asked)).toMatchObject({ status: 422, detail: expect.not.stringContaining('conflict') });
  });

  it('stays-in-the-trail-and-tells-no-student', async () => {
    const trail = await service.database.query(
      "SELECT action, count(*)::int AS entries FROM audit_entries WHERE action LIKE '%flag%' GROUP BY action ORDER BY action",
    );
    expect(trail).toEqual([
      { action: 'answer-flagged', entries: 5 },
      { action: 'flag-answered', entries: 3 },
      { action: 'flag-withdrawn', entries: 1 },
    ]);
    const student = await service.as('student');
    expect((await student.get(`${EXAM}/flags`)).status).toBe(403);
    expect((await student.get(`${address}/flags`)).status).toBe(403);
  });
});
