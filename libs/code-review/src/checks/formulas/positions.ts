import { asNumber } from '../../algebra/expression.js';
import { formulaCheck } from './formula.js';
import type { RoleTest } from './formula.js';

const POSITIONS = (rates: string): string => `
import math
import torch

def table(length, width):
    position = torch.arange(length).unsqueeze(1)
    rates = ${rates}
    made = torch.zeros(length, width)
    made[:, 0::2] = torch.sin(position * rates)
    made[:, 1::2] = torch.cos(position * rates)
    return made
`;

/** A width: a whole number of some size, or unknown. */
const isWidth: RoleTest = (of) => {
  const number = asNumber(of);
  return number === undefined || (Math.abs(Math.round(number) - number) < 1e-4 && number >= 4);
};

const RATE = 'exp(9.210340371976184*i/d)';

export const positionRates = formulaCheck({
  id: 'position-rates',
  title: 'Waves of positions with a slip in their rates',
  why: 'The rates fall from 1 to 1/10000 over the width: with the sign or the quotient the other way they grow beyond what positions can be told apart by.',
  instead: 'Write torch.exp(torch.arange(0, d, 2) * (-math.log(10000.0) / d)).',
  needs: 'A sine or cosine of something times powers of 10000, with a slip in one place.',
  source: 'Vaswani et al. 2017, Attention Is All You Need, section 3.5',
  speaksOf: /10000(\.0?)?\b|10_000\b|1e4\b/,
  forms: [`sin(p / ${RATE})`, `cos(p / ${RATE})`],
  numbers: ['d'],
  roles: { d: isWidth },
  slips: ['sin', 'cos'].flatMap((wave) => [
    {
      form: `${wave}(p * ${RATE})`,
      says: 'The rates grow with the place in the vector: the exponent is to be negative.',
    },
    {
      form: `${wave}(p / exp(9.210340371976184*i*d))`,
      says: 'The exponent is multiplied by the width, and is to be divided by it.',
    },
    {
      form: `${wave}(p + exp(-9.210340371976184*i/d))`,
      says: 'The positions and their rates are added, and are to be multiplied.',
    },
  ]),
  wrong: [
    POSITIONS('torch.exp(torch.arange(0, width, 2) * (math.log(10000.0) / width))').replace(
      'position * rates)',
      'position * rates)  # <--',
    ),
  ],
  right: [POSITIONS('torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))')],
});
