import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemIn, type Client } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { addressOf, ROUTES, split } from './support/routes.js';
import { startService, type Service } from './support/service.js';

const Request = z.object({
  id: z.uuid(),
  answer: z.uuid(),
  part: z.string(),
  candidate: z.string(),
  answered: z.object({ outcome: z.string(), reason: z.string() }).nullable(),
});

/** What the scheme says to markers alone. */
const NOTE = 'Overfitting is enough, however it is spelt.';

let service: Service;
let theirs: MarkedSubmission;
let student: Client;
let marker: Client;
let examiner: Client;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service, '', (yaml) =>
    yaml.replace('          - id: limits\n', `          - id: limits\n            note: ${NOTE}\n`),
  );
  student = await service.as('student');
  marker = await service.as('marker');
  examiner = await service.as('examiner');
});
afterAll(() => service.close());

const ask = (by: Client, json: Record<string, unknown>) =>
  by.post(`/api/v1/submissions/${theirs.submission}/review-requests`, { json });

async function queue(by: Client) {
  const listed = await by.get('/api/v1/exams/demonstration/marking-queue?state=all');
  return z
    .array(z.object({ answer: z.uuid(), part: z.string(), heldBy: z.string().nullable() }))
    .parse(listed.json);
}

describe('desks', () => {
  it('colleagues-see-whose-desk-an-answer-lies-on-and-the-holder-does-not-mind', async () => {
    const taken = await marker.ask('PUT', `/api/v1/answers/${theirs.answer}/desk`);
    expect(taken.json).toMatchObject({ yours: true });
    const refused = await examiner.ask('PUT', `/api/v1/answers/${theirs.answer}/desk`);
    expect(refused.json).toMatchObject({ yours: false });
    const seen = (await queue(examiner)).find(({ answer }) => answer === theirs.answer);
    expect(seen?.heldBy).toEqual(expect.any(String));
    expect((await queue(marker)).find(({ answer }) => answer === theirs.answer)?.heldBy).toBeNull();
    expect((await examiner.delete(`/api/v1/answers/${theirs.answer}/desk`)).status).toBe(204);
    expect((await queue(examiner)).find(({ answer }) => answer === theirs.answer)?.heldBy).not.toBeNull();
    expect((await marker.delete(`/api/v1/answers/${theirs.answer}/desk`)).status).toBe(204);
    expect((await queue(examiner)).find(({ answer }) => answer === theirs.answer)?.heldBy).toBeNull();
  });
});

