import { describe, expect, it } from '@jest/globals';
import { leastSure } from '../src/text/remarks.js';

const read = (page: number, sure: number) => ({
  says: `Page ${page} was read by a machine, which was ${sure}% sure of its worst line here.`,
});
const other = { says: 'Question 1 has parts a, b, but none of them has a heading here.' };

describe('remarks on how a document was read', () => {
  it('of-each-page-the-least-sure-is-said-once-in-the-order-of-the-pages', () =>
    expect(leastSure([read(1, 69), other, read(1, 27), read(2, 100), read(1, 87), read(2, 33)])).toEqual([
      read(1, 27),
      other,
      read(2, 33),
    ]));

  it('remarks-that-differ-in-anything-else-all-stay', () => {
    const all = [read(1, 50), read(2, 50), other, { says: 'At most 10% of it is code.' }];
    expect(leastSure(all)).toEqual(all);
  });
});
