import { isInside, isValue, turnsOf } from '@tensormark/frameworks';
import type {
  BackwardRan,
  Datum,
  GradientsZeroed,
  Moment,
  OptimizerStepped,
  Program,
  ProgramOptimizer,
} from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed, callsOfUnknown, eventsOf } from '../../ask/events.js';
import { isInOtherHands } from '../../ask/left-to-others.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { callsOf, statementAt, statementsOf, targetsOf } from '../../ask/tree.js';
import { backwardsOf, escapes } from '../../ask/training.js';

export const stepMissing: Check = {
  id: 'step-missing',
  title: 'No step() after backward()',
  severity: 'warning',
  why: 'Gradients are computed and never used: the parameters stay as they were initialised.',
  instead: 'Call optimizer.step() after backward().',
  needs: 'An optimiser, backward() in a loop, and nowhere a step or a change of the parameters by hand.',
  wrong: [
    `
import torch
import torch.nn as nn
from somewhere import Net, batches
model = Net()
criterion = nn.CrossEntropyLoss()
for data, targets in batches:
    model.zero_grad()
    criterion(model(data), targets).backward()  # <--
    torch.nn.utils.clip_grad_norm_(model.parameters(), 0.25)
    for p in model.parameters():
        p.grad.data.zero_()
`,
    `${PRELUDE}
for parameter in model.parameters():
    nn.init.normal_(parameter, std=0.02)
schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=30)
for epoch in range(100):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()  # <--
    schedule.step()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()  # <--
`,
    `
import torch
import torch.nn as nn
g, d = nn.Linear(4, 8), nn.Linear(8, 1)
g_opt = torch.optim.Adam(g.parameters())
d_opt = torch.optim.Adam(d.parameters())
for step in range(100):
    d_opt.zero_grad()
    d(g(torch.randn(8, 4)).detach()).mean().backward()  # <--
    g_opt.zero_grad()
    d(g(torch.randn(8, 4))).mean().backward()
    g_opt.step()
`,
  ],
  right: [
    `
import torch
class Trainer:
    def train_step(self, data):
        x, y = data
        self.zero_grad()
        loss = self.compute_loss(y, self(x))
        loss.backward()
        with torch.no_grad():
            self.optimizer.apply([v.grad for v in self.weights], self.weights)
`,
    `
import torch
import torch.nn as nn
g, d = nn.Linear(4, 8), nn.Linear(8, 1)
class Both:
    def __init__(self, inner):
        self.inner = inner
    def step(self):
        self.inner.step()
go, do = torch.optim.Adam(g.parameters()), torch.optim.Adam(d.parameters())
both = Both(do)
for step in range(100):
    do.zero_grad()
    d(g(torch.randn(8, 4)).detach()).mean().backward()
    both.step()
    go.zero_grad()
    d(g(torch.randn(8, 4))).mean().backward()
    go.step()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= 0.01 * p.grad
`,
    `
import torch
import torch.nn as nn
from somewhere import remote

class Server:
    def __init__(self):
        self.model = nn.Linear(3, 1)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    @staticmethod
    @remote
    def update(reference, gradients):
        self = reference.local_value()
        if self.waits():
            self.optimizer.step()

class Learner:
    def learn(self, model):
        for i in range(3):
            nn.functional.mse_loss(model(torch.randn(4, 3)), torch.zeros(4, 1)).backward()
            remote(Server.update, args=(self, [p.grad for p in model.parameters()]))
`,
    `
model = nn.Linear(3, 1)
x = torch.randn(1, 3, requires_grad=True)
for i in range(3):
    model(x).sum().backward()
`,
    `
import torch
import torch.nn as nn
from somewhere import Net, batches
model = Net()
criterion = nn.CrossEntropyLoss()
for data, targets in batches:
    model.zero_grad()
    criterion(model(data), targets).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 0.25)
    for p in model.parameters():
        p.data.add_(-0.1, p.grad.data)
`,
    `
import torch.nn.functional as F
def importances(model, loader, optimizer):
    kept = {name: 0 for name, _ in model.named_parameters()}
    for images, labels in loader:
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        for name, p in model.named_parameters():
            kept[name] += p.grad.data ** 2 / len(loader)
    return kept
`,
  ],
  *run(program) {
    if (program.cutShort) return;
    if (eventsOf(program, 'step').length > 0) {
      yield* oneNeverStepped(program);
      return;
    }
    const isTrained = program.optimizers.length > 0 || eventsOf(program, 'zero-grad').some(isOfOptimizer);
    const [optimizer] = program.optimizers;
    // One that is written and was never come to may be called from elsewhere.
    if (isWritten(program)) return;
    if (!isTrained || changesByHand(program) || reckonsWithGradients(program)) return;
    if (escapes(program, ({ made }) => made.kind === 'argument' && made.role === 'optimizer')) return;
    if (escapesWhole(program)) return;
    for (const { moment } of backwardsOf(program)) {
      if (moment.span === undefined || turnsOf(moment).length === 0) continue;
      yield {
        at: moment.span,
        message: 'Gradients are computed, and step() is called nowhere.',
        evidence: [places(['the optimiser', optimizer?.made.span])],
      };
      return;
    }
  },
};

