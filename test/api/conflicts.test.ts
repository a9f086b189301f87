import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemIn, type Answer, type Client } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { PEOPLE, startService, type Service } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';
const Entries = z.array(z.object({ answer: z.uuid() }));

let service: Service;
let theirs: MarkedSubmission;
let marker: Client;
let colleague: Client;
let examiner: Client;
let declared: string;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service);
  marker = await service.as('marker');
  colleague = await service.as('colleague');
  examiner = await service.as('examiner');
});
afterAll(() => service.close());

async function person(who: keyof typeof PEOPLE): Promise<string> {
  const people = z
    .array(z.object({ id: z.string(), name: z.string() }))
    .parse((await examiner.get('/api/v1/people')).json);
  const found = people.find(({ name }) => name === PEOPLE[who].name);
  if (found === undefined) throw new Error(`there is no ${who}`);
  return found.id;
}

const queue = async (by: Client, state: string) =>
  Entries.parse((await by.get(`${EXAM}/marking-queue?state=${state}`)).json);

function refusedFor(answer: Answer): void {
  const problem = problemIn(answer);
  expect(problem).toMatchObject({ status: 403, type: 'urn:tensormark:problem:conflict-of-interest' });
  expect(answer.text).not.toContain(PEOPLE.student.name);
  expect(answer.text).not.toContain('Siblings');
}

describe('a conflict of interest', () => {
  it('is-declared-with-a-reason-by-an-examiner-and-listed', async () => {
    const pair = { marker: await person('marker'), student: await person('student') };
    expect(problemIn(await examiner.post('/api/v1/conflicts', { json: pair })).status).toBe(422);
    const made = await examiner.post('/api/v1/conflicts', { json: { ...pair, reason: 'Siblings.' } });
    expect(made.status).toBe(201);
    declared = z.object({ id: z.uuid() }).parse(made.json).id;
    const again = await examiner.post('/api/v1/conflicts', { json: { ...pair, reason: 'Siblings.' } });
    expect(problemIn(again)).toMatchObject({ status: 422, detail: expect.stringContaining('already') });
    expect((await examiner.get('/api/v1/conflicts')).json).toEqual([
      {
        id: declared,
        marker: { id: pair.marker, name: PEOPLE.marker.name },
        student: { id: pair.student, name: PEOPLE.student.name },
        reason: 'Siblings.',
        by: PEOPLE.examiner.name,
        at: expect.any(String),
      },
    ]);
  });

  it.each(['awaiting', 'marked', 'all'])('the-queue-of-%s-has-nothing-for-that-marker', async (state) => {
    const set = await queue(colleague, 'marked');
    if (set.length === 0) {
      const decided = await colleague.post(`/api/v1/answers/${theirs.answer}/marks`, {
        json: { action: 'change', marks: '1', reason: 'One.', expectedCurrent: null },
      });
      expect(decided.status).toBe(201);
    }
    expect((await queue(colleague, state)).length).toBeGreaterThan(0);
    const listed = await marker.get(`${EXAM}/marking-queue?state=${state}`);
    expect(listed.json).toEqual([]);
    expect(listed.headers.get('x-total-count')).toBe('0');
  });

  it('no-submission-of-the-student-is-listed-to-that-marker', async () => {
    expect((await marker.get(`${EXAM}/submissions`)).json).toEqual([]);
    expect((await colleague.get(`${EXAM}/submissions`)).json).toHaveLength(1);
  });

  it.each(['', '/document', '/original', '/report', '/progress', '/review-requests'])(
    'the-submission-is-not-shown-at-%p',
    async (path) => {
      const shown = await marker.get(`/api/v1/submissions/${theirs.submission}${path}`);
      expect(shown.status).toBe(403);
      refusedFor(shown);
    },
  );

  it('no-answer-is-shown-held-or-marked-alone-or-in-a-group', async () => {
    const address = `/api/v1/answers/${theirs.answer}`;
    refusedFor(await marker.get(address));
    refusedFor(await marker.ask('PUT', `${address}/desk`));
    refusedFor(await marker.post(`${address}/marks`, { json: { action: 'confirm', expectedCurrent: null } }));
    refusedFor(
      await marker.post(`${address}/marks`, {
        json: { action: 'confirm' },
        headers: { 'if-match': '"of-another-day"' },
      }),
    );
    refusedFor(
      await marker.post(`${address}/suggestions`, {
        json: { item: 'x', accepted: true, proposal: '00000000-0000-4000-8000-000000000000' },
      }),
    );
    expect((await marker.get(`${EXAM}/answer-groups?part=1.a`)).json).toEqual([]);
    expect((await colleague.get(address)).status).toBe(200);
  });

  it('a-second-look-is-neither-listed-to-nor-answered-by-that-marker', async () => {
    for (const { answer } of await queue(colleague, 'awaiting')) {
      const set = await colleague.post(`/api/v1/answers/${answer}/marks`, {
        json: { action: 'change', marks: '1', reason: 'One.', expectedCurrent: null },
      });
      expect(set.status).toBe(201);
    }
    await examiner.post(`${EXAM}/release`, { json: {} });
    const student = await service.as('student');
    const asked = await student.post(`/api/v1/submissions/${theirs.submission}/review-requests`, {
      json: { part: '1.a', reason: 'Look again.' },
    });
    const { id } = z.object({ id: z.uuid() }).parse(asked.json);
    expect((await marker.get(`${EXAM}/review-requests`)).json).toEqual([]);
    expect((await colleague.get(`${EXAM}/review-requests`)).json).toHaveLength(1);
    refusedFor(
      await marker.post(`/api/v1/review-requests/${id}/answer`, {
        json: { outcome: 'kept', reason: 'It stands.' },
      }),
    );
    refusedFor(
      await marker.post(`/api/v1/review-requests/${id}/answer`, {
        json: { outcome: 'changed', marks: '2', reason: 'More.' },
        headers: { 'if-match': '"of-another-day"' },
      }),
    );
  });

  it('ends-with-its-withdrawal', async () => {
    const address = `/api/v1/conflicts/${declared}/withdraw`;
    expect(problemIn(await examiner.post(address, { json: {} })).status).toBe(422);
    expect((await examiner.post(address, { json: { reason: 'Another of that name.' } })).status).toBe(204);
    const again = await examiner.post(address, { json: { reason: 'Once more.' } });
    expect(problemIn(again)).toMatchObject({ status: 422, detail: expect.stringContaining('already') });
    expect((await examiner.get('/api/v1/conflicts')).json).toEqual([]);
    expect((await marker.get(`/api/v1/answers/${theirs.answer}`)).status).toBe(200);
    expect((await queue(marker, 'marked')).length).toBeGreaterThan(0);
  });
});
