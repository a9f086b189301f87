import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind, makerOf } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { places } from '../../ask/places.js';

const LEARN = (best: string): string => `
import torch
import torch.nn as nn
q, old = nn.Linear(4, 2), nn.Linear(4, 2)
old.load_state_dict(q.state_dict())
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
def learn(memory, gamma):
    states, actions, rewards, after, ends = memory.sample(64)
    chosen = q(states).gather(1, actions.unsqueeze(1)).squeeze(1)
    with torch.no_grad():
        best = ${best}
    goal = rewards + gamma * best * (1 - ends)
    loss = nn.functional.mse_loss(chosen, goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
def follow():
    old.load_state_dict(q.state_dict())
`;

export const bestOfBatch: Check = {
  id: 'best-of-batch',
  title: 'The best value of the whole batch for every example',
  severity: 'warning',
  why: 'max() without a dimension gives one number: each example is told the value of the best action of any of them.',
  instead: 'Take the largest of each row: values.max(1)[0].',
  needs:
    'A loss of values gathered for a batch, against a target that discounts max(), without a dimension, of what a network gives.',
  wrong: [LEARN('old(after).max()  # <--'), LEARN('torch.max(old(after).detach())  # <--')],
  right: [LEARN('old(after).max(1)[0]'), LEARN('old(after).max(dim=1).values')],
  *run(program) {
    if (!/\bmax\(/.test(program.source) || !/gather/.test(program.source)) return;
    const seen = new Set<number>();
    for (const loss of lossesNamed(program, 'mse_loss', 'smooth_l1_loss', 'huber_loss')) {
      const target = isValue(loss.target) ? loss.target : undefined;
      if (target === undefined || loss.input === undefined) continue;
      const [chosen, goal] = [loss.input, target].some((value) => isGathered(value))
        ? isGathered(loss.input)
          ? [loss.input, target]
          : [target, loss.input]
        : [];
      const best = goal === undefined ? undefined : largestIn(goal);
      const at = best?.span;
      if (chosen === undefined || best === undefined || at === undefined || seen.has(at.start)) continue;
      if (at.source.file !== program.file) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'This is one number, the largest of the whole batch.',
        evidence: [places(['the values of the actions taken', chosen.span], ['the loss', loss.moment.span])],
      };
    }
  },
};

/** Whether a value is that of the actions that were taken, one for each example. */
function isGathered(value: Value): boolean {
  return makerOf(behind(value)) === 'gather';
}

/** In a target, the largest of all that a network gives, discounted. */
function largestIn(goal: Value): Value | undefined {
  const pending: { value: Value; isDiscounted: boolean }[] = [{ value: goal, isDiscounted: false }];
  for (let at = 0; at < pending.length && at < 60; at++) {
    const next = pending[at];
    if (next === undefined) break;
    const { value, isDiscounted } = next;
    const name = makerOf(value);
    if (name === 'max') {
      if (isDiscounted && isOfAll(value)) return value;
      continue;
    }
    const discounts = isDiscounted || name === 'mul';
    if (/^(add|sub|mul|detach|unsqueeze|view|reshape|to|float|squeeze|expand|neg)$/.test(name))
      for (const input of value.inputs) pending.push({ value: input, isDiscounted: discounts });
  }
  return undefined;
}

/** `net(x).max()`: of a network that is asked for a whole batch, without a dimension. */
function isOfAll({ made, inputs }: Value): boolean {
  if (made.kind !== 'operation' || made.args.named.size > 0 || made.args.positional.length !== 1)
    return false;
  const [of] = inputs;
  const asked = of && behind(makerOf(of) === 'detach' ? (of.inputs[0] ?? of) : of);
  if (asked === undefined) return false;
  // Of one example alone the largest of all is its own.
  if (asked.shape !== undefined && (asked.shape.length < 2 || asked.shape[0] === 1)) return false;
  const { made: by } = asked;
  return (
    by.kind === 'layer' ||
    by.kind === 'module' ||
    (by.kind === 'operation' && /^(call|forward)$/.test(by.name))
  );
}
