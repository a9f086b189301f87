import type { PartKey } from './outline.js';
import type { Split } from './split.js';

/** Why text elsewhere may answer a part for which none was found; nothing where none may. */
export function whyUnplaced({ unassigned, notes }: Split, key: PartKey): readonly string[] {
  return [
    ...unassigned.filter(({ mayAnswer }) => mayAnswer.includes(key)),
    ...notes.filter(({ mayHead }) => mayHead === key),
  ].map(({ says }) => says);
}
