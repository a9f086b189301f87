import { AUXILIARIES } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

const CUES = new Set(
  'not no never without neither nor cannot hardly barely none nothing nowhere unable'.split(' '),
);
const CUE_STEMS = new Set(['lack', 'fail', 'unlik', 'absenc']);
/** "instead of", "rather than": what follows is what is not so. */
const PAIRED: Readonly<Record<string, string>> = { instead: 'of', rather: 'than' };
/** After these, `no` and `not` negate nothing. */
const NOT_NEGATIONS = new Set([
  'only',
  'just',
  'matter',
  'doubt',
  'necessarily',
  'sure',
  'wonder',
  'merely',
  'simply',
]);
const REACH = 5;
/** "because no two units of one layer share a connection": what no one does is farther away. */
const SUBJECT_REACH = 9;
/** "no" and "without" deny the thing that follows, not the verb after it. */
const OF_THINGS = new Set(['no', 'without', 'neither', 'nor', 'none', 'nothing']);

/**
 * Which tokens lie in the scope of an odd number of negations. `breaks` are the tokens at which a clause begins; no scope
 * reaches past one.
 */
export function negatedTokens(tokens: readonly Token[], breaks: ReadonlySet<number>): readonly boolean[] {
  const odd = tokens.map(() => false);
  tokens.forEach((token, at) => {
    // "order-blind" denies what stands before it.
    if (isBlind(token) && !GOVERNS.test(tokens[at + 1]?.word ?? '') && at > 0 && !breaks.has(at))
      odd[at - 1] = odd[at - 1] !== true;
    if (!isCue(tokens, at, token)) return;
    const from = at + (Object.hasOwn(PAIRED, token.word) ? 2 : 1) + orLittleAt(tokens, at);
    const reach = token.word === 'no' && isSubject(tokens, at, breaks) ? SUBJECT_REACH : REACH;
    for (let to = from; to < tokens.length && to < from + reach; to++) {
      const word = tokens[to]?.word ?? '';
      if (
        breaks.has(to) ||
        word === 'before' ||
        (OF_THINGS.has(token.word) &&
          (word === 'and' || (AUXILIARIES.has(word) && !isSubject(tokens, at, breaks))))
      )
        break;
      odd[to] = odd[to] !== true;
    }
  });
  return odd;
}

/** "none of the tools could scratch it": what no one does is not done. */
function isSubject(tokens: readonly Token[], at: number, breaks: ReadonlySet<number>): boolean {
  const word = tokens[at]?.word ?? '';
  const opens = at === 0 || breaks.has(at) || breaks.has(at - 1);
  return opens && (/^(?:none|nothing|neither)$/.test(word) || (word === 'no' && at > 0));
}

/** "blind to the order", "unaware of it", "order-blind", "order-agnostic" */
function isBlind({ word }: Pick<Token, 'word'>): boolean {
  return /^(?:blind|agnostic|unaware|oblivious)$/.test(word);
}

const GOVERNS = /^(?:to|of)$/;

/** How many words "or very little" has behind a "none": it denies what comes then, and not that it is little. */
function orLittleAt(tokens: readonly Token[], at: number): number {
  if (tokens[at + 1]?.word !== 'or') return 0;
  const little = [2, 3].find((step) => /^(?:little|few)$/.test(tokens[at + step]?.word ?? ''));
  return little ?? 0;
}

function isCue(tokens: readonly Token[], at: number, { word, stem }: Token): boolean {
  const next = tokens[at + 1]?.word ?? '';
  if (Object.hasOwn(PAIRED, word)) return PAIRED[word] === next;
  if (stem === 'struggl') return next === 'to';
  if (isBlind({ word })) return GOVERNS.test(next);
  // "active or not" leaves it open, and denies nothing that follows.
  if (word === 'not' && tokens[at - 1]?.word === 'or') return false;
  if (!CUES.has(word) && !CUE_STEMS.has(stem)) return false;
  return !NOT_NEGATIONS.has(next);
}
