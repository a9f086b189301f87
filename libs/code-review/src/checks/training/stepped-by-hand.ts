import { isInside, isValue, turnsOf } from '@tensormark/frameworks';
import type { BackwardRan, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { graphOf } from '../../ask/gradients.js';
import { handSteps, idsOfModules } from '../../ask/hand-steps.js';
import type { HandStep } from '../../ask/hand-steps.js';
import { isPenalty } from '../../ask/penalties.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import { leavesOf, targetsAt } from '../../ask/targets.js';
import { backwardsOf } from '../../ask/training.js';
import { holds, loopsOf, statementAt, targetsOf, usesOf } from '../../ask/tree.js';

const BY_HAND = (step: string): string => `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
for turn in range(100):
    x, y = torch.randn(8, 2), torch.randn(8, 1)
    loss = nn.functional.mse_loss(net(x), y)
    net.zero_grad()
    loss.backward()
    for p in net.parameters():
        ${step}
`;

export const steppedUphill: Check = {
  id: 'stepped-uphill',
  title: 'Steps by hand along the gradient of a loss',
  severity: 'warning',
  why: 'The gradient points to where the loss grows: added, each step makes it larger.',
  instead: 'Take it off: p -= lr * p.grad.',
  needs:
    'A parameter changed in place by its own gradient with a known sign, after backward() of a loss that no step of an optimiser follows.',
  wrong: [
    BY_HAND('p.data += 0.05 * p.grad  # <--'),
    `
import torch
w, b = torch.randn(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
x = torch.randn(50, 3)
y = x.sum(1, keepdim=True)
for turn in range(100):
    ((x @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        w += 0.1 * w.grad  # <--
        b -= 0.1 * b.grad
        w.grad.zero_()
        b.grad.zero_()
`,
  ],
  right: [
    BY_HAND('p.data -= 0.05 * p.grad'),
    BY_HAND('p.data.add_(p.grad, alpha=-0.05)'),
    `
import torch
import torch.nn as nn
net, picture = nn.Linear(8, 3), torch.rand(1, 8, requires_grad=True)
for turn in range(20):
    nn.functional.cross_entropy(net(picture), torch.tensor([1])).backward()
    with torch.no_grad():
        picture += 0.1 * picture.grad
        picture.grad.zero_()
`,
    `
import torch
import torch.nn as nn
policy = nn.Linear(4, 2)
for turn in range(100):
    objective = (torch.log_softmax(policy(torch.randn(10, 4)), 1)[:, 0] * torch.randn(10)).mean()
    policy.zero_grad()
    objective.backward()
    for p in policy.parameters():
        p.data += 0.01 * p.grad
`,
  ],
  *run(program) {
    // What steps by itself besides may be made to climb on purpose, as a perturbation of the weights is.
    if (eventsOf(program, 'step').some(({ of }) => of !== 'manual')) return;
    const seen = new Set<number>();
    for (const step of handSteps(program)) {
      if (step.direction !== 1 || seen.has(step.at.start)) continue;
      const backward = backwardBefore(program, step);
      if (backward?.on === undefined || !isLoss(backward.on)) continue;
      if (!isWeight(program, step.parameter, backward.on)) continue;
      seen.add(step.at.start);
      yield {
        at: step.at,
        message: 'The gradient of the loss is added to the parameter, so that the loss grows.',
        evidence: [places(['gradients are computed', backward.moment.span])],
      };
    }
  },
};

/** The gradients that a step is taken with: of the same turn of the loop around both. */
function backwardBefore(program: Program, { moment }: HandStep): BackwardRan | undefined {
  return backwardsOf(program).findLast((event) => {
    const [turn] = turnsOf(event.moment);
    return event.moment.at < moment.at && (turn === undefined || isInside(moment, turn.loop));
  });
}

/** Whether a value is a sum of losses and squares, with no minus. */
function isLoss(on: Value): boolean {
  const terms = signedTerms(on);
  return terms.length > 0 && terms.every(({ value, sign }) => sign === 1 && isPenalty(value));
}

/** Whether it is a weight of a network, or one that data are multiplied with: a picture that is changed may be meant to mislead. */
function isWeight(program: Program, { made }: Value, on: Value): boolean {
  if (made.kind !== 'parameter') return false;
  if (idsOfModules(program).has(made.id)) return true;
  const graph = graphOf(on);
  if (graph.some((value) => value.made.kind === 'layer' && value.made.module.hasParameters)) return false;
  return graph.some(
    (value) =>
      /^(matmul|mm|mv|dot|linear|addmm|einsum)$/.test(makerOf(value)) &&
      value.inputs.some((input) => input.made.kind === 'parameter' && input.made.id === made.id),
  );
}

export const steppedNameOnly: Check = {
  id: 'stepped-name-only',
  title: 'A step by hand that changes no parameter',
  severity: 'warning',
  why: 'p = p - … makes a new tensor and calls it p: the network keeps the parameter as it was.',
  instead: 'Change it in place, without gradients: with torch.no_grad(): p -= lr * p.grad.',
  needs:
    'The name that goes over parameters(), bound to a difference with its own gradient and read no more.',
  wrong: [BY_HAND('p = p - 0.05 * p.grad  # <--')],
  right: [
    BY_HAND('p.data = p.data - 0.05 * p.grad'),
    `
import torch
import torch.nn as nn
net, fast = nn.Linear(2, 1), []
net(torch.randn(8, 2)).pow(2).mean().backward()
for p in net.parameters():
    p = p - 0.05 * p.grad
    fast.append(p)
`,
  ],
  *run(program) {
    if (!/\bparameters\(/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, '__sub__', '__add__')) {
      const [base, change] = args.positional;
      const statement = moment.span && statementAt(program, moment.span);
      if (statement?.kind !== 'Assign' || !isValue(base) || !isValue(change)) continue;
      if (base.made.kind !== 'parameter' || !graphHasGradient(change)) continue;
      const [name, ...more] = targetsOf(statement);
      if (name === undefined || more.length > 0 || seen.has(statement.span.start)) continue;
      if (statement.value.kind !== 'BinOp' || statement.value.left.span.text !== name) continue;
      const loop = loopsOf(program).findLast(({ span }) => holds(span, statement.span));
      if (loop?.kind !== 'For' || !/\bparameters\(/.test(loop.iterable.span.text)) continue;
      if (
        !targetsAt(loop)
          .flatMap((one) => leavesOf(one))
          .some(({ span }) => span.text === name)
      )
        continue;
      if (usesOf(loop.body, name).some(({ start }) => start > statement.span.end)) continue;
      seen.add(statement.span.start);
      yield {
        at: statement.span,
        message: `${name} is another tensor from here on, which nothing reads: the parameter stays as it was.`,
        evidence: [places(['the loop over parameters', loop.iterable.span])],
      };
    }
  },
};

function graphHasGradient(value: Value, depth = 0): boolean {
  return (
    makerOf(value) === 'grad' || (depth < 6 && value.inputs.some((one) => graphHasGradient(one, depth + 1)))
  );
}
