import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotFoundError } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('holds', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const answer = async () => {
    const { id } = await here.submitted();
    const [item] = await here.records.markingQueue.ofSubmission(id);
    if (!item) throw new Error('there are no answers');
    return item.answer.id;
  };
  const take = (answerId: string, by: string, seconds = 60) =>
    here.records.holds.take({ answerId, by, seconds });

  it('of-two-who-reach-for-an-answer-one-has-it-and-both-are-told-who', async () => {
    const [one, other] = here.markers;
    for (let round = 0; round < 10; round += 1) {
      const id = await answer();
      const [first, second] = await Promise.all([take(id, one), take(id, other)]);
      expect(first.holderId).toBe(second.holderId);
    }
  });

  it('taking-again-prolongs-and-freeing-lets-the-next-have-it', async () => {
    const [one, other] = here.markers;
    const id = await answer();
    const first = await take(id, one, 10);
    const longer = await take(id, one, 600);
    expect(longer.until.getTime()).toBeGreaterThan(first.until.getTime());
    expect((await take(id, other)).holderId).toBe(one);
    await here.records.holds.free({ answerId: id, by: other });
    expect((await here.records.holds.of([id])).get(id)?.holderId).toBe(one);
    await here.records.holds.free({ answerId: id, by: one });
    expect((await here.records.holds.of([id])).size).toBe(0);
    expect((await take(id, other)).holderId).toBe(other);
  });

  it('an-abandoned-hold-runs-out', async () => {
    const [one, other] = here.markers;
    const id = await answer();
    await take(id, one, 0);
    expect((await here.records.holds.of([id])).size).toBe(0);
    expect((await take(id, other)).holderId).toBe(other);
  });

  it('what-is-not-there-is-not-held', async () => {
    await expect(take('nonsense', here.markers[0])).rejects.toThrow(NotFoundError);
    await expect(take('00000000-0000-4000-8000-000000000000', here.markers[0])).rejects.toThrow(
      NotFoundError,
    );
    await expect(take(await answer(), 'nobody')).rejects.toThrow(NotFoundError);
    expect((await here.records.holds.of(['nonsense'])).size).toBe(0);
  });
});
