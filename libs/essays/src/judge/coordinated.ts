import type { Reading, Said } from '../meaning/reading.js';

/** What stands for a thing, or for several at once. */
const SEVERAL = /^(?:it|they|them|both|these|those|each|two|together|either|neither|all|others?)$/;

/**
 * Whether a stretch names one of two things that a statement says something of together, and not the other: "the switch is in a path"
 * is not that "the switch and the bulb are in one path".
 */
export function leavesAPartner(statement: Reading, read: readonly Reading[]): boolean {
  const tokens = read.flatMap((reading) => reading.tokens);
  if (tokens.some(({ word }) => SEVERAL.test(word))) return false;
  const has = ({ unit }: Said, stem: string): boolean =>
    read.some(({ units }) => units.has(unit)) ||
    tokens.some((token) => token.stem === stem || token.stem.startsWith(stem.slice(0, ALIKE)));
  return togetherIn(statement).some(([one, other]) => {
    const [first, second] = [one, other].map((each) => has(each, statement.tokens[each.to - 1]?.stem ?? ''));
    return first !== second;
  });
}

/** Two things before the verb that is said of both, with nothing but "and" and an article between. */
function togetherIn({ said, tokens }: Reading): readonly (readonly [Said, Said])[] {
  return said.flatMap((one, index): [Said, Said][] => {
    const other = said[index + 1];
    if (other === undefined || one.pole !== undefined || other.pole !== undefined) return [];
    const between = tokens.slice(one.to, other.at).map(({ word }) => word);
    const isBetween = between[0] === 'and' && between.slice(1).every((word) => ARTICLE.test(word));
    const before = tokens[one.at - 1]?.word ?? '';
    const isTogether = PLURAL.test(tokens[other.to]?.word ?? '') && (one.at === 0 || OPENS.test(before));
    return isBetween && isTogether ? [[one, other]] : [];
  });
}

const ALIKE = 4;
const ARTICLE = /^(?:the|a|an)$/;
const PLURAL = /^(?:are|were|have|do)$/;
const OPENS = /^(?:the|a|an|when|if|because|that|both|where|while|then|so)$/;

/**
 * Whether a stretch puts something else into a place that a statement shares out among two: "in the same path as the cell" where "the
 * switch and the lamp are in the same path".
 */
export function namesAnotherPartner(statement: Reading, read: readonly Reading[]): boolean {
  const partners = togetherIn(statement).map((pair) =>
    pair.map(({ to }) => (statement.tokens[to - 1]?.stem ?? '').slice(0, ALIKE)),
  );
  if (partners.length === 0 || !statement.tokens.some(({ word }) => word === 'same')) return false;
  const isOne = (stem: string, pair: readonly string[]): boolean =>
    pair.some((each) => stem.startsWith(each));
  return partners.some((pair) =>
    read.some(({ tokens, clauseOf }) =>
      tokens.some(({ word }, at) => {
        if (word !== 'same') return false;
        const as = tokens.findIndex(
          (each, place) => place > at && place <= at + 3 && /^(?:as|with)$/.test(each.word),
        );
        const other = tokens.slice(as + 1).find((each) => !ARTICLE.test(each.word));
        if (as === -1 || other === undefined || isOne(other.stem, pair) || SEVERAL.test(other.word))
          return false;
        const before = tokens.slice(0, at).filter((_, place) => clauseOf[place] === clauseOf[at]);
        return pair.some((each) => !before.some(({ stem }) => stem.startsWith(each)));
      }),
    ),
  );
}
