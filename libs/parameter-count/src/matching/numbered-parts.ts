import type { Asked, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { expectedValues, hits } from './hits.js';

/** Fewer right numbers in their places than this show no order. */
const FEWEST_IN_PLACE = 2;

/**
 * What is asked under each number or letter of a list, where a working answers in the order of the question: `a)`, `b)`, `c)`
 * for three things asked, and the right numbers among them all in their places. Empty where it does not.
 */
export function numberedParts(reference: Reference, claims: readonly Claim[]): ReadonlyMap<number, Asked> {
  const asked = [...reference.asked.values()];
  const ordinals = new Set(claims.flatMap(({ marker }) => marker ?? []));
  const isComplete =
    asked.length > 1 && ordinals.size === asked.length && Math.max(...ordinals) === asked.length;
  if (!isComplete) return new Map();
  let inPlace = 0;
  for (const [at, each] of asked.entries()) {
    const expected = expectedValues(reference, each);
    const places = new Set(
      claims.flatMap((claim) =>
        claim.marker !== null &&
        claim.role !== 'calculation' &&
        hits(reference, each, claim, expected) === 'exact'
          ? claim.marker
          : [],
      ),
    );
    if (places.has(at + 1)) inPlace += 1;
    else if (places.size > 0) return new Map();
  }
  return inPlace < FEWEST_IN_PLACE ? new Map() : new Map(asked.map((each, at) => [at + 1, each]));
}
