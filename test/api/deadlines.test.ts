import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRecords, type Records } from '@tensormark/records';
import { z } from 'zod';
import { problemIn, type Client } from './support/client.js';
import { demonstrationExam, startService, type Service } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';
const Accepted = z.object({ submission: z.uuid(), receipt: z.object({ receivedAt: z.string() }) });
const Mine = z.array(z.object({ id: z.string(), attempt: z.int(), counts: z.boolean(), late: z.boolean() }));
const Late = z.object({ seconds: z.int(), deduction: z.string().nullable(), says: z.string() }).nullable();
const Report = z.object({
  total: z.object({ marks: z.string(), counts: z.string(), complete: z.boolean() }),
  late: Late,
});
const Row = z.object({
  student: z.object({ name: z.string() }),
  state: z.string(),
  work: z.string().nullable(),
  total: z.string().nullable(),
  late: Late,
});

const DEADLINE = '2026-03-09T12:00:00.000Z';
const OPENS = '2026-03-02T09:00:00.000Z';
const SCHEDULE = {
  opens: OPENS,
  deadline: '2026-03-09T13:00:00+01:00',
  graceSeconds: 300,
  late: { kind: 'deducted', unit: 'points', amount: '0.5', per: 'hour', most: '2' },
  counts: 'last-on-time',
};

let service: Service;
let records: Records;
let student: Client;
let examiner: Client;
let now = new Date();
let studentId: string;
beforeAll(async () => {
  service = await startService({ clock: { now: () => now } });
  records = openRecords({ databaseUrl: service.database.databaseUrl });
  [student, examiner] = [await service.as('student'), await service.as('examiner')];
  await examiner.put(EXAM, { yaml: await demonstrationExam() });
  studentId = z.object({ id: z.string() }).parse((await student.get('/api/v1/me')).json).id;
});
afterAll(async () => {
  await records.close();
  await service.close();
});

const at = (time: string): void => {
  now = new Date(`2026-03-${time}Z`);
};
const schedule = (more: object = {}) => examiner.put(`${EXAM}/schedule`, { json: { ...SCHEDULE, ...more } });
const extend = (deadline: string | null, reason = 'Ill.') =>
  examiner.put(`${EXAM}/extensions/${studentId}`, { json: { deadline, reason } });

async function markAll(submission: string, marks: string): Promise<void> {
  await records.answers.saveSplit({ submissionId: submission, engineVersion: 'e', answers: [] });
  const marker = z
    .object({ id: z.string() })
    .parse((await (await service.as('marker')).get('/api/v1/me')).json);
  for (const { answer } of await records.markingQueue.ofSubmission(submission)) {
    await records.marks.set({
      answerId: answer.id,
      marks,
      by: marker.id,
      why: 'Read.',
      expectedCurrentMarkId: null,
    });
  }
}

