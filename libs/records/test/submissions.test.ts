import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IdempotencyKeyReusedError, type NewSubmission, NotFoundError } from '@tensormark/records';
import { ENGINE, type Setting, setting } from './setting.js';

describe('submissions', () => {
  let here: Setting;
  let studentId: string;
  beforeAll(async () => {
    here = await setting();
    studentId = await here.person('student');
  });
  afterAll(() => here.close());
  const upload = (bytes: Uint8Array, more: Partial<NewSubmission> = {}) =>
    here.records.submissions.receive({
      examId: here.exam.id,
      studentId,
      fileName: 'answers.md',
      mediaType: 'text/markdown',
      bytes,
      ...more,
    });

  it('a-receipt-proves-bytes-hash-size-and-order', async () => {
    const bytes = randomBytes(3_000_000);
    const { submission, receipt, replayed } = await upload(bytes, { fileName: 'odd\u0000name.md' });
    expect(receipt.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(receipt).toMatchObject({
      size: 3_000_000,
      attempt: 1,
      fileName: 'odd\uFFFDname.md',
      examVersionNumber: 1,
    });
    expect(receipt.code).toMatch(/^TM-(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(replayed).toBe(false);
    expect(Buffer.compare(await here.records.submissions.bytes(submission.id), bytes)).toBe(0);
    expect(await here.records.submissions.receipt(submission.id)).toEqual(receipt);
    expect(submission.state).toBe('received');
    const orders = await here.database.query('SELECT * FROM outbox_jobs WHERE submission_id = $1', [
      submission.id,
    ]);
    expect(orders).toHaveLength(1);
  });

  it('ten-uploads-at-once-are-ten-attempts', async () => {
    const someone = await here.person('student');
    const all = await Promise.all(
      Array.from({ length: 5 }, (_, index) => upload(Buffer.from(`${index}`), { studentId: someone })),
    );
    expect(all.map(({ receipt }) => receipt.attempt).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });

  it('the-same-idempotency-key-gives-the-same-receipt', async () => {
    const twice = await Promise.all(
      [1, 2, 3].map(() => upload(Buffer.from('once'), { idempotencyKey: 'k1' })),
    );
    expect(new Set(twice.map(({ receipt }) => receipt.code)).size).toBe(1);
    expect(twice.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(upload(Buffer.from('other'), { idempotencyKey: 'k1' })).rejects.toThrow(
      IdempotencyKeyReusedError,
    );
  });

  it('an-empty-file-is-stored-as-empty', async () => {
    const { submission } = await upload(new Uint8Array());
    expect((await here.records.submissions.bytes(submission.id)).byteLength).toBe(0);
  });

  it('an-unknown-exam-or-student-leaves-nothing-behind', async () => {
    const count = async () =>
      (await here.database.query('SELECT count(*)::int AS n FROM submissions'))[0]?.['n'];
    const before = await count();
    await expect(upload(Buffer.from('x'), { examId: studentId })).rejects.toThrow(NotFoundError);
    await expect(upload(Buffer.from('x'), { studentId: 'nobody' })).rejects.toThrow(NotFoundError);
    expect(await countOf(here)).toBe(before);
  });

  it('pages-hold-each-submission-once-newest-first', async () => {
    const someone = await here.person('student');
    for (let index = 0; index < 7; index += 1) await upload(Buffer.from(`${index}`), { studentId: someone });
    const seen: number[] = [];
    for (let after: string | undefined; ;) {
      const page = await here.records.submissions.list({
        studentId: someone,
        limit: 3,
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...page.items.map(({ attempt }) => attempt));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('what-a-receipt-says-cannot-be-changed-even-by-sql', async () => {
    const { submission } = await upload(Buffer.from('fixed'));
    const change = (sql: string) => here.database.query(sql, [submission.id]);
    await expect(change("UPDATE submissions SET sha256 = repeat('0', 64) WHERE id = $1")).rejects.toThrow(
      /never changed/,
    );
    await expect(change("UPDATE submission_files SET bytes = '' WHERE submission_id = $1")).rejects.toThrow(
      /never/,
    );
    await expect(change('DELETE FROM submissions WHERE id = $1')).rejects.toThrow(/never changed or deleted/);
    expect((await here.records.submissions.setState(submission.id, 'splitting')).state).toBe('splitting');
  });

  it.each([
    [{}, 'ready'],
    [{ '1.b': 'absent' }, 'ready'],
    [{ '1.b': 'needs-person' }, 'needs-person'],
    [{ '1.a': 'needs-person', '2': 'failed' }, 'failed'],
  ])('proposals-%j-settle-as-%s', async (proposals, state) => {
    const settled = await here.submitted(proposals);
    expect(settled.state).toBe(state);
    const again = await here.records.submissions.settle(settled.id, ENGINE, here.exam.current.schemeHash);
    expect(again).toEqual(settled);
  });

  it('a-part-nobody-proposed-for-is-a-fault-and-named', async () => {
    const { submission } = await upload(Buffer.from('unsplit'));
    const settled = await here.records.submissions.settle(
      submission.id,
      ENGINE,
      here.exam.current.schemeHash,
    );
    expect(settled).toMatchObject({ state: 'failed', stateReason: expect.stringContaining('1.a, 1.b, 2') });
  });
});

describe('outbox', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const receive = async () =>
    (
      await here.records.submissions.receive({
        examId: here.exam.id,
        studentId: await here.person('student'),
        fileName: 'a.md',
        mediaType: 'text/markdown',
        bytes: Buffer.from('a'),
      })
    ).submission.id;

  it('orders-stay-until-the-queue-has-taken-them', async () => {
    const ids = [await receive(), await receive(), await receive()];
    const refused = await here.records.outbox.dispatch(() => Promise.reject(new Error('The queue is down.')));
    expect(refused).toEqual({ dispatched: 0, failed: 3 });
    const taken: string[] = [];
    const outcome = await here.records.outbox.dispatch(async ({ submissionId, schemeHash }) => {
      expect(schemeHash).toBe(here.exam.current.schemeHash);
      if (submissionId === ids[1]) throw new Error('Just this one.');
      taken.push(submissionId);
    });
    expect(outcome).toEqual({ dispatched: 2, failed: 1 });
    expect(taken).toEqual([ids[0], ids[2]]);
    expect(await here.records.outbox.waiting()).toBe(1);
    expect(await here.records.outbox.dispatch(() => Promise.resolve())).toEqual({ dispatched: 1, failed: 0 });
    expect(await here.records.outbox.waiting()).toBe(0);
  });

  it('two-dispatchers-at-once-hand-each-order-over-once', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, receive));
    const taken: string[] = [];
    const dispatch = () =>
      here.records.outbox.dispatch(async ({ submissionId }) => {
        await new Promise((wake) => setTimeout(wake, 2));
        taken.push(submissionId);
      });
    await Promise.all([dispatch(), dispatch(), dispatch()]);
    expect(new Set(taken)).toEqual(new Set(ids));
    expect(taken).toHaveLength(ids.length);
  });

  it('submissions-that-never-settled-are-ordered-again-and-settled-ones-are-not', async () => {
    const lost = await receive();
    await here.submitted();
    await here.records.outbox.dispatch(() => Promise.resolve());
    expect(await here.records.outbox.recover({ unsettledForMs: 60_000 })).toBe(0);
    await here.database.query(
      "UPDATE submissions SET state_changed_at = now() - interval '1 hour' WHERE id = $1 OR state = 'ready'",
      [lost],
    );
    await here.database.query("UPDATE outbox_jobs SET created_at = now() - interval '1 hour'");
    expect(await here.records.outbox.recover({ unsettledForMs: 60_000 })).toBe(1);
    expect(await here.records.outbox.recover({ unsettledForMs: 60_000 })).toBe(0);
    const taken: string[] = [];
    await here.records.outbox.dispatch(async ({ submissionId }) => {
      taken.push(submissionId);
    });
    expect(taken).toEqual([lost]);
  });
});

async function countOf({ database }: Setting): Promise<unknown> {
  return (await database.query('SELECT count(*)::int AS n FROM submissions'))[0]?.['n'];
}
