import type { Reading, Said } from './reading.js';

const OPENS = /^(?:if|when|whenever|with|for|where|unless|suppose|once)$/;
/** What must not be done is said where its harm is told. */
const MUST_NOT = /^(?:must|should|shall|may|can|cannot|ought|never|do|avoid)$/;
const TELLS_WHY = /^(?:since|because|otherwise|as|else|then|so)$/;
const REACH = 4;

/** Whether a clause says in which case something is so: "if the weights are too large", "with large weights". */
export function isCondition({ tokens, clauseOf }: Reading, clause: number): boolean {
  return OPENS.test(tokens[clauseOf.indexOf(clause)]?.word ?? '');
}

/**
 * "the weights must not be set to one value, since then all neurons stay the same" where the statement has "if all weights have one value,
 * …": a warning of the case denies nothing of it.
 */
export function warnsOfTheCase(statement: Reading, mine: Said, sentence: Reading, use: Said): boolean {
  if (!isCondition(statement, mine.clause)) return false;
  const { tokens, clauseOf } = sentence;
  const not = tokens.findLastIndex(({ word }, at) => at < use.at && /^(?:not|never|cannot)$/.test(word));
  if (not === -1 || clauseOf[not] !== use.clause) return false;
  const warns = tokens.slice(Math.max(0, not - REACH), not + 1).some(({ word }) => MUST_NOT.test(word));
  return (
    warns &&
    tokens.slice(use.at).some(({ word }, at) => TELLS_WHY.test(word) && clauseOf[use.at + at] !== use.clause)
  );
}

/**
 * "if they are too small, it vanishes" says nothing against "if they are too large, it explodes": another case, of which something else is
 * said, or both cases.
 */
export function isAnotherCase(
  statement: Reading,
  mine: { readonly at: number; readonly axis: string; readonly sign: 1 | -1 },
  sentence: Reading,
  agreeing: number | undefined,
): boolean {
  if (!isCondition(statement, statement.clauseOf[mine.at] ?? 0)) return false;
  const isOther = sentence.said.some(
    ({ pole, clause }) =>
      pole?.axis === mine.axis && pole.sign !== mine.sign && isCondition(sentence, clause),
  );
  if (!isOther) return false;
  if (agreeing !== undefined && isCondition(sentence, sentence.clauseOf[agreeing] ?? 0)) return true;
  const follows = consequenceOf(statement, mine.at);
  return 2 * follows.filter((unit) => sentence.units.has(unit)).length <= follows.length;
}

/** What a statement says behind a condition: after its clause, or after the comma. */
function consequenceOf({ said, tokens, clauseOf }: Reading, at: number): readonly string[] {
  const clause = clauseOf[at];
  const from = tokens.findIndex(
    ({ start }, place) =>
      place > at && (clauseOf[place] !== clause || start - (tokens[place - 1]?.end ?? start) > 1),
  );
  return said.flatMap((each) => (each.at >= (from === -1 ? at + 1 : from) ? [each.unit] : []));
}
