import { Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import type { ArrayFacts } from './array-facts.js';
import { isOpaque } from './array-items.js';
import type { Of } from './array-items.js';

/** A table that says which number something has, by its name: `char_to_int[…`, `word2idx[…`. */
const NUMBERING = /(_|to|2)(int|idx|inds?|index|indices|ix|id|num|number)s?\s*\[/i;

/** What is looked up in a table of numbers, or picked from texts that were made numbers. */
export function ofLookup(
  self: Datum | undefined,
  key: Datum | undefined,
  { span }: Value,
  of: Of,
): ArrayFacts | undefined {
  if (isOpaque(self))
    return self.type === 'dict' && NUMBERING.test(span?.text ?? '') ? { shape: [] } : undefined;
  if (!(self instanceof Value)) return undefined;
  const { made } = self;
  if (made.kind === 'attribute') return made.name === 'word_index' ? { shape: [] } : undefined;
  return made.kind === 'operation' && made.name === 'texts_to_sequences' && typeof key === 'bigint'
    ? { shape: [undefined], vocabulary: of(self).vocabulary }
    : undefined;
}
