import { describe, expect, it } from '@jest/globals';
import { nextUndecided } from '../src/marker/nextUndecided.js';

const ALL = ['a', 'b', 'c'].map((item) => ({ item, evidence: `e-${item}` }));

describe('going from suggestion to suggestion', () => {
  it.each([
    ['the-first-at-first', [], null, 'a'],
    ['the-one-after', [], 'a', 'b'],
    ['past-what-is-decided', ['b'], 'a', 'c'],
    ['from-the-top-after-the-last', ['c'], 'c', 'a'],
    ['none-when-all-is-decided', ['a', 'b', 'c'], 'c', null],
  ])('%s', (_, decided, after, expected) => {
    expect(nextUndecided(ALL, new Set(decided), after)?.item ?? null).toBe(expected);
  });
});
