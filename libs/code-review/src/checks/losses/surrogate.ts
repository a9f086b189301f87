import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import { backwardsOf } from '../../ask/training.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';
import { largerSurrogate } from './written-surrogate.js';

const CLIPPED = (loss: string, entropy = '- 0.01 * said.entropy().mean()', mark = ''): string => `
import torch
import torch.nn as nn
from torch.distributions import Categorical
net, optimizer = nn.Linear(4, 2), None
optimizer = torch.optim.Adam(net.parameters(), lr=3e-4)
def update(states, actions, before, advantages):
    said = Categorical(logits=net(states))
    ratio = torch.exp(said.log_prob(actions) - before)
    plain = ratio * advantages
    clipped = torch.clamp(ratio, 0.8, 1.2) * advantages
    loss = ${loss} ${entropy}${mark}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
update(torch.randn(32, 4), torch.randint(0, 2, (32,)), torch.randn(32), torch.randn(32))
`;

const WRITTEN = (given: string): string => `
import torch

def policy_loss(log_probs, before, advantages, eps=0.2):
    ratio = torch.exp(log_probs - before)
    plain = ratio * advantages
    clipped = torch.clamp(ratio, 1 - eps, 1 + eps) * advantages
    return ${given}
`;

export const surrogateSign: Check = {
  id: 'surrogate-sign',
  title: 'A clipped objective the wrong way round',
  severity: 'warning',
  why: 'The smaller of the plain and the clipped objective is to become large: without the minus, or with the larger of both, steps lead away from what paid, or are limited by nothing.',
  instead: '-torch.min(ratio * adv, torch.clamp(ratio, 1 - eps, 1 + eps) * adv).mean()',
  needs:
    'The smaller or larger of a ratio of probabilities times something and the same clamped, in what gradients are computed of.',
  wrong: [
    CLIPPED('torch.min(plain, clipped).mean()').replace(
      'loss = torch.min(plain, clipped).mean() - 0.01 * said.entropy().mean()',
      'loss = torch.min(plain, clipped).mean() - 0.01 * said.entropy().mean()  # <--',
    ),
    CLIPPED('-torch.max(plain, clipped).mean()', undefined, '  # <--'),
    WRITTEN('-torch.max(plain, clipped).mean()  # <--'),
  ],
  right: [
    WRITTEN('-torch.min(plain, clipped).mean()'),
    WRITTEN('torch.max(-plain, -clipped).mean()'),
    CLIPPED('-torch.min(plain, clipped).mean()'),
    CLIPPED('torch.max(-plain, -clipped).mean()'),
    CLIPPED('torch.max(-advantages * ratio, -advantages * torch.clamp(ratio, 0.8, 1.2)).mean()'),
  ],
  *run(program) {
    if (!/clamp|clip/.test(program.source)) return;
    if (!program.source.includes('backward(')) {
      yield* largerSurrogate(program);
      return;
    }
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program))
      for (const { value, sign } of signedTerms(on)) {
        const [chosen, turn] = chosenIn(value);
        const at = chosen?.span;
        if (chosen === undefined || at === undefined || seen.has(at.start)) continue;
        if (chosen.inputs.some((one) => isTurned(one))) continue;
        const isLowered = sign * turn > 0;
        const isLargest = /^(max|maximum)$/.test(makerOf(chosen));
        if (!isLowered && !isLargest) continue;
        seen.add(at.start);
        yield {
          at,
          message: isLowered
            ? 'The objective is lowered by the steps, and is to become large.'
            : 'The larger of the plain and the clipped objective is taken: the clip limits nothing.',
          evidence: [places(['the loss', on?.span])],
        };
      }
  },
};

/** The choice between a ratio's objective and its clipped one that a term is the mean of. */
function chosenIn(value: Value, turn: 1 | -1 = 1, depth = 0): readonly [Value | undefined, 1 | -1] {
  const name = makerOf(value);
  const [of] = value.inputs;
  if (depth > 6 || of === undefined) return [undefined, turn];
  if (/^(min|max|minimum|maximum)$/.test(name) && value.inputs.length === 2)
    return [
      value.inputs.some(isClamped) &&
      value.inputs.some((one) => !isClamped(one)) &&
      value.inputs.every(isOfRatio)
        ? value
        : undefined,
      turn,
    ];
  if (name === 'neg') return chosenIn(of, turn === 1 ? -1 : 1, depth + 1);
  return /^(mean|sum|squeeze)$/.test(name) ? chosenIn(of, turn, depth + 1) : [undefined, turn];
}

