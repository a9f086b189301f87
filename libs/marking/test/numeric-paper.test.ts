import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMarkingEngine, partsOf, readExam, type KeyedPart, type MarkingEngine } from '../src/index.js';

/** Question 2 of the demonstration paper: 75,264, 294,912 and 15,360 parameters, 385,536 in all. */
let part: KeyedPart;
let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
  const yaml = readFileSync(new URL('../../../examples/demonstration/exam.yaml', import.meta.url), 'utf8');
  const reading = readExam(yaml);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  const found = partsOf(reading.definition).find(({ key }) => key === '2');
  if (found === undefined) throw new Error('the paper has no question 2');
  part = found;
});

const marksOf = (text: string): string =>
  engine
    .mark(part, text)
    .items.map(({ proposed }) => proposed ?? '?')
    .join(' ');

describe('the parameter count of the demonstration paper, answered in many ways', () => {
  it.each<[string, string, string]>([
    [
      'biases-counted-throughout',
      'Block 1: (3*49+1)*512 = 75776\nBlock 2: (64*9+1)*512 = 295424\nClassifier: 512*30+30 = 15390\nTotal = 386590',
      '2 3 2 1',
    ],
    [
      'groups-ignored-and-carried-into-the-total',
      'First block: 512*3*7*7 = 75,264\nSecond block: 512*512*3*3 = 2,359,296\nClassifier: 512*30 = 15,360\nTotal: 75264+2359296+15360 = 2,449,920',
      '2 0 2 1',
    ],
    [
      'one-group-counted-for-all',
      'Block 1: 3*7*7*512=75264\nBlock 2: 64*64*3*3=36864\nClassifier: 512*30=15360\nTotal: 75264+36864+15360=127488',
      '2 0 2 1',
    ],
    [
      'two-slips-that-cancel',
      'Block 1: 3*7*7*512 = 75274\nBlock 2: 8*64*64*9 = 294902\nClassifier: 512*30=15360\nTotal: 385536',
      '1 2 2 1',
    ],
    [
      'the-numbers-of-another-paper',
      'Block 1: 3*5*5*256 = 19200\nBlock 2: 256*32*9 = 73728\nClassifier: 256*20 = 5120\nTotal: 98048',
      '? ? ? 1',
    ],
    [
      'conventions-mixed',
      'Block 1: 3*7*7*512 = 75264\nBlock 2: (64*9+1)*512 = 295424\nClassifier: 512*30=15360\nTotal: 386048',
      '2 ? 2 1',
    ],
    ['the-total-alone', 'The total number of parameters is 385,536.', '? ? ? 1'],
    [
      'thousands-rounded-without-working',
      'Block 1: 75.3k, Block 2: 294.9k, classifier 15.4k, total ≈ 385.5k',
      '? ? ? ?',
    ],
    ['a-running-total', '147 * 512 = 75264 + 294912 = 370176 + 15360 = 385536', '2 3 2 1'],
    [
      'named-and-added-up-in-latex',
      '\\begin{align}\nP_1 &= 3 \\cdot 7^2 \\cdot 512 = 75\\,264\\\\ P_2 &= 8 \\cdot (64 \\cdot 3^2 \\cdot 64) = 294\\,912 \\\\ P_3 &= 512 \\cdot 30 = 15\\,360 \\\\ P &= P_1+P_2+P_3 = 385\\,536\n\\end{align}',
      '2 3 2 1',
    ],
    ['numbers-swapped', 'Block 1: 294912\nBlock 2: 75264\nClassifier: 15360\nTotal: 385536', '? ? 2 1'],
  ])('%s', (_case, text, marks) => {
    expect(marksOf(text)).toBe(marks);
  });
});

const STEPS = [
  { label: 'First block', form: '3*7*7*512', right: 75_264 },
  { label: 'Second block', form: '8*64*64*9', right: 294_912 },
  { label: 'Classifier', form: '512*30', right: 15_360 },
] as const;

/** A working whose results are off by given amounts, the total added up from what is written. */
function working(off: readonly number[], order: readonly number[], sign: string): string {
  const results = STEPS.map(({ right }, at) => right + (off[at] ?? 0));
  const lines = STEPS.map(
    ({ label, form }, at) => `${label}: ${form.replaceAll('*', sign)} = ${results[at] ?? 0}`,
  );
  const total = `Total: ${results.join(' + ')} = ${results.reduce((sum, each) => sum + each, 0)}`;
  return [...order.map((at) => lines[at] ?? ''), total].join('\n');
}

const OFFSETS = fc.tuple(...STEPS.map(() => fc.constantFrom(0, 0, 10, -100, 9000)));
const ORDER = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });

describe('what must hold of any working', () => {
  it('order-and-notation-change-nothing', () => {
    fc.assert(
      fc.property(OFFSETS, ORDER, fc.constantFrom('*', ' × ', ' · ', ' \\times '), (off, order, sign) => {
        expect(marksOf(working(off, order, sign))).toBe(marksOf(working(off, [0, 1, 2], '*')));
      }),
      { numRuns: 60 },
    );
  });

  it('each-slip-costs-once', () => {
    fc.assert(
      fc.property(OFFSETS, (off) => {
        const expected = ['2', '3', '2'].map((full, at) => (off[at] === 0 ? full : ['1', '2', '1'][at]));
        expect(marksOf(working(off, [0, 1, 2], '*'))).toBe([...expected, '1'].join(' '));
      }),
      { numRuns: 60 },
    );
  });

  it('a-true-equation-lowers-no-mark', () => {
    const number = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(OFFSETS, number, number, fc.boolean(), (off, a, b, first) => {
        const plain = working(off, [0, 1, 2], '*');
        const equation = `${a}*${b} = ${a * b}`;
        expect(marksOf(first ? `${equation}\n${plain}` : `${plain}\n${equation}`)).toBe(marksOf(plain));
      }),
      { numRuns: 60 },
    );
  });
});
