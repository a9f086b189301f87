import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

/** What CPython 3.11 printed and raised; test/fixtures/generate.py records it. */
interface Recorded {
  readonly source: string;
  readonly output: string;
  readonly error: { readonly type: string; readonly message: string; readonly line?: number } | null;
}

const recorded: Record<string, Record<string, Recorded>> = JSON.parse(
  readFileSync(new URL('fixtures/expected.json', import.meta.url), 'utf8'),
);

function run(source: string): Pick<Recorded, 'output' | 'error'> {
  const python = new Interpreter();
  const outcome = python.runModule(source, 'program.py');
  const { output } = python;
  if (outcome.kind === 'finished') return { output, error: null };
  if (outcome.kind === 'budget')
    return { output, error: { type: `budget ${outcome.budget}`, message: outcome.message } };
  const { type, message, place } = outcome.error;
  return { output, error: { type, message, line: place.line } };
}

describe.each(Object.entries(recorded))('%s as CPython has them', (_topic, cases) => {
  it.each(Object.entries(cases))('%s', (_name, { source, output, error }) => {
    const actual = run(source);
    expect(actual.output).toBe(output);
    // Lines are recorded for syntax errors, whose place is part of what they say.
    expect(actual.error).toEqual(error === null ? null : { line: actual.error?.line, ...error });
  });
});
