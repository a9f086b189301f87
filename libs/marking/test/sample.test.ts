import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type SampleCandidate, sampleOf } from '@tensormark/marking';

const chance = (seed: string) => (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
const candidates = fc
  .uniqueArray(
    fc.record({
      id: fc.uuid(),
      marks: fc.bigInt({ min: 0n, max: 4000n }),
      available: fc.bigInt({ min: 4000n, max: 10_000n }),
      nearBoundary: fc.boolean(),
      fails: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 60 },
  )
  .map((each): SampleCandidate[] => each);
const share = ({ marks, available }: SampleCandidate) => Number(marks) / Number(available);

describe('a sample of marked answers', () => {
  it('has-as-many-as-asked-each-once-with-highest-and-lowest-whatever-order-they-come-in', () => {
    fc.assert(
      fc.property(candidates, fc.nat(70), fc.string(), (all, size, seed) => {
        const sample = sampleOf(all, size, chance(seed));
        expect(sample).toHaveLength(Math.min(size, all.length));
        expect(new Set(sample.map(({ id }) => id)).size).toBe(sample.length);
        expect(sampleOf(all.toReversed(), size, chance(seed))).toEqual(sample);
        const shares = sample.flatMap(({ id }) => all.filter((each) => each.id === id).map(share));
        if (sample.length < 2) return;
        expect(Math.max(...shares)).toBeCloseTo(Math.max(...all.map(share)), 12);
        expect(Math.min(...shares)).toBeCloseTo(Math.min(...all.map(share)), 12);
      }),
      { numRuns: 100 },
    );
  });

  it('takes-up-to-a-quarter-near-boundaries-and-of-fails-and-the-rest-from-every-region', () => {
    const all = Array.from({ length: 100 }, (_, at) => ({
      id: `answer-${at}`,
      marks: BigInt(at * 100),
      available: 10_000n,
      nearBoundary: at >= 38 && at <= 42,
      fails: at < 40,
    }));
    const sample = sampleOf(all, 12, chance('spring'));
    const as = (reason: string) =>
      sample.filter((each) => each.as === reason).map(({ id }) => Number(id.slice(7)));
    expect([as('highest'), as('lowest')]).toEqual([[99], [0]]);
    expect(as('boundary')).toHaveLength(3);
    expect(as('fail')).toHaveLength(3);
    expect(as('fail').every((at) => at < 40)).toBe(true);
    const spread = as('spread').toSorted((one, other) => one - other);
    expect(spread).toHaveLength(4);
    // One of each quarter of what was left.
    expect(spread.map((at) => Math.min(3, Math.floor(at / 25)))).toEqual([0, 1, 2, 3]);
    expect(sampleOf(all, 12, chance('autumn'))).not.toEqual(sample);
  });
});
