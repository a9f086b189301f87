import { describe, expect, it } from '@jest/globals';
import { barsOf, decadesOf, lineThrough } from '../src/evidence/plot.js';

const FRAME = { width: 100, height: 50 };

describe('plots of a run', () => {
  it('a-line-starts-at-its-height-and-ends-at-the-right', () => {
    expect(lineThrough([2, 1, 0], FRAME)).toBe('0,0 50,25 100,50');
  });

  it('a-line-keeps-what-lies-below-0-inside', () => {
    expect(lineThrough([1, -1], FRAME)).toBe('0,0 100,50');
  });

  it('a-loss-that-is-0-throughout-is-a-line-at-the-bottom', () => {
    expect(lineThrough([0, 0], FRAME)).toBe('0,50 100,50');
  });

  it('ten-times-as-much-is-one-decade-higher', () => {
    expect(decadesOf([0.02, 0.5])).toEqual([-2, 0]);
    const [small, large] = barsOf([0.02, 0.2], { width: 100, height: 100 });
    expect((large?.height ?? 0) - (small?.height ?? 0)).toBeCloseTo(50, 1);
  });

  it('a-gradient-of-0-has-no-bar-and-a-size-of-a-whole-power-still-has-one', () => {
    const [none, some] = barsOf([0, 0.01], FRAME);
    expect(none?.height).toBe(0);
    expect(some?.height).toBeGreaterThan(0);
    expect(decadesOf([0, 0])).toBeUndefined();
    expect(barsOf([0, 0], FRAME).every(({ height }) => height === 0)).toBe(true);
  });

  it('bars-stay-inside-the-frame', () => {
    for (const { x, y, width, height } of barsOf([1e-9, 3, 1, 0.2], FRAME)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(100);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeCloseTo(50, 5);
    }
  });
});