const isClamped = (value: Value): boolean =>
  makerOf(value) === 'mul' && value.inputs.some((one) => /^cl(amp|ip)$/.test(makerOf(one)));

function isOfRatio(value: Value): boolean {
  return (
    makerOf(value) === 'mul' &&
    comesOf(
      value,
      (one) => makerOf(one) === 'exp' && one.inputs[0] !== undefined && makerOf(one.inputs[0]) === 'sub',
    )
  );
}

/** Whether what is chosen from is the negative already, by its sign or by that of a factor. */
function isTurned(value: Value, depth = 0): boolean {
  const name = makerOf(value);
  return (
    name === 'neg' ||
    hasNegative(value) ||
    (/^(mul|div|truediv)$/.test(name) && depth < 4 && value.inputs.some((one) => isTurned(one, depth + 1)))
  );
}

/** A product with a number below 0. */
function hasNegative({ made }: Value): boolean {
  return made.kind === 'operation' && made.args.positional.some((one) => !isValue(one) && Number(one) < 0);
}

export const entropySign: Check = {
  id: 'entropy-sign',
  title: 'Entropy that is made small',
  severity: 'warning',
  why: 'The entropy of a policy is taken off its loss so that it goes on exploring: added, it soon takes one and the same action always.',
  instead: 'loss = policy_loss + c1 * value_loss - c2 * entropy',
  needs:
    'The entropy of a distribution of PyTorch’s, added with a positive weight to what gradients are computed of.',
  wrong: [
    `
import torch.nn.functional as F
from agents import network, gain

def loss_of(states, actions):
    policy_loss = 0
    for state, action in zip(states, actions):
        logit = network(state)
        log_prob = F.log_softmax(logit, dim=1)
        entropy = -(log_prob * log_prob.exp()).sum(1)
        policy_loss = policy_loss - log_prob[action] * gain(state) + 0.01 * entropy  # <--
    return policy_loss
`,
    CLIPPED('-torch.min(plain, clipped).mean()', '+ 0.01 * said.entropy().mean()', '  # <--'),
  ],
  right: [CLIPPED('-torch.min(plain, clipped).mean()')],
  *run(program) {
    yield* entropyAdded(program);
    if (!/\.entropy\(\)/.test(program.source) || !/log_prob/.test(program.source)) return;
    // What is given another sign under its name is not told apart from here.
    const code = program.source.replaceAll(/'[^'\n]*'|"[^"\n]*"|#.*/g, '');
    if (/-\s*[\w.]*(entropy|ent)\b|entropy_?loss|\b-\w*entropy/i.test(code)) return;
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program))
      for (const { value, sign } of signedTerms(on)) {
        const at = on?.span;
        if (sign < 0 || at === undefined || seen.has(at.start) || !isEntropy(value)) continue;
        seen.add(at.start);
        yield {
          at,
          message: 'The entropy is added to what is to become small.',
          evidence: [places(['the entropy', value.span])],
        };
      }
  },
};

function isEntropy(value: Value, depth = 0): boolean {
  if (/\.entropy\(\)(\.(mean|sum)\(\))?$/.test(value.span?.text ?? '')) return true;
  const [of] = value.inputs;
  return (
    depth < 4 &&
    /^(mean|sum|getitem|unpacked)$/.test(makerOf(value)) &&
    of !== undefined &&
    isEntropy(of, depth + 1)
  );
}

/** `loss = loss - log_probs[i] * gain + 0.01 * entropies[i]`, written out in one sum, of entropies that are as they should be. */
function* entropyAdded(program: Program): Generator<Found> {
  const code = program.source.replaceAll(/#.*/g, '');
  if (!/entrop\w*\s*=\s*-\s*\(|\.entropy\(\)/i.test(code)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || !/loss$/i.test(name)) continue;
    const text = one.value.span.text.replaceAll(/[\s\\]/g, '');
    const isGain = /-(\(?[\w.[\]]*log_?prob[\w.[\]]*\*)/i.test(text);
    if (!isGain || !/\+(\d[\w.]*\*|[\w.]+\*)?[\w.]*entrop\w*(\[\w+\])?(\.mean\(\))?$/i.test(text)) continue;
    yield {
      at: one.span,
      message: 'The entropy is added to what is to become small.',
      evidence: [],
    };
  }
}
