import { holdsWith, isValue } from '@tensormark/frameworks';
import type { BackwardRan, Moment, OptimizerStepped, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { graphOf, learnedIn } from '../../ask/gradients.js';
import { learnerBehind, learnersOf } from '../../ask/learners.js';
import { oncePerProgram } from '../../ask/once.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

const GAN = (order: string): string => `
import torch
import torch.nn as nn
G, D = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8)), nn.Sequential(nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
g_opt, d_opt = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
bce = nn.BCEWithLogitsLoss()
for step in range(1000):
    fake = G(torch.randn(16, 4))
    d_loss = bce(D(torch.randn(16, 8)), torch.ones(16, 1)) + bce(D(fake), torch.zeros(16, 1))
    g_loss = bce(D(fake), torch.ones(16, 1))
${order}
`;

export const steppedGraph: Check = {
  id: 'stepped-graph',
  title: 'Gradients through weights that a step has changed',
  severity: 'error',
  why: 'step() changes weights in place, and backward() needs them as they were when the loss was computed: PyTorch raises an error.',
  instead:
    'Compute the loss anew after the step, detach what belongs to the other network, or take all steps after all backward().',
  needs:
    'A loss computed before a step of the network it comes of, whose backward() runs after it in the same turn.',
  wrong: [
    GAN(`    g_opt.zero_grad()
    g_loss.backward(retain_graph=True)
    g_opt.step()
    d_opt.zero_grad()
    d_loss.backward()  # <--
    d_opt.step()`),
    `
import torch
from networks import make_generator, make_judge

class Model:
    def __init__(self, lr):
        self.g, self.d = make_generator(), make_judge()
        self.bce = torch.nn.BCEWithLogitsLoss()
        self.g_opt = torch.optim.Adam(self.g.parameters(), lr=lr)
        self.d_opt = torch.optim.Adam(self.d.parameters(), lr=lr)

    def update(self, noise, real):
        self.fake = self.g(noise)
        self.said = self.d(self.fake)
        self.g_opt.zero_grad()
        self.bce(self.said, torch.ones_like(self.said)).backward(retain_graph=True)
        self.g_opt.step()
        self.d_opt.zero_grad()
        loss = self.bce(self.said, torch.zeros_like(self.said)) + self.bce(self.d(real), torch.ones_like(self.said))
        loss.backward()  # <--
        self.d_opt.step()
`,
    `
import torch
import torch.nn as nn
rnn, head = nn.LSTM(8, 16, batch_first=True), nn.Linear(16, 8)
optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=0.1)
state = (torch.zeros(1, 4, 16), torch.zeros(1, 4, 16))
for batch in range(100):
    x = torch.randn(4, 12, 8)
    out, state = rnn(x, state)
    loss = (head(out) - x).pow(2).mean()
    optimizer.zero_grad()
    loss.backward(retain_graph=True)  # <--
    optimizer.step()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
rnn, head = nn.LSTM(8, 16, batch_first=True), nn.Linear(16, 8)
optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=0.1)
state = (torch.zeros(1, 4, 16), torch.zeros(1, 4, 16))
for batch in range(100):
    x = torch.randn(4, 12, 8)
    state = tuple(each.detach() for each in state)
    out, state = rnn(x, state)
    loss = (head(out) - x).pow(2).mean()
    optimizer.zero_grad()
    loss.backward(retain_graph=True)
    optimizer.step()
`,
    GAN(`    g_opt.zero_grad()
    g_loss.backward(retain_graph=True)
    d_opt.zero_grad()
    d_loss.backward()
    g_opt.step()
    d_opt.step()`),
    `
import torch
from networks import make_generator, make_judge

class Model:
    def __init__(self, lr):
        self.g, self.d = make_generator(), make_judge()
        self.bce = torch.nn.BCEWithLogitsLoss()
        self.g_opt = torch.optim.Adam(self.g.parameters(), lr=lr)
        self.d_opt = torch.optim.Adam(self.d.parameters(), lr=lr)

    def update(self, noise, real):
        fake = self.g(noise)
        said = self.d(fake)
        self.g_opt.zero_grad()
        self.bce(said, torch.ones_like(said)).backward()
        self.g_opt.step()
        said = self.d(fake.detach())
        self.d_opt.zero_grad()
        loss = self.bce(said, torch.zeros_like(said)) + self.bce(self.d(real), torch.ones_like(said))
        loss.backward()
        self.d_opt.step()
`,
  ],
  *run(program) {
    const steps = eventsOf(program, 'step').filter(({ closure }) => !closure);
    const backwards = backwardsOf(program);
    if (steps.length === 0 || backwards.length < 2) return;
    // What is carried from turn to turn has its graph still where backward() was told to keep it.
    const isKept = backwards.some(({ retains }) => retains);
    for (const backward of backwards) {
      const { on, moment } = backward;
      if (on === undefined || moment.span === undefined) continue;
      const before = steps.filter(
        (step) =>
          step.moment.at < moment.at &&
          (isKept || step.moment.turn === moment.turn) &&
          holdsWith(step.moment, moment),
      );
      const [stale] = before.flatMap((step) => {
        const used = usedBefore(program, backward, step, isKept);
        return used === undefined ? [] : [{ step, used }];
      });
      if (stale === undefined) continue;
      yield {
        at: moment.span,
        message:
          'backward() goes through a network whose weights a step has changed since: the loss was computed before.',
        evidence: [
          places(['the network gives this before', stale.used.span], ['the step', stale.step.moment.span]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message:
              'one of the variables needed for gradient computation has been modified by an inplace operation',
            exact: false,
          },
        ],
      };
      return;
    }
  },
};

/** When the values of the program were made first. */
const timesOf = oncePerProgram((program): ReadonlyMap<Value, Moment> => {
  const times = new Map<Value, Moment>();
  for (const { result, moment } of [...eventsOf(program, 'call'), ...eventsOf(program, 'module-call')])
    for (const value of [result].flat(3)) if (isValue(value) && !times.has(value)) times.set(value, moment);
  return times;
});

/** What the network of a step gave before it, in the graph of a loss whose gradients are computed after. */
function usedBefore(
  program: Program,
  { on, moment }: BackwardRan,
  { of, moment: stepped }: OptimizerStepped,
  isKept: boolean,
): Value | undefined {
  if (on === undefined || of === 'manual' || of.kind !== 'optimizer') return undefined;
  const keys = learnersOf(program).of(of);
  const times = timesOf(program);
  return graphOf(on).find((value) => {
    const when = times.get(value);
    if (when === undefined || when.at > stepped.at || (!isKept && when.turn !== moment.turn)) return false;
    const key = learnerBehind(program, value);
    if (key !== undefined) return keys.has(key);
    const { made, inputs } = value;
    if (made.kind !== 'layer' || !/^(Linear|Conv[123]d|ConvTranspose[123]d|RNN|LSTM|GRU)$/.test(made.name))
      return false;
    // Only what comes before it needs the layer's weights for its gradients: of a recurrent one its own steps do.
    return (
      made.module.ownParameters.some(({ id, trainable }) => trainable && of.parameters.has(id)) &&
      (/^(RNN|LSTM|GRU)$/.test(made.name) || inputs.some((input) => learnedIn(input).length > 0))
    );
  });
}
