import { asNumber } from '../../algebra/expression.js';
import type { Match } from '../../algebra/match.js';
import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const MOVED = (blend: string): string => `
import torch

def move(target, source, tau=0.005):
    for old, new in zip(target.parameters(), source.parameters()):
        old.data.copy_(${blend})
`;

const SHARE = named(/^(tau|polyak|momentum|decay|ema\w*|rho|smoothing|alpha|beta|factor|keep)$/i);

/** The two numbers of a blend, where both are known. */
function sharesOf({ bindings }: Match): readonly [number, number] | undefined {
  const [one, other] = ['k', 'l'].map((name) => {
    const of = bindings.get(name);
    return of && asNumber(of);
  });
  return one === undefined || other === undefined ? undefined : [one, other];
}

const isClose = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;

export const blendForm = formulaCheck({
  id: 'blend-form',
  title: 'Shares of a blend that do not come to 1',
  why: 'A moving average keeps 1 - τ of the old and takes τ of the new: where both do not come to 1 it grows, or fades, with each step.',
  instead: 'Write tau * new + (1 - tau) * old.',
  needs: 'Two things weighed by a share and what is written where 1 less that share belongs.',
  source: 'Lillicrap et al. 2016, Continuous Control with Deep Reinforcement Learning, algorithm 1',
  speaksOf: /1(\.0?)?\s*\+|tau|polyak|momentum|decay|ema/i,
  forms: ['a*x + (1 - a)*y'],
  roles: { a: SHARE },
  numbers: ['k', 'l'],
  slips: [
    { form: 'a*x + (1 + a)*y', says: 'The shares are {a} and 1 + {a}: 1 - {a} is meant.' },
    {
      form: 'a*x + a*y',
      says: 'Both shares are {a}: one is to be 1 - {a}.',
      when: (_, { isNamed }) => isNamed('a', /^(tau|polyak|ema\w*)$/i),
    },
    {
      form: 'a*x - (1 - a)*y',
      says: 'What is kept is taken away from what is new, and is to be added.',
      when: (_, { isNamed }) => isNamed('a', /^(tau|polyak|ema\w*|momentum)$/i),
    },
    {
      form: 'k*x + l*y',
      says: 'The shares come to more than 1: one is 1 more than the other, and is to be 1 less it.',
      when: (match, { isNamed }) => {
        const shares = sharesOf(match);
        if (shares === undefined || !['x', 'y'].every((name) => isNamed(name, /^data$|param|weight/i)))
          return false;
        const [least, most] = shares.toSorted((one, other) => one - other);
        return least !== undefined && most !== undefined && least > 0 && isClose(most - least, 1);
      },
    },
    {
      form: 'k*x + l*y',
      says: 'Both shares are the same small number: one is to be 1 less it.',
      when: (match, { isNamed }) => {
        const shares = sharesOf(match);
        return (
          shares !== undefined &&
          ['x', 'y'].every((name) => isNamed(name, /^data$|param|weight/i)) &&
          shares[0] > 0 &&
          shares[0] < 0.2 &&
          isClose(shares[0], shares[1])
        );
      },
    },
  ],
  wrong: [
    MOVED('tau * new.data + (1 + tau) * old.data').replace('old.data)\n', 'old.data)  # <--\n'),
    MOVED('tau * new.data + tau * old.data').replace('old.data)\n', 'old.data)  # <--\n'),
  ],
  right: [MOVED('tau * new.data + (1 - tau) * old.data'), MOVED('old.data + tau * (new.data - old.data)')],
});
