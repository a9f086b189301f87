import type { Reading } from '../meaning/reading.js';

/** Things that are much alike and not the same; who asks for the one does not take the other for it. */
const TOLD_APART: readonly { readonly asked: RegExp; readonly met: RegExp; readonly kindred: RegExp }[] = [
  // A circuit has several paths, and what is closed of it may be another one.
  {
    asked: /^(?:paths?|pathways?|loops?)$/,
    met: /^(?:pp?aths?|pathways?|loops?|routes?|way|pa\p{L}{1,3}|gaps?)$/u,
    kindred: /^circu?its?$/,
  },
];

/** Whether a stretch has something kindred where a statement names a thing, and that thing nowhere. */
export function saysTheKindred(statement: Reading, read: readonly Reading[]): boolean {
  const words = read.flatMap(({ tokens }) => tokens.map(({ word }) => word));
  return TOLD_APART.some(
    ({ asked, met, kindred }) =>
      statement.tokens.some(({ word }) => asked.test(word)) &&
      words.some((word) => kindred.test(word)) &&
      !words.some((word) => met.test(word)),
  );
}
