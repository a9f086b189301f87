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

/** What must agree: values to the last digit, of errors their kind. */
function essence(found: object): object {
  return 'error' in found ? { error: found.error } : found;
}

function truthOf({ code: _code, ...truth }: Case): object {
  return truth;
}

describe('one-line programs come to what PyTorch gives', () => {
  const expressions = new Expressions();
  describe.each(Object.entries(families))('%s', (_family, cases) => {
    it.each(cases.map((entry) => [entry.code, entry] as const))('%s', (code, entry) => {
      expect(essence(expressions.run(code))).toEqual(essence(truthOf(entry)));
    });
  });

  it('words most errors as PyTorch does', () => {
    const failing = Object.values(families)
      .flat()
      .filter(({ error }) => error !== undefined);
    const same = failing.filter(({ code, message }) => {
      const found = expressions.run(code);
      return 'message' in found && found.message === message;
    });
    expect(same.length / failing.length).toBeGreaterThan(0.9);
  });
});
