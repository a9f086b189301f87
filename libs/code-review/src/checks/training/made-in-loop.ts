import { argument, isInside, turnIn, turnsOf } from '@tensormark/frameworks';
import type { Loop, Program, ProgramModule, ProgramOptimizer } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { trainingLoops } from '../../ask/training.js';

export const optimizerInLoop: Check = {
  id: 'optimizer-in-loop',
  title: 'An optimiser made anew for every step',
  severity: 'warning',
  why: 'What it remembers of the gradients before (momentum, averages of squares) is gone with every turn, so that it never works as it should.',
  instead: 'Make the optimiser once, before the loop.',
  needs:
    'An optimiser with a memory that is made in the turn of a loop in which it takes its one step, of a network made before.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)  # <--
    adam.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    adam.step()
`,
  ],
  right: [
    `${PRELUDE}
for fold in range(5):
    net = nn.Linear(20, 3)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    for inputs, labels in loader:
        adam.zero_grad()
        loss = criterion(net(inputs), labels)
        loss.backward()
        adam.step()
for inputs, labels in loader:
    noise = torch.zeros_like(inputs, requires_grad=True)
    adam = torch.optim.Adam([noise], lr=0.01)
    adam.zero_grad()
    loss = -criterion(model(inputs + noise), labels)
    loss.backward()
    adam.step()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { loop, steps } of trainingLoops(program))
      for (const { of, moment } of steps) {
        if (of === 'manual' || of.kind !== 'optimizer') continue;
        const at = of.made.span;
        const isMadeHere =
          turnsOf(of.made)[0]?.loop === loop && turnIn(of.made, loop) === turnIn(moment, loop);
        if (!isMadeHere || at === undefined || seen.has(at.start) || of.made.arm !== undefined) continue;
        if (!remembers(of) || !isOfOlder(program, of, loop)) continue;
        seen.add(at.start);
        yield {
          at,
          message: `This ${of.type} is made in every turn of the loop, and takes one step.`,
          evidence: [places(['the loop', loop.span], ['its step', moment.span])],
        };
      }
  },
};

/** Whether an optimiser keeps more than its rate. */
function remembers(optimizer: ProgramOptimizer): boolean {
  if (optimizer.type !== 'SGD') return /^(Adam|AdamW|RMSprop|NAdam|RAdam|Adamax)$/.test(optimizer.type);
  const momentum = argument({ positional: [], named: optimizer.named }, 'momentum');
  return typeof momentum === 'number' && momentum > 0;
}

/** Whether it has parameters of modules, all of them made before the loop. */
function isOfOlder(program: Program, { parameters }: ProgramOptimizer, loop: Loop): boolean {
  const owners = program.modules.filter(({ ownParameters }) =>
    ownParameters.some(({ id }) => parameters.has(id)),
  );
  return owners.length > 0 && owners.every(({ made }) => made === undefined || !isInside(made, loop));
}

export const modelInLoop: Check = {
  id: 'model-in-loop',
  title: 'A network made anew in every epoch',
  severity: 'warning',
  why: 'Each epoch starts with new weights, and what the one before has learned is gone.',
  instead: 'Make the network and its optimiser once, before the loop over epochs.',
  needs: 'A loop that says it goes over epochs, in each turn of which a network is made and trained.',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))  # <--
    sgd = torch.optim.SGD(net.parameters(), lr=0.1)
    for inputs, labels in loader:
        sgd.zero_grad()
        loss = criterion(net(inputs), labels)
        loss.backward()
        sgd.step()
`,
  ],
  right: [
    `${PRELUDE}
for fold in range(5):
    net = nn.Linear(20, 3)
    sgd = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(10):
        for inputs, labels in loader:
            sgd.zero_grad()
            loss = criterion(net(inputs), labels)
            loss.backward()
            sgd.step()
for epochs in (5, 10, 20):
    net = nn.Linear(20, 3)
    sgd = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(epochs):
        for inputs, labels in loader:
            sgd.zero_grad()
            loss = criterion(net(inputs), labels)
            loss.backward()
            sgd.step()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { optimizer } of eventsOf(program, 'optimizer-made')) {
      const turn = turnsOf(optimizer.made)[0];
      if (turn === undefined || turn.index === 0 || optimizer.made.arm !== undefined) continue;
      if (!/^for\s+(epoch|ep)\s+in\b/.test(turn.loop.span.text)) continue;
      const owners = program.modules.filter(({ ownParameters }) =>
        ownParameters.some(({ id }) => optimizer.parameters.has(id)),
      );
      const made = owners.map((owner) => owner.made).filter((moment) => moment !== undefined);
      const isNew =
        owners.length > 0 &&
        made.length === owners.length &&
        made.every((moment) => turnsOf(moment)[0] === turn || turnsOf(moment)[0]?.loop === turn.loop);
      const at = outermostOf(owners[0])?.span;
      const trains = eventsOf(program, 'step').some(
        ({ of, moment }) => of === optimizer && isInside(moment, turn.loop),
      );
      if (!isNew || at === undefined || !trains || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'This network is made anew in every turn of the loop over epochs.',
        evidence: [places(['the loop', turn.loop.span], ['its optimiser', optimizer.made.span])],
      };
    }
  },
};

/** The network that a layer is a part of, through all that it is in. */
function outermostOf(module: ProgramModule | undefined): ProgramModule | undefined {
  let current = module;
  for (let depth = 0; depth < 20; depth++) {
    const parent = current?.parents.find(({ made }) => made !== undefined);
    if (parent === undefined) return current;
    current = parent;
  }
  return current;
}
