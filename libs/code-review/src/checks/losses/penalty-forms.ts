import { argument, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, eachAncestor, makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

const CRITIC = (between: string, norm: string, sum: string): string => `
import torch
import torch.nn as nn
critic, maker = nn.Linear(8, 1), nn.Linear(16, 8)
of_critic = torch.optim.Adam(critic.parameters(), lr=1e-4)
for step in range(100):
    real, made = torch.randn(32, 8), maker(torch.randn(32, 16)).detach()
    mix = torch.rand(32, 1)
    ${between}
    scores = critic(between)
    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
    penalty = ((${norm} - 1) ** 2).mean()
    loss = ${sum}
    of_critic.zero_grad()
    loss.backward()
    of_critic.step()
`;
const BETWEEN = 'between = (mix * real + (1 - mix) * made).requires_grad_(True)';
const NORM = 'gradients.norm(2, dim=1)';
const SUM = 'critic(made).mean() - critic(real).mean() + 10 * penalty';

/** Whether a value is the square of a norm of gradients less a number, or the mean of such. */
function isPenalty(value: Value, depth = 0): boolean {
  const name = makerOf(value);
  const [of] = value.inputs;
  if (of === undefined || depth > 6) return false;
  if (/^(mean|sum)$/.test(name)) return isPenalty(of, depth + 1);
  if (name === 'mul') return value.inputs.some((one) => isPenalty(one, depth + 1));
  if (name !== 'pow' && name !== 'square') return false;
  return makerOf(of) === 'sub' && comesOf(of, (one) => makerOf(one) === 'grad');
}

export const penaltySubtracted: Check = {
  id: 'penalty-subtracted',
  title: 'A penalty that is taken away from the loss',
  severity: 'warning',
  why: 'Made small, the loss then makes the penalty large: the gradients go as far from 1 as they can.',
  instead: 'Add it: fake.mean() - real.mean() + weight * penalty.',
  needs:
    'A squared distance of the norm of gradients from a number, taken away in what gradients are computed of.',
  wrong: [CRITIC(BETWEEN, NORM, 'critic(made).mean() - critic(real).mean() - 10 * penalty  # <--')],
  right: [
    CRITIC(BETWEEN, NORM, SUM),
    CRITIC(BETWEEN, NORM, '-(critic(real).mean() - critic(made).mean() - 10 * penalty)'),
  ],
  *run(program) {
    if (!/\bgrad\(/.test(program.source)) return;
    for (const { on } of backwardsOf(program)) {
      const taken = on && takenFrom(on);
      if (taken?.span === undefined) continue;
      yield {
        at: taken.span,
        message: 'The penalty is subtracted from what is to become small.',
        evidence: [],
      };
      return;
    }
  },
};

/** The difference in a loss in which a penalty has a minus. */
function takenFrom(value: Value, sign = 1, depth = 0): Value | undefined {
  if (depth > 12) return undefined;
  const name = makerOf(value);
  const [one, other] = operandsOf(value);
  const go = (of: typeof one, by: number): Value | undefined =>
    isValue(of) ? takenFrom(of, sign * by, depth + 1) : undefined;
  if (name === 'add') return go(one, 1) ?? go(other, 1);
  if (name === 'neg') return go(one, -1);
  if (name === 'mean' || name === 'sum') return go(one, 1);
  if (name !== 'sub') return undefined;
  const isTaken = isValue(other) && isPenalty(other) && sign > 0;
  const isLeft = isValue(one) && isPenalty(one) && sign < 0;
  return isTaken || isLeft ? value : (go(one, 1) ?? go(other, -1));
}

export const penaltyOfBatch: Check = {
  id: 'penalty-of-batch',
  title: 'One norm for the gradients of the whole batch',
  severity: 'warning',
  why: 'The norm is to be 1 at every point: taken over the whole batch it is one number, and what it is pulled to depends on the size of the batch.',
  instead: 'gradients.view(len(gradients), -1).norm(2, dim=1)',
  needs: 'A norm, without a dimension, of gradients of scores with regard to a batch, less 1 and squared.',
  wrong: [CRITIC(BETWEEN, 'gradients.norm(2)', SUM).replace('- 1) ** 2).mean()', '- 1) ** 2).mean()  # <--')],
  right: [CRITIC(BETWEEN, NORM, SUM), CRITIC(BETWEEN, 'gradients.pow(2).sum(1).sqrt()', SUM)],
  *run(program) {
    if (!/\bgrad\(/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { args, result, moment } of callsNamed(program, 'norm')) {
      const [of] = args.positional;
      const at = moment.span;
      if (!isValue(of) || !isValue(result) || at === undefined || seen.has(at.start)) continue;
      const isWhole = args.positional.length <= 2 && argument(args, 'dim', 2) === undefined;
      const isOfBatch = (of.shape === undefined || of.shape.length > 1) && isGradient(of);
      const isPulled = callsNamed(program, '__sub__', 'sub').some(
        (one) =>
          one.args.positional[0] === result &&
          one.args.positional[1] !== undefined &&
          Number(one.args.positional[1]) === 1,
      );
      if (!isWhole || !isOfBatch || !isPulled) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'This is one norm of the gradients of all examples together.',
        evidence: [places(['the gradients', of.span])],
      };
    }
  },
};

function isGradient(value: Value): boolean {
  const [of] = value.inputs;
  if (/^(view|reshape|flatten|getitem|unpacked)$/.test(makerOf(value)) && of !== undefined)
    return isGradient(of);
  return makerOf(value) === 'grad';
}

export const pointsWithoutGradient: Check = {
  id: 'points-without-gradient',
  title: 'Gradients with regard to what has none',
  severity: 'error',
  why: 'autograd.grad raises "One of the differentiated Tensors does not require grad" where its inputs are made of data alone.',
  instead: 'Call requires_grad_(True) on the points before the network is called.',
  needs: 'autograd.grad with regard to a tensor that is made of nothing that has gradients.',
  wrong: [
    CRITIC('between = mix * real + (1 - mix) * made', NORM, SUM).replace(
      'create_graph=True)[0]',
      'create_graph=True)[0]  # <--',
    ),
  ],
  right: [
    CRITIC(BETWEEN, NORM, SUM),
    CRITIC(`${BETWEEN.replace('.requires_grad_(True)', '')}\n    between.requires_grad = True`, NORM, SUM),
  ],
  *run(program) {
    if (!/\bgrad\(/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { args, owner, moment } of callsNamed(program, 'grad')) {
      const given = argument(args, 'inputs', 1);
      const of = Array.isArray(given) && given.length === 1 ? given[0] : given;
      const at = moment.span;
      if (owner !== '' || !isValue(of) || at === undefined || seen.has(at.start)) continue;
      if (of.requiresGrad !== false && !(of.requiresGrad === undefined && isOfData(of))) continue;
      const isSet = eventsOf(program, 'tensor-set').some(
        (one) => one.name === 'requires_grad' && comesOf(of, (value) => value === one.of),
      );
      if (isSet || isChanged(program, of) || !isOfData(of)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'What gradients are asked for with regard to is made of data alone, and has none.',
        evidence: [places(['it is made here', of.span])],
      };
    }
  },
};

/** Whether the program tells some tensor that it has gradients, which may be this one. */
function isChanged({ source }: Program, { span }: Value): boolean {
  return span === undefined || /requires_grad\s*=\s*(?!False)|requires_grad_\(/.test(source);
}

/** Whether a value comes of data and draws alone, with nothing unknown and nothing that learns on the way. */
function isOfData(root: Value): boolean {
  let isAll = true;
  eachAncestor(root, (value) => {
    const { made, requiresGrad, gradients } = value;
    // What was detached is cut off from what it was made of.
    if (makerOf(value) === 'detach' || !gradients) return false;
    const args = made.kind === 'operation' || made.kind === 'fresh' ? made.args : undefined;
    if (requiresGrad === true || args?.named.has('requires_grad') === true) isAll = false;
    else if (made.kind === 'operation') isAll &&= !/^(call|requires_grad_?|Variable)$/.test(made.name);
    else isAll &&= made.kind === 'batch' || made.kind === 'fresh';
    return isAll;
  });
  return isAll;
}
