import { givenNumbers } from '../reference/given.js';
import type { Asked } from '../reference/reference.js';
import { speaksOfAnother } from './called.js';
import type { Claim } from './claim.js';
import { expectedValues, hits } from './hits.js';
import { listedWith } from './listed.js';
import { statesInPassing, TELLING } from './mentions.js';
import type { Outcome } from './outcome.js';
import { isKnown, isTheSameWork, type Weighing } from './rivals.js';
import { givesAllButChannels } from './shape-in-words.js';
import { agreeing, inOrderOf } from './shape-order.js';

/** At most so many numbers on: what is said of a number in the same breath. */
const NEAR = 2;

/** `1h30`: the number before it is a piece of another way to write one. */
const GOES_ON = /^\p{L}\d/u;

/** What is known of a working when all that is right in it has been found. */
export interface Standing extends Weighing {
  /** Whether a claim answers something already. */
  isTaken(claim: Claim): boolean;
  /** Whether something is answered rightly by another claim. */
  isSettledElsewhere(asked: Asked, claim: Claim): boolean;
}

/** A shape or list of which some numbers are right. */
export function inPart(asked: Asked, standing: Standing): Outcome | undefined {
  if (asked.form === 'number') return undefined;
  const expected = expectedValues(standing.reference, asked);
  for (const claim of standing.claims) {
    if (givesAllButChannels(asked, claim, expected) && standing.prefers(asked, claim))
      return { kind: 'in-part', claim, right: expected.length - 1, of: expected.length };
    const sizes = inOrderOf(asked, claim, expected);
    if (sizes === undefined || !standing.prefers(asked, claim)) continue;
    const right = agreeing(asked, sizes, expected);
    if (right > 0) return { kind: 'in-part', claim, right, of: expected.length };
  }
  return undefined;
}

/** A number whose words say that it is the answer, though it is not the expected one. */
export function wrongNumber(asked: Asked, standing: Standing): Outcome | undefined {
  const { reference, claims, affinities } = standing;
  const named = claims.filter(
    (claim) =>
      (claim.role === 'result' || statesInPassing(reference, affinities, asked, claim)) &&
      !standing.isTaken(claim) &&
      !GOES_ON.test(claim.after) &&
      !standing.isAnothers(asked, claim) &&
      !speaksOfAnother(reference, asked, claim) &&
      !isTheSameWork(reference, asked, claim) &&
      (asked.form === 'number' ? claim.sizes === null : claim.sizes !== null) &&
      affinities.standsInItsColumn(asked, claim) &&
      standing.prefers(asked, claim),
  );
  const best = Math.max(...named.map((claim) => affinities.of(asked, claim).score));
  const claim =
    named.findLast((each) => affinities.of(asked, each).score === best) ?? lastWord(asked, standing);
  if (claim === undefined) return undefined;
  const elsewhere = [...reference.asked.values()].find(
    (other) =>
      other.id !== asked.id &&
      hits(reference, other, claim, expectedValues(reference, other)) === 'exact' &&
      !standing.isSettledElsewhere(other, claim),
  );
  const calculation = claims.find(
    (each) =>
      each !== claim &&
      each.equation !== null &&
      each.equation === claim.equation &&
      each.role === 'calculation',
  );
  return {
    kind: 'wrong',
    claim,
    calculation: calculation ?? null,
    elsewhere: elsewhere?.id ?? null,
    seen: seenFor(asked, standing, claim),
  };
}

/**
 * Where the expected value is written though nothing says what for; beside a number given instead, if there is one. Small
 * numbers and those of the question are met by chance.
 */
export function seenFor(asked: Asked, standing: Standing, instead?: Claim): Claim | null {
  const { reference, claims } = standing;
  const expected = expectedValues(reference, asked);
  const isTelling =
    expected.length > 1 ||
    expected.some(
      (value) => value.compare(TELLING) >= 0 && !givenNumbers(reference).has(value.numerator.toString()),
    );
  if (instead !== undefined) {
    // A sentence may come to the number at its end, as one that mends itself does, and a row may hold it.
    const behind = claims
      .slice(instead.order + 1, instead.order + 1 + NEAR)
      .filter(
        (each) => each.line === instead.line && !standing.isTaken(each) && !standing.isAnothers(asked, each),
      );
    const close = instead.role === 'mention' ? behind : [...behind, ...listedWith(instead, claims)];
    const right = close.find(
      (each) => each.role !== 'calculation' && hits(reference, asked, each, expected) === 'exact',
    );
    if (right !== undefined) return right;
  }
  if (!isTelling) return null;
  return (
    claims.find(
      (each) =>
        each.role !== 'calculation' &&
        !standing.isTaken(each) &&
        (instead === undefined || Math.abs(each.order - instead.order) <= NEAR) &&
        hits(reference, asked, each, expected) === 'exact',
    ) ?? null
  );
}

/** Where one thing alone is asked, the last result is the answer, unless it is a step that the reference knows. */
function lastWord(asked: Asked, standing: Standing): Claim | undefined {
  const { reference, claims, affinities } = standing;
  if (reference.asked.size > 1) return undefined;
  const results = claims.filter(({ role, after }) => role !== 'calculation' && !GOES_ON.test(after));
  const last =
    results.findLast(({ role, equation }) => role === 'result' && equation !== null) ??
    (results.length === 1 ? results[0] : undefined);
  if (last === undefined || standing.isTaken(last) || affinities.of(asked, last).score < 0) return undefined;
  return isKnown(reference, last) && claims.length > 1 ? undefined : last;
}
