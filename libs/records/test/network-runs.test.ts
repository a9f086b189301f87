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
  }, 60_000);
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
});
