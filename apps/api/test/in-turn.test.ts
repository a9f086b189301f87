import { describe, expect, it } from '@jest/globals';
import { inTurn } from '../src/reports/pdf/in-turn.js';

const soon = (milliseconds: number) => new Promise((go) => setTimeout(go, milliseconds));

describe('what is made ahead', () => {
  it('comes-in-order-and-never-more-than-so-many-at-once', async () => {
    let underWay = 0;
    let most = 0;
    const taken: number[] = [];
    const made = inTurn([5, 1, 4, 0, 3, 2], 3, async (each) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await soon(each);
      return each;
    });
    for await (const each of made) {
      underWay -= 1;
      taken.push(each);
    }
    expect([taken, most]).toEqual([[5, 1, 4, 0, 3, 2], 3]);
  });

  it('begins-nothing-behind-what-nobody-takes', async () => {
    let begun = 0;
    const made = inTurn(
      Array.from({ length: 1000 }, (_, at) => at),
      3,
      async (each) => {
        begun += 1;
        return each;
      },
    );
    await made.next();
    await made.return(undefined);
    expect(begun).toBe(3);
  });

  it('fails-where-one-fails-and-what-fails-behind-it-is-nobodys', async () => {
    const made = inTurn([1, 2, 3], 3, async (each) => {
      await soon(3 - each);
      if (each > 1) throw new Error(`no ${each}`);
      return each;
    });
    expect((await made.next()).value).toBe(1);
    await expect(made.next()).rejects.toThrow('no 2');
  });
});
