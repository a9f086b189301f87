import { formulaCheck } from './formula.js';

const GELU = (made: string): string => `
import math
import torch

def gelu(x):
    return ${made}
`;

const INNER = 'sqrt(2/pi)*(x + 0.044715*x**3)';

export const geluForm = formulaCheck({
  id: 'gelu-form',
  title: 'A GELU with a slip in it',
  why: 'It is x/2 (1 + tanh(√(2/π)(x + 0.044715 x³))), which is 0 far below 0 and x far above it; with another sign or number it is neither.',
  instead: 'Write 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))).',
  needs: 'A tanh of x and 0.044715 x³, with a slip in one place.',
  source: 'Hendrycks and Gimpel 2016, Gaussian Error Linear Units, section 2',
  speaksOf: /0\.0447/,
  forms: [`0.5*x*(1 + tanh(${INNER}))`, `0.5*(1 + tanh(${INNER}))`, `0.5*x + 0.5*x*tanh(${INNER})`],
  isExact: true,
  slips: [
    {
      form: `x*(1 + tanh(${INNER}))`,
      says: 'It is not halved: far above 0 this is twice {x}.',
      when: ({ scale }) => Math.abs(scale - 1) < 1e-6,
    },
    { form: `0.5*x*(1 - tanh(${INNER}))`, says: 'The tanh is taken away from 1, and is to be added.' },
    {
      form: '0.5*x*(1 + tanh(sqrt(2/pi)*(x - 0.044715*x**3)))',
      says: 'The cube is taken away, and is to be added.',
    },
    { form: '0.5*x*(1 + tanh(2/pi*(x + 0.044715*x**3)))', says: '2/π stands without its root.' },
    {
      form: '0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**2)))',
      says: '{x} is squared, and is to have the third power.',
    },
  ],
  wrong: [GELU('0.5 * x * (1 - torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))  # <--')],
  right: [GELU('0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))')],
});
