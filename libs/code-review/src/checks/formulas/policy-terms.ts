import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const POLICY = (loss: string): string => `
import torch

def loss_of(log_probs, returns, values):
    advantages = returns - values.detach()
    return ${loss}
`;

const LOGARITHM = /log_?p(rob|i)?|logp/i;
const VALUE = /^(state_)?values?$|critic|baseline/i;
const GAIN = /^_*(adv\w*|returns?|ret|td|td_error\w*|deltas?|gaes?|discounted\w*)(_\w+)?$/i;

export const policyTerms = formulaCheck({
  id: 'policy-terms',
  title: 'A gain that is added to a log-probability',
  why: 'The gradient of a policy is the gain times that of the log-probability: where the gain is added it has no gradient, and nothing is learned from it.',
  instead: 'Write -(log_probs * advantages).mean().',
  needs: 'A log-probability and a gain by their names.',
  source: 'Sutton and Barto 2018, Reinforcement Learning, equation 13.8',
  speaksOf: /log_?p/i,
  forms: ['l*a', 'l*(a - v)'],
  roles: { l: named(LOGARITHM), a: named(GAIN) },
  slips: [
    { form: 'l + a', says: '{a} is added to {l}, and is to be multiplied with it.' },
    { form: 'a - l', says: '{l} is taken away from {a}, and is to be multiplied with it.' },
    {
      form: 'l*(a + v)',
      says: '{v} is added to {a}: the gain is what is more than {v}, their difference.',
      when: (_, { isNamed }) => isNamed('v', VALUE),
    },
  ],
  wrong: [
    POLICY('-(log_probs + advantages).mean()  # <--'),
    POLICY('-(log_probs * (returns + values)).mean()  # <--'),
  ],
  right: [POLICY('-(log_probs * advantages).mean()'), POLICY('-(log_probs * (returns - values)).mean()')],
});
