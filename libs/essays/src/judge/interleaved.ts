import type { Reading, Said } from '../meaning/reading.js';
import { AUXILIARIES, isFunctionWord, PRONOUNS } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

/** So many strange words, each between two of a statement's own, tie them in no way that it has. */
const STRANGE = 3;
/** The same of a sentence of nothing else. */
const BARE = 2;

/**
 * Whether a statement's words stand each parted from the next by a single word that it has not: "norm uses gradient needs limited". Who
 * says a thing in other words keeps some of it together, or ties it by the small words of the language.
 */
export function isInterleaved({ units, tokens: wanted }: Reading, readings: readonly Reading[]): boolean {
  const stems = new Set(wanted.filter((token) => !ties(token)).map(({ stem }) => stem));
  return readings.some(({ tokens, said }) => {
    const meant = meantBy(said, units);
    let wasOwn = false;
    let strange = 0;
    let most = 0;
    tokens.forEach((token, at) => {
      const isOwn = !ties(token) && (meant.has(at) || stems.has(token.stem));
      if (isOwn === wasOwn) strange = 0;
      else if (isOwn) most = Math.max(most, strange);
      else strange = isFunctionWord(token.word) ? 0 : strange + 1;
      wasOwn = isOwn;
    });
    return most >= STRANGE || (most >= BARE && tokens.length === 2 * most + 1);
  });
}

const ARTICLES = new Set(['the', 'a', 'an']);

/** Words that a sentence ties its things by, whatever they are. */
function ties({ word }: Token): boolean {
  return ARTICLES.has(word) || PRONOUNS.has(word) || AUXILIARIES.has(word);
}

function meantBy(said: readonly Said[], units: ReadonlySet<string>): ReadonlySet<number> {
  return new Set(
    said.flatMap(({ unit, at, to }) =>
      units.has(unit) ? Array.from({ length: to - at }, (_, step) => at + step) : [],
    ),
  );
}
