import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Expressions } from './expression.js';
import { errorNow, isRefusedNow, valueNow } from './newest.js';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'conformance');

/** A program of one line and what PyTorch makes of it: the text of its value, or an error. */
type Case = readonly [code: string, truth: string | { readonly error: string; readonly words: string }];

function read(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

interface Batch {
  readonly families: Readonly<Record<string, readonly Case[]>>;
}

/** Two batches, drawn from different seeds: the second tells how the reader fares on what it was not mended by. */
const batches = ['cases.json', 'second.json'].map((name) => JSON.parse(read(name)) as Batch);
const families: Record<string, readonly Case[]> = {};
for (const batch of batches)
  for (const [family, cases] of Object.entries(batch.families))
    families[family] = [...(families[family] ?? []), ...cases];

/** Cases of which it is known that the reader says otherwise, by family; none is forgotten, and no other joins them. */
const differences = JSON.parse(read('differences.json')) as Readonly<Record<string, readonly string[]>>;
const prelude = read('prelude.py');

interface Answer {
  readonly value?: string | undefined;
  readonly error?: string | undefined;
}

function answerOf(expressions: Expressions, code: string): Answer {
  const found = expressions.run(`text(${code})`);
  if ('value' in found) return { value: String(found.value) };
  return 'error' in found ? { error: `${found.error}: ${found.message}` } : { value: JSON.stringify(found) };
}

/** What is expected of the reader: PyTorch's words too, unless it says that an error's words are its own. */
function truthOf(expressions: Expressions, [code, truth]: Case, answer: Answer): Answer {
  if (typeof truth === 'string')
    return answer.error !== undefined && isRefusedNow(code, answer.error)
      ? answer
      : { value: valueNow(truth, code) };
  const error = errorNow(truth.error, truth.words, answer.error);
  if (error === undefined) return answer.error === undefined ? answer : { value: 'no error any more' };
  const [kind = '', ...words] = (answer.error ?? '').split(': ');
  const isAlike = kind === truth.error && expressions.isWordedHere(words.join(': '));
  return isAlike ? answer : { error };
}

describe('generated programs come to what PyTorch makes of them', () => {
  it.each(Object.entries(families))('%s', (family, cases) => {
    const expressions = new Expressions(prelude);
    const known = new Set(differences[family] ?? []);
    const compared = cases.map((one) => {
      const answer = answerOf(expressions, one[0]);
      const truth = truthOf(expressions, one, answer);
      return {
        code: one[0],
        answer,
        truth,
        agrees: answer.value === truth.value && answer.error === truth.error,
      };
    });
    const wrong = compared.filter(({ agrees }) => !agrees);
    expect(
      wrong
        .filter(({ code }) => !known.has(code))
        .map(({ code, answer, truth }) => ({ code, answer, truth })),
    ).toEqual([]);
    // What has been mended leaves the list.
    expect([...known].filter((code) => !wrong.some((one) => one.code === code))).toEqual([]);
  });
});
