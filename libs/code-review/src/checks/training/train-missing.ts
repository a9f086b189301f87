import { isCertain, turnsOf } from '@tensormark/frameworks';
import type { Moment, Program, ProgramModule } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsOfUnknown, eventsOf } from '../../ask/events.js';
import { learnerBehind, networkBehind } from '../../ask/learners.js';
import { modesLeft } from '../../ask/mode-order.js';
import { modeDependent } from '../../ask/modes.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { keyOf } from '../../ask/receivers.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf, valuesLearnedFrom } from '../../ask/training.js';
import { isValue } from '@tensormark/frameworks';

export const trainMissing: Check = {
  id: 'train-missing',
  title: 'Trained in evaluation mode',
  severity: 'warning',
  why: 'After the first evaluation dropout stays off and batch norm keeps its statistics for all the training that follows.',
  instead: 'Call model.train() at the beginning of each epoch of training.',
  needs:
    'A network with dropout or batch norm that is trained in training mode on the first turn of a loop and in evaluation mode on the next.',
  wrong: [
    `
import torch
from nets import Unet
class Noise:
    def sample(self, net, count):
        net.eval()  # <--
        with torch.no_grad():
            return net(torch.randn(count, 3, 32, 32))

def train(loader):
    net, noise = Unet().to('cuda'), Noise()
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4)
    for epoch in range(10):
        for pictures in loader:
            loss = torch.nn.functional.mse_loss(net(pictures), pictures)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(noise.sample(net, len(pictures)))

train(torch.rand(100, 8, 3, 32, 32))
`,
    `
import torch
from networks import Net
from data import train_loader, test_loader
model = Net()
optimizer = torch.optim.Adam(model.parameters())
model.train()
for epoch in range(10):
    for inputs, labels in train_loader:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        optimizer.step()
    model.eval()  # <--
    with torch.no_grad():
        correct = sum((model(a).argmax(1) == b).sum() for a, b in test_loader)
`,
    `
class Trainer:
    def __init__(self, model, loader, optimizer, criterion, score):
        self.model, self.loader, self.score = model, loader, score
        self.optimizer, self.criterion = optimizer, criterion

    def validate(self):
        self.model.eval()  # <--
        print(self.score(self.model))

    def fit(self):
        self.model.train()
        for step, (inputs, labels) in enumerate(self.loader):
            if step % 100 == 0:
                self.validate()
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(inputs), labels)
            loss.backward()
            self.optimizer.step()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    model.eval()  # <--
    with torch.no_grad():
        correct = sum((model(a).argmax(1) == b).sum() for a, b in loader)
`,
    `${PRELUDE}
def train_epoch(model, loader, optimizer):
    model.eval()  # <--
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()

for epoch in range(10):
    train_epoch(model, loader, optimizer)
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
encoder = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.1))
head = nn.Linear(64, 3)
optimizer = torch.optim.Adam(head.parameters(), lr=1e-3)

def train_head():
    encoder.eval()
    for step in range(100):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(head(encoder(torch.randn(8, 20))), torch.randint(0, 3, (8,)))
        loss.backward()
        optimizer.step()

train_head()
`,
    `
def run(model, loader, optimizer, learns):
    if learns:
        model.train()
    else:
        model.eval()
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        if learns:
            loss.backward()
            optimizer.step()

for epoch in range(10):
    run(model, train_loader, optimizer, True)
    run(model, test_loader, optimizer, False)
`,
    `
class Trainer:
    def __init__(self, model, loader, optimizer, criterion, score):
        self.model, self.loader, self.score = model, loader, score
        self.optimizer, self.criterion = optimizer, criterion

    def validate(self):
        self.model.eval()
        print(self.score(self.model))
        self.model.train()

    def fit(self):
        for step, (inputs, labels) in enumerate(self.loader):
            if step % 100 == 0:
                self.validate()
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(inputs), labels)
            loss.backward()
            self.optimizer.step()
`,
    `${PRELUDE}
for epoch in range(10):
    model.train()
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        correct = sum((model(a).argmax(1) == b).sum() for a, b in loader)
`,
    `
import torch
from own import Maker, Judge, judge_loss, maker_loss, pictures
maker, judge = Maker(), Judge()
maker_steps, judge_steps = torch.optim.Adam(maker.parameters()), torch.optim.Adam(judge.parameters())
for real in pictures:
    judge.train()
    maker.eval()
    loss = judge_loss(judge(real), judge(maker(torch.randn(8, 16))))
    judge_steps.zero_grad()
    loss.backward()
    judge_steps.step()
    judge.eval()
    maker.train()
    loss = maker_loss(judge(maker(torch.randn(8, 16))))
    maker_steps.zero_grad()
    loss.backward()
    maker_steps.step()
`,
  ],
  *run(program) {
    let found = false;
    for (const one of byEvents(program)) {
      found = true;
      yield one;
    }
    if (!found) yield* byOrder(program);
    if (!found) yield* ofLearners(program);
  },
};

