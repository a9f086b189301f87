import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { graphOf, mayReachParameters } from '../../ask/gradients.js';
import { operandsOf } from '../../ask/makings.js';
import { isPenalty } from '../../ask/penalties.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import { backwardsOf } from '../../ask/training.js';
import { isLogProbability } from './policy.js';

const AGENT = (loss: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F
policy, value = nn.Linear(4, 2), nn.Linear(4, 1)
optimizer = torch.optim.Adam([*policy.parameters(), *value.parameters()], lr=1e-3)
for turn in range(100):
    states, actions, returns = torch.randn(8, 4), torch.randint(0, 2, (8,)), torch.randn(8)
    logs = F.log_softmax(policy(states), dim=1)
    entropy = -(logs.exp() * logs).sum(1).mean()
    told = value(states).squeeze(1)
    gain = (logs.gather(1, actions.unsqueeze(1)).squeeze(1) * (returns - told.detach())).mean()
    error = F.mse_loss(told, returns)
    loss = ${loss}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const valueLossSign: Check = {
  id: 'value-loss-sign',
  title: 'Terms of a policy’s loss with the wrong sign',
  severity: 'warning',
  why: 'The error of the critic is to become small and the entropy of the policy large: with the other sign, the critic learns to be wrong, or the policy to do always the same.',
  instead: 'loss = policy_loss + c1 * value_loss - c2 * entropy',
  needs:
    'In what gradients are computed of, log-probabilities times something that does not learn, and beside them a squared error taken off, or p·log p summed up and taken off.',
  wrong: [AGENT('-gain - 0.5 * error  # <--'), AGENT('-gain + 0.5 * error + 0.01 * entropy  # <--')],
  right: [AGENT('-gain + 0.5 * error - 0.01 * entropy'), AGENT('-gain + error')],
  *run(program) {
    if (!/log_?prob|log_softmax|distributions/i.test(program.source)) return;
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      const at = on?.span;
      if (on === undefined || at === undefined || seen.has(at.start)) continue;
      const terms = signedTerms(on);
      if (terms.length < 2 || !terms.some(({ value }) => isOfPolicy(value))) continue;
      for (const { value, sign } of terms) {
        const isError = sign === -1 && isPenalty(value) && mayReachParameters(value);
        const isEntropy = sign * signOfEntropy(value) === 1;
        if (!isError && !isEntropy) continue;
        seen.add(at.start);
        yield {
          at,
          message: isError
            ? 'The error of the critic is taken off, so that steps make it larger.'
            : 'The entropy is added to what is to become small.',
          evidence: [places(['the term', value.span])],
        };
      }
    }
  },
};

/** Whether a term is what log-probabilities come to, weighed by something that does not learn. */
function isOfPolicy(term: Value): boolean {
  return graphOf(term).some((value) => {
    if (makerOf(value) !== 'mul') return false;
    const [one, other] = operandsOf(value);
    const weight = saysOfPolicy(one) ? other : saysOfPolicy(other) ? one : undefined;
    return isValue(weight) && (weight.shape?.length ?? 1) > 0 && !mayReachParameters(weight);
  });
}

/** A log-probability, or the ratio of two probabilities by their logarithms. */
function saysOfPolicy(datum: Datum | undefined): boolean {
  if (!isValue(datum)) return false;
  const [of] = datum.inputs;
  const isRatio = makerOf(datum) === 'exp' && of !== undefined && makerOf(of) === 'sub';
  return isRatio ? of.inputs.some((one) => isLogProbability(one)) : isLogProbability(datum);
}

/** 1 for an entropy written out, −1 for it without its minus, 0 for what is none. */
function signOfEntropy(value: Value, depth = 0): -1 | 0 | 1 {
  const name = makerOf(value);
  const [first, second] = operandsOf(value);
  if (depth > 5 || !isValue(first)) return 0;
  if (name === 'mul')
    return (isChance(first) && isLog(second)) || (isLog(first) && isChance(second)) ? -1 : 0;
  if (name === 'neg') return turned(signOfEntropy(first, depth + 1));
  return name === 'mean' || name === 'sum' ? signOfEntropy(first, depth + 1) : 0;
}

function turned(sign: -1 | 0 | 1): -1 | 0 | 1 {
  return sign === 1 ? -1 : sign === -1 ? 1 : 0;
}

function isChance(datum: Datum | undefined): boolean {
  if (!isValue(datum)) return false;
  return /^softmax$/i.test(makerOf(datum)) || (makerOf(datum) === 'exp' && isLog(datum.inputs[0]));
}

function isLog(datum: Datum | undefined): boolean {
  if (!isValue(datum)) return false;
  const name = makerOf(datum);
  if (/^log_?softmax$/i.test(name)) return true;
  const [of] = datum.inputs;
  if (name !== 'log' || of === undefined) return false;
  return isChance(of) || (makerOf(of) === 'add' && isChance(of.inputs[0]));
}
