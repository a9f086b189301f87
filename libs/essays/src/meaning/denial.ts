import type { Reading, Said } from './reading.js';

/** Verbs that take away what follows them: a statement that affirms it is not met by one that has it taken away. */
const TAKING_AWAY = new Set([
  'ignor',
  'lose',
  'loos',
  'lack',
  'miss',
  'discard',
  'neglect',
  'destroi',
  'block',
  'disabl',
  'undo',
]);
const REACH = 4;

/** Whether a use of a word is denied: outright, by a negation, or in effect, by a verb that takes it away. */
export type Denial = 'outright' | 'in effect' | undefined;

export function denialOf({ said }: Reading, use: Said): Denial {
  if (use.negated) return 'outright';
  const takesAway = said.some(
    (verb) =>
      verb.clause === use.clause &&
      verb !== use &&
      verb.at < use.at &&
      use.at - verb.at <= REACH &&
      !verb.negated &&
      (verb.unit === 'effect-' || verb.unit === 'amount-' || TAKING_AWAY.has(verb.unit)),
  );
  return takesAway ? 'in effect' : undefined;
}
