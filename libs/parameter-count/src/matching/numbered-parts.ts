import type { Asked, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { expectedValues, hits } from './hits.js';

/** Fewer right numbers in their places than this show no order. */
const FEWEST_IN_PLACE = 2;

/** What so many items answer, in order: all that is asked, or all but the whole network's number, which sums them up. */
function inItems(asked: readonly Asked[], items: number): readonly Asked[] {
  if (asked.length === items) return asked;
  const last = asked.at(-1);
  return asked.length === items + 1 && last?.nodes.every((id) => id.startsWith('/')) === true
    ? asked.slice(0, -1)
    : [];
}

/**
 * What is asked under each number or letter of a list, where a working answers in the order of the question: `a)`, `b)`, `c)`
 * for three things asked, and the right numbers among them all in their places. Empty where it does not.
 */
export function numberedParts(reference: Reference, claims: readonly Claim[]): ReadonlyMap<number, Asked> {
  const ordinals = new Set(claims.flatMap(({ marker }) => marker ?? []));
  const asked = inItems([...reference.asked.values()], ordinals.size);
  const isComplete = asked.length > 1 && Math.max(...ordinals) === asked.length;
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
