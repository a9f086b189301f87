import { isInside, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { statementsOf } from '../../ask/tree.js';
import { backwardsOf, trainingLoops } from '../../ask/training.js';

export const lossSign: Check = {
  id: 'loss-sign',
  title: 'A loss that is made larger',
  severity: 'warning',
  why: 'Steps go down the gradient of what backward() is called on: of a loss with a minus they lead away from what is wanted.',
  instead: 'Leave the minus out: cross entropy and squared errors are to become small.',
  needs: 'The only loss of a program, with a minus before it and the only optimiser stepping after it.',
  wrong: [
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
  ],
  *run(program) {
    yield* likelyMadeSmaller(program);
    const backwards = backwardsOf(program);
    const sites = new Set(backwards.map(({ moment }) => moment.span?.start));
    if (sites.size !== 1 || program.optimizers.length !== 1) return;
    if (program.optimizers.some(({ named }) => named.has('maximize'))) return;
    const losses = new Map<number, Value>();
    for (const { name, result } of eventsOf(program, 'loss'))
      if (result !== undefined && /cross_entropy|mse_loss|l1_loss|nll_loss/.test(name))
        losses.set(result.id, result);
    for (const { loop, backwards: inside } of trainingLoops(program)) {
      const on = inside.find(({ moment }) => isInside(moment, loop))?.on;
      if (on === undefined) continue;
      const [inner] = on.inputs;
      const isNegated = makerOf(on) === 'neg' && inner !== undefined && losses.has(inner.id);
      const [factor, other] = on.made.kind === 'operation' ? on.made.args.positional : [];
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

function isMinusOne(datum: unknown): boolean {
  return datum === -1n || datum === -1;
}

/**
 * The policy gradient: a loss that is the mean or sum of log-probabilities times returns and nothing else, with no minus
 * anywhere. Where the returns themselves come of a difference, that may have the minus in it.
 */
function* likelyMadeSmaller(program: Program): Generator<Found> {
  if (!/log_prob\s*\(/.test(program.source)) return;
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
    const isDifference = new RegExp(`\\b${weight}\\b\\s*=[^\\n]*(-|cost|loss|regret|penalt)`, 'i').test(text);
    if (
      !isLearned ||
      isTurned ||
      isDifference ||
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

/** \`(dist.log_prob(a) * returns).mean()\`, in either order. */
const PRODUCT =
  /^\(?\(?(?:[\w.]+\.log_prob\([\w.]+\)|log_probs?|logprobs?)\s*\*\s*(\w+)\)?\.(?:mean|sum)\(\)\)?$|^\(?(\w+)\s*\*\s*(?:[\w.]+\.log_prob\([\w.]+\)|log_probs?|logprobs?)\)?\.(?:mean|sum)\(\)$/;
