import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

/** What CPython 3.11 printed; test/fixtures/generate_library.py records it. */
const recorded: Record<string, { readonly source: string; readonly output: string }> = JSON.parse(
  readFileSync(new URL('fixtures/library.json', import.meta.url), 'utf8'),
);

describe('the standard library prints what CPython prints', () => {
  it.each(Object.entries(recorded))('%s', (_name, { source, output }) => {
    const python = new Interpreter();
    const outcome = python.runModule(source, 'program.py');
    expect(outcome.kind === 'raised' ? outcome.error.message : outcome.kind).toBe('finished');
    expect(python.output.split('\n')).toEqual(output.split('\n'));
    expect(python.unknowns).toEqual([]);
  });
});
