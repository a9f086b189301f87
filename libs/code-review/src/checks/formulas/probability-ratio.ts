import { formulaCheck } from './formula.js';
import { named, notNamed } from './roles.js';

const RATIO = (ratio: string): string => `
import torch

def loss_of(log_probs, old_log_probs, advantages):
    ratio = ${ratio}
    clipped = torch.clamp(ratio, 0.8, 1.2)
    return -torch.min(ratio * advantages, clipped * advantages).mean()
`;

const OLD = /old|prev|behavio/i;
const LOGARITHM = /log/i;
const RATIO_NAME = /^(ratios?|r_t|prob_ratio|ratio_\w+)$/i;

export const probabilityRatio = formulaCheck({
  id: 'probability-ratio-form',
  title: 'A ratio of probabilities that is a product',
  why: 'exp(log p - log q) is the ratio p / q, which is 1 where the policy is unchanged; exp(log p + log q) is their product, and clipping it about 1 means nothing.',
  instead: 'Write (log_probs - old_log_probs).exp().',
  needs: 'An exponential of a sum of two things that are called logarithms of probabilities.',
  source: 'Schulman et al. 2017, Proximal Policy Optimization Algorithms, section 3',
  speaksOf: /ratio/i,
  forms: ['exp(n - o)', 'n / o'],
  isExact: true,
  roles: { n: notNamed(OLD), o: named(OLD) },
  slips: [
    {
      form: 'exp(n + o)',
      says: 'The logarithms are added: this is the product of the probabilities, and not their ratio.',
      when: (_, { isNamed }) => isNamed('n', LOGARITHM),
    },
    {
      form: 'exp(o - n)',
      says: 'This is the ratio of the old policy to the new: {o} is to be taken away from {n}.',
      when: (_, { isNamed }) => isNamed('n', LOGARITHM) && isNamed('o', LOGARITHM),
    },
    {
      form: 'n - o',
      says: 'The difference of the logarithms is no ratio: its exponential is.',
      when: (_, { isNamed, givenTo }) =>
        RATIO_NAME.test(givenTo) && (isNamed('n', LOGARITHM) || isNamed('o', LOGARITHM)),
    },
    {
      form: 'log(p) - log(q)',
      says: 'The difference of the logarithms is no ratio: its exponential is.',
      when: (_, { givenTo }) => RATIO_NAME.test(givenTo),
    },
    {
      form: 'p*q',
      says: 'The probabilities are multiplied: their ratio is their quotient.',
      when: (_, { isNamed, givenTo }) =>
        RATIO_NAME.test(givenTo) &&
        ['p', 'q'].every((name) => isNamed(name, /prob|^pi(_\w+)?$|action|policy/i)),
    },
    {
      form: 'r + a',
      says: '{a} is added to {r}, and is to be multiplied with it.',
      when: (_, { isNamed }) => isNamed('r', RATIO_NAME) && isNamed('a', /^adv/i),
    },
  ],
  wrong: [RATIO('log_probs - old_log_probs  # <--'), RATIO('torch.exp(log_probs + old_log_probs)  # <--')],
  right: [RATIO('torch.exp(log_probs - old_log_probs)')],
});
