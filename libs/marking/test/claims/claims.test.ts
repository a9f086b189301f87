import { beforeAll, describe, expect, it } from '@jest/globals';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { factsOfGiven, type GivenCode } from '../../src/claims/given-code.js';
import type { CodeFacts } from '../../src/claims/facts.js';
import { readClaims } from '../../src/claims/read-claims.js';
import type { Verdict } from '../../src/claims/claim.js';
import { CODES } from './given-codes.js';
import { GOLDEN, type Golden } from './golden.js';
import { HELD_OUT } from './held-out.js';
import { TRUE_OR_OPEN } from './true-or-open.js';

const facts = new Map<string, CodeFacts>();

beforeAll(async () => {
  const instruments = { reader: await openReader(), programs: openProgramReader() };
  const codes: Readonly<Record<string, GivenCode>> = CODES;
  for (const [name, given] of Object.entries(codes)) facts.set(name, factsOfGiven(given, instruments));
});

function factsAt(code: string): CodeFacts {
  const found = facts.get(code);
  if (found === undefined) throw new Error(`no code ${code}`);
  return found;
}

/** What is decided of a subject in a text: `mixed` where claims about it go both ways. */
function verdictOf([code, text, subject]: Golden): Verdict | 'mixed' {
  const verdicts = new Set(
    readClaims(text, factsAt(code))
      .claims.filter((claim) => claim.subject === subject)
      .map(({ verdict }) => verdict),
  );
  if (verdicts.has('supported') && verdicts.has('contradicted')) return 'mixed';
  if (verdicts.has('contradicted')) return 'contradicted';
  return verdicts.has('supported') ? 'supported' : 'not-checkable';
}

describe('claims about given code', () => {
  it.each(GOLDEN.map((golden) => [`${golden[0]}: ${golden[1]} [${golden[2]}]`, golden] as const))(
    '%s',
    (_name, golden) => expect(verdictOf(golden)).toBe(golden[3]),
  );

  it('nothing-is-contradicted-that-is-so', () => {
    const wrong = [...GOLDEN, ...HELD_OUT].filter(
      (golden) => golden[3] !== 'contradicted' && /contradicted|mixed/.test(verdictOf(golden)),
    );
    expect(wrong).toEqual([]);
  });

  it.each(TRUE_OR_OPEN.map(([code, text]) => [code, text] as const))(
    'not contradicted: %s: %s',
    (code, text) => {
      const { claims } = readClaims(text, factsAt(code));
      expect(claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
    },
  );

  it('most-claims-that-the-engine-was-not-made-from-get-the-verdict-of-a-person', () => {
    const agreed = HELD_OUT.filter((golden) => verdictOf(golden) === golden[3]);
    expect(agreed.length / HELD_OUT.length).toBeGreaterThan(0.85);
  });
});
