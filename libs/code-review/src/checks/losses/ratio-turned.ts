import { isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { learnedIn } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { isLogProbability } from './policy.js';

const UPDATE = (ratio: string): string => `
import torch
import torch.nn as nn
from torch.distributions import Categorical
actor = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 2))
optimizer = torch.optim.Adam(actor.parameters(), lr=1e-3)
def update(states, actions, before, advantages, eps=0.2):
    now = Categorical(logits=actor(states)).log_prob(actions)
    ratio = ${ratio}
    kept = torch.clamp(ratio, 1 - eps, 1 + eps)
    loss = -torch.min(ratio * advantages, kept * advantages).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const ratioTurned: Check = {
  id: 'ratio-turned',
  title: 'The ratio of the old policy to the new',
  severity: 'warning',
  why: 'What is done more than before has to make the ratio larger: turned round, steps make good actions less likely.',
  instead: 'Take exp(new_log_prob - old_log_prob).',
  needs:
    'exp of a difference from which the log-probability that learns is taken off, and a clamp of what it gives between 1 - eps and 1 + eps.',
  wrong: [UPDATE('torch.exp(before - now)  # <--')],
  right: [UPDATE('torch.exp(now - before)'), UPDATE('(now - before).exp()')],
  *run(program) {
    if (!/clamp|clip/.test(program.source) || !/log_prob/.test(program.source)) return;
    for (const { args, result, moment } of callsNamed(program, 'exp')) {
      const [difference] = args.positional;
      const at = moment.span;
      if (!isValue(difference) || difference.made.kind !== 'operation' || difference.made.name !== 'sub')
        continue;
      const [from, taken] = difference.made.args.positional;
      if (at === undefined || !isValue(from) || !isValue(taken) || !isLogProbability(taken)) continue;
      if (learnedIn(taken).length === 0 || learnedIn(from).length > 0) continue;
      const isKept = callsNamed(program, 'clamp', 'clip').some(
        ({ args: { positional } }) => positional[0] === result,
      );
      if (!isKept) continue;
      yield {
        at,
        message: 'This is the old probability over the new one: the ratio is turned round.',
        evidence: [places(['the log-probability that learns', taken.span])],
      };
      return;
    }
  },
};
