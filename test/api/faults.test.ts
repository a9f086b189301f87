import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRecords, type Records } from '@tensormark/records';
import { z } from 'zod';
import { markedSubmission } from './support/marked-submission.js';
import { startService, type Service } from './support/service.js';

let service: Service;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = openRecords({ databaseUrl: service.database.databaseUrl });
});
afterAll(async () => {
  await records.close();
  await service.close();
});

describe('faults of the system', () => {
  it('an-examiner-sees-them-without-names-and-has-them-done-again', async () => {
    const { submission } = await markedSubmission(service);
    const examiner = await service.as('examiner');
    expect((await examiner.get('/api/v1/exams/demonstration/faults')).json).toEqual([]);

    await records.submissions.setState(submission, 'failed', 'The disk was full.');
    const seen = await examiner.get('/api/v1/exams/demonstration/faults');
    expect(seen.json).toEqual([expect.objectContaining({ submission, why: 'The disk was full.' })]);
    expect(seen.text).not.toContain('Ada');

    const orders = async () =>
      (await service.database.query('SELECT id FROM outbox_jobs WHERE submission_id = $1', [submission]))
        .length;
    const before = await orders();
    const again = await examiner.post('/api/v1/exams/demonstration/faults/run-again');
    expect(again.status).toBe(202);
    expect(z.object({ ordered: z.int() }).parse(again.json)).toEqual({ ordered: 1 });
    expect(await orders()).toBe(before + 1);
    const { items } = await records.audit.list({ objectType: 'submission', objectId: submission });
    expect(items.map(({ action }) => action)).toContain('marking-ordered-again');
  });
});