/** Whether it is an optimiser, or may be, whose gradients are set to nothing: of an attribute that is not known its name says so. */
function isOfOptimizer({ of, moment }: GradientsZeroed): boolean {
  if (of === 'parameters' || of.kind === 'module') return false;
  const name = moment.span?.text.split('.zero_grad', 1)[0] ?? '';
  if (of.kind === 'optimizer' || of.made.kind === 'argument') return true;
  // What takes the whole of a step upon itself has steps of other names.
  return of.made.kind === 'attribute'
    ? /opt|solver|adam|sgd/i.test(name)
    : !/trainer|engine|accelerat|fabric|strategy|plugin/i.test(name);
}

/** Whether the file has a step of an optimiser that reading did not come to. */
function isWritten(program: Program): boolean {
  return callsOf(program).some(({ callee }) => /opt\w*\.(step|apply(_gradients)?)$/i.test(callee.span.text));
}

/** An optimiser of several whose gradients are set to nothing, before a loss's are computed, and that never takes a step. */
function* oneNeverStepped(program: Program): Generator<Found> {
  const steps = eventsOf(program, 'step');
  if (program.optimizers.length < 2 || changesByHand(program) || escapesWhole(program)) return;
  if (steps.some(({ of }) => of === 'manual' || of.kind !== 'optimizer')) return;
  for (const optimizer of program.optimizers) {
    if (steps.some(({ of }) => of === optimizer || (of !== 'manual' && of.id === optimizer.id))) continue;
    if (isHandedOn(program, optimizer)) continue;
    const zeroed = eventsOf(program, 'zero-grad').find(({ of }) => of === optimizer);
    const loop = zeroed && turnsOf(zeroed.moment)[0]?.loop;
    const computed = backwardsOf(program).find(
      ({ moment }) =>
        zeroed !== undefined && loop !== undefined && moment.at > zeroed.moment.at && isInside(moment, loop),
    );
    const at = steppedTwice(program, computed)?.moment.span ?? computed?.moment.span;
    // Another that steps in the same loop shows that it is meant to be followed to its end.
    if (loop !== undefined && isInOtherHands(program, loop, optimizer)) continue;
    if (at === undefined || loop === undefined || !steps.some(({ moment }) => isInside(moment, loop)))
      continue;
    yield {
      at,
      message: 'Gradients are computed for one of the optimisers, which never takes a step.',
      evidence: [
        places(
          ['the optimiser', optimizer.made.span],
          ['its gradients are set to nothing here', zeroed?.moment.span],
        ),
      ],
    };
    return;
  }
}

