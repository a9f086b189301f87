import { beforeAll, describe, expect, it } from '@jest/globals';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import type { CodeFacts } from '../../src/claims/facts.js';
import { factsOfGiven, type GivenCode } from '../../src/claims/given-code.js';
import { readClaims } from '../../src/claims/read-claims.js';
import { CODES_OF_STUDENTS, STUDENTS_WORDS, type Truth } from './students-words.js';

const facts = new Map<string, CodeFacts>();
beforeAll(async () => {
  const instruments = { reader: await openReader(), programs: openProgramReader() };
  const codes: Readonly<Record<string, GivenCode>> = CODES_OF_STUDENTS;
  for (const [name, given] of Object.entries(codes)) facts.set(name, factsOfGiven(given, instruments));
});

const has = (verdict: 'supported' | 'contradicted', code: string, text: string): boolean => {
  const known = facts.get(code);
  if (known === undefined) throw new Error(`no code ${code}`);
  return readClaims(text, known).claims.some((claim) => claim.verdict === verdict);
};
const textsOf = (truth: Truth) => STUDENTS_WORDS.filter(([, each]) => each === truth);

describe('claims in the words of students', () => {
  it('nothing-that-is-so-or-open-is-contradicted', () => {
    const wrong = [...textsOf('true'), ...textsOf('open')].filter(([code, , text]) =>
      has('contradicted', code, text),
    );
    expect(wrong).toEqual([]);
  });

  it('nothing-that-is-not-so-is-borne-out', () => {
    expect(textsOf('false').filter(([code, , text]) => has('supported', code, text))).toEqual([]);
  });

  it('a-third-of-what-is-so-and-two-fifths-of-what-is-not-are-decided', () => {
    const share = (truth: Truth, verdict: 'supported' | 'contradicted'): number => {
      const texts = textsOf(truth);
      return texts.filter(([code, , text]) => has(verdict, code, text)).length / texts.length;
    };
    expect(share('true', 'supported')).toBeGreaterThan(0.33);
    expect(share('false', 'contradicted')).toBeGreaterThan(0.4);
  });

  it.each([
    'There is nothing wrong with the softmax, cross-entropy needs probabilities.',
    'The softmax is needed because the loss expects probabilities.',
  ])('praise-of-a-fault-does-not-name-it: %s', (text) => {
    expect(has('supported', 'doubleSoftmax', text)).toBe(false);
  });
});
