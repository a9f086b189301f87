import { describe, expect, it } from '@jest/globals';
import { CHECKS } from '@tensormark/code-review';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { factsOfGiven, type GivenCode } from '../../src/claims/given-code.js';
import { readClaims } from '../../src/claims/read-claims.js';
import { NAMED_BY_WORDS } from '../../src/claims/topics/faults/table.js';
import * as classifiers from './classifiers-and-gans.js';
import { CODES as imagesCodes } from './images-to-flowers.js';
import { SAYINGS as imagesSayings } from './said-of-images-to-flowers.js';
import { CODES as segmentsCodes } from './segments-and-reviews.js';
import { SAYINGS as segmentsSayings } from './said-of-segments-and-reviews.js';
import { CODES as birdsCodes } from './birds-to-weather.js';
import { SAYINGS as birdsSayings } from './said-of-birds-to-weather.js';
import * as tables from './codes-to-tables.js';
import * as games from './translation-to-games.js';
import type { Saying } from './whole-programs.js';

const instruments = { reader: await openReader(), programs: openProgramReader() };

interface Said {
  readonly truth: Saying<string>[1];
  readonly text: string;
  readonly verdicts: ReadonlySet<string>;
}

function held(codes: Readonly<Record<string, GivenCode>>, sayings: readonly Saying<string>[]): Said[] {
  const facts = new Map(
    Object.entries(codes).map(([name, given]) => [name, factsOfGiven(given, instruments)]),
  );
  return sayings.map(([code, truth, text]) => {
    const known = facts.get(code);
    if (known === undefined) throw new Error(`no code ${code}`);
    return {
      truth,
      text,
      verdicts: new Set(readClaims(text, known).claims.map(({ verdict }) => verdict)),
    };
  });
}

const SETS = [
  ['classifiers-and-gans', held(classifiers.CODES, classifiers.SAYINGS)],
  ['codes-to-tables', held(tables.CODES, tables.SAYINGS)],
  ['translation-to-games', held(games.CODES, games.SAYINGS)],
  ['images-to-flowers', held(imagesCodes, imagesSayings)],
  ['segments-and-reviews', held(segmentsCodes, segmentsSayings)],
  ['birds-to-weather', held(birdsCodes, birdsSayings)],
] as const;

describe.each(SETS)('what is said of whole programs: %s', (_name, said) => {
  const textsOf = (truth: Said['truth'], verdict: string): string[] =>
    said.filter((each) => each.truth === truth && each.verdicts.has(verdict)).map(({ text }) => text);
  const share = (truth: Said['truth'], verdict: string): number =>
    textsOf(truth, verdict).length / said.filter((each) => each.truth === truth).length;

  it('nothing-that-is-so-or-open-is-contradicted', () => {
    expect([...textsOf('true', 'contradicted'), ...textsOf('open', 'contradicted')]).toEqual([]);
  });

  it('nothing-that-is-not-so-is-borne-out', () => {
    expect(textsOf('false', 'supported')).toEqual([]);
  });

  it('three-fifths-are-decided', () => {
    expect(share('true', 'supported')).toBeGreaterThan(0.6);
    expect(share('false', 'contradicted')).toBeGreaterThan(0.6);
  });
});

describe('faults that are named by words', () => {
  it.each(NAMED_BY_WORDS.map(({ checks }) => checks))('are those of checks that there are: %s', (checks) => {
    expect(CHECKS.some(({ id }) => checks.test(id))).toBe(true);
  });
});
