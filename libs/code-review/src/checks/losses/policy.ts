import { isValue } from '@tensormark/frameworks';
import type { Datum, LossComputed, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, behind, linearMaker, makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { graphOf, learnedIn, mayReachParameters } from '../../ask/gradients.js';
import { lossesNamed } from '../../ask/losses.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { valuesLearnedFrom } from '../../ask/training.js';

/** Operations that leave what a log-probability is: put together, cut off, moved. */
const KEPT =
  /^(squeeze|unsqueeze|view|reshape|flatten|float|to|detach|stack|cat|getitem|unpacked|sum|clone)$/;

/** Whether a value is a log-probability: of a distribution of PyTorch's, or by the name it has. */
export function isLogProbability(datum: Datum | undefined, depth = 0): boolean {
  if (!isValue(datum) || depth > 20) return false;
  if (datum.span?.source.file.startsWith('<torch.distributions') === true) return true;
  const maker = makerOf(datum);
  if (maker === 'log_softmax' || maker === 'LogSoftmax') return true;
  const [first] = datum.inputs;
  return (KEPT.test(maker) || maker === 'gather') && isLogProbability(first, depth + 1);
}

const POLICY = `
import torch
import torch.nn as nn
from torch.distributions import Categorical
actor = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 2))
critic = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 1))
optimizer = torch.optim.Adam([*actor.parameters(), *critic.parameters()], lr=1e-3)
def update(states, actions, old_log_probs, returns):
    chances = Categorical(logits=actor(states))
    log_probs = chances.log_prob(actions)
    values = critic(states).squeeze(-1)
`;

export const ratioOfLogs: Check = {
  id: 'ratio-of-logs',
  title: 'Log-probabilities divided where their difference is meant',
  severity: 'warning',
  why: 'The ratio of two probabilities is exp(log p - log q); the quotient of their logarithms is another number, and turns around where chances grow.',
  instead: 'Write torch.exp(log_probs - old_log_probs.detach()).',
  needs: 'A quotient of which both sides are log-probabilities.',
  wrong: [
    `${POLICY}
    ratio = log_probs / old_log_probs.detach()  # <--
    loss = -torch.min(ratio * returns, ratio.clamp(0.8, 1.2) * returns).mean() + (returns - values).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `${POLICY}
    ratio = torch.exp(log_probs - old_log_probs.detach())
    loss = -torch.min(ratio * returns, ratio.clamp(0.8, 1.2) * returns).mean() + (returns - values).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  *run(program) {
    if (!/log_?prob|log_softmax|distributions/i.test(program.source)) return;
    for (const { result, given } of madeOnce(program, 'div', 'truediv')) {
      const [one, other] = given;
      if (!isLogProbability(one) && !isLogProbability(other)) continue;
      const isLog = (datum: Datum | undefined): boolean =>
        isLogProbability(datum) ||
        (isValue(datum) && /log_?p(rob|i|\b|_)|logp/i.test(datum.span?.text ?? ''));
      if (!isLog(one) || !isLog(other) || result.span === undefined) continue;
      yield {
        at: result.span,
        message: 'Two log-probabilities are divided: the ratio of the chances is exp() of their difference.',
        evidence: [],
      };
    }
  },
};

export const advantageNotDetached: Check = {
  id: 'advantage-not-detached',
  title: 'The loss of a policy that teaches its critic',
  severity: 'warning',
  why: 'Gradients of log-probability times advantage also go into the critic, which then makes its estimates so that the loss is small, not so that they are right.',
  instead: 'Detach the advantage: -(log_probs * advantage.detach()).mean().',
  needs:
    'A log-probability times a difference with what a layer of one output gives, in what gradients are computed of.',
  wrong: [
    `${POLICY}
    advantage = returns - values
    loss = -(log_probs * advantage).mean() + advantage.pow(2).mean()  # <--
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch.nn.functional as F

def step(agent, states, returns, optimizer):
    actions, values, log_probs = agent(states)
    policy_loss = ((returns - values) * log_probs).mean()  # <--
    loss = policy_loss + F.mse_loss(returns, values)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
from torch.distributions import Categorical
actor, critic = nn.Linear(4, 50), nn.Linear(4, 1)
optimizer = torch.optim.Adam([*actor.parameters(), *critic.parameters()], lr=1e-3)

def step(env):
    cities = env.draw(256)
    drawn = Categorical(logits=actor(cities))
    tour = drawn.sample()
    cost = env.length(cities, tour)
    told = critic(cities).squeeze(-1)
    loss = ((cost - told) * drawn.log_prob(tour)).mean() + nn.functional.mse_loss(told, cost)  # <--
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
import torch.nn.functional as F

def step(agent, states, returns, optimizer):
    actions, values, log_probs = agent(states)
    loss = ((returns - values.detach()) * log_probs).mean() + F.mse_loss(returns, values)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `${POLICY}
    advantage = returns - values
    loss = -(log_probs * advantage.detach()).mean() + advantage.pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  *run(program) {
    if (!/log_?prob|log_softmax|distributions/i.test(program.source)) return;
    const learned = valuesLearnedFrom(program);
    if (learned.size === 0) return;
    const fitted = lossesNamed(program, 'mse_loss', 'smooth_l1_loss', 'huber_loss', 'l1_loss');
    for (const { result, given } of madeOnce(program, 'mul')) {
      const [one, other] = given;
      const estimated = learned.has(result) ? estimateFitted(one, other, fitted) : undefined;
      if (estimated !== undefined && result.span !== undefined) {
        yield {
          at: result.span,
          message: 'Gradients of the policy’s loss go through this advantage into the critic.',
          evidence: [places(['the critic is fitted here', estimated.moment.span])],
        };
        continue;
      }
      const isChosen = (datum: Datum | undefined): boolean => isLogProbability(datum) || isRatio(datum);
      const weight = isChosen(one) ? other : isChosen(other) ? one : undefined;
      if (!isValue(weight) || !learned.has(result) || isLogProbability(weight)) continue;
      const graph = graphOf(weight);
      const difference = graph.find((value) => makerOf(value) === 'sub');
      const estimate = learnedIn(weight).find((value) => hasOneOutput(value));
      if (difference === undefined || estimate === undefined || result.span === undefined) continue;
      // What a distribution drew comes of it as well, and hands no gradients on.
      if (graph.some((value) => isLogProbability(value) && mayReachParameters(value))) continue;
      yield {
        at: result.span,
        message: 'Gradients of the policy’s loss go through this advantage into the critic.',
        evidence: [places(['the advantage', difference.span], ['the critic’s estimate', estimate.span])],
      };
    }
  },
};

/** `exp(log p - log q)`: how much likelier an action has become. */
function isRatio(datum: Datum | undefined): boolean {
  if (!isValue(datum) || makerOf(datum) !== 'exp') return false;
  const [difference] = datum.inputs;
  if (difference === undefined || makerOf(difference) !== 'sub' || difference.inputs.length !== 2)
    return false;
  return difference.inputs.every((one) => makerOf(one) === 'log' || isLogProbability(one));
}

/**
 * The loss that fits an estimate to returns, where the one less the other, as it is, weighs something that the same network
 * gave beside the estimate.
 */
function estimateFitted(
  one: Datum | undefined,
  other: Datum | undefined,
  fitted: readonly LossComputed[],
): LossComputed | undefined {
  for (const [advantage, weighed] of [
    [one, other],
    [other, one],
  ] as const) {
    if (!isValue(advantage) || !isValue(weighed) || makerOf(advantage) !== 'sub') continue;
    const parts = advantage.made.kind === 'operation' ? advantage.made.args.positional : [];
    const network = sourceOf(weighed);
    if (network === undefined) continue;
    const loss = fitted.find(
      ({ input, target }) =>
        input !== undefined && parts.includes(input) && target !== undefined && parts.includes(target),
    );
    if (
      loss !== undefined &&
      parts.some((part) => isValue(part) && part !== weighed && sourceOf(part) === network)
    )
      return loss;
  }
  return undefined;
}

/** What gave a tuple that a value was unpacked of. */
function sourceOf(value: Value): Value | undefined {
  return makerOf(value) === 'unpacked' ? value.inputs[0] : undefined;
}

function hasOneOutput(value: Value): boolean {
  return linearMaker(value)?.sizes['out_features'] === 1;
}

export const distributionArguments: Check = {
  id: 'distribution-arguments',
  title: 'Probabilities given as scores, or scores as probabilities',
  severity: 'warning',
  why: 'logits= takes a softmax of what it is given, so that probabilities become nearly uniform; probs= and multinomial() take probabilities, and scores below 0 are none.',
  instead: 'Give scores as logits=, and what softmax or sigmoid gave as probs=.',
  needs: 'A distribution made in the file of what a layer, or an activation after it, gives.',
  wrong: [
    `
import torch
import torch.nn as nn
from torch.distributions import Categorical
actor = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2), nn.Softmax(dim=-1))
action = Categorical(logits=actor(torch.randn(8, 4))).sample()  # <--
`,
    `
import torch
import torch.nn as nn
from torch.distributions import Categorical
actor = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2))
def act(state):
    return Categorical(actor(state)).sample()  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
from torch.distributions import Bernoulli, Categorical
actor = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2))
scores = actor(torch.randn(8, 4))
one, other = Categorical(logits=scores), Categorical(torch.softmax(scores, dim=-1))
third, fourth = Categorical(logits=torch.log_softmax(scores, dim=-1)), Bernoulli(torch.sigmoid(scores))
`,
  ],
  *run(program) {
    if (!/Categorical|Bernoulli|multinomial/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { name, owner, args, moment, result } of eventsOf(program, 'call')) {
      const at = moment.span;
      if (at === undefined || at.source.file !== program.file || seen.has(at.start)) continue;
      const isMade = name === '__new__' && owner === '' && isDistribution(result);
      const isDrawn = name === 'multinomial';
      if (!isMade && !isDrawn) continue;
      const scores = args.named.get('logits');
      const chances = args.named.get('probs') ?? args.positional[isMade ? 1 : 0];
      const message =
        isValue(scores) && isChance(scores)
          ? 'Probabilities are given as logits: a softmax is taken of them once more.'
          : isValue(chances) && isScore(chances)
            ? 'Scores of a layer are given as probabilities.'
            : undefined;
      if (message === undefined) continue;
      seen.add(at.start);
      yield {
        at,
        message,
        evidence: [places(['they come from here', (isValue(scores) ? scores : (chances as Value)).span])],
      };
    }
  },
};

function isDistribution(datum: Datum | undefined): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    /^(Categorical|OneHotCategorical|Bernoulli)$/.test(datum.type)
  );
}

function isChance(value: Value): boolean {
  return /^(softmax|sigmoid)$/.test(activationOf(behind(value)) ?? '');
}

function isScore(value: Value): boolean {
  const given = behind(value);
  return linearMaker(given) !== undefined || activationOf(given) === 'log_softmax';
}
