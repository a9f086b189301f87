import { asNumber } from '../../algebra/expression.js';
import type { Expression } from '../../algebra/expression.js';
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
  if (number === undefined) return !isTakenFromNumber(of);
  return Math.abs(Math.round(number) - number) < 1e-4 && number >= 4;
};

/** `1 - half`: less than nothing, as a width less one is with its sign the other way. */
function isTakenFromNumber({ terms }: Expression): boolean {
  return terms.some(
    ({ coefficient, factors }) =>
      factors.length > 0 &&
      (coefficient < 0 || factors.some(({ base }) => base.kind === 'sum' && isTakenFromNumber(base))),
  );
}

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
  right: [
    POSITIONS('torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))'),
    // Half the width less one, as tensor2tensor has it, in a class that makes its table anew where it is too short.
    `
import math
import torch
from torch import nn

class Positions(nn.Module):
    def __init__(self, longest, width):
        super().__init__()
        self.width = width
        self.table = self.made(longest, width)

    @staticmethod
    def made(longest, width):
        half = width // 2
        waves = math.log(10000) / (half - 1)
        waves = torch.exp(torch.arange(half) * -waves)
        waves = torch.arange(longest).unsqueeze(1) * waves.unsqueeze(0)
        return torch.cat([torch.sin(waves), torch.cos(waves)], dim=1)

    def forward(self, tokens):
        self.table = self.made(tokens.size(1), self.width)
        return self.table
`,
  ],
});
