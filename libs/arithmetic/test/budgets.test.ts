import { describe, expect, it } from '@jest/globals';
import { readWorking, type BudgetName } from '../src/index.js';
import { equationIn, quantityIn } from './written.js';

/** Of processor time, cold: what other processes take from the machine is none of ours. Warm, each takes a small part of it. */
const MILLISECONDS = 1500;

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('budgets', () => {
  it.each([
    ['power-tower', '9^9^9^9 = 1', 'too-large'],
    ['factorial', '100000! = 1', 'too-large'],
    ['power-of-power', '10^(10^10) = 1', 'too-large'],
    ['negative-power', '2^-99999999 = 1', 'too-large'],
    ['long-product', '2^2000 * 2^2000 = 1', 'too-large'],
    ['endless-sum', '\\sum_{i=1}^{1000000000} i = 1', 'too-many-operations'],
    ['nested-sums', '\\sum_{i=1}^{999} \\sum_{j=1}^{999} \\sum_{k=1}^{999} 1 = 1', 'too-many-operations'],
    [
      'growing-fractions',
      `${Array.from({ length: 900 }, (_, n) => `1/${2 * n + 1009}`).join('+')} = 1`,
      /too-/,
    ],
  ])('%s is refused by name', (_, text, why) => {
    const started = processorTime();
    const { verdict } = equationIn(text).pairs[0] ?? {};
    expect(verdict?.kind === 'not-understood' && verdict.why).toMatch(why);
    expect(processorTime() - started).toBeLessThan(MILLISECONDS);
  });

  it('a name that doubles its length with every line stays within the budget', () => {
    const text = `a = 10^20\n${Array.from({ length: 200 }, () => 'a = a*a').join('\n')}`;
    const values = readWorking(text).quantities.map(({ value }) =>
      value.kind === 'unknown' ? value.problem.kind : 'known',
    );
    expect(values.slice(0, 2)).toEqual(['known', 'known']);
    expect(values).toContain('too-large');
  });

  it.each<[string, string, BudgetName]>([
    ['a-megabyte-of-brackets', '('.repeat(1 << 20), 'characters'],
    ['a-million-numbers', Array.from({ length: 1_000_000 }, (_, n) => n).join(' '), 'characters'],
    ['many-short-tokens', '3+'.repeat(40_000), 'tokens'],
  ])('%s is refused as a whole', (_, text, refused) => {
    const started = processorTime();
    const working = readWorking(text);
    expect(working).toMatchObject({ refused, equations: [], quantities: [] });
    expect(working.notes[0]?.message).toMatch(/not read/);
    expect(processorTime() - started).toBeLessThan(MILLISECONDS);
  });

  it('nesting beyond the budget is noted and not read', () => {
    const text = `${'('.repeat(200)}3${')'.repeat(200)} then 3*3 = 9`;
    const { equations, notes } = readWorking(text);
    expect(notes[0]?.kind).toBe('not-understood');
    expect(equations.map(({ verdict }) => verdict)).toEqual(['true']);
  });

  it('nesting within the budget is read', () => {
    expect(quantityIn(`= ${'('.repeat(50)}3*3${')'.repeat(50)}`).value).toMatchObject({ kind: 'exact' });
  });

  it('limits can be set', () => {
    expect(readWorking('3*3 = 9', { budget: { characters: 3 } }).refused).toBe('characters');
  });

  it.each([
    ['opening-brackets', '('.repeat(15_000)],
    ['brackets-with-sums', '(1+'.repeat(6000)],
    ['unclosed-fractions', '\\frac{'.repeat(8000)],
    ['braces', '{'.repeat(45_000) + '}'.repeat(45_000)],
    ['dollars', '$ '.repeat(45_000)],
    ['asterisks', '*'.repeat(90_000)],
    ['tildes', '~~'.repeat(45_000)],
    ['tags', '<del>'.repeat(18_000)],
    ['powers', '2^'.repeat(9000)],
    ['remainders', '7 mod '.repeat(8000)],
    ['minus-signs', '-'.repeat(19_000)],
    ['equals-signs', '3='.repeat(9000)],
    ['table-bars', '|1|2|\n'.repeat(3000)],
    ['spaces', ' '.repeat(90_000)],
    ['line-breaks', '\n '.repeat(45_000)],
    ['words', 'filter '.repeat(14_000)],
    ['definitions', Array.from({ length: 3000 }, (_, n) => `a${n + 1} = a${n} + 1`).join('\n')],
  ])('%s by the thousands are read in linear time', (_, text) => {
    const started = processorTime();
    expect(() => readWorking(text)).not.toThrow();
    expect(processorTime() - started).toBeLessThan(MILLISECONDS);
  });
});
