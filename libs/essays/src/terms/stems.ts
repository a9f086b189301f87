import { tokensOf } from '../text/tokens.js';

/** Stems of a phrase without articles, which phrases of answers may have or not. */
export function stemsOf(phrase: string): readonly string[] {
  return tokensOf(phrase)
    .filter(({ word }) => !isArticle(word))
    .map(({ stem }) => stem);
}

export function isArticle(word: string): boolean {
  return word === 'the' || word === 'a' || word === 'an';
}
