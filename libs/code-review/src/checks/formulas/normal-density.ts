import { formulaCheck } from './formula.js';

const DENSITY = (density: string): string => `
import math
import torch

def log_density(x, mean, log_var):
    return ${density}
`;

export const normalDensity = formulaCheck({
  id: 'normal-density-form',
  title: 'The logarithm of a normal density with a slip in it',
  why: 'It is -½ log 2π - log σ - (x - μ)² / 2σ²: with another sign or power it is the logarithm of no density, and learning by it has no end.',
  instead: 'Write -0.5 * (math.log(2 * math.pi) + log_var + (x - mean)**2 / log_var.exp()).',
  needs: 'A squared difference over a variance beside the logarithm of it.',
  source: 'Bishop 2006, Pattern Recognition and Machine Learning, equation 1.46',
  speaksOf: /log/,
  forms: [
    'v + (x - m)**2 * exp(-v)',
    '2*log(s) + (x - m)**2 / s**2',
    'log(s) + (x - m)**2 / s',
    '2*l + (x - m)**2 * exp(-2*l)',
    'c + v + (x - m)**2 * exp(-v)',
    'c + 2*log(s) + (x - m)**2 / s**2',
    'c + log(s) + (x - m)**2 / s',
    'c + 2*l + (x - m)**2 * exp(-2*l)',
  ],
  numbers: ['c'],
  slips: ['', 'c + '].flatMap((more) => [
    {
      form: `${more}v - (x - m)**2 * exp(-v)`,
      says: 'The logarithm of the variance and the square have different signs.',
    },
    {
      form: `${more}2*log(s) - (x - m)**2 / s**2`,
      says: 'The logarithm of {s} and the square have different signs.',
    },
    {
      form: `${more}2*l - (x - m)**2 * exp(-2*l)`,
      says: 'The logarithm of the deviation and the square have different signs.',
    },
    {
      form: `${more}v + (x - m)**2 * exp(v)`,
      says: 'The square is multiplied by the variance, and is to be divided by it.',
    },
    { form: `${more}v + (x + m)**2 * exp(-v)`, says: '{m} is added to {x}, and is to be taken away.' },
    { form: `${more}2*log(s) + (x + m)**2 / s**2`, says: '{m} is added to {x}, and is to be taken away.' },
    {
      form: `${more}2*log(s) + (x - m)**2 * s**2`,
      says: 'The square is multiplied by the variance, and is to be divided by it.',
    },
    { form: `${more}v + (x - m) * exp(-v)`, says: 'The difference of {x} and {m} is not squared.' },
  ]),
  wrong: [
    DENSITY('-0.5 * (math.log(2 * math.pi) + log_var - (x - mean) ** 2 / log_var.exp())  # <--'),
    DENSITY('-0.5 * (log_var + (x - mean) ** 2 * log_var.exp())  # <--'),
  ],
  right: [DENSITY('-0.5 * (math.log(2 * math.pi) + log_var + (x - mean) ** 2 / log_var.exp())')],
});
