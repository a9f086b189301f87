import { describe, expect, it } from '@jest/globals';
import {
  canonicalForm,
  evaluate,
  flattenProduct,
  flattenSum,
  isCalculation,
  knownValue,
  leafValues,
  numericLeaves,
  parts,
  Rational,
  sameForm,
  sizes,
  toLatex,
  toText,
} from '../src/index.js';
import { written } from './written.js';

describe('comparing forms', () => {
  it.each([
    ['spacing and notation', '3*7*7', '3 × 7 \\cdot 7', 'identical'],
    ['brackets that change nothing', '(64*3*3)*8', '64*3*3*8', 'same-parts'],
    ['order of factors', '(64*3*3)*(512/8)', '(512/8)*3*64*3', 'same-parts'],
    ['order of terms', '64*9 + 64', '64 + 9*64', 'same-parts'],
    ['square written out', '3^2 * 64', '3*3*64', 'same-parts'],
    ['fraction and slash', '\\frac{512}{8}', '512/8', 'identical'],
    ['factor of one', '1*3*3', '3*3', 'same-parts'],
    ['bias as one more input', '(27+1)*64', '27*64 + 64', 'same-value'],
    ['another route to one number', '(64*3*3)*(512/8)', '64·64·9', 'same-value'],
    ['another number', '3*7*7*512', '3*7*512', 'different'],
    ['same formula without values', 'K*K*C', 'C*K*K', 'same-parts'],
    ['different formulas without values', 'K*K*C', 'K*C', 'unknown'],
  ] as const)('%s', (_, a, b, expected) => {
    expect(sameForm(written(a), written(b))).toBe(expected);
  });

  it('has a key that sorts factors and writes out small powers', () => {
    expect(canonicalForm(written('(64*3^2)*(512/8)'))).toBe('(* /8 3 3 512 64)');
  });

  it('keeps the key of nested powers short', () => {
    expect(canonicalForm(written(`${'('.repeat(20)}2*3${')^12*5'.repeat(20)}`)).length).toBeLessThan(50_000);
  });
});

describe('looking into expressions', () => {
  const perGroup = written('(64*3*3) * (512/8) + 64');

  it('flattens sums and products', () => {
    expect(flattenSum(written('(a + 3) - (b - 5)')).map(({ negative }) => negative)).toEqual([
      false,
      false,
      true,
      false,
    ]);
    const product = flattenSum(perGroup)[0]?.expression;
    expect(
      product &&
        flattenProduct(product).map(
          ({ inverse, expression }) => `${inverse ? '/' : ''}${toText(expression)}`,
        ),
    ).toEqual(['64', '3', '3', '512', '/8']);
  });

  it('lists numbers in order and by size', () => {
    expect(numericLeaves(perGroup).map(({ numeral }) => numeral.written)).toEqual([
      '64',
      '3',
      '3',
      '512',
      '8',
      '64',
    ]);
    expect(leafValues(perGroup).map(String)).toEqual(['3', '3', '8', '64', '64', '512']);
  });

  it('gives every part its place and its value', () => {
    const text = '= (64*3*3) * (512/8)';
    const quotes = parts(written('(64*3*3) * (512/8)')).map(({ start, end }) => text.slice(start, end));
    expect(quotes).toEqual(['(64*3*3) * (512/8)', '(64*3*3)', '64', '3', '3', '(512/8)', '512', '8']);
    expect(parts(perGroup).map((part) => knownValue(evaluate(part))?.toString())).toContain('36864');
  });

  it('replays a calculation from another number', () => {
    const replayed = evaluate(written('75264 + 294912 + 15360'), {
      replace: (part) =>
        part.kind === 'number' && part.numeral.written === '75264' ? Rational.of(75624) : null,
    });
    expect(knownValue(replayed)?.toString()).toBe('385896');
  });

  it('tells calculations from numbers and sizes from calculations', () => {
    expect([written('-5'), written('7.5 × 10^4'), written('3*7')].map(isCalculation)).toEqual([
      false,
      false,
      true,
    ]);
    expect(sizes(written('3x128x128'))?.map(({ numeral }) => numeral.written)).toEqual(['3', '128', '128']);
    expect(sizes(written('3*(7+1)'))).toBeNull();
  });
});

describe('printing', () => {
  it.each([
    ['(3*7*7 + 1) * 512', '(3 × 7 × 7 + 1) × 512', '\\left(3 \\times 7 \\times 7 + 1\\right) \\times 512'],
    ['\\frac{512}{8} \\cdot 64', '(512 / 8) × 64', '\\frac{512}{8} \\times 64'],
    ['75264 - (3 - 2)', '75,264 − (3 − 2)', '75{,}264 - \\left(3 - 2\\right)'],
    ['64 / (8 / 2)', '64 / (8 / 2)', '64 / \\left(8 / 2\\right)'],
    ['(2+1)^2', '(2 + 1)^2', '\\left(2 + 1\\right)^{2}'],
    [
      '⌊(128 - 7)/2⌋ + 1',
      '⌊(128 − 7) / 2⌋ + 1',
      '\\left\\lfloor \\left(128 - 7\\right) / 2 \\right\\rfloor + 1',
    ],
    ['0.3M', '0.3M', '0.3\\,\\text{M}'],
    ['\\sqrt{64}', '√(64)', '\\sqrt{64}'],
    ['K * C_in', 'K × C_in', 'K \\times C_{\\text{in}}'],
  ])('%s', (text, plain, latex) => {
    expect(toText(written(text))).toBe(plain);
    expect(toLatex(written(text))).toBe(latex);
  });
});
