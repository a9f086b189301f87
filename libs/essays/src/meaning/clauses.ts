import { AUXILIARIES, DETERMINERS, isFunctionWord, PREPOSITIONS, PRONOUNS } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

const OPENERS = new Set(
  'but because while whereas although though however since so which therefore thus hence unless if when whenever then otherwise who whose where until'.split(
    ' ',
  ),
);

/** The tokens at which a clause of a sentence begins: after a semicolon, a colon or a dash, and at words that open one. */
export function clauseBreaks(prose: string, from: number, tokens: readonly Token[]): ReadonlySet<number> {
  const breaks = new Set<number>();
  tokens.forEach(({ word, start }, at) => {
    const before = tokens[at - 1];
    if (before === undefined) return;
    const between = prose.slice(before.end - from, start - from);
    if (/[;:()"\n]|\s[–—-]\s|->|→/.test(between)) breaks.add(at);
    else if (OPENERS.has(word)) breaks.add(at);
    else if (between.includes(',') && opensAfterComma(tokens, at)) breaks.add(at);
    else if (word === 'and' && joinsStatements(tokens, at, breaks)) breaks.add(at);
  });
  return breaks;
}

/** A comma parts clauses before "and", a pronoun or a preposition, not within a list of nouns. */
function opensAfterComma(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  if (isListed(tokens, at)) return false;
  if (
    /^(?:and|or|nor|not|the|a|an|this|that|these|it|they|we|you|with|without|by|making|giving|leading|causing|resulting|allowing)$/.test(
      word,
    )
  )
    return true;
  // "rnns read one by one, transformers can read all": what stands before a verb is a subject.
  return !isFunctionWord(word) && AUXILIARIES.has(tokens[at + 1]?.word ?? '');
}

/** "a query, a key and a value": behind the comma and behind the "and" stand things, and no verb. */
function isListed(tokens: readonly Token[], at: number): boolean {
  if (!ARTICLE.test(tokens[at]?.word ?? '')) return false;
  const and = tokens.findIndex(({ word }, place) => place > at && /^(?:and|or)$/.test(word));
  if (and === -1 || and - at > LIST_REACH || !ARTICLE.test(tokens[and + 1]?.word ?? '')) return false;
  return tokens
    .slice(at, and + 3)
    .every(({ word }, step) => !AUXILIARIES.has(word) && !looksLikeVerb(tokens, at + step));
}

const ARTICLE = /^(?:the|a|an)$/;
const LIST_REACH = 4;

/** "and" between two statements rather than two things: a verb stands on both sides. */
function joinsStatements(tokens: readonly Token[], at: number, breaks: ReadonlySet<number>): boolean {
  const next = tokens[at + 1]?.word ?? '';
  const opensSubject = DETERMINERS.has(next) || PRONOUNS.has(next);
  const isVerb = (place: number): boolean => {
    const token = tokens[place];
    if (token === undefined) return false;
    if (AUXILIARIES.has(token.word)) return true;
    // "and a value by learned maps": what stands behind a preposition is no verb.
    const isGoverned = place > at && tokens.slice(at, place).some((each) => PREPOSITIONS.has(each.word));
    return opensSubject && !isGoverned && looksLikeVerb(tokens, place);
  };
  if (![1, 2, 3, 4, 5].some((step) => isVerb(at + step))) return false;
  for (let before = at - 1; before >= 0; before--) {
    if (isVerb(before)) return true;
    if (breaks.has(before)) return false;
  }
  return false;
}

const PAST = new Set(
  'kept went got made took gave lost came became fell rose held ran let sent left grew stood found said meant led'.split(
    ' ',
  ),
);

/** Behind a noun, not behind what stands before one. */
function looksLikeVerb(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  const before = tokens[at - 1]?.word ?? '';
  if (before === '' || DETERMINERS.has(before) || PREPOSITIONS.has(before) || isFunctionWord(word))
    return false;
  return PAST.has(word) || /[a-z]{3}ed$/.test(word) || (/[^s]s$/.test(word) && !/[^s]s$/.test(before));
}
