import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const LEARN = (values: string): string => `
import torch
import torch.nn.functional as F
from networks import QNetwork
from memory import draw
online, slow = QNetwork(), QNetwork()
optimizer = torch.optim.Adam(online.parameters())

def learn(gamma=0.99):
    states, actions, rewards, after, done = draw(64)
    with torch.no_grad():
        best = online(after).argmax(dim=1, keepdim=True)
        wanted = rewards + gamma * (1 - done) * slow(after).gather(1, best)
    loss = F.mse_loss(${values}, wanted)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const valuesOfAll: Check = {
  id: 'values-of-all',
  title: 'The values of all actions are drawn to the target of one',
  severity: 'warning',
  why: 'The target is for the action that was taken: laid against the whole row, it draws the values of all actions to the same.',
  instead: 'Take the value of the taken action: q(states).gather(1, actions).',
  needs:
    'A loss between what a network gives, of which a choice is made elsewhere by its largest, and a target made of one value for each example.',
  wrong: [LEARN('online(states)').replace('wanted)', 'wanted)  # <--')],
  right: [LEARN('online(states).gather(1, actions)')],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    for (const loss of lossesNamed(program, 'mse_loss', 'smooth_l1_loss', 'huber_loss', 'l1_loss')) {
      const { input, target, moment } = loss;
      const at = moment.span;
      if (input === undefined || !isValue(target) || at === undefined) continue;
      const by = calledFor(input);
      if (by === undefined || !isChosenFrom(program, by)) continue;
      const chosen = oneOfEach(target);
      if (chosen === undefined) continue;
      yield {
        at,
        message: 'What the network says of every action is compared with one value for each example.',
        evidence: [places(['one of each row is taken here', chosen.span])],
      };
    }
  },
};

/** The network that gave a value, straight. */
function calledFor({ made, shape }: Value): Datum | undefined {
  if (made.kind === 'module') return made.module;
  if (made.kind !== 'operation' || made.name !== 'call' || shape !== undefined) return undefined;
  return made.args.positional[0];
}

/** Whether one of several that a network gives is chosen anywhere, by their largest or by number. */
function isChosenFrom(program: Program, by: Datum): boolean {
  return callsNamed(program, 'argmax', 'gather', 'max').some(({ args }) => {
    const [given] = args.positional;
    return isValue(given) && calledFor(given) === by;
  });
}

/** Where a target takes one of each row, in sums and products of numbers for each example. */
function oneOfEach(target: Value): Value | undefined {
  let found: Value | undefined;
  comesOf(target, (value) => {
    if (found !== undefined || !/^(gather|max)$/.test(makerOf(value)) || value.made.kind !== 'operation')
      return false;
    const { args } = value.made;
    if (args.positional[1] !== 1n && args.named.get('dim') !== 1n) return false;
    const [of] = value.inputs;
    if (of === undefined || calledFor(of) === undefined) return false;
    found = value;
    return true;
  });
  // What is written into rows of what the network says is no single value.
  return found !== undefined &&
    comesOf(target, (value) => /^(setitem|scatter_?|where|index_put_?|clone)$/.test(makerOf(value)))
    ? undefined
    : found;
}