describe('second looks', () => {
  it('nothing-can-be-asked-before-release', async () => {
    const refused = await ask(student, { part: '1.a', reason: 'Please look again.' });
    expect(problemIn(refused)).toMatchObject({
      status: 422,
      detail: expect.stringContaining('not released'),
    });
    const looks = await student.get(`/api/v1/submissions/${theirs.submission}/review-requests`);
    expect(looks.json).toEqual({ until: null, requests: [] });
  });

  it('asked-with-a-reason-answered-by-another-and-the-student-sees-both', async () => {
    for (const { answer } of await queue(marker)) {
      const set = await marker.post(`/api/v1/answers/${answer}/marks`, {
        json: { action: 'change', marks: '1', reason: 'One.', expectedCurrent: null },
      });
      expect(set.status).toBe(201);
    }
    await examiner.post('/api/v1/exams/demonstration/release', { json: {} });
    const looks = await student.get(`/api/v1/submissions/${theirs.submission}/review-requests`);
    expect(looks.json).toMatchObject({ until: expect.any(String), requests: [] });

    expect(problemIn(await ask(student, { part: '1.a', reason: ' ' })).status).toBe(422);
    expect(problemIn(await ask(student, { part: '99', reason: 'Why?' })).status).toBe(404);
    expect(problemIn(await ask(student, { part: '1.a', item: 'no-such', reason: 'Why?' })).status).toBe(422);
    const asked = await ask(student, {
      part: '1.a',
      item: 'limits',
      reason: 'The second paragraph says it.',
    });
    expect(asked.status).toBe(201);
    const { id, answer, candidate } = Request.parse(asked.json);
    expect(asked.text).not.toContain('Ada');
    expect(problemIn(await ask(student, { part: '1.a', item: 'limits', reason: 'Again.' })).status).toBe(422);

    const open = await marker.get('/api/v1/exams/demonstration/review-requests');
    expect(z.array(Request).parse(open.json)).toEqual([expect.objectContaining({ id, candidate })]);
    const own = await marker.post(`/api/v1/review-requests/${id}/answer`, {
      json: { outcome: 'kept', reason: 'I was right.' },
    });
    expect(problemIn(own)).toMatchObject({ status: 422, detail: expect.stringContaining('yourself') });
    const stale = await examiner.post(`/api/v1/review-requests/${id}/answer`, {
      json: { outcome: 'changed', marks: '2', reason: 'Yes.', expectedCurrent: null },
    });
    expect(problemIn(stale)).toMatchObject({ status: 409, current: { marks: '1' }, yours: { marks: '2' } });
    const tag = (await examiner.get(`/api/v1/answers/${answer}`)).headers.get('etag') ?? '';
    const other = await examiner.post(`/api/v1/review-requests/${id}/answer`, {
      json: { outcome: 'changed', marks: '2', reason: 'Yes.' },
      headers: { 'if-match': '"of-another-day"' },
    });
    expect(problemIn(other)).toMatchObject({ status: 412, current: { marks: '1' }, yours: { marks: '2' } });
    const changed = await examiner.post(`/api/v1/review-requests/${id}/answer`, {
      json: { outcome: 'changed', marks: '2.5', reason: 'It is there.' },
      headers: { 'if-match': tag },
    });
    expect(changed.status).toBe(201);

    const after = await student.get(`/api/v1/submissions/${theirs.submission}/review-requests`);
    expect(after.json).toMatchObject({
      requests: [{ id, answered: { outcome: 'changed', reason: 'It is there.' } }],
    });
    const report = z
      .object({ parts: z.array(z.object({ key: z.string(), marks: z.string().nullable() })) })
      .parse((await student.get(`/api/v1/submissions/${theirs.submission}/report`)).json);
    expect(report.parts.find(({ key }) => key === '1.a')?.marks).toBe('2.5');
    expect((await marker.get('/api/v1/exams/demonstration/review-requests')).json).toEqual([]);
    const answered = await marker.get('/api/v1/exams/demonstration/review-requests?state=answered');
    expect(answered.headers.get('x-total-count')).toBe('1');
  });

  it('what-the-changed-mark-is-for-is-given-item-by-item-and-read-by-the-student', async () => {
    const asked = await ask(student, { part: '1.a', reason: 'Look once more.' });
    const { id, answer } = Request.parse(asked.json);
    const Shown = z.object({
      expectedCurrent: z.uuid(),
      part: z.object({ rubric: z.array(z.object({ item: z.string(), most: z.string() })) }),
    });
    const { expectedCurrent, part } = Shown.parse((await marker.get(`/api/v1/answers/${answer}`)).json);
    const items = part.rubric.map(({ item, most }, at) => ({
      item,
      marks: at === 0 ? most : '0',
      ...(at === 0 ? { feedback: 'It is in the second paragraph.' } : {}),
    }));
    const reply = (json: object) => marker.post(`/api/v1/review-requests/${id}/answer`, { json });
    const given = { outcome: 'changed', reason: 'So it is.', expectedCurrent };
    // As where a mark is set: the sum and the mark agree, and every item is of the scheme.
    expect(problemIn(await reply({ ...given, marks: '0.125', items })).status).toBe(422);
    expect(problemIn(await reply({ ...given, items: [{ item: 'no-such', marks: '1' }] })).status).toBe(422);
    expect(problemIn(await reply(given)).status).toBe(422);
    expect((await reply({ ...given, items })).status).toBe(201);
    const Read = z.object({
      parts: z.array(
        z.object({
          key: z.string(),
          marks: z.string().nullable(),
          items: z.array(
            z.object({ item: z.string(), marks: z.string().nullable(), feedback: z.string().nullable() }),
          ),
        }),
      ),
    });
    const report = Read.parse((await student.get(`/api/v1/submissions/${theirs.submission}/report`)).json);
    const told = report.parts.find(({ key }) => key === '1.a');
    expect(told?.marks).toBe(part.rubric[0]?.most);
    expect(told?.items).toMatchObject([
      { item: part.rubric[0]?.item, marks: part.rubric[0]?.most, feedback: 'It is in the second paragraph.' },
      ...part.rubric.slice(1).map(({ item }) => ({ item, marks: '0' })),
    ]);
  });
});

describe('a note to markers on an item of the scheme', () => {
  it('is-shown-to-who-marks-and-to-no-student-whatever-they-ask-for', async () => {
    const shown = await marker.get(`/api/v1/answers/${theirs.answer}`);
    const { part } = z
      .object({
        part: z.object({ rubric: z.array(z.object({ item: z.string(), note: z.string().nullable() })) }),
      })
      .parse(shown.json);
    expect(part.rubric.filter(({ note }) => note !== null)).toEqual([{ item: 'limits', note: NOTE }]);

    // All that a student can look at, of work that is released with its reasons.
    const ids = { exam: 'demonstration', ...theirs };
    const looked: string[] = [];
    for (const { route, query = '', gets } of ROUTES) {
      const [method, path] = split(route);
      if (method !== 'GET' || gets.student === undefined) continue;
      const { text } = await student.ask(method, addressOf(path, ids) + query);
      expect([route, text.includes('however it is spelt')]).toEqual([route, false]);
      looked.push(path);
    }
    expect(looked).toEqual(
      expect.arrayContaining(['/api/v1/exams/{exam}', '/api/v1/submissions/{submission}/report']),
    );
    // Nor is it in what the report says to whoever reads it beside them.
    const report = await examiner.get(`/api/v1/submissions/${theirs.submission}/report`);
    expect(report.text).toContain('Names a cost or a limit');
    expect(report.text).not.toContain('however it is spelt');
  });
});
