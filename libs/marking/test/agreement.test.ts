import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf, type MarkPair } from '@tensormark/marking';

const pairs = (...given: readonly (readonly [number, number])[]): MarkPair[] =>
  given.map(([one, other]) => ({ one: BigInt(one * 1000), other: BigInt(other * 1000) }));

/** Cohen's definition itself, over a table of observed and expected shares. */
function kappaByTable(given: readonly MarkPair[]): number {
  const marks = [...new Set(given.flatMap(({ one, other }) => [one, other]))];
  const share = (holds: (pair: MarkPair) => boolean) => given.filter(holds).length / given.length;
  let observed = 0;
  let expected = 0;
  for (const i of marks) {
    for (const j of marks) {
      const weight = Number(i - j) ** 2;
      observed += weight * share(({ one, other }) => one === i && other === j);
      expected += weight * share(({ one }) => one === i) * share(({ other }) => other === j);
    }
  }
  return 1 - observed / expected;
}

describe('agreement of two who mark', () => {
  it('none-without-pairs', () => expect(agreementOf([], 500n)).toBeNull());

  it('counts-exact-and-within-one-step-and-who-is-more-generous', () => {
    expect(agreementOf(pairs([2, 2], [2.5, 2], [1, 2], [4, 3.5]), 500n)).toMatchObject({
      pairs: 4,
      exact: 0.25,
      withinOneStep: 0.75,
      meanDifference: 0,
    });
    expect(agreementOf(pairs([3, 2], [2, 2]), 500n)?.meanDifference).toBe(0.5);
  });

  it('kappa-of-a-table-worked-by-hand', () => {
    // Two markers, grades 0 to 2: 4 times (0,0), once (0,1), once (1,0), 3 times (1,1), once (2,1).
    // Σ w·observed = 3/10; of one: 5, 4, 1; of the other: 5, 5, 0, so Σ w·expected = (25 + 20 + 4·5 + 5)/100 = 0.7.
    const given = pairs([0, 0], [0, 0], [0, 0], [0, 0], [0, 1], [1, 0], [1, 1], [1, 1], [1, 1], [2, 1]);
    expect(agreementOf(given, 1000n)?.kappa).toBeCloseTo(1 - 0.3 / 0.7, 12);
  });

  it('kappa-is-one-for-the-same-and-minus-one-for-opposite-marks', () => {
    expect(agreementOf(pairs([0, 0], [1, 1], [2, 2]), 500n)?.kappa).toBe(1);
    expect(agreementOf(pairs([0, 2], [1, 1], [2, 0]), 500n)?.kappa).toBe(-1);
  });

  it('kappa-is-unknown-where-nothing-varies', () => {
    expect(agreementOf(pairs([1, 1], [1, 1]), 500n)?.kappa).toBeNull();
  });

  it('kappa-is-cohens-for-any-marks-in-any-order', () => {
    const marks = fc.integer({ min: 0, max: 8 }).map((half) => BigInt(half * 500));
    fc.assert(
      fc.property(
        fc.array(fc.record({ one: marks, other: marks }), { minLength: 2, maxLength: 40 }),
        (given) => {
          const kappa = agreementOf(given, 500n)?.kappa ?? null;
          fc.pre(kappa !== null);
          expect(kappa).toBeCloseTo(kappaByTable(given), 9);
          expect(agreementOf(given.toReversed(), 500n)?.kappa).toBe(kappa);
        },
      ),
    );
  });
});
