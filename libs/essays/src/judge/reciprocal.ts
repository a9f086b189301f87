import type { Reading } from '../meaning/reading.js';

/** What two things are to one another. */
const TO_ONE_ANOTHER = /^(?:connected|joined|linked|separated|attached|paired|entangled)$/;
const BETWEEN = /^(?:not|all|both|directly|each)$/;
const SEVERAL = /^\p{L}{3,}[^aisu]s$/u;
const ONE = /^(?:the|a|an|one)$/;
const OTHER = /^(?:other|others|another|both|two|each|together)$/;

/**
 * Whether a stretch says of one thing what a statement says of several to one another: "the terminal is connected to a bulb" where "the
 * terminals are connected".
 */
export function saysItOfOne(statement: Reading, read: readonly Reading[]): boolean {
  const nouns = severalIn(statement);
  const tokens = read.flatMap((reading) => reading.tokens);
  if (nouns.length === 0 || tokens.some(({ word }) => OTHER.test(word))) return false;
  return nouns.some(
    (noun) =>
      !tokens.some(({ stem, word }) => stem === noun && SEVERAL.test(word)) &&
      tokens.some(
        ({ stem }, at) =>
          stem === noun &&
          ONE.test(tokens[at - 1]?.word ?? '') &&
          /^(?:is|was)$/.test(tokens[at + 1]?.word ?? ''),
      ),
  );
}

/** "the terminals are (not) connected", with nothing behind that it would be connected to. */
function severalIn({ tokens }: Reading): readonly string[] {
  return tokens.flatMap(({ word, stem }, at) => {
    if (!SEVERAL.test(word) || !/^(?:are|were)$/.test(tokens[at + 1]?.word ?? '')) return [];
    const place = tokens.findIndex((each, index) => index > at + 1 && !BETWEEN.test(each.word));
    const isReciprocal = TO_ONE_ANOTHER.test(tokens[place]?.word ?? '');
    return isReciprocal && !/^(?:to|from|with)$/.test(tokens[place + 1]?.word ?? '') ? [stem] : [];
  });
}
