import { isFunctionWord } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

/** Small words of other languages that many students write; words that are English too are left out. */
const FOREIGN = new Set(
  'der die das und ist nicht ein eine einen mit von zu den dem des wird werden sind auf fur durch weil dass oder auch sich wenn el los las una que es por para con del se como pero mas muy les des est une dans pour qui que sur avec par sont pas cette aux il della gli che sono con per anche een het van niet wordt worden zijn dat op voor met bir ve bu icin ile nao uma com pela pelo os ao och att det som inte for av ar jest nie sie na oraz ktory jest och dla'.split(
    ' ',
  ),
);
/** Small words that deny in other languages: two of them before an English clause turn it round. */
const DENYING = new Set(
  'nicht kein keine stimmt falsch dass que pas faux falso cierto niet nao nie inte ikke'.split(' '),
);
const FEW = 6;

/** Whether words are English, as far as the small ones tell; undefined where there are too few to tell. */
export function isEnglish(text: string, tokens: readonly Token[]): boolean | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}|\p{Script=Greek}/gu)?.length ?? 0;
  if (letters >= 8 && latin < 0.7 * letters) return false;
  if (tokens.length < FEW) return undefined;
  if (tokens.filter(({ word }) => DENYING.has(word)).length >= 2) return false;
  const english = tokens.filter(({ word }) => isFunctionWord(word)).length;
  const foreign = tokens.filter(({ word }) => FOREIGN.has(word) && !isFunctionWord(word)).length;
  if (foreign > english || (foreign >= 2 && foreign >= 0.5 * english)) return false;
  return english >= 0.08 * tokens.length ? true : undefined;
}
