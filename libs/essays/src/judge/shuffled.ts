import { DETERMINERS } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

const FEW = 6;
const SAME_WORDS = 0.85;
const SAME_ORDER = 0.4;

/**
 * Whether a sentence is a statement's own words, small ones too, in another order. Who says a thing in other words uses other small
 * words; who only moves a clause, or "in bytes", keeps most words beside their neighbours, if not beside the same articles.
 */
export function isShuffled(statement: readonly Token[], sentence: readonly Token[]): boolean {
  if (statement.length < FEW || sentence.length < FEW) return false;
  return (
    shared(wordsOf(statement), wordsOf(sentence)) >= SAME_WORDS &&
    shared(pairsOf(statement), pairsOf(sentence)) < SAME_ORDER
  );
}

/** As they are written: "the rotation of the wheel" is no other order of "the wheel rotating". */
const wordsOf = (tokens: readonly Token[]): readonly string[] => tokens.map(({ word }) => word);

function pairsOf(tokens: readonly Token[]): readonly string[] {
  const bare = tokens.filter(({ word }) => !DETERMINERS.has(word));
  return bare.slice(1).map(({ stem }, at) => `${bare[at]?.stem ?? ''} ${stem}`);
}

/** Dice's coefficient of two bags, from 0 to 1. */
function shared(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const each of one) left.set(each, (left.get(each) ?? 0) + 1);
  let common = 0;
  for (const each of other) {
    const count = left.get(each) ?? 0;
    if (count > 0) {
      common += 1;
      left.set(each, count - 1);
    }
  }
  return (2 * common) / Math.max(1, one.length + other.length);
}