/** Where the network is not followed: by the order in which modes are set and gradients computed. */
function* byOrder(program: Program): Generator<Found> {
  const networks = program.modules.filter(({ parents, isNative }) => parents.length === 0 && !isNative);
  // A network of which all is known, and that does the same in both modes.
  if (
    networks.length > 0 &&
    networks.every((one) => one.isReadable && modeDependent(program, one) === undefined)
  )
    return;
  const [left] = modesLeft(program);
  if (left === undefined) return;
  yield {
    at: left.set,
    message: 'The network is put into evaluation mode, and is still in it when it is trained on again.',
    evidence: [places(['gradients are computed here', left.trained])],
  };
}

/** Networks of other files that are trained in training mode at first, and in evaluation mode once that has been set anywhere. */
function* ofLearners(program: Program): Generator<Found> {
  const learned = valuesLearnedFrom(program);
  const modes = eventsOf(program, 'mode').flatMap(({ of, training, moment }) =>
    isValue(of) ? [{ key: keyOf(networkBehind(of)), training, moment }] : [],
  );
  if (!modes.some(({ training }) => training === false)) return;
  const asked = callsOfUnknown(program).flatMap(({ args, result, moment }) => {
    const key = isValue(result) && learned.has(result) ? learnerBehind(program, result) : undefined;
    const set = modes.findLast((mode) => mode.key === key && mode.moment.at < moment.at);
    return key === undefined || args.positional.length === 0 ? [] : [{ key, set, moment }];
  });
  for (const { key, set, moment } of asked) {
    const isFirst = (one: (typeof asked)[number]): boolean =>
      one.key === key && one.set?.training !== false && one.moment.span?.start === moment.span?.start;
    const at = set?.moment.span;
    if (set?.training !== false || at === undefined || !isCertain(set.moment)) continue;
    if (!asked.some((one) => one.moment.at < set.moment.at && isFirst(one))) continue;
    yield {
      at,
      message:
        'The network is put into evaluation mode here, and is still in it when it is trained on again.',
      evidence: [places(['it is trained on here', moment.span])],
    };
    return;
  }
}

function* byEvents(program: Program): Generator<Found> {
  const trained = valuesLearnedFrom(program);
  const calls = outermostCalls(program).filter(
    ({ moment, result }) => moment.gradients && isValue(result) && trained.has(result),
  );
  const modes = eventsOf(program, 'mode');
  for (const call of calls) {
    const { module, moment, training } = call;
    if (training || turnsOf(moment).length === 0) continue;
    const dependent = modeDependent(program, module);
    const first = calls.find(
      (other) => other.module === module && other.training && other.moment.span?.start === moment.span?.start,
    );
    const set = modes.findLast(
      (mode) => mode.training === false && mode.of === module && mode.moment.at < moment.at,
    );
    const at = set?.moment.span;
    if (dependent === undefined || set === undefined || at === undefined) continue;
    if (!isCertain(set.moment)) continue;
    if (first === undefined && !isPutAsideToTrain(program, module, set.moment)) continue;
    yield {
      at,
      message: 'The network is put into evaluation mode, and never back before it is trained on.',
      evidence: [
        places(['it is trained on here', moment.span], [`a ${dependent.type} layer`, dependent.span]),
      ],
    };
    return;
  }
}

/** Whether the function that trains a network, and whose optimiser has it, puts it into evaluation mode by itself. */
function isPutAsideToTrain(program: Program, module: ProgramModule, moment: Moment): boolean {
  const { activation } = moment;
  if (activation === undefined || !/train|fit/i.test(activation.name)) return false;
  const given = new Set(program.optimizers.flatMap(({ parameters }) => [...parameters]));
  return (
    module.parameters.some(({ id }) => given.has(id)) &&
    backwardsOf(program).some((event) => event.moment.activation?.id === activation.id) &&
    !eventsOf(program, 'mode').some(({ of, training, moment: when }) => {
      const isOfTraining = when.activation?.name === activation.name;
      return isOfTraining && (training !== false || of !== module);
    })
  );
}
