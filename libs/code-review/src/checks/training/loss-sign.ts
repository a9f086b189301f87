import { isInside, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { statementsOf } from '../../ask/tree.js';
import { backwardsOf, trainingLoops } from '../../ask/training.js';
import { turnedAdvantages } from './written-advantage.js';
import { writtenPolicySigns } from './written-policy-sign.js';

export const lossSign: Check = {
  id: 'loss-sign',
  title: 'A loss that is made larger',
  severity: 'warning',
  why: 'Steps go down the gradient of what backward() is called on: of a loss with a minus they lead away from what is wanted.',
  instead: 'Leave the minus out: cross entropy and squared errors are to become small.',
  needs: 'The only loss of a program, with a minus before it and the only optimiser stepping after it.',
  wrong: [
    `
import torch
from torch.distributions import Categorical
def loss_of(model, states, actions, returns):
    logits, values = model(states)
    log_probs = Categorical(logits=logits).log_prob(actions)
    advantage = values.squeeze(-1).detach() - returns  # <--
    policy_loss = -(log_probs * advantage).mean()
    return policy_loss + 0.5 * (returns - values.squeeze(-1)).pow(2).mean()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = -criterion(model(inputs), labels)  # <--
    loss.backward()
    optimizer.step()
`,
    `
import torch
from torch.distributions import Categorical
def update(policy, optimizer, states, actions, returns):
    chances = Categorical(logits=policy(states))
    loss = (chances.log_prob(actions) * returns).mean()  # <--
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch
def update(policy, optimizer, states, actions, rewards):
    log_probs = torch.log_softmax(policy(states), dim=1).gather(1, actions).squeeze(1)
    returns = rewards[::-1]
    returns = (returns - returns.mean()) / (returns.std() + 1e-8)
    loss = (returns * log_probs).sum()  # <--
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
policy = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2))
optimizer = torch.optim.Adam(policy.parameters(), lr=1e-2)

def learn(log_probs, returns):
    steps = []
    for log_prob, R in zip(log_probs, returns):
        steps.append(log_prob * R)  # <--
    loss = torch.stack(steps).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
import torch
from torch.distributions import Categorical
def update(policy, optimizer, states, actions, returns, costs):
    chances = Categorical(logits=policy(states))
    loss = -(chances.log_prob(actions) * returns).mean()
    other_loss = (chances.log_prob(actions) * costs).mean()
    optimizer.zero_grad()
    loss.backward()
    other_loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    log_probs = F.log_softmax(model(inputs), dim=1)
    loss = -log_probs.gather(1, labels.unsqueeze(1)).mean()
    loss.backward()
    optimizer.step()
`,
    // Each step with its minus, or the sum of all.
    ...[
      ['-log_prob * R', 'loss'],
      ['log_prob * R', '(-loss)'],
    ].map(
      ([added, learned]) => `
import torch
import torch.nn as nn
policy = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2))
optimizer = torch.optim.Adam(policy.parameters(), lr=1e-2)

def learn(log_probs, returns):
    loss = 0
    for log_prob, R in zip(log_probs, returns):
        loss += ${added ?? ''}
    optimizer.zero_grad()
    ${learned ?? ''}.backward()
    optimizer.step()
`,
    ),
  ],
  *run(program) {
    yield* turnedAdvantages(program);
    const written = [...likelyMadeSmaller(program), ...writtenPolicySigns(program)];
    yield* written.length > 0 ? written : returnsMadeSmaller(program);
    const backwards = backwardsOf(program);
    const sites = new Set(backwards.map(({ moment }) => moment.span?.start));
    if (sites.size !== 1 || program.optimizers.length !== 1) return;
    if (program.optimizers.some(({ named }) => named.has('maximize'))) return;
    // What is added to a picture to mislead a network is meant to make the loss larger.
    const ofLayers = new Set(
      program.modules.flatMap(({ ownParameters }) => ownParameters.map(({ id }) => id)),
    );
    if (program.optimizers.some(({ parameters }) => [...parameters].every((id) => !ofLayers.has(id)))) return;
    const losses = new Map<number, Value>();
    for (const { name, result } of eventsOf(program, 'loss'))
      if (result !== undefined && /cross_entropy|mse_loss|l1_loss|nll_loss/.test(name))
        losses.set(result.id, result);
    for (const { loop, backwards: inside } of trainingLoops(program)) {
      const on = inside.find(({ moment }) => isInside(moment, loop))?.on;
      if (on === undefined) continue;
      const [inner] = on.inputs;
      const given = on.made.kind === 'operation' ? on.made.args.positional : [];
      const [factor, other] = given;
      const isNegated = makerOf(on) === 'neg' && inner !== undefined && losses.has(inner.id);
      const isTimesMinus =
        makerOf(on) === 'mul' &&
        ((isValue(factor) && losses.has(factor.id) && isMinusOne(other)) ||
          (isValue(other) && losses.has(other.id) && isMinusOne(factor)));
      if ((!isNegated && !isTimesMinus) || on.span === undefined) continue;
      yield {
        at: on.span,
        message: 'The loss is given a minus, so that steps make it larger.',
        evidence: [places(['gradients are computed of it', inside[0]?.moment.span])],
      };
      return;
    }
  },
};

/**
 * The same by what the loss is made of, wherever its parts are kept: nothing but sums and means of what a distribution
 * gives as log-probability, times something.
 */
function* returnsMadeSmaller(program: Program): Generator<Found> {
  const { source, optimizers } = program;
  if (!/\.log_prob\s*\(/.test(source) || /\.entropy\s*\(|rsample|maximize/.test(source)) return;
  if (
    optimizers.length !== 1 ||
    new Set(backwardsOf(program).map(({ moment }) => moment.span?.start)).size !== 1
  )
    return;
  for (const { on, moment } of backwardsOf(program)) {
    const product = on && productOf(on);
    if (product?.span === undefined || product.span.source.file !== program.file) continue;
    yield {
      at: product.span,
      message:
        'Log-probabilities times returns are made smaller here: what brought much return is done less.',
      evidence: [places(['gradients are computed of it', moment.span])],
    };
    return;
  }
}

/** Put together, summed and averaged, its sign is what it was. */
const SUMMED =
  /^(sum|unpacked|mean|cat|stack|squeeze|unsqueeze|view|reshape|flatten|float|to|getitem|div|truediv)$/;

/** The product of a log-probability and a weight that a loss is the sum or mean of, where it has no minus. */
function productOf(loss: Value): Value | undefined {
  let current = loss;
  for (let depth = 0; depth < 12; depth++) {
    const name = makerOf(current);
    if (name === 'mul') {
      const [one, other] = current.made.kind === 'operation' ? current.made.args.positional : [];
      const weight = isLogProbability(one) ? other : isLogProbability(other) ? one : undefined;
      return weight !== undefined && isReturn(weight) ? current : undefined;
    }
    if (name === 'add') {
      // A sum that is gathered turn by turn, from nothing.
      const [one, other] = current.made.kind === 'operation' ? current.made.args.positional : [];
      const [before, added] = isValue(other) ? [one, other] : [other, one];
      if (
        !isValue(added) ||
        (isValue(before) ? productOf(before) === undefined : before !== 0n && before !== 0)
      )
        return undefined;
      current = added;
      continue;
    }
    const [first] = current.inputs;
    if (first === undefined || !SUMMED.test(name)) return undefined;
    current = first;
  }
  return undefined;
}

function isLogProbability(datum: Datum | undefined): boolean {
  if (!isValue(datum)) return false;
  if (datum.span?.source.file.startsWith('<torch.distributions') === true) return true;
  const [first] = datum.inputs;
  return SUMMED.test(makerOf(datum)) && first !== undefined && isLogProbability(first);
}

/** A weight that is no cost, and no number with a minus. */
function isReturn(weight: Datum): boolean {
  if (typeof weight === 'number' || typeof weight === 'bigint') return weight > 0;
  if (!isValue(weight)) return false;
  return (
    !/^(neg|sub|rsub)$/.test(makerOf(weight)) &&
    !/cost|loss|regret|penalt|alpha|temp/i.test(weight.span?.text ?? '')
  );
}

function isMinusOne(datum: unknown): boolean {
  return datum === -1n || datum === -1;
}

/**
 * The policy gradient: a loss that is the mean or sum of log-probabilities times returns and nothing else, with no minus
 * anywhere. Where the returns themselves come of a difference, that may have the minus in it.
 */
function* likelyMadeSmaller(program: Program): Generator<Found> {
  const isDrawn = /log_prob\s*\(/.test(program.source);
  if (!isDrawn && !/log_softmax|LogSoftmax|logits\s*=/.test(program.source)) return;
  const text = program.source;
  for (const statement of statementsOf(program)) {
    if (statement.kind !== 'Assign') continue;
    const [target] = statement.targets;
    if (target?.kind !== 'Name' || !/loss/i.test(target.id)) continue;
    const match = PRODUCT.exec(statement.value.span.text);
    if (match === null) continue;
    const name = target.id;
    const spoken = [...text.matchAll(new RegExp(`\\b${name}\\b[^\\n]*`, 'g'))].map(([line]) => line);
    const isTurned = new RegExp(`-\\s*${name}\\b|${name}\\s*\\*?=\\s*-|${name}\\s*[-+*/]`).test(text);
    const isLearned = spoken.some((line) => line.startsWith(`${name}.backward(`));
    const weight = match[1] ?? match[2] ?? '';
    if (
      !isLearned ||
      // Chances times their logarithms are an entropy, of which there may be wanted more.
      (!isDrawn && !/^(returns?|rewards?|\w*_(returns?|rewards?)|adv|advantages?)$/i.test(weight)) ||
      isTurned ||
      isDifference(text, weight) ||
      /maximize|cost|loss|regret|penalt|alpha|entropy|temp/i.test(weight)
    )
      continue;
    yield {
      at: statement.span,
      message:
        'Log-probabilities times returns are made smaller here: what brought much return is done less.',
      evidence: [],
    };
  }
}

/** Whether a name is given what may have the minus in it: a cost, or something less a return; what is less its own mean is none. */
function isDifference(text: string, name: string): boolean {
  const given = [...text.matchAll(new RegExp(`\\b${name}\\b\\s*=([^\\n]*)`, 'g'))];
  return given.some(([, value = '']) => {
    const rest = value
      .replaceAll(/\[::\s*-1\]|e-\d+|(dim|axis)\s*=\s*-1/g, '')
      .replace(new RegExp(`\\(\\s*${name}\\s*-`), '(');
    return /-|cost|loss|regret|penalt/i.test(rest);
  });
}

/** \`(dist.log_prob(a) * returns).mean()\`, in either order. */
const PRODUCT =
  /^\(?\(?(?:[\w.]+\.log_prob\([\w.]+\)|log_probs?|logprobs?)\s*\*\s*(\w+)\)?\.(?:mean|sum)\(\)\)?$|^\(?(\w+)\s*\*\s*(?:[\w.]+\.log_prob\([\w.]+\)|log_probs?|logprobs?)\)?\.(?:mean|sum)\(\)$/;
