import { isInside } from '@tensormark/frameworks';
import type { OptimizerStepped, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, eachAncestor, makerOf } from '../../ask/ancestry.js';
import { isCut, isPlaces, mayReachParameters } from '../../ask/gradients.js';
import { learnerBehind } from '../../ask/learners.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { parametersOf } from '../../ask/receivers.js';
import { backwardsOf, mayReach, trainingLoops } from '../../ask/training.js';
import { hasLearned } from '../parameters/learned.js';
import { cutPredictions } from './prediction-cut.js';

const CUTTERS = new Set([
  'detach',
  'item',
  'numpy',
  'tolist',
  'tensor',
  'as_tensor',
  'argmax',
  'data',
  'round',
  'gt',
  'ge',
  'lt',
  'le',
]);

/** What these give has no backward() at all, or one that raises an error, wherever it comes from. */
const ENDS = new Set(['item', 'numpy', 'tolist', 'detach', 'argmax']);

/** A number that learns beside a network whose own answers are held fast. */
const TEMPERATURE = (...made: readonly string[]): string => `
import torch
import torch.nn as nn
model = nn.Linear(4, 3)
${made.join('\n')}
optimizer = torch.optim.SGD([temperature], lr=0.1)
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(inputs).detach() / temperature, labels)
    loss.backward()
    optimizer.step()
`;

