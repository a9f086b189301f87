import type { WrongStatement } from '../exam/essay-fields.js';
import type { SchemeNote } from './note.js';

/** A wrong statement of a word or two would be found in right ones as well. */
const FEW_WORDS = 4;

export function lintMisconceptions(misconceptions: readonly WrongStatement[]): SchemeNote[] {
  return misconceptions.flatMap(({ id, says }, at): SchemeNote[] => {
    const notes: SchemeNote[] = [];
    if (misconceptions.findIndex((other) => other.id === id) < at) {
      notes.push({
        check: 'same-id',
        path: ['misconceptions', at, 'id'],
        says: `Another misconception is called "${id}" too. Give each its own id.`,
      });
    }
    if (says.split(/\s+/).length < FEW_WORDS) {
      notes.push({
        check: 'misconception-too-short',
        path: ['misconceptions', at, 'says'],
        says: `"${says}" says too little to be told from right statements. Write the whole wrong sentence.`,
      });
    }
    return notes;
  });
}
