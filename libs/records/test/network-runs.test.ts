import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotFoundError, type NewNetworkRun } from '@tensormark/records';
import { ENGINE, setting, type Setting } from './setting.js';

const orderHash = (): string => createHash('sha256').update(randomUUID()).digest('hex');

describe('runs of networks', () => {
  let place: Setting;
  let answer: { answerId: string; readingId: string };
  beforeAll(async () => {
    place = await setting();
    const submission = await place.submitted();
    const answers = await place.records.answers.ofSubmission(submission.id);
    const code = answers.find(({ part }) => part === '2');
    if (code === undefined) throw new Error('there is no answer to part 2');
    answer = { answerId: code.id, readingId: code.readingId };
  });
  afterAll(() => place.close());

  const run = (order: string, result = 'first'): NewNetworkRun => ({
    ...answer,
    engineVersion: ENGINE,
    orderHash: order,
    networkHash: order,
    milliseconds: 12.4,
    outcome: 'ran',
    on: { backend: 'wasm', device: 'WebAssembly', seed: 1, versions: { tfjs: '4.22.0' } },
    result: { kind: 'ran', says: result },
    report: { probes: [] },
  });
  const fault = (order: string): NewNetworkRun => ({
    ...answer,
    engineVersion: ENGINE,
    orderHash: order,
    networkHash: null,
    milliseconds: 5,
    outcome: 'fault',
    fault: 'device-lost',
    message: 'gone',
  });

  it('an-order-is-settled-once-also-by-ten-at-once', async () => {
    const { networkRuns } = place.records;
    const order = orderHash();
    const kept = await Promise.all(
      Array.from({ length: 10 }, (_, at) => networkRuns.record(run(order, `number ${at}`))),
    );
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
    expect((await networkRuns.settling(order))?.result).toEqual(kept[0]?.result);
  });

  it('device-seed-versions-and-time-are-kept', async () => {
    const order = orderHash();
    expect(await place.records.networkRuns.record(run(order))).toMatchObject({
      backend: 'wasm',
      device: 'WebAssembly',
      seed: 1,
      versions: { tfjs: '4.22.0' },
      milliseconds: 12,
      ranAt: expect.any(Date),
    });
  });

  it('a-fault-is-written-down-and-settles-nothing', async () => {
    const { networkRuns } = place.records;
    const order = orderHash();
    await networkRuns.record(fault(order));
    await networkRuns.record(fault(order));
    expect(await networkRuns.settling(order)).toBeNull();
    await networkRuns.record(run(order));
    expect(await networkRuns.settling(order)).toMatchObject({ outcome: 'ran' });
    const history = await networkRuns.history(answer.answerId);
    const outcomes = history.filter((each) => each.orderHash === order).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['fault', 'fault', 'ran']);
  });

  it('nothing-of-it-changes', async () => {
    const order = orderHash();
    await place.records.networkRuns.record(run(order));
    const { database } = place;
    const change = (statement: string) => database.query(statement, [order]);
    await expect(change('UPDATE network_runs SET seed = 2 WHERE order_hash = $1')).rejects.toThrow('never');
    await expect(change('DELETE FROM network_runs WHERE order_hash = $1')).rejects.toThrow('never');
  });

  it('an-answer-that-is-not-there-is-said', async () => {
    await expect(
      place.records.networkRuns.record({ ...run(orderHash()), answerId: randomUUID() }),
    ).rejects.toThrow(NotFoundError);
  });

  it('a-part-whose-network-runs-holds-up-no-other-part-and-no-part-is-released-before-it', async () => {
    const { records, exam, markers, examiner } = place;
    const submission = await place.submitted({ '1.a': '3', '1.b': 'needs-person' });
    const { studentId, id } = submission;
    // What a person changes is marked anew: its network runs, and the submission is at work.
    await records.answers.confirm({
      submissionId: id,
      expected: 0,
      answers: ['1.a', '1.b', '2'].map((part) => ({
        part,
        found: true,
        text: part === '2' ? 'nn.Linear(12, 4)' : `Answer to ${part}`,
        pieces: [{ start: 0, end: 9 }],
        confidence: 1,
        reasons: [],
      })),
      by: studentId,
      why: '',
    });
    const waiting = async () =>
      (await records.markingQueue.list({ examId: exam.id, limit: 500 })).items
        .filter(({ answer }) => answer.submissionId === id)
        .map(({ answer, submissionState }) => [answer.part, submissionState]);
    expect(await waiting()).toEqual([
      ['1.b', 'marking'],
      ['1.a', 'marking'],
    ]);
    const row = async () =>
      (await records.gradeReports.ofExam(exam.id)).rows.find(({ student }) => student.id === studentId);
    const states = async () => (await row())?.cells.map(({ state, mark }) => [state, mark]);
    expect(await states()).toEqual([
      ['proposed', null],
      ['needs-person', null],
      ['pending', null],
    ]);
    const release = async () =>
      (await records.releases.release({ examId: exam.id, submissionIds: [id], by: examiner })).heldBack;
    const set = (answerId: string, marks: string) =>
      records.marks.set({ answerId, marks, by: markers[0], why: 'Read.', expectedCurrentMarkId: null });
    const [one, two, code] = await records.answers.ofSubmission(id);
    if (!one || !two || !code) throw new Error('an answer is not there');
    await set(one.id, '0');
    await set(two.id, '1');
    expect(await waiting()).toEqual([]);
    expect(await states()).toEqual([
      ['marked', '0'],
      ['marked', '1'],
      ['pending', null],
    ]);
    expect(await row()).toMatchObject({ state: 'pending', total: null });
    expect(await release()).toEqual([{ submissionId: id, reason: 'not-all-marked' }]);
    // A run that has failed for good is a fault; until the work has ended it may be tried again.
    const propose = (outcome: 'failed' | 'proposed') =>
      records.proposedMarks.save({
        answerId: code.id,
        readingId: code.readingId,
        engineVersion: ENGINE,
        examVersionId: exam.current.id,
        schemeHash: exam.current.schemeHash,
        outcome,
        marks: outcome === 'failed' ? null : '7',
        doubt: 1,
        evidence: {},
      });
    await propose('failed');
    expect(await waiting()).toEqual([]);
    await records.submissions.settle(id, ENGINE, exam.current.schemeHash);
    expect(await waiting()).toEqual([['2', 'failed']]);
    expect(await states()).toContainEqual(['failed', null]);
    expect(await release()).toEqual([{ submissionId: id, reason: 'not-all-marked' }]);
    await propose('proposed');
    await records.submissions.settle(id, ENGINE, exam.current.schemeHash);
    expect(await waiting()).toEqual([['2', 'needs-person']]);
  });
});