export const graphCut: Check = {
  id: 'graph-cut',
  title: 'The loss is cut off from the network',
  severity: 'warning',
  why: 'detach, item, numpy, argmax and torch.tensor give values without their history: backward() reaches no parameter, or raises an error.',
  instead: 'Compute the loss from the tensors themselves; take plain numbers only to show them.',
  needs:
    'A loss whose backward() is called, that comes of a network with parameters only by way of such a value.',
  wrong: [
    `
import torch
from nets import Unet
from losses import MaskLoss2d
from data import train_loader
net, criterion = Unet(), MaskLoss2d()
optimizer = torch.optim.Adam(net.parameters())
for pictures, masks in train_loader:
    optimizer.zero_grad()
    loss = criterion(net(pictures).detach(), masks)  # <--
    loss.backward()
    optimizer.step()
`,
    `
import torch
def update(policy, optimizer, returns):
    losses = []
    for log_prob, value in zip(policy.said, returns):
        losses.append(-log_prob * value)
    optimizer.zero_grad()
    loss = torch.tensor(losses, requires_grad=True).sum()  # <--
    loss.backward()
    optimizer.step()
`,
    `
import torch.nn.functional as F

def update(critic, slow, actor, optimizer, batch, gamma):
    s, a, r, s2, done = batch
    said = critic(s, a).detach()  # <--
    goal = r + gamma * (1 - done) * slow(s2, actor(s2))
    loss = F.mse_loss(said, goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs).detach()  # <--
    loss = criterion(outputs, labels)
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    predicted = model(inputs).argmax(dim=1).float()  # <--
    loss = F.mse_loss(predicted, labels.float())
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    _, predicted = torch.max(model(inputs), 1)  # <--
    loss = F.mse_loss(predicted.float(), labels.float())
    loss.requires_grad = True
    loss.backward()
    optimizer.step()
`,
    `
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels).item()  # <--
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
maker = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 4))
judge = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
maker_steps, judge_steps = torch.optim.Adam(maker.parameters()), torch.optim.Adam(judge.parameters())
for real in train_loader:
    made = maker(torch.randn(32, 8))
    judge_steps.zero_grad()
    (judge(made.detach()).mean() - judge(real).mean()).backward()
    judge_steps.step()
    maker_steps.zero_grad()
    fooled = -judge(made.detach()).mean()  # <--
    fooled.backward()
    maker_steps.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs).detach()  # <--
    loss = F.cross_entropy(outputs, labels)
    loss.requires_grad = True
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1))
maker = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 8))
optimizer = torch.optim.Adam(net.parameters())
for x in train_loader:
    fake = maker(torch.randn(16, 4)).data
    mix = torch.rand(16, 1) * x + fake
    mix = torch.autograd.Variable(mix, requires_grad=True)
    slope = torch.autograd.grad(net(mix).sum(), mix, create_graph=True)[0]
    loss = ((slope.norm(dim=1) - 1) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch.nn.functional as F

def update(critic, slow, actor, optimizer, batch, gamma):
    s, a, r, s2, done = batch
    goal = (r + gamma * (1 - done) * slow(s2, actor(s2))).detach()
    loss = F.mse_loss(critic(s, a), goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs)
    weights = outputs.detach().softmax(1)
    loss = (F.cross_entropy(outputs, labels, reduction='none') * weights.max(1).values).mean()
    loss.backward()
    optimizer.step()
    print(loss.item())
`,
    TEMPERATURE('temperature = torch.tensor(1.0)', 'temperature.requires_grad = True'),
    TEMPERATURE('temperature = torch.tensor(1.0)', 'temperature.requires_grad_(True)'),
    TEMPERATURE('temperature = torch.ones(1).double()', 'temperature.requires_grad = True'),
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      if (on === undefined) continue;
      if (mayReachParameters(on)) continue;
      const cutter = ENDS.has(makerOf(on))
        ? on
        : (cutterOf(on) ?? cutFromLearner(program, on) ?? copied(program, on));
      const at = cutter?.span;
      if (cutter === undefined || at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${nameOf(cutter)} cuts the loss off from the network here: no gradient reaches its parameters.`,
        evidence: [places(['the loss', on.span])],
      };
    }
    for (const { cutter, loss, step } of cutFromStep(program))
      if (cutter.span !== undefined && !seen.has(cutter.span.start)) {
        seen.add(cutter.span.start);
        yield {
          at: cutter.span,
          message: `${nameOf(cutter)} cuts the loss off here from the parameters that the optimiser has: its steps change nothing.`,
          evidence: [places(['the loss', loss.span], ['the step is taken', step.moment.span])],
        };
      }
    for (const { at, loss } of cutPredictions(program))
      if (!seen.has(at.start)) {
        seen.add(at.start);
        yield {
          at,
          message:
            'What the network says has no gradient in this loss, and its target has: the target moves, and the network never learns.',
          evidence: [places(['the loss', loss])],
        };
      }
  },
};

function nameOf(cutter: Value): string {
  if (/^[gl][te]$/.test(makerOf(cutter))) return 'Comparing the scores instead of taking them';
  return isPlaces(cutter) ? 'Taking the places of the largest instead of the scores' : makerOf(cutter);
}

/** The value on the way from the loss to a network at which gradients stop. */
function cutterOf(loss: Value, isMeant: (module: ProgramModule) => boolean = hasLearned): Value | undefined {
  let found: Value | undefined;
  eachAncestor(loss, (value) => {
    if (found !== undefined) return false;
    if (
      (CUTTERS.has(makerOf(value)) || isPlaces(value)) &&
      value.gradients &&
      comesOfNetwork(value, isMeant)
    ) {
      found = value;
      return false;
    }
    return value.gradients;
  });
  return found;
}

/** The same, where nothing is known of the network but that an optimiser has its parameters. */
function cutFromLearner(program: Program, loss: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(loss, (value) => {
    if (found !== undefined) return false;
    const isCutter =
      CUTTERS.has(makerOf(value)) || (value.made.kind === 'attribute' && value.made.name === 'data');
    if (!isCutter || !value.gradients) return value.gradients;
    if (comesOf(value, (one) => learnerBehind(program, one) !== undefined)) found = value;
    return false;
  });
  return found;
}

/** `torch.tensor(losses, requires_grad=True)`: a leaf of its own, made for this one `backward`, of which nobody reads the gradient. */
function copied({ source }: Program, loss: Value): Value | undefined {
  if (/\.grad\b/.test(source)) return undefined;
  let found: Value | undefined;
  eachAncestor(loss, (value) => {
    const { made } = value;
    if (isCut(value) && made.kind === 'operation' && /^(as_)?tensor$/.test(made.name))
      if (made.args.named.get('requires_grad') === true) found ??= value;
    return !isCut(value);
  });
  return found;
}

interface CutStep {
  readonly cutter: Value;
  readonly loss: Value;
  readonly step: OptimizerStepped;
}

/** Steps of an optimiser whose parameters no loss of the program reaches, for one was cut off from what they made. */
function* cutFromStep(program: Program): Generator<CutStep> {
  const backwards = backwardsOf(program);
  const done = new Set<unknown>();
  for (const { loop, steps } of trainingLoops(program))
    for (const step of steps) {
      const { of, moment } = step;
      if (of === 'manual' || step.closure || moment.arm !== undefined || done.has(of)) continue;
      done.add(of);
      const parameters = parametersOf(of);
      if (parameters === undefined || backwards.some((event) => mayReach(event, of))) continue;
      const last = backwards.findLast((event) => isInside(event.moment, loop) && event.moment.at < moment.at);
      const loss = last?.on;
      const cutter = loss && cutterOf(loss, (made) => made.parameters.some(({ id }) => parameters.has(id)));
      if (loss !== undefined && cutter !== undefined) yield { cutter, loss, step };
    }
}

function comesOfNetwork(value: Value, isMeant: (module: ProgramModule) => boolean): boolean {
  let found = false;
  eachAncestor(value, ({ made, gradients }) => {
    found ||=
      gradients &&
      (made.kind === 'layer' || made.kind === 'module'
        ? isMeant(made.module)
        : made.kind === 'argument' && made.role === 'network');
    return !found && gradients;
  });
  return found;
}
