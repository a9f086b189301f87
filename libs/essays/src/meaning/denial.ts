import { DETERMINERS, PREPOSITIONS } from '../text/function-words.js';
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
  'interrupt',
  'disrupt',
  'spare',
]);
/** What is hidden is there, and what is said of it is as if it were not. */
const HIDING = new Set(['hide', 'conceal']);
const REACH = 4;

/** Whether a use of a word is denied: outright, by a negation, or in effect, by a verb that takes it away. */
export type Denial = 'outright' | 'in effect' | undefined;

/** Whether a sentence takes anything away, by a verb or a negation. */
export function takesAway({ said, tokens }: Reading): boolean {
  return said.some(
    (each) => each.negated || each.pole?.sign === -1 || (isTaking(tokens, each) && isVerb(tokens, each)),
  );
}

export function isTaking(tokens: Reading['tokens'], { unit, at }: Said): boolean {
  return (
    unit === 'effect-' ||
    unit === 'amount-' ||
    TAKING_AWAY.has(unit) ||
    TAKING_AWAY.has(tokens[at]?.stem ?? '')
  );
}

export function denialOf({ said, tokens }: Reading, use: Said): Denial {
  const taking = said.filter(
    (verb) =>
      verb.clause === use.clause &&
      verb !== use &&
      verb.at < use.at &&
      use.at - verb.at <= REACH &&
      // "forget and output gate" are two gates.
      tokens[verb.to]?.word !== 'and' &&
      (isTaking(tokens, verb) || HIDING.has(tokens[verb.at]?.stem ?? '')) &&
      isVerb(tokens, verb) &&
      !(verb.unit === 'amount-' && isPartedFrom(tokens, verb, use)) &&
      !isTakenFrom(tokens, verb, use) &&
      !isKeptIn(tokens, use),
  );
  // "does not interrupt the current": what is not taken away is there.
  if (isTakenOff(tokens, use)) return use.negated ? undefined : 'in effect';
  if (use.negated) return taking.some(({ negated }) => negated) ? undefined : 'outright';
  return taking.some(({ negated }) => !negated) ? 'in effect' : undefined;
}

/** "cannot see later tokens" where the statement hides them: one takes away by its verb what the other denies. */
export function denyAlike(statement: Reading, at: number, sentence: Reading, place: number): boolean {
  const mine = statement.said.find((each) => each.at === at);
  const theirs = sentence.said.find((each) => each.at === place);
  return (
    mine !== undefined &&
    theirs?.negated === true &&
    !mine.negated &&
    mine.pole !== undefined &&
    denialOf(statement, mine) === 'in effect'
  );
}

/** "stops the vapour from escaping" denies the escape, not the vapour. */
function isKeptIn(tokens: Reading['tokens'], { to }: Said): boolean {
  return tokens[to]?.word === 'from' && /^(?:escap|leav|leak|fall|mov|gett)/.test(tokens[to + 1]?.word ?? '');
}

const BURDENS = /^(?:load|pressure|burden|strain|stress|work|traffic)$/;

/** "takes load off the servers", where "takes a book off the shelf" only moves it. */
function isTakenOff(tokens: Reading['tokens'], { at, to }: Said): boolean {
  return (
    BURDENS.test(tokens[at]?.word ?? '') &&
    tokens[to]?.word === 'off' &&
    tokens.slice(Math.max(0, at - 2), at).some(({ word }) => /^(?:tak(?:e|es|ing)|took)$/.test(word))
  );
}

/** "removes an element from the list": it is moved, and there still. */
function isTakenFrom(tokens: Reading['tokens'], { at }: Said, { to }: Said): boolean {
  return (tokens[at]?.stem ?? '').startsWith('remov') && tokens[to]?.word === 'from';
}

/** "decreases as the sun rises" lessens nothing that stands behind the "as". */
function isPartedFrom(tokens: Reading['tokens'], { to }: Said, use: Said): boolean {
  return tokens.slice(to, use.at).some(({ word }) => word !== 'of' && PREPOSITIONS.has(word));
}

/** "the output of the block" blocks nothing; "a smaller step" is a step. */
function isVerb(tokens: Reading['tokens'], { at, unit }: Said): boolean {
  const before = tokens[at - 1]?.word ?? '';
  if (unit === 'amount-') return LESSENING.test(tokens[at]?.word ?? '');
  return before !== 'of' && !DETERMINERS.has(before);
}

const LESSENING = /^(?:reduc|decreas|lower(?:s|ed|ing)|shrink|shrank|diminish|minimi[sz]|lessen|cut)/;
