import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clampMarks, formatMarks, parseMarks, sumMarks } from '../src/marks.js';

describe('marks', () => {
  it('a-tenth-ten-times-is-one', () => {
    const tenth = parseMarks('0.1') ?? 0n;
    expect(formatMarks(sumMarks(Array.from({ length: 10 }, () => tenth)))).toBe('1');
  });

  it.each(['', 'x', '1.2345', '1,5', '1e3', '0x10', '--1', '1.'])('"%s" is no mark', (text) => {
    expect(parseMarks(text)).toBeUndefined();
  });

  it('negative-items-stop-at-the-floor', () => {
    expect(formatMarks(clampMarks(sumMarks([2000n, -3500n]), 0n, 5000n))).toBe('0');
  });

  it('what is written is read again', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n }), (marks) => {
        expect(parseMarks(formatMarks(marks))).toBe(marks);
      }),
    );
  });
});
