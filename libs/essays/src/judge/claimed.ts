import type { Statement } from '../match/statement.js';
import { isDisowned } from '../meaning/disowned.js';
import type { Reading } from '../meaning/reading.js';
import type { Span } from '../text/span.js';

/** So much of what is said may stand in what is not claimed. */
const LITTLE = 0.2;

/** Whether a stretch says much of a statement only where the answer does not claim it. */
export function claimsTooLittle(
  { wanted, disowned: own }: Statement,
  read: readonly Reading[],
  disowned: readonly Span[],
): boolean {
  if (own.length > 0) return claimsOtherwise(wanted, own, read, disowned);
  if (disowned.length === 0) return false;
  if (read.every(({ tokens }) => tokens.every((token) => isDisowned(disowned, token)))) return true;
  let all = 0;
  let lost = 0;
  for (const { unit, full } of wanted) {
    const places = read.flatMap(({ said }) => said.filter((each) => each.unit === unit));
    if (places.length === 0) continue;
    all += full;
    if (places.every((place) => isDisowned(disowned, place))) lost += full;
  }
  return lost > LITTLE * all;
}

/**
 * "It was once thought that all circles the earth, but …": what a statement itself does not claim is told by an answer as what is not so,
 * too, and what it claims is claimed.
 */
function claimsOtherwise(
  wanted: Statement['wanted'],
  own: readonly Span[],
  read: readonly Reading[],
  disowned: readonly Span[],
): boolean {
  let all = 0;
  let other = 0;
  for (const each of wanted) {
    const places = read.flatMap(({ said }) => said.filter(({ unit }) => unit === each.unit));
    if (places.length === 0) continue;
    all += each.full;
    if (places.every((place) => isDisowned(disowned, place) !== isDisowned(own, each))) other += each.full;
  }
  return other > LITTLE * all;
}
