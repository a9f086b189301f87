import { describe, expect, it } from '@jest/globals';
import { fitSetOf, fitTo } from '../../../bench/essays/refit.js';
import { stepError } from '../../../bench/essays/statistics.js';
import { FITTED } from '../../../bench/essays/sets.js';
import { COEFFICIENTS } from '../src/judge/coefficients.js';

describe('how far off a confidence is', () => {
  // One step of 0.9, as it comes out without one question or the other, of which half holds; then two steps that hold as they say.
  it.each([
    ['one-step-from-two-fits', [0.895, 0.895, 0.905, 0.905], [true, true, false, false], 0.4],
    ['two-steps', [0.5, 0.5, 1, 1], [true, false, true, true], 0],
    ['nothing-said', [], [], 0],
  ])('%s', (_name, said, held, off) => {
    expect(stepError(said, held)).toBeCloseTo(off, 10);
  });
});

describe('coefficients', () => {
  it('committed-coefficients-are-those-of-the-fit', () => {
    expect(COEFFICIENTS).toEqual(fitTo(FITTED.map(fitSetOf)).coefficients);
  });
});
