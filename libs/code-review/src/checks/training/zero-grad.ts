import { isInside, turnsOf } from '@tensormark/frameworks';
import type { BackwardRan, GradientsZeroed, Loop, OptimizerStepped, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { graphOf } from '../../ask/gradients.js';
import { handSteps } from '../../ask/hand-steps.js';
import { isInOtherHands } from '../../ask/left-to-others.js';
import { places } from '../../ask/places.js';
import { mayConcern } from '../../ask/receivers.js';
import { PRELUDE } from '../../ask/snippets.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';
import {
  backwardsOf,
  mayReach,
  onePerLoop,
  surelyReaches,
  trainingLoops,
  zeroingFor,
} from '../../ask/training.js';

export const zeroGrad: Check = {
  id: 'zero-grad',
  title: 'Gradients are never set to zero',
  severity: 'warning',
  why: 'backward() adds to the gradients that are there: without zeroing, each step follows the sum of all batches so far.',
  instead: 'Call optimizer.zero_grad() once for each step, before backward().',
  needs: 'A loop whose turns call backward() and step(), with nothing in it that sets gradients to zero.',
  wrong: [
    `
import torch
from nets import Critic
class Agent:
    def __init__(self, width):
        self.net = Critic(width)
        self.steps = torch.optim.Adam(self.net.parameters(), lr=1e-3)

    def learn(self, memory):
        states, goals = memory.sample(32)
        loss = (self.net(states) - goals).square().mean()
        loss.backward()  # <--
        self.steps.step()
`,
    `
import torch
from somewhere import Engine, batches
model = torch.nn.Linear(20, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

def step_on(engine, batch):
    inputs, labels = batch
    loss = torch.nn.functional.cross_entropy(model(inputs), labels)
    loss.backward()  # <--
    optimizer.step()
    return loss.item()

Engine(step_on).run(batches)
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()  # <--
        optimizer.step()
`,
    `${PRELUDE}
def train(model, loader, optimizer):
    for epoch in range(10):
        optimizer.zero_grad()  # <--
        for inputs, labels in loader:
            loss = criterion(model(inputs), labels)
            loss.backward()
            optimizer.step()

train(model, loader, optimizer)
`,
    `
import torch
from nets import Encoder, Judge
encoder, judge = Encoder(), Judge()
of_encoder = torch.optim.Adam(encoder.net.parameters(), lr=1e-4)
of_judge = torch.optim.Adam(judge.net.parameters(), lr=1e-4)
for x in torch.randn(100, 8, 16):
    made = encoder.net(x)
    judge_loss = judge.net(made.detach()).mean() - judge.net(x).mean()
    judge_loss.backward()  # <--
    of_judge.step()
    of_encoder.zero_grad()
    loss = -judge.net(made).mean()
    loss.backward()
    of_encoder.step()
`,
    `
import torch
x, y = torch.randn(100, 3), torch.randn(100)
w = torch.zeros(3, requires_grad=True)
for step in range(100):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()  # <--
    with torch.no_grad():
        w -= 0.1 * w.grad
`,
  ],
  right: [
    `
import torch
from somewhere import prepare, batches
class Agent:
    def __init__(self, net):
        self.net = net
        self.optimizer = torch.optim.Adam(net.parameters())

    def learn(self):
        for x, y in batches:
            prepare(self)
            loss = torch.nn.functional.mse_loss(self.net(x), y)
            loss.backward()
            self.optimizer.step()

Agent(torch.nn.Linear(3, 1)).learn()
`,
    `${PRELUDE}
from somewhere import begin
for epoch in range(10):
    for inputs, labels in loader:
        loss = begin(criterion, model(inputs), labels, optimizer)
        loss.backward()
        optimizer.step()
`,
    `
import torch
class Scaled:
    def __init__(self):
        self.scaler = torch.amp.GradScaler('cuda')

    def __call__(self, loss, optimizer, update=True):
        self.scaler.scale(loss).backward()
        if update:
            self.scaler.step(optimizer)
            self.scaler.update()

    def __str__(self):
        return 'Scaled.__call__'
`,
    `${PRELUDE}
steps = 4
for epoch in range(10):
    for i, (inputs, labels) in enumerate(loader):
        loss = criterion(model(inputs), labels) / steps
        loss.backward()
        if (i + 1) % steps == 0:
            optimizer.step()
            optimizer.zero_grad()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        for p in model.parameters():
            p.grad = None
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
`,
    `
def train(model, loader, optimizer, criterion, scaler):
    model.train()
    for inputs, labels in loader:
        optimizer.zero_grad(set_to_none=True)
        with torch.cuda.amp.autocast():
            loss = criterion(model(inputs), labels)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
`,
    `
w = torch.zeros(3, requires_grad=True)
x, y = torch.randn(100, 3), torch.randn(100)
for i in range(100):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
`,
    `${PRELUDE}
import higher
def adapt(tasks):
    for batch in tasks:
        optimizer.zero_grad()
        for support, query in batch:
            with higher.innerloop_ctx(model, optimizer, copy_initial_weights=False) as (fast, inner):
                for _ in range(3):
                    inner.step(criterion(fast(support[0]), support[1]))
                loss = criterion(fast(query[0]), query[1])
                loss.backward()
        optimizer.step()
`,
  ],
  *run(program) {
    // Gradients of these are kept elsewhere than in the parameters, or emptied by what takes the step.
    if (/innerloop_ctx|dist_autograd|distributed\.autograd|\bdeepspeed\b/.test(program.source)) return;
    yield* byHand(program);
    for (const { loop, backwards, steps } of onePerLoop(trainingLoops(program))) {
      const step = steps.find(({ of }) => of !== 'manual' && zeroingFor(program, loop, of).length === 0);
      if (step === undefined || step.of === 'manual') continue;
      const { of } = step;
      const backward =
        backwards.find((event) => surelyReaches(event, of)) ?? backwards.find((event) => mayReach(event, of));
      const outside = eventsOf(program, 'zero-grad').find(
        (event) => mayConcern(event.of, of) && !isInside(event.moment, loop),
      );
      const other = outside === undefined ? zeroedForNothing(program, loop, backwards, steps) : undefined;
      const at = (outside ?? other ?? backward)?.moment.span;
      if (backward === undefined || at === undefined) continue;
      if (isInOtherHands(program, loop, of, step.moment)) continue;
      // A part of a step that is handed the loss: whoever has worked that out sets the gradients to zero.
      if (loop.kind === 'calls' && isGiven(backward)) continue;
      yield {
        at,
        // Who calls it elsewhere may do that too.
        ...(loop.kind === 'calls' &&
          !isSpokenOf(program, loop) &&
          !isItsOwn(program, loop, step) && { severity: 'design' as const }),
        message:
          other !== undefined
            ? 'The gradients of another optimiser are set to zero than of the one that steps here: those of every batch add up.'
            : outside === undefined
              ? `Gradients are never set to zero in this ${loop.kind === 'calls' ? 'step' : 'loop'}, so those of every batch add up.`
              : 'Gradients are set to zero outside of the loop over batches, so those of all its batches add up.',
        evidence: [
          places(
            [loop.kind === 'calls' ? 'the step, which others repeat' : 'the loop', loop.span],
            ['gradients are computed', backward.moment.span],
            ['a step is taken', step.moment.span],
          ),
        ],
      };
    }
  },
};

/** What empties an optimiser that takes no step in a loop, and that no gradients of the loop reach. */
function zeroedForNothing(
  program: Program,
  loop: Loop,
  backwards: readonly BackwardRan[],
  steps: readonly OptimizerStepped[],
): GradientsZeroed | undefined {
  return eventsOf(program, 'zero-grad').find(({ of, moment }) => {
    if (of === 'parameters' || of.kind !== 'optimizer' || !isInside(moment, loop)) return false;
    return !steps.some((one) => one.of === of) && !backwards.some((event) => mayReach(event, of));
  });
}

/** Whether gradients are those of a loss that comes as an argument, with nothing behind it that has parameters. */
function isGiven({ on }: BackwardRan): boolean {
  const graph = on === undefined ? [] : graphOf(on);
  return (
    graph.some(({ made }) => made.kind === 'argument' && /loss|cost|objective/i.test(made.name)) &&
    graph.every(({ made }) => ['argument', 'unknown', 'operation'].includes(made.kind))
  );
}

/** Whether a method steps an optimiser that its own object has made, and nothing of the file sets gradients to zero. */
function isItsOwn(program: Program, { span }: Loop, { moment }: OptimizerStepped): boolean {
  const name = /^(self\.\w+)\.step\(/.exec(moment.span?.text ?? '')?.[1];
  return (
    name !== undefined &&
    /\bself\b/.test(span.text) &&
    !/zero_|\.grad\s*=/.test(program.source) &&
    statementsOf(program).some((one) => one.kind === 'Assign' && targetsOf(one).includes(name))
  );
}

/** Whether the file speaks of a function besides defining it: calls it, or hands it on. */
function isSpokenOf({ source }: Program, { span }: Loop): boolean {
  const name = /\bdef\s+(\w+)/.exec(span.text)?.[1];
  // Optimisers have methods of the usual names too.
  const named = new RegExp(String.raw`(?<!(?:opt\w*|sched\w*|scaler)\.)\b${name}\b`, 'gi');
  return name !== undefined && [...source.matchAll(named)].length > 1;
}

/** Steps that a program takes by itself: `w.data -= rate * w.grad`, with nothing anywhere that empties `w.grad`. */
function* byHand(program: Program): Generator<Found> {
  if (/zero_|zero_grad|\.grad\s*=|autograd\.grad|grad\[|functional_call/.test(program.source)) return;
  const seen = new Set<number>();
  for (const { moment } of handSteps(program)) {
    const backward = backwardsOf(program).findLast((event) => {
      const loop = turnsOf(event.moment)[0]?.loop;
      return event.moment.at < moment.at && loop !== undefined && isInside(moment, loop);
    });
    const at = backward?.moment.span;
    const loop = backward === undefined ? undefined : turnsOf(backward.moment)[0]?.loop;
    if (at === undefined || loop === undefined || seen.has(at.start)) continue;
    // What is made anew in each turn has no gradients yet.
    if (/requires_grad|Parameter\(|deepcopy|clone\(/.test(loop.span.text)) continue;
    seen.add(at.start);
    yield {
      at,
      message: 'Gradients are never set to zero in this loop, so those of every turn add up.',
      evidence: [places(['the loop', loop.span], ['a step is taken', moment.span])],
    };
  }
}
