import { describe, expect, it } from '@jest/globals';
import { readWorking } from '../src/index.js';

const verdictOf = (text: string) => readWorking(text).equations[0]?.verdict;

describe('results of rounded numbers under powers and roots', () => {
  it.each([
    ['a-square', '(0.5250 - 1)^2 = 0.22564', 'rounded'],
    ['a-square-of-what-may-be-nought', '(0.505 - 0.500)^2 = 0.0123', 'false'],
    ['a-root', '3.75/sqrt(6.69) = 1.4501', 'rounded'],
    ['the-exponent', '1/(1+e^(-0.523)) = 0.62788', 'rounded'],
    ['past-what-rounding-leaves-open', '(0.5250 - 1)^2 = 0.22664', 'false'],
    ['exact-numbers-have-no-play', '2^3 * 3 = 25', 'false'],
  ])('%s', (_name, text, verdict) => {
    expect(verdictOf(text)).toBe(verdict);
  });
});
