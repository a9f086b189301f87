import { AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS } from '../text/function-words.js';
import type { Sentence } from '../text/sentences.js';
import { tokensOf } from '../text/tokens.js';

/** How the last sentence of an answer ends: as no sentence does, or only without the stop that the others have. */
export type Ending = 'truncated' | 'unclosed';

/** Whether the last sentence breaks off. `labels` are single letters that name things: "with bulb a" ends there. */
export function breaksOff(
  sentences: readonly Sentence[],
  labels: ReadonlySet<string> = new Set(),
): Ending | undefined {
  const last = sentences.at(-1);
  if (last === undefined || last.closed || last.kind === 'heading') return undefined;
  const prose = last.prose.trimEnd();
  if (/[,:;(–—-]$/.test(prose)) return 'truncated';
  const word = tokensOf(prose).at(-1)?.word ?? '';
  if (
    DETERMINERS.has(word) &&
    !labels.has(word) &&
    !/^(?:this|that|these|those|each|both|some|another|either|neither)$/.test(word)
  )
    return 'truncated';
  if (
    /^(?:and|or|but|because|which|that|whereas|while|although|of|with|to|into|for|from|is|are|be|can|will)$/.test(
      word,
    ) ||
    (CONJUNCTIONS.has(word) && word !== 'then' && word !== 'however' && word !== 'so') ||
    (PREPOSITIONS.has(word) && /^(?:of|at|by|from|with|into|between|during|towards|via|per)$/.test(word)) ||
    (AUXILIARIES.has(word) && /^(?:is|are|has|have|can|will|would|should|may|might|must)$/.test(word))
  )
    return 'truncated';
  if (last.kind === 'item') return undefined;
  const others = sentences.slice(0, -1).filter(({ kind }) => kind === 'prose');
  const isAlone = others.length >= 1 && others.filter(({ closed }) => closed).length >= 0.8 * others.length;
  return isAlone ? 'unclosed' : undefined;
}
