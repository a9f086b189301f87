import { DETERMINERS, isEmpty, isFunctionWord } from '../text/function-words.js';
import { stem } from '../text/stem.js';
import { tokensOf, type Token } from '../text/tokens.js';
import type { Lexicon, Meaning, Occurrence } from '../terms/lexicon.js';
import { clauseBreaks } from './clauses.js';
import { negatedTokens } from './negation.js';
import { deniedIn, type DeniedPredicate } from './predicates.js';
import { isNaming, poleOf, type Pole } from './poles.js';
import { isContrast } from './stance.js';

/** A word or phrase that says something, as a sentence uses it. */
export interface Said extends Meaning {
  readonly start: number;
  readonly end: number;
  /** Its place among the tokens. */
  readonly at: number;
  readonly to: number;
  readonly clause: number;
  readonly negated: boolean;
  /** The side of an axis it stands on, its negation counted in. */
  readonly pole: Pole | undefined;
  readonly value: number | undefined;
}

/** A sentence taken apart. */
export interface Reading {
  readonly tokens: readonly Token[];
  readonly said: readonly Said[];
  readonly units: ReadonlySet<string>;
  /** Stems of all words that say something. */
  readonly stems: ReadonlySet<string>;
  /** By clause, whether it tells how it would be otherwise. */
  readonly contrast: readonly boolean[];
  /** By token, the clause that it stands in. */
  readonly clauseOf: readonly number[];
  /** The verbs that it denies. */
  readonly denied: readonly DeniedPredicate[];
}

/** Reads one sentence that begins at `from` in its text. */
export function readSentence(prose: string, from: number, lexicon: Lexicon): Reading {
  const tokens = tokensOf(prose, from);
  const breaks = clauseBreaks(prose, from, tokens);
  const negated = negatedTokens(tokens, breaks);
  let clause = 0;
  const clauseOf = tokens.map((_, at) => (breaks.has(at) ? ++clause : clause));
  const said = lexicon.read(tokens).flatMap((read): Said[] => {
    const meaning = { ...read, ...meantBy(tokens, read) };
    const first = tokens[meaning.from];
    const last = tokens[meaning.to - 1];
    if (first === undefined || last === undefined) return [];
    if (meaning.source === 'word' && isEmpty(first.word) && first.value === undefined) return [];
    if (
      meaning.to - meaning.from === 1 &&
      isFunctionWord(first.word) &&
      first.value === undefined &&
      meaning.source !== 'axis'
    )
      return [];
    if (meaning.to - meaning.from === 1 && onlyTies(tokens, meaning.from, prose, from)) return [];
    const isNegated =
      negated[meaning.from] === true && (!isNaming(meaning.unit) || isDeniedAt(tokens, meaning.from));
    return [
      {
        unit: meaning.source === 'word' && first.value !== undefined ? `#${first.value}` : meaning.unit,
        source: meaning.source,
        start: first.start,
        end: last.end,
        at: meaning.from,
        to: meaning.to,
        clause: clauseOf[meaning.from] ?? 0,
        negated: isNegated,
        pole:
          meaning.unit === 'create' && first.stem !== stem('create') ? undefined : poleOf(meaning, isNegated),
        value: meaning.source === 'word' ? first.value : undefined,
      },
    ];
  });
  return {
    tokens,
    said,
    units: new Set(said.map(({ unit }) => unit)),
    stems: new Set(tokens.filter(({ word }) => !isEmpty(word)).map(({ stem }) => stem)),
    contrast: clausesIn(prose, from, tokens, clauseOf).map(isContrast),
    clauseOf,
    denied: deniedIn(tokens, breaks),
  };
}

/** What a word means where it stands, if it is another thing than it means elsewhere. */
function meantBy(tokens: readonly Token[], read: Occurrence): Meaning | undefined {
  if (isKeptFixed(tokens, read)) return { unit: 'change-', source: 'axis' };
  return keepsFrom(tokens, read) ? { unit: 'effect-', source: 'axis' } : undefined;
}

/** "keeps the motor from overheating" prevents it. */
function keepsFrom(tokens: readonly Token[], { from: at, to }: Occurrence): boolean {
  if (to !== at + 1 || !/^(?:keep(?:s|ing)?|kept)$/.test(tokens[at]?.word ?? '')) return false;
  const from = tokens.slice(at + 2, at + 7).findIndex(({ word }) => word === 'from');
  return from !== -1 && (tokens[at + 3 + from]?.word ?? '').endsWith('ing');
}

/** What is fixed stays as it is; only what was fixed by something had been broken. */
function isKeptFixed(tokens: readonly Token[], { from: at, to }: Occurrence): boolean {
  return (
    to === at + 1 &&
    tokens[at]?.word === 'fixed' &&
    tokens[at + 1]?.word !== 'by' &&
    !DETERMINERS.has(tokens[at + 1]?.word ?? '')
  );
}

/** What makes "on" and "off" more than prepositions. */
const SWITCHES = /^(?:turn|switch|stay|keep|leav|left|kept|shut)/;

/** "made up of", "end up", "look up", "write down": nothing rises or falls there. */
const GOES_WITH_UP =
  /^(?:ma[dk]e|making|set|end|split|break|look|come|give|pick|sum|add|writ|wrote|put|use|sign|hold|held|back|clos|open|show|wak|clean)(?:s|es|e|ed|ten|en|ting|ding|ing)?$/;

/**
 * Whether a word that could say something only ties others together here: "first," and "finally," before a sentence, "on" and "off"
 * before a thing, the "longer" of "no longer".
 */
function onlyTies(tokens: readonly Token[], at: number, prose: string, from: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  switch (token?.word) {
    case 'on':
    case 'off':
      return (
        next !== undefined &&
        !SWITCHES.test(before?.word ?? '') &&
        /^\s*$/.test(prose.slice(token.end - from, next.start - from)) &&
        (DETERMINERS.has(next.word) || !isFunctionWord(next.word))
      );
    case 'first':
    case 'finally':
      return at === 0 && /^\s*,/.test(prose.slice(token.end - from));
    case 'up':
    case 'down':
      return GOES_WITH_UP.test(before?.word ?? '');
    case 'after':
      return next?.word === 'another';
    case 'more':
      return before?.word === 'any' && (next === undefined || isFunctionWord(next.word));
    case 'longer':
      return before?.word === 'no';
    case 'little':
    case 'bit':
      return before?.word === 'a';
    default:
      return false;
  }
}

/** "not positive", "not the positive one". */
function isDeniedAt(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word ?? '';
  const word = before === 'the' || before === 'a' ? (tokens[at - 2]?.word ?? '') : before;
  return /^(?:not|no|non|never|nor|neither)$/.test(word);
}

function clausesIn(
  prose: string,
  from: number,
  tokens: readonly Token[],
  clauseOf: readonly number[],
): string[] {
  const spans: { start: number; end: number }[] = [];
  tokens.forEach(({ start, end }, at) => {
    const clause = clauseOf[at] ?? 0;
    const known = spans[clause];
    if (known === undefined) spans[clause] = { start, end };
    else known.end = end;
  });
  return spans.map(({ start, end }) => prose.slice(start - from, end - from));
}
