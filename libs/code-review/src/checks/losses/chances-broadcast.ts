import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { linearMaker, makerOf } from '../../ask/ancestry.js';
import { madeOnce, operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { functionsAround } from '../../ask/tree.js';
import type { Check } from '../../check.js';
import { isLogProbability } from './policy.js';

const UPDATE = (gain: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.policy, self.value = nn.Linear(4, 2), nn.Linear(4, 1)

    def loss_of(self, states, actions, returns):
        chances = torch.distributions.Categorical(F.softmax(self.policy(states), dim=1))
        gain = returns - self.value(states)
        loss = -(chances.log_prob(actions) * ${gain}).mean()
        return loss + gain.pow(2).mean()
`;

export const chancesBroadcast: Check = {
  id: 'chances-broadcast',
  title: 'Log-probabilities of a batch times a column of values',
  severity: 'warning',
  why: 'log_prob gives one number for each example, (N,), and a layer of one output a column, (N, 1): multiplied, each goes with each, N × N numbers, and the mean mixes what belongs to different examples.',
  instead: 'Take the column off the values first: values.squeeze(-1).',
  needs:
    'The log-probability of a categorical distribution over rows, times a difference with what a layer of one output gives as it is, in a function that takes the mean.',
  wrong: [UPDATE('gain.detach()').replace('.mean()\n', '.mean()  # <--\n')],
  right: [
    UPDATE('gain.squeeze(-1).detach()'),
    UPDATE('gain.detach()').replace('self.value(states)\n', 'self.value(states).squeeze(1)\n'),
  ],
  *run(program) {
    if (!/Categorical/.test(program.source) || !/dim\s*=\s*(1|-1)|\.shape\[0\]/.test(program.source)) return;
    for (const { result, given } of madeOnce(program, 'mul')) {
      const [one, other] = given;
      const gain = isLogProbability(one) ? other : isLogProbability(other) ? one : undefined;
      if (!isValue(gain) || result.span === undefined) continue;
      const column = columnIn(gain);
      const home = functionsAround(program, result.span).at(-1);
      if (column === undefined || home === undefined || !/\bmean\(/.test(home.span.text)) continue;
      // A single example at a time has no others to be mixed with.
      if (/\.(un)?squeeze\(0\)|unsqueeze\(|env\.step|\.sample\(\)|\[None/.test(home.span.text)) continue;
      yield {
        at: result.span,
        message:
          'Log-probabilities (N,) are multiplied with a column (N, 1): each with each, N × N products.',
        evidence: [places(['the column comes from here', column.span])],
      };
    }
  },
};

/** What a layer of one output gives, less or taken off an argument, with its column as it was. */
function columnIn(gain: Value): Value | undefined {
  const inner = makerOf(gain) === 'detach' && gain.inputs[0] !== undefined ? gain.inputs[0] : gain;
  if (makerOf(inner) !== 'sub') return undefined;
  const isColumn = (datum: Datum | undefined): datum is Value =>
    isValue(datum) && linearMaker(plain(datum))?.sizes['out_features'] === 1;
  return operandsOf(inner).find(isColumn);
}

const plain = (value: Value): Value =>
  makerOf(value) === 'detach' && value.inputs[0] !== undefined ? value.inputs[0] : value;
