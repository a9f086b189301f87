import { describe, expect, it } from '@jest/globals';
import { inWords } from '../src/meaning/in-words.js';
import { AXES } from '../src/meaning/opposites.js';

describe('what a marker reads of two sides that differ', () => {
  it.each([
    ['time- layer', 'late layer'],
    ['time+ layer', 'early layer'],
    ['hardness of things-', 'flexible'],
    ['3x3 filters', '3x3 filters'],
    ['not cat', 'not cat'],
  ])('%s-is-said-as-%s', (units, words) => {
    expect(inWords(units)).toBe(words);
  });

  it('no-side-of-any-pair-is-left-in-the-words-of-the-tables', () => {
    for (const { name, plus, minus } of AXES) {
      expect([inWords(`${name}+`), inWords(`${name}-`)]).toEqual([plus[0], minus[0]]);
    }
  });
});
