import { describe, expect, it } from '@jest/globals';
import { fitSetOf, fitTo } from '../../../bench/essays/refit.js';
import { FITTED } from '../../../bench/essays/sets.js';
import { COEFFICIENTS } from '../src/judge/coefficients.js';

describe('coefficients', () => {
  it('committed-coefficients-are-those-of-the-fit', () => {
    expect(COEFFICIENTS).toEqual(fitTo(FITTED.map(fitSetOf)).coefficients);
  });
});
