import { holdsWith, turnsOf } from '@tensormark/frameworks';
import type { Moment, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { surelyKeptWithin, surelyLearnedWithin } from '../../ask/learners.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';
import { functionsAround, holds } from '../../ask/tree.js';

export const backwardTwice: Check = {
  id: 'backward-twice',
  title: 'backward() through a graph that is gone',
  severity: 'error',
  why: 'backward() frees what the forward kept for it; a second pass through the same part of the graph raises an error.',
  instead:
    'Detach what is carried over (hidden states, generated samples), or add the losses up and call backward() once.',
  needs:
    'Two calls of backward() whose graphs share the output of a layer with trainable parameters, or of an operation on a tensor that learns, the first without retain_graph.',
  wrong: [
    `
import torch
from nets import Maker, Judge
maker, judge = Maker().to('cuda'), Judge().to('cuda')
maker_steps = torch.optim.Adam(maker.parameters(), lr=1e-4)
judge_steps = torch.optim.Adam(judge.parameters(), lr=1e-4)
for real in torch.rand(100, 8, 1, 28, 28):
    made = maker(torch.randn(8, 64).to('cuda'))
    judge.zero_grad()
    loss = judge(made).mean() - judge(real.to('cuda')).mean()
    loss.backward()
    judge_steps.step()
    maker.zero_grad()
    fooled = -judge(made).mean()
    fooled.backward()  # <--
    maker_steps.step()
`,
    `
import torch
import torch.nn as nn
rnn = nn.RNN(8, 16, batch_first=True)
head = nn.Linear(16, 8)
optimizer = torch.optim.SGD(list(rnn.parameters()) + list(head.parameters()), lr=0.1)
hidden = torch.zeros(1, 4, 16)
for batch in range(100):
    x = torch.randn(4, 12, 8)
    optimizer.zero_grad()
    out, hidden = rnn(x, hidden)
    loss = (head(out) - x).pow(2).mean()
    loss.backward()  # <--
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs)
    loss = criterion(outputs, labels)
    penalty = outputs.pow(2).mean()
    loss.backward()
    penalty.backward()  # <--
    optimizer.step()
`,
    `
import torch
points = torch.rand(200, 3)
slope = torch.tensor([[2.0], [0.5], [1.0]], requires_grad=True)
heights = points @ slope
guess = torch.zeros(3, 1, requires_grad=True)
for turn in range(50):
    loss = (points @ guess - heights).abs().mean()
    loss.backward()  # <--
    with torch.no_grad():
        guess -= 0.1 * guess.grad
        guess.grad.zero_()
`,
  ],
  right: [
    `
import torch
points = torch.rand(200, 3)
slope = torch.tensor([[2.0], [0.5], [1.0]], requires_grad=True)
guess = torch.zeros(3, 1, requires_grad=True)
scale = guess + 0.0
heights = (points @ slope).detach()
for turn in range(50):
    loss = (points @ guess + scale.mean() - heights).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        guess -= 0.1 * guess.grad
        guess.grad.zero_()
`,
    `
import torch
from nets import Both
nets = Both()
maker_steps = torch.optim.Adam(nets.parameters(), lr=1e-4)
for real in torch.rand(100, 8, 1, 28, 28):
    maker_steps.zero_grad()
    made_loss, judged_loss = nets(real)
    made_loss.mean().backward()
    judged_loss.mean().backward()
    maker_steps.step()
`,
    `
import torch
import torch.nn as nn
from somewhere import cut_loose
rnn, head = nn.LSTM(8, 16, batch_first=True), nn.Linear(16, 8)
optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=0.1)
state = (torch.zeros(1, 4, 16), torch.zeros(1, 4, 16))
for batch in range(100):
    x = torch.randn(4, 12, 8)
    out, state = rnn(x, cut_loose(state))
    loss = (head(out) - x).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
from somewhere import batches
rnn, head = nn.LSTM(8, 16, batch_first=True), nn.Linear(16, 1)
optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=0.1)
state = (torch.zeros(1, 4, 16), torch.zeros(1, 4, 16))
for x, y in batches:
    state = tuple([each.data for each in state])
    optimizer.zero_grad()
    out, state = rnn(x, state)
    loss = (head(out[:, -1]) - y).pow(2).mean()
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
rnn = nn.LSTM(8, 16, batch_first=True)
head = nn.Linear(16, 8)
optimizer = torch.optim.SGD(list(rnn.parameters()) + list(head.parameters()), lr=0.1)
hidden = (torch.zeros(1, 4, 16), torch.zeros(1, 4, 16))
for batch in range(100):
    x = torch.randn(4, 12, 8)
    hidden = tuple(h.detach() for h in hidden)
    optimizer.zero_grad()
    out, hidden = rnn(x, hidden)
    loss = (head(out) - x).pow(2).mean()
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
g, d = nn.Sequential(nn.Linear(4, 8), nn.Tanh()), nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
go, do = torch.optim.Adam(g.parameters()), torch.optim.Adam(d.parameters())
bce = nn.BCELoss()
for step in range(1000):
    fake = g(torch.randn(16, 4))
    do.zero_grad()
    bce(d(torch.randn(16, 8)), torch.ones(16, 1)).backward()
    bce(d(fake.detach()), torch.zeros(16, 1)).backward()
    do.step()
    go.zero_grad()
    bce(d(fake), torch.ones(16, 1)).backward()
    go.step()
`,
  ],
  *run(program) {
    /** Calls of layers (by what all they gave shares) whose graph is freed, and by which `backward`. */
    const used = new Map<Value['made'], number>();
    const backwards = backwardsOf(program);
    for (const [at, { on, moment, retains }] of backwards.entries()) {
      if (on === undefined) continue;
      const learned = [...surelyLearnedWithin(program, on), ...surelyKeptWithin(program, on)];
      const shared = learned.find(({ made }) => {
        const before = used.get(made);
        return before !== undefined && holdsWith(backwards[before]?.moment ?? moment, moment);
      });
      const first = shared && backwards[used.get(shared.made) ?? at];
      const isElsewhere = shared !== undefined && isOfAnotherCall(moment, shared);
      if (shared !== undefined && first !== undefined && !isElsewhere && moment.span !== undefined) {
        yield {
          at: moment.span,
          message: isMadeBefore(program, moment, shared)
            ? 'backward() goes through what was computed before the loop, whose graph the first turn has freed.'
            : first.moment.span?.start === moment.span.start
              ? 'backward() goes back into the turn before, whose graph it has freed already.'
              : 'backward() goes through a part of the graph that an earlier backward() has freed.',
          evidence: [
            places(
              ['both go through what is computed here', shared.span],
              ['the first backward()', first.moment.span],
            ),
            {
              kind: 'error',
              type: 'RuntimeError',
              message:
                'Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed).',
              exact: false,
            },
          ],
        };
        return;
      }
      if (!retains) for (const { made } of learned) used.set(made, at);
    }
  },
};

/** Whether something was computed on the file's own level before the loop that a step is in, once for all its turns. */
function isMadeBefore(program: Program, moment: Moment, { span }: Value): boolean {
  const loops = turnsOf(moment).filter(({ loop }) => loop.kind !== 'calls');
  if (span === undefined || loops.length === 0 || functionsAround(program, span).length > 0) return false;
  return loops.every(({ loop }) => !holds(loop.span, span));
}

/** Whether a step that reading alone repeats goes back into what another function computed, which whoever calls both calls anew. */
function isOfAnotherCall(moment: Moment, { span }: Value): boolean {
  const calls = turnsOf(moment).find(({ loop }) => loop.kind === 'calls');
  return calls !== undefined && span !== undefined && !holds(calls.loop.span, span);
}
