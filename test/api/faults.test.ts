import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION } from '@tensormark/marking';
import { openRecords, type Records } from '@tensormark/records';
import { z } from 'zod';
import { formWith } from './support/client.js';
import { demonstrationAnswers, demonstrationExam, startService, type Service } from './support/service.js';

let service: Service;
let records: Records;
beforeEach(async () => {
  service = await startService();
  records = openRecords({ databaseUrl: service.database.databaseUrl });
});
afterEach(async () => {
  await records.close();
  await service.close();
});

const FAULTS = '/api/v1/exams/demonstration/faults';
const Faults = z.array(
  z.looseObject({
    submission: z.string(),
    split: z.boolean(),
    parts: z.array(z.object({ part: z.string(), cause: z.string().nullable() })),
    orderedAgain: z.object({ by: z.string() }).nullable(),
  }),
);

/** Handed in and never looked at by a worker. */
async function handedIn(): Promise<string> {
  const examiner = await service.as('examiner');
  await examiner.put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
  const student = await service.as('student');
  const form = formWith(await demonstrationAnswers(), 'ada-student.md');
  const handed = await student.post('/api/v1/exams/demonstration/submissions', { form });
  return z.object({ submission: z.uuid() }).parse(handed.json).submission;
}

async function orders(submission: string): Promise<number> {
  const sql = 'SELECT id FROM outbox_jobs WHERE submission_id = $1';
  return (await service.database.query(sql, [submission])).length;
}

describe('faults of the system', () => {
  it('an-examiner-sees-them-without-names-and-has-them-done-again-once', async () => {
    const submission = await handedIn();
    const examiner = await service.as('examiner');
    expect((await examiner.get(FAULTS)).json).toEqual([]);

    await records.submissions.setState(submission, 'failed', 'The disk was full.');
    const seen = await examiner.get(FAULTS);
    expect(seen.json).toEqual([
      expect.objectContaining({ submission, why: 'The disk was full.', split: false, orderedAgain: null }),
    ]);
    expect(seen.text).not.toContain('Ada');

    const before = await orders(submission);
    // Pressed twice by an impatient hand.
    const pressed = await Promise.all([
      examiner.post(`${FAULTS}/run-again`),
      examiner.post(`/api/v1/submissions/${submission}/run-again`),
    ]);
    expect(pressed.map(({ status }) => status)).toEqual([202, 202]);
    const Ordered = z.object({ ordered: z.int() });
    expect(pressed.reduce((sum, { json }) => sum + Ordered.parse(json).ordered, 0)).toBe(1);
    expect(await orders(submission)).toBe(before + 1);
    // At once, whether or not a worker has begun.
    expect((await records.submissions.get(submission)).state).toBe('received');
    expect((await examiner.get(FAULTS)).json).toEqual([]);

    await records.submissions.setState(submission, 'failed', 'The disk is full again.');
    const [again] = Faults.parse((await examiner.get(FAULTS)).json);
    expect(again?.orderedAgain?.by).toBe('Emil Examiner');
  });

  it('a-document-that-could-not-be-split-is-given-to-the-markers', async () => {
    const submission = await handedIn();
    const examiner = await service.as('examiner');
    const marker = await service.as('marker');
    const give = () => examiner.post(`/api/v1/submissions/${submission}/to-a-person`);
    expect((await give()).status).toBe(422);
    await records.submissions.setState(submission, 'failed', 'The disk was full.');
    const queue = async () =>
      z.array(z.unknown()).parse((await marker.get('/api/v1/exams/demonstration/marking-queue')).json);
    expect(await queue()).toEqual([]);
    expect((await give()).status).toBe(204);
    const { parts } = (await records.exams.find('demonstration'))?.current ?? { parts: [] };
    expect((await queue()).length).toBe(parts.length);
    const [fault] = Faults.parse((await examiner.get(FAULTS)).json);
    expect(fault?.split).toBe(true);
    expect(fault?.parts.length).toBe(parts.length);
    expect((await give()).status).toBe(422);
  });

  it('what-a-person-has-marked-is-no-fault-any-more', async () => {
    const submission = await handedIn();
    const { examVersionId } = await records.submissions.get(submission);
    const { schemeHash, parts } = await records.exams.version(examVersionId);
    const answers = await records.answers.saveSplit({
      submissionId: submission,
      engineVersion: ENGINE_VERSION,
      answers: [],
    });
    const [{ id: answer, readingId, part } = { id: '', readingId: '', part: '' }] = answers;
    await records.proposedMarks.save({
      answerId: answer,
      readingId,
      engineVersion: ENGINE_VERSION,
      examVersionId,
      schemeHash,
      outcome: 'failed',
      marks: null,
      doubt: 1,
      evidence: { reason: 'ENOSPC', cause: 'the server’s disk is full' },
    });
    await records.submissions.settle(submission, ENGINE_VERSION, schemeHash);
    const examiner = await service.as('examiner');
    const [fault] = Faults.parse((await examiner.get(FAULTS)).json);
    expect(fault?.parts.length).toBe(parts.length);
    expect(fault?.parts[0]).toEqual({ part, cause: 'the server’s disk is full' });
    const states = async () =>
      z
        .array(z.looseObject({ state: z.string() }))
        .parse((await examiner.get('/api/v1/exams/demonstration/submissions')).json)
        .map(({ state }) => state);
    expect(await states()).toEqual(['failed']);

    const me = await (await service.as('marker')).get('/api/v1/me');
    const by = z.looseObject({ id: z.string() }).parse(me.json).id;
    for (const { id } of answers)
      await records.marks.set({
        answerId: id,
        marks: '1',
        by,
        why: 'Read by eye.',
        expectedCurrentMarkId: null,
      });
    expect(Faults.parse((await examiner.get(FAULTS)).json)).toEqual([]);
    expect(await states()).toEqual(['ready']);
  });
});
