import type { Statement } from '../match/statement.js';
import { isDisowned } from '../meaning/disowned.js';
import type { Reading } from '../meaning/reading.js';
import type { Span } from '../text/span.js';

/** So much of what is said may stand in what is not claimed. */
const LITTLE = 0.2;

/** Whether a stretch says much of a statement only where the answer does not claim it. */
export function claimsTooLittle(
  { wanted }: Statement,
  read: readonly Reading[],
  disowned: readonly Span[],
): boolean {
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
