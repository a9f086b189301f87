import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const RATIO = (ratio: string): string => `
import torch

def loss_of(log_probs, old_log_probs, advantages):
    ratio = ${ratio}
    clipped = torch.clamp(ratio, 0.8, 1.2)
    return -torch.min(ratio * advantages, clipped * advantages).mean()
`;

export const probabilityRatio = formulaCheck({
  id: 'probability-ratio-form',
  title: 'A ratio of probabilities that is a product',
  why: 'exp(log p - log q) is the ratio p / q, which is 1 where the policy is unchanged; exp(log p + log q) is their product, and clipping it about 1 means nothing.',
  instead: 'Write (log_probs - old_log_probs).exp().',
  needs: 'An exponential of a sum of two things that are called logarithms of probabilities.',
  source: 'Schulman et al. 2017, Proximal Policy Optimization Algorithms, section 3',
  speaksOf: /ratio/i,
  forms: ['exp(n - o)'],
  roles: { n: named(/log|prob|pi|policy/i), o: named(/old|prev|behavio/i) },
  slips: [
    {
      form: 'exp(n + o)',
      says: 'The logarithms are added: this is the product of the probabilities, and not their ratio.',
    },
    {
      form: 'n * o',
      says: 'The probabilities are multiplied, and are to be divided.',
      when: (_, { isNamed }) => isNamed('n', /log_?p/i),
    },
  ],
  wrong: [RATIO('torch.exp(log_probs + old_log_probs)  # <--')],
  right: [RATIO('torch.exp(log_probs - old_log_probs)')],
});
