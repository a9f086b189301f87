import type { Frequency } from '@tensormark/parameter-count';
import { z } from 'zod';
import { MarksField } from '../../exam/fields.js';

/** What a working with an error in its method earns. */
export const Misconceptions = z
  .enum(['as-met', 'method', 'nothing', 'person'])
  .describe(
    'What a calculation earns whose result a known error of method explains, such as a bias left out. as-met: an error that every marker knows earns nothing, since "method" is for slips of arithmetic and of reading, and a person decides on a less frequent one, which may as well be a slip; method: the marks of the method; nothing: none; person: a person decides',
  );
export type Misconceptions = z.infer<typeof Misconceptions>;

const Cost = z.union([
  z.enum(['accepted', 'method', 'nothing', 'person']),
  z.strictObject({ less: MarksField.describe('So many marks are taken off') }),
]);
export type Cost = z.infer<typeof Cost>;

/** What a number costs whose unit is missing or wrong. */
export const Units = z
  .strictObject({
    missing: Cost.default('accepted').describe(
      'A right number without a unit, where one is asked for: accepted as meant in it, which is said; worth the marks of the method, nothing, or so many less; or for a person',
    ),
    wrong: Cost.default('person').describe('The right number with another unit than it should have'),
  })
  .describe('What a missing or a wrong unit costs, where an ask names one');
export type Units = z.infer<typeof Units>;

/** What a scheme says of all asks, unless one says otherwise. */
export interface Policies {
  readonly misconceptions: Misconceptions;
  readonly units: Units;
}

/** What becomes of an answer with an error of method that is met so often. */
export function rulingOn(
  frequency: Frequency,
  policy: Misconceptions,
): 'nothing' | 'method' | 'person' | 'as-any-other' {
  if (policy !== 'as-met') return policy;
  if (frequency === 'common') return 'nothing';
  return frequency === 'known' ? 'person' : 'as-any-other';
}