describe('deadlines', () => {
  beforeEach(async () => {
    at('05T12:00:00');
    await schedule();
  });

  it('everybody-sees-the-rules-in-words-and-times-in-utc', async () => {
    const seen = await student.get(`${EXAM}/schedule`);
    expect(seen.json).toMatchObject({
      opens: OPENS,
      deadline: DEADLINE,
      yours: null,
      now: 'on-time',
      says: [
        'Work is taken after the deadline, less 0.5 marks for each hour begun, 2 marks at most.',
        'What arrives up to 5 minutes after the deadline is on time.',
        expect.stringContaining('The last attempt that is handed in on time'),
        expect.stringContaining('receipt'),
      ],
    });
    expect((await student.get('/api/v1/exams')).json).toEqual([
      expect.objectContaining({ opens: OPENS, deadline: DEADLINE, now: 'on-time' }),
    ]);
  });

  it('before-it-opens-students-see-no-questions-and-hand-nothing-in', async () => {
    at('02T08:59:59');
    expect(problemIn(await student.get(EXAM))).toMatchObject({ status: 403, opens: OPENS });
    expect(problemIn(await student.hand('demonstration', 'Question 1: x'))).toMatchObject({
      status: 403,
      type: 'urn:tensormark:problem:not-open',
    });
    expect((await (await service.as('marker')).get(EXAM)).status).toBe(200);
    at('02T09:00:00');
    expect((await student.get(EXAM)).status).toBe(200);
  });

  it('after-the-deadline-it-is-refused-where-late-work-is-unless-it-had-been-taken-before', async () => {
    await schedule({ late: { kind: 'refused' } });
    const key = { 'idempotency-key': 'the-same' };
    const taken = await student.hand('demonstration', 'Question 1: in time', key);
    expect(taken.status).toBe(202);
    at('09T12:05:00');
    expect((await student.hand('demonstration', 'Question 1: grace')).status).toBe(202);
    at('09T12:05:01');
    expect(problemIn(await student.hand('demonstration', 'Question 1: late'))).toMatchObject({
      status: 403,
      type: 'urn:tensormark:problem:deadline-passed',
      deadline: DEADLINE,
    });
    const again = await student.hand('demonstration', 'Question 1: in time', key);
    expect([again.status, Accepted.parse(again.json)]).toEqual([202, Accepted.parse(taken.json)]);
    expect((await extend('2026-03-10T12:00:00Z')).status).toBe(200);
    expect((await student.hand('demonstration', 'Question 1: extended')).status).toBe(202);
    expect((await student.get(`${EXAM}/schedule`)).json).toMatchObject({
      deadline: DEADLINE,
      yours: '2026-03-10T12:00:00.000Z',
      now: 'on-time',
    });
    expect((await extend(null, 'A mistake.')).status).toBe(200);
    expect((await student.hand('demonstration', 'Question 1: no longer')).status).toBe(403);
  });

  it('a-student-sees-which-attempt-counts-and-what-lateness-takes-off-apart-from-the-work', async () => {
    const rival = await service.as('rival');
    const handIn = async (time: string) => {
      at(time);
      const { submission, receipt } = Accepted.parse(
        (await rival.hand('demonstration', `Question 1: ${time}`)).json,
      );
      expect(receipt.receivedAt).toBe(now.toISOString());
      return submission;
    };
    const late = await handIn('09T15:30:00');
    await markAll(late, '1');
    const report = async (who: Client) =>
      Report.parse((await who.get(`/api/v1/submissions/${late}/report`)).json);
    const marker = await report(await service.as('marker'));
    const work = Number(marker.total.marks);
    expect(work).toBeGreaterThan(2);
    expect(Number(marker.total.counts)).toBe(work - 2);
    await examiner.post(`${EXAM}/release`, { json: { submissions: [late] } });
    expect(await report(rival)).toMatchObject({
      total: { marks: String(work), counts: String(work - 2), complete: true },
      late: {
        seconds: 12_600,
        deduction: '2',
        says: 'Handed in 4 hours after the deadline. Taken off for it: 2 of the marks.',
      },
    });
    const grades = await examiner.get(`${EXAM}/grade-report`);
    const rows = z.object({ rows: z.array(Row) }).parse(grades.json).rows;
    expect(rows.find(({ student: { name } }) => name === 'Bela Rival')).toMatchObject({
      state: 'released',
      work: String(work),
      total: String(work - 2),
      late: { deduction: '2' },
    });
    const canvas = await examiner.get(`${EXAM}/grade-report?format=canvas`);
    expect(canvas.text).toContain(`,${work - 2}\r\n`);

    const onTime = await handIn('09T12:00:00');
    const mine = Mine.parse((await rival.get(`${EXAM}/submissions`)).json);
    expect(mine.find(({ id }) => id === onTime)).toMatchObject({ counts: true, late: false });
    expect(mine.find(({ id }) => id === late)).toMatchObject({ counts: false, late: true });
  });

  it.each([
    ['opens-after-its-deadline', { opens: '2026-04-01T00:00:00Z' }],
    ['no-time', { deadline: 'tomorrow' }],
    ['time-without-a-zone', { deadline: '2026-03-09T12:00:00' }],
    ['negative-grace', { graceSeconds: -1 }],
    ['unknown-policy', { late: { kind: 'shouted-at' } }],
    [
      'fee-of-nothing-known',
      { late: { kind: 'deducted', unit: 'goats', amount: '1', per: 'day', most: null } },
    ],
    ['fee-too-exact', { late: { ...SCHEDULE.late, amount: '0.0001' } }],
    ['fee-too-large', { late: { ...SCHEDULE.late, amount: '123456' } }],
  ])('schedule-%s-is-422', async (_name, more) => {
    expect(problemIn(await schedule(more)).status).toBe(422);
  });

  it('an-extension-only-ever-gives-time', async () => {
    const earlier = problemIn(await extend('2026-03-09T11:59:00Z'));
    expect(earlier).toMatchObject({ status: 422, type: 'urn:tensormark:problem:no-extension' });
    expect(earlier.detail).toContain(DEADLINE);
    expect(problemIn(await extend(DEADLINE)).status).toBe(422);
    expect((await extend('2026-03-10T12:00:00Z')).status).toBe(200);
    const seen = async () => (await student.get(`${EXAM}/schedule`)).json;
    expect(await seen()).toMatchObject({ yours: '2026-03-10T12:00:00.000Z' });
    // Everybody is given longer than that: nobody is to be late before the others.
    await schedule({ deadline: '2026-03-12T12:00:00Z' });
    at('11T12:00:00');
    expect(await seen()).toMatchObject({ yours: null, deadline: '2026-03-12T12:00:00.000Z', now: 'on-time' });
    await schedule({ deadline: null });
    expect(await seen()).toMatchObject({ yours: null, deadline: null, now: 'on-time' });
    const { detail } = problemIn(await extend('2026-03-20T12:00:00Z'));
    expect(detail).toContain('Set the deadline first');
    expect((await extend(null)).status).toBe(200);
  });

  it('an-extension-is-for-students-with-a-reason-and-is-audited', async () => {
    expect(problemIn(await extend('2026-03-10T12:00:00Z', '')).status).toBe(422);
    const me = z.object({ id: z.string() }).parse((await examiner.get('/api/v1/me')).json);
    const forExaminer = await examiner.put(`${EXAM}/extensions/${me.id}`, {
      json: { deadline: DEADLINE, reason: 'Why not.' },
    });
    expect(problemIn(forExaminer).status).toBe(404);
    await extend('2026-03-10T12:00:00Z', 'A certificate from the doctor.');
    expect((await examiner.get(`${EXAM}/extensions`)).json).toEqual([
      expect.objectContaining({
        student: expect.objectContaining({ name: 'Ada Student' }),
        deadline: '2026-03-10T12:00:00.000Z',
        reason: 'A certificate from the doctor.',
        by: 'Emil Examiner',
      }),
    ]);
    const { items } = await records.audit.list({ action: 'extension-granted' });
    expect(items[0]).toMatchObject({ actorId: me.id, details: { studentId } });
  });

  it('what-a-student-is-excused-from-is-counted-so-before-the-work-is-split-too', async () => {
    const excuse = (excused: boolean) =>
      examiner.put(`${EXAM}/excusals/${studentId}`, { json: { part: '1.a', excused, reason: 'Ill.' } });
    at('09T11:00:00');
    await schedule();
    const handed = await student.hand('demonstration', 'Question 1: not split yet');
    const { submission } = z.object({ submission: z.uuid() }).parse(handed.json);
    const counted = async () =>
      z
        .array(z.looseObject({ id: z.string(), parts: z.record(z.string(), z.int()) }))
        .parse((await student.get(`${EXAM}/submissions`)).json)
        .find(({ id }) => id === submission)?.parts;
    expect(await counted()).toMatchObject({ pending: 7, excused: 0 });
    expect((await excuse(true)).status).toBeLessThan(300);
    expect(await counted()).toMatchObject({ pending: 6, excused: 1 });
    expect((await excuse(false)).status).toBeLessThan(300);
    expect(await counted()).toMatchObject({ pending: 7, excused: 0 });
  });
});
