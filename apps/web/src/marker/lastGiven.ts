import type { AnswerForMarking } from '../api/types.js';
import { linesOf, type Draft } from './draft.js';

/** What this marker gave last, by exam and part; for as long as the page is open. */
const given = new Map<string, Draft>();

const keyOf = ({ exam, part }: AnswerForMarking) => `${exam} ${part.key}`;

export function noteGiven(answer: AnswerForMarking, draft: Draft): void {
  given.set(keyOf(answer), draft);
}

/** What was given last in the answer's part; null where nothing was, or the scheme has other items since. */
export function lastGivenIn(answer: AnswerForMarking): Draft | null {
  const last = given.get(keyOf(answer));
  if (last === undefined) return null;
  const items = linesOf(answer).map(({ item }) => item);
  const same = items.length === Object.keys(last.items).length && items.every((item) => item in last.items);
  return same ? last : null;
}
