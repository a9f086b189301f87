import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemIn } from './support/client.js';
import { markedSubmission } from './support/marked-submission.js';
import { startService, type Service } from './support/service.js';

const NOW = new Date('2027-01-10T12:00:00Z');
const EXAM = '/api/v1/exams/demonstration';

let service: Service;
beforeAll(async () => {
  service = await startService({ clock: { now: () => NOW } });
  await markedSubmission(service);
});
afterAll(() => service.close());

const plan = (at: string, zone = 'Europe/Berlin') => ({ json: { at, zone } });

describe('planned releases', () => {
  it('students-are-told-the-time-and-not-what-is-in-the-way', async () => {
    const examiner = await service.as('examiner');
    const planned = await examiner.put(`${EXAM}/release-plan`, plan('2027-01-11T10:00:00+01:00'));
    expect([planned.status, planned.json]).toEqual([
      200,
      {
        plan: {
          at: '2027-01-11T09:00:00.000Z',
          zone: 'Europe/Berlin',
          state: 'planned',
          because: [],
          by: 'Emil Examiner',
        },
        inTheWay: [
          { reason: 'not-all-marked', why: 'Not every part has been marked by a person.', submissions: 1 },
        ],
        withheld: [],
      },
    ]);
    const seen = await (await service.as('student')).get(`${EXAM}/schedule`);
    expect(seen.json).toMatchObject({ marks: { at: '2027-01-11T09:00:00.000Z', zone: 'Europe/Berlin' } });
    expect(seen.text).not.toContain('not-all-marked');
  });

  it.each([
    ['a-time-that-is-past', '2027-01-10T11:59:59Z', 'UTC'],
    ['a-zone-that-nobody-knows', '2027-01-11T10:00:00Z', 'Mars/Olympus'],
    ['a-time-without-an-offset', '2027-01-11T10:00:00', 'UTC'],
  ])('is-refused: %s', async (_name, at, zone) => {
    const refused = await (await service.as('examiner')).put(`${EXAM}/release-plan`, plan(at, zone));
    expect(refused.status).toBe(422);
    problemIn(refused);
  });

  it('a-cancelled-plan-is-told-to-nobody', async () => {
    const examiner = await service.as('examiner');
    await examiner.put(`${EXAM}/release-plan`, plan('2027-01-11T10:00:00Z'));
    expect((await examiner.delete(`${EXAM}/release-plan`)).json).toMatchObject({ plan: null });
    expect((await examiner.delete(`${EXAM}/release-plan`)).status).toBe(422);
    const seen = await (await service.as('student')).get(`${EXAM}/schedule`);
    expect(seen.json).toMatchObject({ marks: null });
  });

  it('a-result-is-withheld-and-let-go-with-a-reason', async () => {
    const examiner = await service.as('examiner');
    const submissions = (await examiner.get(`${EXAM}/submissions`)).json as { student: { id: string } }[];
    const path = `${EXAM}/withheld/${submissions[0]?.student.id}`;
    const withheld = await examiner.put(path, { json: { withheld: true, reason: 'An inquiry.' } });
    expect(withheld.json).toMatchObject({
      inTheWay: [{ reason: 'withheld', submissions: 1 }],
      withheld: [{ student: { name: 'Ada Student' }, reason: 'An inquiry.', by: 'Emil Examiner' }],
    });
    expect((await examiner.put(path, { json: { withheld: true, reason: 'Again.' } })).status).toBe(422);
    const free = await examiner.put(path, { json: { withheld: false, reason: 'Settled.' } });
    expect(free.json).toMatchObject({ withheld: [] });
  });
});
