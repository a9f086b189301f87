import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

/** A program, what CPython 3.11 prints for it, and the exception that ends it; see fixtures/generated/generate.py. */
type Case = readonly [source: string, output: string, error: string];

function read(name: string): string {
  return readFileSync(new URL(`fixtures/generated/${name}`, import.meta.url), 'utf8');
}

const topics = JSON.parse(read('programs.json')) as Readonly<Record<string, readonly Case[]>>;
const prelude = read('prelude.py');
/** What is known to come otherwise here, by topic: lines, as CPython prints them and as they come; programs that go on otherwise. */
const differences = JSON.parse(read('differences.json')) as {
  readonly lines: Readonly<Record<string, readonly Difference[]>>;
  readonly programs: Readonly<Record<string, readonly number[]>>;
};

interface Surprise {
  readonly source: string;
  readonly lines: readonly Difference[] | string;
}

type Difference = readonly [printed: string, here: string];

function run(source: string): { readonly output: string; readonly error: string } {
  const python = new Interpreter();
  const outcome = python.runModule(`${prelude}${source}\n`, 'program.py');
  const { output } = python;
  if (outcome.kind === 'finished') return { output, error: '' };
  if (outcome.kind === 'budget') return { output, error: `budget ${outcome.budget}` };
  return { output, error: `${outcome.error.type}: ${outcome.error.message}` };
}

function linesThatDiffer([source, output, error]: Case): Difference[] {
  const actual = run(source);
  const wanted = [...output.split('\n'), error];
  const found = [...actual.output.split('\n'), actual.error];
  return Array.from({ length: Math.max(wanted.length, found.length) }, (_, at): Difference => [
    wanted[at] ?? 'nothing more',
    found[at] ?? 'nothing more',
  ]).filter(([printed, here]) => printed !== here);
}

describe('generated programs print what CPython prints', () => {
  it.each(Object.entries(topics))('%s', (topic, cases) => {
    const known = new Set((differences.lines[topic] ?? []).map((one) => JSON.stringify(one)));
    const apart = differences.programs[topic] ?? [];
    const met = new Set<string>();
    const unexpected = cases.flatMap((one, at): Surprise[] => {
      const lines = linesThatDiffer(one);
      if (apart.includes(at)) return lines.length > 0 ? [] : [{ source: one[0], lines: 'has been mended' }];
      for (const line of lines) met.add(JSON.stringify(line));
      const surprising = lines.filter((line) => !known.has(JSON.stringify(line)));
      return surprising.length === 0 ? [] : [{ source: one[0], lines: surprising }];
    });
    expect(unexpected).toEqual([]);
    // What has been mended leaves the list.
    expect([...known].filter((line) => !met.has(line))).toEqual([]);
  });
});
