import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Expressions } from './expression.js';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

interface Case {
  readonly code: string;
  readonly error?: string;
  readonly message?: string;
}

const { families } = JSON.parse(readFileSync(join(FIXTURES, 'expressions.json'), 'utf8')) as {
  readonly families: Readonly<Record<string, readonly Case[]>>;
};

/** Cases in which PyTorch 2.13, which is what the reader speaks for, does otherwise than 1.13, which wrote the fixture. */
const CHANGED_SINCE: ReadonlySet<string> = new Set([]);

/** Cases that are read as an unknown: nothing is claimed of them, which is no mistake but a gap. */
const UNKNOWN: ReadonlySet<string> = new Set([]);

describe('one-line programs come to what PyTorch gives', () => {
  const expressions = new Expressions();
  describe.each(Object.entries(families))('%s', (_family, cases) => {
    it.each(
      cases.filter(({ code }) => !CHANGED_SINCE.has(code)).map((entry) => [entry.code, entry] as const),
    )('%s', (code, { code: _, ...wanted }) => {
      const found = expressions.run(code);
      if (UNKNOWN.has(code)) expect(found).toHaveProperty('unknown');
      else if (wanted.error === undefined) expect(found).toEqual(wanted);
      else expect(found).toMatchObject({ error: wanted.error });
    });
  });

  it('words most errors as PyTorch does', () => {
    const failing = Object.values(families)
      .flat()
      .filter(({ code, error }) => error !== undefined && !CHANGED_SINCE.has(code) && !UNKNOWN.has(code));
    const same = failing.filter(({ code, message }) => {
      const found = expressions.run(code);
      return 'message' in found && found.message === message;
    });
    expect(same.length / failing.length).toBeGreaterThan(0.9);
  });
});
