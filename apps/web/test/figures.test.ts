import { describe, expect, it } from '@jest/globals';
import { figure, hard, spread } from '../src/examiner/figures.js';

describe('figures of an analysis in words', () => {
  it('the-range-of-marks-has-as-many-decimals-as-it-takes', () => {
    expect(spread({ lowest: 2, median: 5.25, highest: 9 })).toBe('2, 5.25, 9');
    expect(spread({ lowest: -0.5, median: 1.0004, highest: 1.125 })).toBe('−0.5, 1, 1.13');
    expect(spread(null)).toBe('–');
    expect(figure(-1.25, 1)).toBe('−1.3');
  });

  it('a-question-is-called-hard-or-easy-from-ten-papers-on', () => {
    expect([hard(0, 1), hard(1, 9)]).toEqual(['', '']);
    expect([hard(0.29, 10), hard(0.5, 10), hard(0.86, 10)]).toEqual([', hard', '', ', easy']);
  });
});
