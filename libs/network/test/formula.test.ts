import { describe, expect, it } from '@jest/globals';
import {
  ceil,
  difference,
  equationLatex,
  equationText,
  evaluate,
  evaluateInteger,
  floor,
  formatInteger,
  FormulaError,
  literal,
  maximum,
  minimum,
  nodesOf,
  part,
  power,
  product,
  quantity,
  quotient,
  replaceAt,
  rewrite,
  sum,
  toLatex,
  toText,
} from '@tensormark/network';
import { layerOf } from './assembled.js';

const out = quantity('out_channels', 64);
const kernel = quantity('kernel_height', 3);

describe('a formula', () => {
  it('is written with brackets where they are needed', () => {
    const halves = quotient(literal(64), literal(8));
    expect(toText(product(sum(out, literal(1)), halves))).toBe('(64 + 1) · (64/8)');
    expect(toText(sum(product(literal(2), literal(3)), literal(1)))).toBe('2·3 + 1');
    expect(toText(difference(literal(9), sum(literal(2), literal(3))))).toBe('9 − (2 + 3)');
    expect(toText(quotient(literal(1), quotient(literal(2), literal(3))))).toBe('1/(2/3)');
    expect(toText(product(quotient(literal(1), literal(2)), literal(3)))).toBe('(1/2) · 3');
    expect(toText(power(sum(kernel, literal(1)), literal(2)))).toBe('(3 + 1)^2');
    expect(toText(product(literal(-2), literal(3)))).toBe('(-2) · 3');
  });

  it('is written in LaTeX', () => {
    expect(toLatex(floor(quotient(difference(literal(224), kernel), literal(2))))).toBe(
      '\\left\\lfloor \\frac{224 - 3}{2} \\right\\rfloor',
    );
    expect(equationLatex(product(literal(1000), literal(1000)))).toBe(
      '1{,}000 \\cdot 1{,}000 = 1{,}000{,}000',
    );
  });

  it('names its quantities by symbol or in words', () => {
    expect(toText(product(out, kernel), { quantities: 'symbols' })).toBe('C_out · K_H');
    expect(toText(product(out, kernel), { quantities: 'words' })).toBe('output channels · kernel height');
  });

  it('is evaluated exactly', () => {
    expect(evaluate(quotient(literal(6), literal(-4)))).toEqual({ numerator: -3n, denominator: 2n });
    expect(evaluateInteger(floor(quotient(literal(-7), literal(2))))).toBe(-4n);
    expect(evaluateInteger(ceil(quotient(literal(-7), literal(2))))).toBe(-3n);
    expect(evaluateInteger(maximum(literal(1), quotient(literal(6), literal(2)), literal(2)))).toBe(3n);
    expect(evaluateInteger(minimum(literal(1), literal(2)))).toBe(1n);
    expect(evaluate(power(quotient(literal(2), literal(3)), literal(-2)))).toEqual({
      numerator: 9n,
      denominator: 4n,
    });
  });

  it('refuses what has no value, at once', () => {
    expect(() => evaluate(quotient(literal(1), literal(0)))).toThrow(FormulaError);
    expect(() => evaluate(power(literal(9), literal(10n ** 9n)))).toThrow(FormulaError);
    expect(() => evaluateInteger(quotient(literal(1), literal(2)))).toThrow(FormulaError);
  });

  it('is rewritten without touching the rest', () => {
    const whole = product(out, sum(product(kernel, kernel), literal(1)));
    const unsquared = rewrite(whole, (node) =>
      node.kind === 'product' && node.factors.every((factor) => factor === kernel) ? kernel : undefined,
    );
    expect(equationText(unsquared)).toBe('64 · (3 + 1) = 256');
    const places = [...nodesOf(whole)].filter(({ node }) => node === kernel).map(({ path }) => path);
    expect(places).toEqual([
      [1, 0, 0],
      [1, 0, 1],
    ]);
    expect(toText(replaceAt(whole, [1, 0, 1], literal(5)))).toBe('64 · (3·5 + 1)');
    expect(() => replaceAt(whole, [7], literal(1))).toThrow(RangeError);
  });

  it('carries names of parts and shows their insides', () => {
    expect(toText(sum(part('conv1', product(out, kernel)), literal(1)))).toBe('64·3 + 1');
  });

  it('separates thousands', () => {
    expect([0n, 999n, 1000n, -1_234_567n].map(formatInteger)).toEqual(['0', '999', '1,000', '-1,234,567']);
  });
});

describe('the parameters of a layer, as taught', () => {
  it.each([
    [
      'grouped-convolution-without-bias',
      'Conv2d',
      [512, 512, 3],
      { groups: 8, bias: false },
      '512 · (512/8) · 3 · 3 = 294,912',
    ],
    ['linear', 'Linear', [512, 30], {}, '30 · (512 + 1) = 15,390'],
    ['linear-without-bias', 'Linear', [512, 30], { bias: false }, '30 · 512 = 15,360'],
    ['batch-norm', 'BatchNorm2d', [64], {}, '2 · 64 = 128'],
    ['lstm', 'LSTM', [10, 20], {}, '4 · 20 · (10 + 20 + 2) = 2,560'],
    ['gru-without-bias', 'GRU', [10, 20], { bias: false }, '3 · 20 · (10 + 20) = 1,800'],
    [
      'bidirectional',
      'RNN',
      [10, 20],
      { bidirectional: true },
      '20·(10 + 20 + 2) + 20·(10 + 20 + 2) = 1,280',
    ],
    ['embedding', 'Embedding', [1000, 64], {}, '1,000 · 64 = 64,000'],
    ['attention', 'MultiheadAttention', [512, 8], {}, '3·512·(512 + 1) + 512·(512 + 1) = 1,050,624'],
  ] as const)('%s', (_, type, positional, options, written) => {
    expect(equationText(layerOf(type, positional, options).parameterFormula())).toBe(written);
  });

  it('names the output size', () => {
    const call = layerOf('Conv2d', [3, 64, 7], { stride: 2, padding: 3 }).call({
      positional: [{ shape: [1, 3, 224, 224], dtype: 'float32' }],
    });
    expect(call.outputShape()?.map(equationText)).toEqual([
      '1',
      '64',
      '⌊(224 + 2·3 − 7)/2⌋ + 1 = 112',
      '⌊(224 + 2·3 − 7)/2⌋ + 1 = 112',
    ]);
  });
});
