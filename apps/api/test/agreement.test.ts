import { describe, expect, it } from '@jest/globals';
import { figuresByPart } from '../src/moderation/agreement.js';

const PARTS = [
  { part: '1', kind: 'essay', title: 'First', maximum: '4' },
  { part: '2', kind: 'essay', title: 'Second', maximum: '40' },
];

const pairs = (part: string, count: number, apart: bigint) =>
  Array.from({ length: count }, (_, at) => {
    const one = BigInt(at % 4) * 500n;
    return { part, one, other: one + (at % 2 === 0 ? apart : 0n) };
  });

describe('figures of agreement', () => {
  it('are-told-from-thirty-answers-on-and-by-part', () => {
    const { overall, parts } = figuresByPart(PARTS, [...pairs('1', 30, 500n), ...pairs('2', 29, 0n)], 500n);
    expect(parts[0]).toMatchObject({
      part: '1',
      pairs: 30,
      exact: 0.5,
      withinOneStep: 1,
      meanDifference: -0.25,
    });
    expect(parts[0]?.kappa).toBeGreaterThan(0.5);
    const none = { exact: null, withinOneStep: null, meanDifference: null, kappa: null };
    expect(parts[1]).toMatchObject({ part: '2', pairs: 29, ...none });
    expect(overall).toMatchObject({ pairs: 59, exact: 44 / 59 });
  });

  it('kappa-is-told-of-single-parts-alone', () => {
    const { overall } = figuresByPart(PARTS, pairs('1', 40, 500n), 500n);
    expect(overall).toMatchObject({ pairs: 40, kappa: null });
  });
});
