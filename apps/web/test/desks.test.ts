import { describe, expect, it } from '@jest/globals';
import type { Desk, QueueEntry } from '../src/api/types.js';
import { reserve } from '../src/marker/ahead.js';
import { makeDeskKeeper } from '../src/marker/desk-keeper.js';
import { withGiven } from '../src/marker/run.js';

const KIM = { id: 'kim', name: 'Kim Marker' };
const SASHA = { id: 'sasha', name: 'Sasha Examiner' };

/** Everything that was begun has gone as far as it goes without the world. */
const settled = () => new Promise<void>((done) => setImmediate(done));

describe('the answers on the desk', () => {
  function desk(held: Readonly<Record<string, string>> = {}) {
    const asked: string[] = [];
    const due: (() => void)[] = [];
    const keeper = makeDeskKeeper({
      take: (answer) => {
        asked.push(`take ${answer}`);
        const by = held[answer] ?? KIM.name;
        const is: Desk = { yours: by === KIM.name, heldBy: by, until: '2036-05-01T10:00:00Z' };
        return Promise.resolve(is);
      },
      free: (answer) => {
        asked.push(`free ${answer}`);
        return Promise.resolve();
      },
      // Nothing is prolonged here.
      later: (act, ms) => {
        if (ms === 0) due.push(act);
      },
    });
    return {
      keeper,
      asked,
      async timePasses() {
        for (const act of due.splice(0)) act();
        await settled();
      },
    };
  }

  it('an-answer-that-was-held-ahead-stays-when-one-goes-on-to-it', async () => {
    const { keeper, asked, timePasses } = desk();
    const ahead = keeper.hold('b');
    await settled();
    ahead.release();
    const open = keeper.hold('b');
    await timePasses();
    expect(asked.filter((each) => each.startsWith('free'))).toEqual([]);
    open.release();
    await timePasses();
    expect(asked.at(-1)).toBe('free b');
  });

  it('is-put-back-once-however-often-it-is-let-go-of-and-a-colleague-s-is-left-alone', async () => {
    const { keeper, asked, timePasses } = desk({ theirs: SASHA.name });
    const [mine, theirs] = [keeper.hold('mine'), keeper.hold('theirs')];
    await settled();
    mine.release();
    mine.release();
    theirs.release();
    await timePasses();
    expect(asked).toEqual(['take mine', 'take theirs', 'free mine']);
  });

  it('everything-is-put-back-as-the-page-goes', async () => {
    const { keeper, asked } = desk();
    keeper.hold('a');
    keeper.hold('b');
    await settled();
    keeper.leave();
    await settled();
    expect(asked).toEqual(['take a', 'take b', 'free a', 'free b']);
  });

  it('the-next-is-the-first-that-no-colleague-holds-and-that-still-awaits-a-mark', async () => {
    const { keeper, asked, timePasses } = desk({ a: SASHA.name });
    const fetched: string[] = [];
    const found = await reserve(['a', 'b', 'c', 'd'], {
      hold: keeper.hold,
      fetch: (answer) => {
        fetched.push(answer);
        return Promise.resolve(answer !== 'b');
      },
      over: () => false,
    });
    await timePasses();
    expect([found?.answer, fetched]).toEqual(['c', ['b', 'c']]);
    expect(asked).toEqual(['take a', 'take b', 'take c', 'free b']);
  });

  it('there-is-no-next-where-colleagues-have-them-all', async () => {
    const { keeper } = desk({ a: SASHA.name, b: SASHA.name });
    const reach = { hold: keeper.hold, fetch: () => Promise.resolve(true), over: () => false };
    expect(await reserve(['a', 'b'], reach)).toBeNull();
  });

  it('what-is-being-saved-awaits-nobody', () => {
    const entry = (answer: string): QueueEntry => ({
      answer,
      candidate: 'C-1',
      part: '1',
      kind: 'choice',
      outcome: 'proposed',
      hidden: false,
      second: false,
      doubt: 0,
      proposed: '1',
      marks: null,
      available: '1',
      state: 'proposed',
      heldBy: null,
    });
    const queue = withGiven([entry('a'), entry('b')], new Set(['a']));
    expect(queue.map(({ state }) => state)).toEqual(['marked', 'proposed']);
  });
});
