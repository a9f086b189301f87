import type { Reading } from '../meaning/reading.js';
import { EVERYDAY } from './everyday.js';
import type { Subject } from './lexicon.js';
import { stemsOf } from './stems.js';

const AMBIGUOUS: ReadonlySet<string> = new Set(EVERYDAY.map((phrase) => stemsOf(phrase).join(' ')));

/** One term that only the field has, in the question or in what it asks for, is enough. */
export function subjectOf(readings: readonly Reading[]): Subject {
  return readings.some(({ said, tokens }) =>
    said.some(
      ({ source, at, to }) =>
        source === 'field' &&
        !AMBIGUOUS.has(
          tokens
            .slice(at, to)
            .map(({ stem }) => stem)
            .join(' '),
        ),
    ),
  )
    ? 'field'
    : 'other';
}
