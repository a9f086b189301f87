import { beforeAll, describe, expect, it } from '@jest/globals';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import type { Verdict } from '../../src/claims/claim.js';
import type { CodeFacts } from '../../src/claims/facts.js';
import { factsOfGiven, type GivenCode } from '../../src/claims/given-code.js';
import { readClaims } from '../../src/claims/read-claims.js';
import { BORNE_OUT, NOT_REFUTED, REFUTED } from './about-programs.js';
import { CODES } from './given-codes.js';
import { PROGRAMS } from './given-programs.js';

const facts = new Map<string, CodeFacts>();

beforeAll(async () => {
  const instruments = { reader: await openReader(), programs: openProgramReader() };
  const codes: Readonly<Record<string, GivenCode>> = { ...PROGRAMS, digits: CODES.digits };
  for (const [name, given] of Object.entries(codes)) facts.set(name, factsOfGiven(given, instruments));
});

function verdictsOf(code: string, text: string): ReadonlySet<Verdict> {
  const found = facts.get(code);
  if (found === undefined) throw new Error(`no code ${code}`);
  return new Set(readClaims(text, found).claims.map(({ verdict }) => verdict));
}

describe('what is said of a program', () => {
  it.each(BORNE_OUT)('%s: %s is borne out', (code, text) => {
    const verdicts = verdictsOf(code, text);
    expect([verdicts.has('supported'), verdicts.has('contradicted')]).toEqual([true, false]);
  });

  it.each(REFUTED)('%s: %s is refuted', (code, text) => {
    const verdicts = verdictsOf(code, text);
    expect([verdicts.has('supported'), verdicts.has('contradicted')]).toEqual([false, true]);
  });

  it.each(NOT_REFUTED)('%s: %s is not refuted', (code, text) => {
    expect(verdictsOf(code, text).has('contradicted')).toBe(false);
  });

  it('whole-numbers-go-into-an-embedding-when-the-loss-is-that-of-the-question', () => {
    expect(facts.get('tagger')?.findings.map(({ check }) => check)).toEqual(['softmax-ce']);
  });
});
