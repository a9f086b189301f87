import { asNumber } from '../../algebra/expression.js';
import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const SHARE = (share: string): string => `
import math
import torch

EPS_START, EPS_END, EPS_DECAY = 0.9, 0.05, 200

def chosen(network, state, steps):
    eps_threshold = ${share}
    if torch.rand(1).item() > eps_threshold:
        return network(state).argmax(1)
    return torch.randint(0, 2, (1,))
`;

const SAYS_GROWS = 'The exponent is positive: the share of random actions grows without end.';

export const explorationForm = formulaCheck({
  id: 'exploration-form',
  title: 'A share of random actions that does not fall to its end',
  why: 'It is end + (start - end)·exp(-t / T): it begins at the start and falls to the end. With another sign it grows, or is no share at all.',
  instead: 'Write EPS_END + (EPS_START - EPS_END) * math.exp(-steps / EPS_DECAY).',
  needs: 'An exponential between what are called shares of exploration.',
  source: 'Mnih et al. 2015, Human-level Control through Deep Reinforcement Learning, methods',
  speaksOf: /eps/i,
  forms: ['e + (s - e)*exp(-t)', 'a + b*exp(-t)'],
  numbers: ['a', 'b'],
  roles: {
    s: named(/start|max|init/i),
    e: named(/end|min|final/i),
    a: (of) => (asNumber(of) ?? -1) >= 0,
    b: (of) => (asNumber(of) ?? -1) > 0,
    t: (of) => of.terms.length === 1 && (of.terms[0]?.coefficient ?? 0) > 0,
  },
  slips: [
    { form: 'e + (s - e)*exp(t)', says: SAYS_GROWS },
    { form: 'e + (e - s)*exp(-t)', says: '{s} is taken away from {e}: the share begins below its end.' },
    {
      form: 'e + (s + e)*exp(-t)',
      says: 'The share begins at {s} and twice {e}: the difference of the two is meant.',
    },
    { form: 'e - (s - e)*exp(-t)', says: 'The exponential is taken away: the share begins below its end.' },
    {
      form: 'a + b*exp(t)',
      says: SAYS_GROWS,
      when: (_, { givenTo }) => /eps/i.test(givenTo),
    },
    {
      form: 'a - b*exp(-t)',
      says: 'The exponential is taken away: the share begins below 0.',
      when: ({ bindings }, { givenTo }) => {
        const [least, most] = ['a', 'b'].map((name) => {
          const of = bindings.get(name);
          return of && asNumber(of);
        });
        return /eps/i.test(givenTo) && least !== undefined && most !== undefined && least < most;
      },
    },
  ],
  wrong: [
    SHARE('EPS_END + (EPS_START - EPS_END) * math.exp(steps / EPS_DECAY)  # <--'),
    SHARE('EPS_END + (EPS_END - EPS_START) * math.exp(-1. * steps / EPS_DECAY)  # <--'),
  ],
  right: [SHARE('EPS_END + (EPS_START - EPS_END) * math.exp(-1. * steps / EPS_DECAY)')],
});
