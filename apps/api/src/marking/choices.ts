import type { KeyedPart } from '@tensormark/marking';
import type { AnswerForMarking } from './marking.contract.js';

/** The options of a choice with their words: an answer such as "b" says nothing without them. */
export function choicesOf({ part }: KeyedPart): AnswerForMarking['part']['choices'] {
  if (part.kind !== 'choice') return null;
  const right = new Set(part.correct.map((id) => id.toLowerCase()));
  return part.options.map(({ id, says }) => ({ id, says, right: right.has(id.toLowerCase()) }));
}
