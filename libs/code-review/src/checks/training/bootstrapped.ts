import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, LossComputed, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { activationOf, comesOf, makerOf } from '../../ask/ancestry.js';
import { isPlaces, mayReachParameters } from '../../ask/gradients.js';
import { lossesNamed } from '../../ask/losses.js';
import { operandsOf } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';
import { nodesOf } from '../../ask/tree.js';

const LEARN = (chosen: string, best: string, last = 'self.last(x)'): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Values(nn.Module):
    def __init__(self, states, actions):
        super().__init__()
        self.first, self.last = nn.Linear(states, 64), nn.Linear(64, actions)

    def forward(self, x):
        x = F.relu(self.first(x))
        return ${last}

class Agent:
    def __init__(self, states, actions):
        self.q, self.q_old = Values(states, actions), Values(states, actions)
        self.q_old.load_state_dict(self.q.state_dict())
        self.optimizer = torch.optim.Adam(self.q.parameters(), lr=1e-3)

    def learn(self, s, a, r, s2, done):
        ${chosen}
        with torch.no_grad():
            ${best}
            goal = r + 0.99 * best * (1 - done)
        loss = F.smooth_l1_loss(chosen, goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.q_old.load_state_dict(self.q.state_dict())
`;
const CHOSEN = 'chosen = self.q(s).gather(1, a.unsqueeze(1)).squeeze(1)';
const BEST = 'best = self.q_old(s2).max(dim=1)[0]';

/** A loss that pulls the value of what was done towards its reward and the discounted value of what comes next. */
interface Bootstrap {
  readonly loss: LossComputed;
  readonly chosen: Value;
  /** The value of the next state, as it is discounted. */
  readonly next: Value;
}

const REGRESSIONS = ['mse_loss', 'smooth_l1_loss', 'huber_loss', 'l1_loss'] as const;

export function* bootstrapsIn(program: Program): Generator<Bootstrap> {
  for (const loss of lossesNamed(program, ...REGRESSIONS)) {
    const sides = [loss.input, loss.target].filter(isValue);
    for (const [at, side] of sides.entries()) {
      const next = nextIn(side);
      const chosen = sides[1 - at];
      if (next !== undefined && chosen !== undefined && mayReachParameters(chosen)) {
        yield { loss, chosen, next };
        break;
      }
    }
  }
}

const LAID_OUT =
  /^(unsqueeze|squeeze|view|reshape|flatten|detach|float|to|cuda|cpu|clone|contiguous|type|double)$/;

function behindLayout(value: Value): Value {
  let current = value;
  while (LAID_OUT.test(makerOf(current)) && current.inputs[0] !== undefined) [current] = current.inputs;
  return current;
}

/** Of `reward + gamma * next * (1 - done)`, the value of the next state. */
function nextIn(side: Value): Value | undefined {
  const sum = behindLayout(side);
  if (makerOf(sum) !== 'add') return undefined;
  const [one, other] = operandsOf(sum);
  for (const [discounted, reward] of [
    [other, one],
    [one, other],
  ]) {
    if (!isValue(discounted) || (isValue(reward) && isOfNetwork(reward))) continue;
    const factors = factorsOf(discounted);
    const nexts = factors.filter(isValue).filter(isOfNetwork);
    const isDiscounted = factors.some((factor) => factor !== nexts[0] && mayBeDiscount(factor));
    if (nexts.length === 1 && isDiscounted) return nexts[0];
  }
  return undefined;
}

function factorsOf(datum: Datum, depth = 0): Datum[] {
  if (!isValue(datum) || depth > 8) return [datum];
  const value = behindLayout(datum);
  return makerOf(value) === 'mul' ? operandsOf(value).flatMap((one) => factorsOf(one, depth + 1)) : [value];
}

function mayBeDiscount(datum: Datum): boolean {
  if (typeof datum === 'number') return datum > 0.5 && datum <= 1;
  return isValue(datum) && /gamma|discount/i.test(datum.span?.text ?? '');
}

function isOfNetwork(value: Value): boolean {
  return comesOf(value, ({ made }) => made.kind === 'layer');
}

export const bootstrapPlaces: Check = {
  id: 'bootstrap-places',
  title: 'The number of the best action for its value',
  severity: 'warning',
  why: 'max over a dimension gives values and their places: discounting the places makes the target depend on how actions are numbered.',
  instead: 'Take the values: q(next_state).max(dim=1)[0].',
  needs:
    'A target of reward and discount, in which the places of the largest values of a network are multiplied.',
  wrong: [
    LEARN(CHOSEN, 'best = self.q_old(s2).max(dim=1)[1]  # <--'),
    LEARN(CHOSEN, 'best = self.q_old(s2).argmax(dim=1)  # <--'),
    `
import numpy as np
from models import q
def goal_of(reward, next_state, gamma):
    values = q.predict(next_state)
    return reward + gamma * np.argmax(values, axis=1)  # <--
`,
  ],
  right: [
    LEARN(CHOSEN, BEST),
    LEARN(CHOSEN, 'best = self.q_old(s2).gather(1, self.q(s2).argmax(1, keepdim=True)).squeeze(1)'),
  ],
  *run(program) {
    yield* placesByFunction(program);
    for (const { next, loss } of bootstrapsIn(program)) {
      if (next.span === undefined || !(isPlaces(next) || makerOf(next) === 'argmax')) continue;
      yield {
        at: next.span,
        message: 'What is discounted here are the places of the largest values, not the values.',
        evidence: [places(['the loss', loss.moment.span])],
      };
    }
  },
};

export const bestForChosen: Check = {
  id: 'best-for-chosen',
  title: 'The value of the best action for that of the one taken',
  severity: 'warning',
  why: 'The reward came of the action that was taken: pulling the largest value towards it teaches the network nothing of the others, and wrongly of that one.',
  instead: 'Take the value of the action: q(state).gather(1, action.unsqueeze(1)).',
  needs:
    'A loss between the largest value that a network gives, with its gradient, and a target of reward and discount.',
  wrong: [LEARN('chosen = self.q(s).max(dim=1)[0]  # <--', BEST)],
  right: [LEARN(CHOSEN, BEST)],
  *run(program) {
    for (const { chosen, loss } of bootstrapsIn(program)) {
      const given = behindLayout(chosen);
      const [of, key] = operandsOf(given);
      const largest = /^(getitem|unpacked)$/.test(makerOf(given)) && key === 0n && isValue(of) ? of : given;
      const isLargest = makerOf(largest) === 'amax' || (makerOf(largest) === 'max' && hasDim(largest));
      const scores = largest.inputs[0];
      if (!isLargest || scores?.made.kind !== 'layer' || given.span === undefined) continue;
      yield {
        at: given.span,
        message: 'The largest value is taken here, whatever was done: the action is read nowhere.',
        evidence: [places(['the loss', loss.moment.span])],
      };
    }
  },
};

function hasDim({ made }: Value): boolean {
  return made.kind === 'operation' && typeof argument(made.args, 'dim', 1) === 'bigint';
}

export const valuesBounded: Check = {
  id: 'values-bounded',
  title: 'Values of actions behind an activation',
  severity: 'warning',
  why: 'Values are sums of rewards and may be any number: behind softmax, sigmoid or tanh they stay within 1, and behind ReLU none is below 0.',
  instead: 'Give what the last layer gives as it is.',
  needs:
    'A network whose outputs, straight behind an activation, are pulled towards reward and discounted value.',
  wrong: [LEARN(CHOSEN, BEST, 'F.softmax(self.last(x), dim=1)  # <--')],
  right: [LEARN(CHOSEN, BEST)],
  *run(program) {
    const seen = new Set<number>();
    for (const { chosen, loss } of bootstrapsIn(program)) {
      const picked = behindLayout(chosen);
      const outputs = makerOf(picked) === 'gather' ? picked.inputs[0] : picked;
      const kind = outputs && activationOf(outputs);
      const at = outputs && spanOfMaking(outputs);
      if (at === undefined || seen.has(at.start)) continue;
      if (kind !== 'softmax' && kind !== 'sigmoid' && kind !== 'tanh' && kind !== 'relu') continue;
      seen.add(at.start);
      yield {
        at,
        message: `The values of the actions are what ${kind} gives, and are learned from sums of rewards.`,
        evidence: [places(['the loss', loss.moment.span])],
        ...(kind === 'relu' && { severity: 'design' as const }),
      };
    }
  },
};

export const bestOverBatch: Check = {
  id: 'best-over-batch',
  title: 'The best action of the whole batch',
  severity: 'warning',
  why: 'Dimension 0 is the batch: one value for each action, the largest of all states, is then added to the rewards one by one.',
  instead: 'Look for the largest among the actions: max(dim=1)[0].',
  needs:
    'A target in which a network’s values are the largest over dimension 0, beside values gathered over dimension 1.',
  wrong: [LEARN(CHOSEN, 'best = self.q_old(s2).max(dim=0)[0]  # <--')],
  right: [LEARN(CHOSEN, BEST), LEARN('chosen = self.q(s)[a]', 'best = self.q_old(s2).max(dim=0)[0]')],
  *run(program) {
    for (const { chosen, next, loss } of bootstrapsIn(program)) {
      const picked = behindLayout(chosen);
      if (
        picked.made.kind === 'operation' &&
        picked.made.name === 'gather' &&
        argument(picked.made.args, 'dim', 1) === 0n &&
        picked.inputs[0]?.made.kind === 'layer' &&
        picked.span !== undefined
      ) {
        yield {
          at: picked.span,
          message: 'Values are gathered over dimension 0, the examples: an action is taken for a row.',
          instead: 'Gather among the actions: q(state).gather(1, action.unsqueeze(1)).',
          evidence: [places(['the loss', loss.moment.span])],
        };
        continue;
      }
      const isOfBatch =
        picked.made.kind === 'operation' &&
        picked.made.name === 'gather' &&
        argument(picked.made.args, 'dim', 1) === 1n;
      const [of, key] = operandsOf(next);
      const largest = /^(getitem|unpacked)$/.test(makerOf(next)) && key === 0n && isValue(of) ? of : next;
      if (!isOfBatch || largest.made.kind !== 'operation' || !/^a?max$/.test(largest.made.name)) continue;
      if (argument(largest.made.args, 'dim', 1) !== 0n || largest.inputs[0]?.made.kind !== 'layer') continue;
      if (largest.span === undefined) continue;
      yield {
        at: largest.span,
        message: 'The largest value is looked for over dimension 0, the examples, and not among the actions.',
        evidence: [places(['the loss', loss.moment.span])],
      };
    }
  },
};

/** `reward + gamma * np.argmax(values)`, of NumPy and TensorFlow. */
function* placesByFunction(program: Program): Generator<Found> {
  if (!/gamma|discount/i.test(program.source)) return;
  for (const product of nodesOf(program, 'BinOp')) {
    if (product.operator !== '*') continue;
    const [one, other] = [product.left, product.right];
    const best = [one, other].find(
      (node) => node.kind === 'Call' && /(^|\.)arg_?max$/.test(node.callee.span.text),
    );
    const by = best === one ? other : one;
    if (best === undefined || !/^(self\.)?(gamma|discount\w*)$/i.test(by.span.text)) continue;
    yield {
      at: best.span,
      message: 'What is discounted here is the place of the largest value, not the value.',
      instead: 'Take the largest value itself: np.max(values).',
      evidence: [],
    };
  }
}
