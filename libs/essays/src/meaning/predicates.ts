import { isFunctionWord } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

/** A verb, or what stands in its place, that a sentence denies: "is not used only once" denies "used". */
export interface DeniedPredicate {
  readonly at: number;
  readonly word: string;
  readonly stem: string;
}

/** What denies a predicate, whatever it denies of it: "not only" and "not necessarily" leave the rest standing. */
const CUES = new Set([
  'not',
  'never',
  'cannot',
  'hardly',
  'barely',
  'scarcely',
  'rarely',
  'seldom',
  'unable',
]);
const LEAVING = new Set(['only', 'just', 'merely', 'simply', 'necessarily', 'sure', 'matter', 'wonder']);
/** "no longer", "no more", "not any longer" deny the verb beside them, before or after. */
const OVER = new Set(['longer', 'more']);
const REACH = 4;

/** The predicates that a sentence denies. A denial reaches the first word that says something, and not past its clause. */
export function deniedIn(tokens: readonly Token[], breaks: ReadonlySet<number>): readonly DeniedPredicate[] {
  return tokens.flatMap(({ word }, at): DeniedPredicate[] => {
    const next = tokens[at + 1]?.word ?? '';
    const isOver = word === 'no' && OVER.has(next);
    if (!isOver && (!CUES.has(word) || LEAVING.has(next) || tokens[at - 1]?.word === 'or')) return [];
    const from = at + (isOver ? 2 : 1);
    const head = headFrom(tokens, breaks, from);
    if (head !== undefined) return [head];
    const before = isOver ? headFrom(tokens, breaks, at - 1, -1) : undefined;
    return before === undefined ? [] : [before];
  });
}

function headFrom(
  tokens: readonly Token[],
  breaks: ReadonlySet<number>,
  from: number,
  step: 1 | -1 = 1,
): DeniedPredicate | undefined {
  for (let at = from; Math.abs(at - from) < REACH; at += step) {
    const token = tokens[at];
    if (token === undefined || (step === 1 && breaks.has(at))) return undefined;
    if (!isFunctionWord(token.word) && !token.word.endsWith('ly'))
      return { at, word: token.word, stem: token.stem };
  }
  return undefined;
}
