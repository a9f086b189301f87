import { describe, expect, it } from '@jest/globals';
import { fromThousandths, sumOfDecimals, thousandths } from '@tensormark/records';
import fc from 'fast-check';

describe('decimals', () => {
  it('every-number-of-thousandths-is-read-as-it-was-written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999n }), (value) => {
        expect(thousandths(fromThousandths(value))).toBe(value);
      }),
    );
  });

  it('sums-are-exact-where-floats-are-not', () => {
    expect(sumOfDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumOfDecimals(Array.from({ length: 1000 }, () => '0.001'))).toBe('1');
    expect(sumOfDecimals([])).toBe('0');
    expect(() => sumOfDecimals(['1', 'one'])).toThrow(/"one"/);
  });

  it.each(['', '.5', '5.', '1.0000', '-1', '+1', '1,5', '123456', '1e1', ' 1'])(
    '%j-is-no-decimal',
    (text) => {
      expect(thousandths(text)).toBeNull();
    },
  );
});
