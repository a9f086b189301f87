import { AXES } from '../meaning/opposites.js';
import type { Token } from '../text/tokens.js';
import { FIELD } from './field/table.js';
import { PLAIN_ENGLISH } from './plain-english.js';
import { SUBJECTS } from './subjects/table.js';
import { isArticle, stemsOf } from './stems.js';
import type { Synonyms } from './synonyms.js';

/** Whether a question is one of the field, or of another subject, where the field's words mean something else. */
export type Subject = 'field' | 'other';

/** What one word or phrase stands for, whatever words were used. */
export interface Meaning {
  /** `skip connection`, `amount+`, or the stem of a word that no table knows. */
  readonly unit: string;
  readonly source: 'field' | 'item' | 'axis' | 'subject' | 'plain' | 'word';
}

interface Entry extends Meaning {
  /** The stems that the phrase is made of. */
  readonly stems: readonly string[];
}

/** A place where a meaning stands among the tokens: `from` up to, not including, `to`. */
export interface Occurrence extends Meaning {
  readonly from: number;
  readonly to: number;
}

/** Looks phrases up by their stems, the longest first. */
export interface Lexicon {
  read(tokens: readonly Token[]): readonly Occurrence[];
  /** Each way to say a meaning, as stems. */
  phrases(unit: string): readonly (readonly string[])[];
}

const LONGEST_PHRASE = 8;

function entriesOf(groups: readonly Synonyms[], source: Meaning['source']): Entry[] {
  return groups.flatMap(([unit, ...others]) =>
    [unit, ...others].map((phrase) => ({ unit, source, stems: stemsOf(phrase) })),
  );
}

function indexed(layers: readonly (readonly Entry[])[]): Map<string, Entry> {
  const index = new Map<string, Entry>();
  for (const layer of layers) {
    for (const entry of layer) {
      const key = entry.stems.join(' ');
      if (key !== '' && !index.has(key)) index.set(key, entry);
    }
  }
  return index;
}

const AXIS_ENTRIES: readonly Entry[] = AXES.flatMap(({ name, plus, minus }) => [
  ...plus.map((phrase): Entry => ({ unit: `${name}+`, source: 'axis', stems: stemsOf(phrase) })),
  ...minus.map((phrase): Entry => ({ unit: `${name}-`, source: 'axis', stems: stemsOf(phrase) })),
]);
const FIELD_ENTRIES = entriesOf(FIELD, 'field');
const SUBJECT_ENTRIES = entriesOf(SUBJECTS, 'subject');
const PLAIN_ENTRIES = entriesOf(PLAIN_ENGLISH, 'plain');

/**
 * The tables of this room for a subject, but for the terms that are left out; an item's own synonyms come before them. In other
 * subjects the field's terms would only mislead: a node is no neuron there.
 */
export function lexiconWith(
  own: readonly Synonyms[] = [],
  leftOut: ReadonlySet<string> = new Set(),
  subject: Subject = 'field',
): Lexicon {
  if (own.length === 0 && leftOut.size === 0) return STANDARD[subject];
  const tables = TABLES[subject].map((table) =>
    leftOut.size === 0 ? table : table.filter(({ unit }) => !leftOut.has(unit)),
  );
  return lexiconOf([entriesOf(own, 'item'), ...tables]);
}

const TABLES: Readonly<Record<Subject, readonly (readonly Entry[])[]>> = {
  field: [FIELD_ENTRIES, AXIS_ENTRIES, SUBJECT_ENTRIES, PLAIN_ENTRIES],
  other: [SUBJECT_ENTRIES, AXIS_ENTRIES, PLAIN_ENTRIES],
};
const STANDARD: Readonly<Record<Subject, Lexicon>> = {
  field: lexiconOf(TABLES.field),
  other: lexiconOf(TABLES.other),
};

const KNOWN_WORDS: ReadonlySet<string> = new Set(TABLES.field.flat().flatMap(({ stems }) => stems));

/** Whether a stem is one of a word in the tables: "layer" is no slip of the pen for "later". */
export function isKnownWord(stem: string): boolean {
  return KNOWN_WORDS.has(stem);
}

function lexiconOf(layers: readonly (readonly Entry[])[]): Lexicon {
  const index = indexed(layers);
  const byUnit = new Map<string, (readonly string[])[]>();
  for (const { unit, stems } of index.values()) {
    const known = byUnit.get(unit);
    if (known === undefined) byUnit.set(unit, [stems]);
    else known.push(stems);
  }
  return {
    read: (tokens) => read(tokens, index),
    phrases: (unit) => byUnit.get(unit) ?? [],
  };
}

function read(tokens: readonly Token[], index: ReadonlyMap<string, Entry>): Occurrence[] {
  const found: Occurrence[] = [];
  for (let from = 0; from < tokens.length;) {
    const longest = longestAt(tokens, from, index);
    const token = tokens[from];
    if (longest !== undefined) {
      found.push(longest);
      from = longest.to;
    } else {
      if (token !== undefined) found.push({ unit: token.stem, source: 'word', from, to: from + 1 });
      from += 1;
    }
  }
  return found;
}

function longestAt(
  tokens: readonly Token[],
  from: number,
  index: ReadonlyMap<string, Entry>,
): Occurrence | undefined {
  let key = '';
  let words = 0;
  let longest: Occurrence | undefined;
  for (let to = from + 1; to <= tokens.length && words < LONGEST_PHRASE; to++) {
    const token = tokens[to - 1];
    if (token === undefined) break;
    if (isArticle(token.word)) {
      if (words === 0) return undefined;
      continue;
    }
    words += 1;
    key = key === '' ? token.stem : `${key} ${token.stem}`;
    const entry = index.get(key);
    if (entry !== undefined) longest = { unit: entry.unit, source: entry.source, from, to };
  }
  return longest;
}
