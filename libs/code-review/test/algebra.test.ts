import { describe, expect, it } from '@jest/globals';
import { matched } from '../src/algebra/match.js';
import { formulaOf } from '../src/algebra/written.js';

const ANYTHING = { numbers: new Set<string>(), mayBe: () => true };

describe('expressions in canonical form', () => {
  it.each([
    ['commuted-sum', 'a + b - c', '-c + b + a'],
    ['number-before-a-sum', '-0.5 * (1 + v - m**2)', '0.5*m**2 - v/2 - 1/2'],
    ['root-of-a-square', 'sqrt(s)**2', 's'],
    ['logarithm-of-a-product', 'log(a * b**2)', 'log(a) + 2*log(b)'],
    ['logarithm-of-an-exponential', 'log(exp(x) / y)', 'x - log(y)'],
    ['exponentials-together', 'exp(a) * exp(b) / exp(c)', 'exp(a + b - c)'],
    ['power-of-a-number', '10000 ** (i / d)', 'exp(9.210340371976184 * i / d)'],
    ['square-of-a-difference', '(a - b)**2', 'square(b - a)'],
    ['mean-of-a-multiple', 'mean(-2 * x)', '-2 * mean(x)'],
    ['decibels', '20 * log10(p / sqrt(e))', '10 * log10(p**2 / e)'],
  ])('%s', (_, one, other) => {
    expect(formulaOf(one).key).toBe(formulaOf(other).key);
  });
});

describe('formulas in expressions', () => {
  it.each([
    ['times-a-number', '1 + v - m**2 - exp(v)', '0.5*(mu**2 + exp(lv) - lv - 1)', -0.5],
    ['names-for-sums', 'exp(x) / sum(exp(x))', 'exp(a - b) / sum(exp(a - b))', 1],
    ['the-rest-of-a-sum', 'x + log(y)', 'a + b + log(c)', 1],
    ['either-argument-of-a-maximum', 'max(0, m - d)**2', 'maximum(k - e, 0)**2', 1],
  ])('%s', (_, formula, expression, scale) => {
    expect(matched(formulaOf(formula), formulaOf(expression), ANYTHING)?.scale).toBeCloseTo(scale);
  });

  it.each([
    ['another-sign', '1 + v - m**2 - exp(v)', '1 + lv + mu**2 - exp(lv)'],
    ['another-power', '1 + v - m**2 - exp(v)', '1 + lv - mu - exp(lv)'],
    ['one-name-for-two-things', 'x - mean(x)', 'a - mean(b)'],
    ['two-names-for-one-thing', 'a + log(b)', 'c + log(c)'],
  ])('none: %s', (_, formula, expression) => {
    expect(matched(formulaOf(formula), formulaOf(expression), ANYTHING)).toBeUndefined();
  });
});
