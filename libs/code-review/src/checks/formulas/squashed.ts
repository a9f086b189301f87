import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const SQUASHED = (corrected: string): string => `
import torch

def acted(normal):
    raw = normal.rsample()
    action = torch.tanh(raw)
    log_prob = normal.log_prob(raw)
    return action, ${corrected}
`;

export const squashedDensity = formulaCheck({
  id: 'squashed-density',
  title: 'The density of a squashed action with a slip in it',
  why: 'What tanh makes of an action has log p - log(1 - tanh²): with another sign the density is multiplied where it is to be divided.',
  instead: 'Write log_prob - torch.log(1 - action.pow(2) + 1e-6).',
  needs: 'A log-probability beside the logarithm of 1 and the square of a tanh.',
  source: 'Haarnoja et al. 2018, Soft Actor-Critic, appendix C',
  speaksOf: /tanh/,
  forms: ['l - log(1 - tanh(u)**2)', 'l - sum(log(1 - tanh(u)**2))'],
  roles: { l: named(/log/i) },
  slips: ['log', 'sum(log'].flatMap((start) => {
    const end = start === 'log' ? ')' : '))';
    return [
      {
        form: `l + ${start}(1 - tanh(u)**2${end}`,
        says: 'The logarithm of 1 - tanh² is added, and is to be taken away.',
      },
      {
        form: `l - ${start}(1 + tanh(u)**2${end}`,
        says: 'The logarithm is of 1 + tanh², and is to be of 1 - tanh².',
      },
      { form: `l - ${start}(1 - tanh(u)${end}`, says: 'The tanh is not squared.' },
      {
        form: `l - ${start}(tanh(u)**2${end}`,
        says: 'The logarithm is of tanh², and is to be of 1 - tanh².',
      },
    ];
  }),
  wrong: [SQUASHED('log_prob + torch.log(1 - action.pow(2) + 1e-6)  # <--')],
  right: [SQUASHED('log_prob - torch.log(1 - action.pow(2) + 1e-6)')],
});
