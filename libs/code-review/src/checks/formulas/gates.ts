import { formulaCheck } from './formula.js';

const CELL = (state: string, output = 'o * torch.tanh(c)'): string => `
import torch
import torch.nn as nn

class Cell(nn.Module):
    def __init__(self, inputs, units):
        super().__init__()
        self.of_input, self.of_state = nn.Linear(inputs, 4 * units), nn.Linear(units, 4 * units)

    def forward(self, x, h, c):
        i, f, g, o = (self.of_input(x) + self.of_state(h)).chunk(4, dim=1)
        i, f, o, g = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o), torch.tanh(g)
        c = ${state}
        return ${output}, c
`;

const STATE = 'sigmoid(f)*c + sigmoid(i)*tanh(g)';

export const gateForm = formulaCheck({
  id: 'gate-form',
  title: 'A gated cell with a slip in it',
  why: 'Gates lie between 0 and 1 and weigh what they let through: the state is f·c + i·tanh(…), or (1 - z)·h + z·tanh(…). With another operation the state grows without end or is lost.',
  instead: 'Write c = f * c + i * torch.tanh(g), or h = (1 - z) * h + z * n.',
  needs: 'Sigmoids and a tanh that make a new state, with a slip in one place.',
  source: 'Hochreiter and Schmidhuber 1997 with Gers et al. 2000; Cho et al. 2014, equation 7',
  speaksOf: /tanh/,
  forms: [STATE, 'sigmoid(z)*h + (1 - sigmoid(z))*tanh(n)', '(1 - sigmoid(z))*h + sigmoid(z)*tanh(n)'],
  slips: [
    { form: `sigmoid(o)*sigmoid(${STATE})`, says: 'A sigmoid is taken of the state, and is to be a tanh.' },
    {
      form: `sigmoid(o) + tanh(${STATE})`,
      says: 'The gate is added to the state, and is to be multiplied with it.',
    },
    {
      form: `tanh(o)*tanh(${STATE})`,
      says: 'The gate of what is given is a tanh, which may be negative, and is to be a sigmoid.',
    },
    {
      form: 'sigmoid(f)*c - sigmoid(i)*tanh(g)',
      says: 'What is new is taken away from the state, and is to be added.',
    },
    {
      form: 'sigmoid(f)*c*sigmoid(i)*tanh(g)',
      says: 'What is kept and what is new are multiplied, and are to be added.',
    },
    {
      form: 'sigmoid(f) + c + sigmoid(i)*tanh(g)',
      says: 'The gate is added to the state, and is to be multiplied with it.',
    },
    {
      form: 'sigmoid(f)*c + sigmoid(i) + tanh(g)',
      says: 'The gate is added to what is new, and is to be multiplied with it.',
    },
    {
      form: 'tanh(f)*c + sigmoid(i)*tanh(g)',
      says: 'The gate of the state is a tanh, which may be negative, and is to be a sigmoid.',
    },
    {
      form: 'sigmoid(f)*c + tanh(i)*tanh(g)',
      says: 'The gate of what is new is a tanh, which may be negative, and is to be a sigmoid.',
    },
    {
      form: 'sigmoid(z)*h + (1 + sigmoid(z))*tanh(n)',
      says: 'The parts come to more than 1: 1 - z is meant, not 1 + z.',
    },
    {
      form: '(1 + sigmoid(z))*h + sigmoid(z)*tanh(n)',
      says: 'The parts come to more than 1: 1 - z is meant, not 1 + z.',
    },
    {
      form: 'sigmoid(z)*h + sigmoid(z)*tanh(n)',
      says: 'Both parts are weighed by the same gate: one is to be weighed by 1 less it.',
    },
    {
      form: '(1 - sigmoid(z))*h - sigmoid(z)*tanh(n)',
      says: 'What is new is taken away from the state, and is to be added.',
    },
    {
      form: '(1 - sigmoid(z))*h + sigmoid(z) + tanh(n)',
      says: 'The gate is added to what is new, and is to be multiplied with it.',
    },
  ],
  wrong: [
    CELL('f * c - i * g  # <--'),
    CELL('f + c + i * g  # <--'),
    CELL('f * c + i + g  # <--'),
    CELL('f * c + i * g', 'o * torch.sigmoid(c)').replace('(c), c', '(c), c  # <--'),
  ],
  right: [CELL('f * c + i * g'), CELL('i * g + f * c')],
});
