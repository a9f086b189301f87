import { atomOf, onlyTerm } from '../../algebra/expression.js';
import type { Expression } from '../../algebra/expression.js';
import { valueIn } from '../../algebra/read.js';
import { formulaCheck } from './formula.js';
import type { Asked } from './formula.js';
import { named, numberOrNamed } from './roles.js';

const TARGET = (target: string): string => `
import torch

def target_of(network, reward, next_state, done, gamma=0.99):
    best = network(next_state).max(1)[0]
    return ${target}
`;

const UNPACKED = (end: string): string => `
def target_of(network, batch, gamma=0.99):
    s, a, r, s2, d = batch
    return r + gamma * network(s2).max(1)[0] * ${end}
`;

const RETURNS = (next: string): string => `
def returns_of(rewards, gamma):
    total, returns = 0.0, []
    for reward in reversed(rewards):
        total = ${next}
        returns.insert(0, total)
    return returns
`;

const REWARD =
  /^_*(b|batch|s|mb)?_*(r|rew|rews|rewards?|R)(_*(batch|b|t|tensor|s))?$|reward|^(td_?)?deltas?$/i;

const ENDED = /^(is_)?(dones?|terminals?|terminated)(_(batch|b|t))?$/i;
/** `s, a, r, s2, d = batch`: the last is whether the episode has ended. */
const LAST_OF_FIVE = /\b\w+, *\w+, *r\w*, *\w+, *d\b\s*(=|in\b)/;
/** Where what is called done is told the other way round somewhere. */
const TURNED =
  /\b0(\.0*)? if \w*(done|term)|1(\.0*)?\s*-\s*[\w.]*(done|term)|not \w*(done|term)|done_mask|~\s*\w*(done|term)|logical_not|else 0(\.0*)?\b|masks?\b/i;

export const discountedForm = formulaCheck({
  id: 'discounted-form',
  title: 'A target of values with a slip in it',
  why: 'What a state is worth is the reward and γ times what the next is worth: with another sign or operation values do not come to anything that rewards add up to.',
  instead: 'Write reward + gamma * value_of_next * (1 - done).',
  needs: 'A reward and a discount by their names, with a slip in one place.',
  source: 'Sutton and Barto 2018, Reinforcement Learning, equation 6.2',
  speaksOf: /gamma|discount/i,
  forms: ['r + g*q', 'r + g*q*k - v', 'r + g*q*(1 - d)', 'r + g*q*(1 - d) - v', 'r + g*q - v'],
  numbers: ['g'],
  roles: {
    r: named(REWARD),
    g: numberOrNamed(0.5, 0.9999, /gamma|discount/i),
    d: named(/done|terminal|terminated|^d$|finish|over|end/i),
    q: (of, asked) =>
      !isOfEnd(of, asked) &&
      !of.terms.some(({ factors }) => factors.some(({ base }) => base.kind === 'sum' && isOneAndMore(base))),
    v: (of) => valueIn(of) !== undefined,
  },
  slips: [
    {
      form: 'r - g*q',
      says: 'The value of what comes next is taken away from the reward, and is to be added.',
      when: ({ scale }, { isNamed }) => scale > 0 && !isNamed('q', /cost|penalty/i),
    },
    {
      form: 'r - g*q - v',
      says: 'The value of what comes next is taken away from the reward, and is to be added.',
      when: (_, { isNamed }) => isNamed('v', /val|^v|^q|critic/i),
    },
    {
      form: 'r + g*q*d',
      says: 'The value of what comes next counts only where the episode has ended: 1 - {d} is meant.',
      when: ({ bindings }, asked) => isEnd(bindings.get('d'), asked),
    },
    {
      form: 'r - g*q*(1 - d)',
      says: 'The value of what comes next is taken away from the reward, and is to be added.',
    },
    {
      form: 'r + g*q*(1 + d)',
      says: 'At the end of an episode the value of what comes next counts twice: 1 - {d} is meant.',
    },
    {
      form: 'r + g + q',
      says: 'The discount is added, and is to be multiplied with the value of what comes next.',
      when: (_, { isNamed }) => isNamed('g', /gamma|discount/i),
    },
    {
      form: 'r + g + q*(1 - d)',
      says: 'The discount is added, and is to be multiplied with the value of what comes next.',
      when: (_, { isNamed }) => isNamed('g', /gamma|discount/i),
    },
    {
      form: 'r + g*(q + 1 - d)',
      says: '1 - {d} is added to the value of what comes next, and is to be multiplied with it.',
    },
    {
      form: 'r + g*q + 1 - d',
      says: '1 - {d} is added, and is to be multiplied with the value of what comes next.',
    },
    {
      form: 'r*g*q*(1 - d)',
      says: 'The reward is multiplied with the value of what comes next, and is to be added to it.',
    },
    {
      form: 'r + g*q*(1 - d) + v',
      says: 'The value of the state is added, and is to be taken away.',
      when: (_, { isNamed }) => isNamed('v', /val|^v|^q/i),
    },
  ],
  wrong: [
    TARGET('reward - gamma * best * (1 - done)  # <--'),
    TARGET('reward + gamma * best * (1 + done)  # <--'),
    TARGET('reward + (1 - done) + gamma * best  # <--'),
    UNPACKED('d  # <--'),
    RETURNS('reward - gamma * total  # <--'),
  ],
  right: [
    UNPACKED('(1 - d)'),
    TARGET('reward + gamma * best * (1 - done)'),
    RETURNS('reward + gamma * total'),
  ],
});

/** Whether it is what tells that an episode has ended, and nothing in the program tells it the other way round. */
function isEnd(of: Expression | undefined, { program: { source }, nameOf }: Asked): boolean {
  const name = of === undefined ? '' : nameOf(of);
  if (TURNED.test(source)) return false;
  return (
    ENDED.test(name) || (name === 'd' && LAST_OF_FIVE.test(source) && !/1(\.0*)?\s*-\s*d\b/.test(source))
  );
}

/** Whether one of the factors is that. */
function isOfEnd(of: Expression, asked: Asked): boolean {
  return (onlyTerm(of)?.factors ?? []).some(
    ({ base }) => base.kind === 'atom' && isEnd(atomOf(base.key, base.value), asked),
  );
}

/** 1 + d, which nothing is weighed by. */
function isOneAndMore({ terms: [first, second, ...others] }: Expression): boolean {
  return (
    others.length === 0 &&
    first?.factors.length === 0 &&
    second !== undefined &&
    first.coefficient * second.coefficient > 0
  );
}
