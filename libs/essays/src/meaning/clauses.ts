import { AUXILIARIES } from '../text/function-words.js';
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
  if (
    /^(?:and|or|nor|not|the|a|an|this|that|these|it|they|we|you|with|without|by|making|giving|leading|causing|resulting|allowing)$/.test(
      word,
    )
  )
    return true;
  return false;
}

/** "and" between two statements rather than two things: a verb of being or doing stands on both sides. */
function joinsStatements(tokens: readonly Token[], at: number, breaks: ReadonlySet<number>): boolean {
  const isVerb = (token: Token | undefined): boolean => token !== undefined && AUXILIARIES.has(token.word);
  if (!tokens.slice(at + 1, at + 6).some(isVerb)) return false;
  for (let before = at - 1; before >= 0; before--) {
    if (isVerb(tokens[before])) return true;
    if (breaks.has(before)) return false;
  }
  return false;
}