/** A second step that another optimiser takes right after its first, in the turn of a backward: one of them was meant for another. */
function steppedTwice(program: Program, computed: BackwardRan | undefined): OptimizerStepped | undefined {
  const steps = eventsOf(program, 'step').filter(({ moment }) => moment.turn === computed?.moment.turn);
  return steps.find((step, at) => {
    const before = steps[at - 1];
    return (
      before?.of === step.of &&
      before.moment.span?.start !== step.moment.span?.start &&
      !backwardsOf(program).some(({ moment }) => moment.at > before.moment.at && moment.at < step.moment.at)
    );
  });
}

/** Whether something else has an optimiser, which may step it: one around it, a scaler, a list. Schedulers do not. */
function isHandedOn(program: Program, { made }: ProgramOptimizer): boolean {
  const statement = made.span === undefined ? undefined : statementAt(program, made.span);
  const [name = ''] = statement === undefined ? [] : targetsOf(statement);
  if (!/^(self\.)?\w+$/.test(name) || /\(\s*(torch\.optim\.|optim\.)?Optimizer\s*\)\s*:/.test(program.source))
    return true;
  const last = name.split('.').at(-1) ?? name;
  // What functions of the file do with it was followed.
  const own = new Set(statementsOf(program).flatMap((one) => (one.kind === 'FunctionDef' ? [one.name] : [])));
  const handed = new RegExp(
    String.raw`([\w.]*)\(([^()]*,)?\s*(self\.)?${last}\s*[,)]|\[[^\]]*\b${last}\b[^\]]*\]|=\s*(self\.)?${last}\s*$`,
    'gm',
  );
  return [...program.source.matchAll(handed)].some(
    ([, callee = '']) => !/LR$|sched|Warm|Cosine|Plateau|adjust/i.test(callee) && !own.has(callee),
  );
}

/** Whether an optimiser is handed to something unknown. */
function escapesWhole(program: Parameters<Check['run']>[0]): boolean {
  return callsOfUnknown(program).some(
    ({ name, args }) =>
      name !== 'unscale_' &&
      args.positional
        .slice(1)
        .some(
          (datum) =>
            typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'optimizer',
        ),
  );
}

/** Whether gradients are what is wanted: an importance of each weight, a penalty. */
function reckonsWithGradients(program: Program): boolean {
  const isGradient = (datum: Datum | undefined): boolean => {
    if (!isValue(datum)) return false;
    const name = 'name' in datum.made ? datum.made.name : '';
    return name === 'grad' || (/^(data|detach|clone)$/.test(name) && datum.inputs.some(isGradient));
  };
  return callsNamed(
    program,
    'pow',
    '__pow__',
    'square',
    'abs',
    'mul',
    '__mul__',
    '__rmul__',
    'add_',
    '__iadd__',
  ).some(({ args }) => args.positional.some(isGradient));
}

/** Whether a parameter, or the data of one, is written over in place or set once there are gradients: before, it is initialised. */
function changesByHand(program: Parameters<Check['run']>[0]): boolean {
  const [computed] = backwardsOf(program);
  if (computed === undefined) return false;
  const isAfter = ({ moment }: { readonly moment: Moment }): boolean => moment.at > computed.moment.at;
  const isParameter = (datum: Datum | undefined): boolean => {
    if (!isValue(datum)) return false;
    const { made, inputs } = datum;
    if (made.kind === 'parameter') return true;
    const name = 'name' in made ? made.name : undefined;
    // Each of what a network gives of which nothing is known.
    const [from] = inputs;
    if (name === 'element' && from?.made.kind === 'operation')
      return /^(named_)?parameters$/.test(from.made.name);
    return /^(data|sub|add|unpacked)$/.test(name ?? '') && inputs.some(isParameter);
  };
  return (
    eventsOf(program, 'tensor-set').some(
      (event) => event.name === 'data' && isAfter(event) && isParameter(event.of),
    ) ||
    eventsOf(program, 'call').some(
      ({ name, args, moment }) =>
        isAfter({ moment }) &&
        (/^__i\w+__$/.test(name) || (name.endsWith('_') && !name.startsWith('_') && name !== 'zero_')) &&
        isParameter(args.positional[0]),
    )
  );
}
