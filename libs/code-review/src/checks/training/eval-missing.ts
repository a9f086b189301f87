import { isInside, turnsOf } from '@tensormark/frameworks';
import type { ModuleCalled, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsNamed, callsOfUnknown, eventsOf } from '../../ask/events.js';
import { isOfTesting } from '../../ask/gone-over.js';
import { modeDependent } from '../../ask/modes.js';
import { callsOfModule, outermostCalls } from '../../ask/module-calls.js';
import { isOverTests } from '../../ask/over-tests.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';
import { learnersInTraining } from './learners-in-training.js';
import { phasesInOneMode } from './phases-in-one-mode.js';
import { putBackToTraining } from './put-back.js';

const MEASURES = new Set(['argmax', 'argmin', 'max', 'topk', 'eq']);

const WHOLE = (mode: string, mark = ''): string => `${PRELUDE}
X_test, y_test = torch.randn(40, 20), torch.randint(0, 3, (40,))
for epoch in range(20):
    model.train()
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
${mode}    with torch.no_grad():
        scores = model(X_test)${mark}
    print(epoch, criterion(scores, y_test).item())
model.eval()
`;

export const evalMissing: Check = {
  id: 'eval-missing',
  title: 'Evaluated in training mode',
  severity: 'warning',
  why: 'Dropout goes on dropping and batch norm goes on using (and updating) the statistics of the test batches, so the figures are wrong.',
  instead: 'Call model.eval() before evaluating, and model.train() before training again.',
  needs:
    'A loop over data without gradients, or over a loader that is called one to test with, whose outputs are measured, calling a network with dropout or batch norm in training mode after training it.',
  wrong: [
    `
import torch
from nets import Siamese
from data import train_loader, val_loader

def fit(net):
    optimizer = torch.optim.Adam(net.parameters())
    for epoch in range(10):
        net.train()
        for pair, same in train_loader:
            loss = torch.nn.functional.binary_cross_entropy(net(pair), same)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            for pair, same in val_loader:
                print(((net(pair) > 0.5) == same).float().mean())  # <--

net = Siamese()
fit(net)
net.eval()
`,
    `
import torch
from nets import Siamese
from data import train_loader, val_loader
net = Siamese()
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    net.train()
    for pair, same in train_loader:
        loss = torch.nn.functional.binary_cross_entropy(net(pair), same)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        for pair, same in val_loader:
            chance = net(pair)  # <--
            print(((chance > 0.5) == same).float().mean())
`,
    `
import torch.nn as nn
import torch.optim as optim
from data import train_loader, test_loader
net = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 3))
optimizer, criterion = optim.Adam(net.parameters()), nn.CrossEntropyLoss()
def accuracy(net, batches):
    right = count = 0
    for x, y in batches:
        right += (net(x).argmax(1) == y).sum().item()  # <--
        count += len(y)
    return right / count
for epoch in range(5):
    net.train()
    for x, y in train_loader:
        optimizer.zero_grad()
        criterion(net(x), y).backward()
        optimizer.step()
    print(accuracy(net, test_loader))
`,
    WHOLE('', '  # <--'),
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Speaker(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.drop, self.head = nn.Embedding(50, 16), nn.Dropout(0.2), nn.Linear(16, 50)

    def forward(self, ids, targets):
        scores = self.head(self.drop(self.words(ids)))
        return scores, F.cross_entropy(scores.view(-1, 50), targets.view(-1))

model = Speaker()
optimizer = torch.optim.Adam(model.parameters())

@torch.no_grad()
def estimate(batches):
    losses = torch.zeros(20)
    for at, (ids, targets) in zip(range(20), batches):
        _, loss = model(ids, targets)  # <--
        losses[at] = loss.item()
    return losses.mean()

def train(batches):
    for ids, targets in batches:
        _, loss = model(ids, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(estimate(batches))
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
correct = 0
with torch.no_grad():
    for inputs, labels in loader:
        outputs = model(inputs)  # <--
        correct += (outputs.argmax(1) == labels).sum().item()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
correct = 0
for inputs, labels in test_loader:
    correct += (model(inputs).argmax(1) == labels).sum().item()  # <--
`,
    `
import torch
def fit(model, loader, test_loader, optimizer, criterion):
    model.train()
    for inputs, labels in loader:
        optimizer.zero_grad()
        criterion(model(inputs), labels).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        for inputs, labels in test_loader:
            model.train()  # <--
            print(criterion(model(inputs), labels).item())
`,
    `
import torch
from torchvision import models
model = models.resnet18(num_classes=5)
model.load_state_dict(torch.load("weights.pt"))
with torch.no_grad():
    scores = model(torch.randn(1, 3, 224, 224))  # <--
print(scores.softmax(dim=1))
`,
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 2))
def validate(model, loader):
    correct = 0
    with torch.no_grad():
        for inputs, labels in loader:
            correct += (model(inputs).argmax(1) == labels).sum().item()  # <--
    return correct
print(validate(model, DataLoader(TensorDataset(torch.randn(32, 8), torch.randint(0, 2, (32,))), 8)))
`,
    `${PRELUDE}
def validate(model, batches):
    losses = []
    for inputs, labels in batches:
        losses.append(criterion(model(inputs), labels).item())  # <--
    return sum(losses)
for epoch in range(5):
    for inputs, labels in loader:
        optimizer.zero_grad()
        criterion(model(inputs), labels).backward()
        optimizer.step()
    print(validate(model, other_batches))
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 3))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = net

    def forward(self, x):
        return self.body(x)

def learn(model, loaders, optimizer, criterion):
    for epoch in range(10):
        for phase in ['train', 'val']:
            right = 0
            for inputs, labels in loaders[phase]:
                outputs = model(inputs)  # <--
                loss = criterion(outputs, labels)
                if phase == 'train':
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()
                right += (outputs.argmax(1) == labels).sum().item()

`,
  ],
  right: [
    `
import torch
from nets import Siamese
from data import train_loader, val_loader
net = Siamese()
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    net.train()
    for pair, same in train_loader:
        loss = torch.nn.functional.binary_cross_entropy(net(pair), same)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    net.train(False)
    for pair, same in val_loader:
        print(((net(pair) > 0.5) == same).float().mean())
`,
    WHOLE('    model.eval()\n'),
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
model.eval()
correct = 0
with torch.no_grad():
    for inputs, labels in loader:
        outputs = model(inputs)
        correct += (outputs.argmax(1) == labels).sum().item()
`,
  ],
  *run(program) {
    yield* putBackToTraining(program);
    yield* trainedWithoutGradients(program);
    yield* learnersInTraining(program);
    yield* phasesInOneMode(program);
    const backwards = backwardsOf(program);
    if (backwards.length === 0) {
      yield* askedInTraining(program);
      yield* validatedInTraining(program);
    }
    const others = eventsOf(program, 'mode').filter(({ training }) => training !== true);
    if (backwards.length === 0 || others.some(({ moment: { arm } }) => arm !== undefined)) return;
    for (const call of outermostCalls(program)) {
      const { moment, module, training } = call;
      const loop = turnsOf(moment)[0]?.loop;
      if (!training || (loop === undefined && moment.gradients)) continue;
      // What is put into evaluation mode once all is over says nothing of what was measured before.
      const outermost = turnsOf(moment).at(-1)?.loop;
      if (
        others.some(
          (mode) =>
            mode.moment.at < moment.at || (outermost !== undefined && isInside(mode.moment, outermost)),
        )
      )
        continue;
      if (moment.span === undefined) continue;
      if (moment.gradients && !isOverTests(program, moment.span) && !isOfTesting(nameAround(call))) continue;
      const dependent = modeDependent(program, module);
      // Measured once all is over, or in a function that is called one to test in, whatever it goes over.
      const isByItself = loop === undefined || isOfTesting(nameAround(call));
      const isOfTests = !moment.gradients && (isGivenTests(call) || isByItself);
      if (dependent === undefined) continue;
      if (!isOfTests && loop !== undefined && backwards.some((event) => isInside(event.moment, loop)))
        continue;
      if (!isTrained(program, call)) continue;
      if (!isGivenTests(call) && !isMeasured(program, call)) continue;
      yield {
        at: putToTraining(program, call) ?? moment.span,
        message: `The network is evaluated in training mode: its ${dependent.type} layers act as in training.`,
        evidence: [places([`a ${dependent.type} layer`, dependent.span])],
      };
      return;
    }
  },
};

/** Functions called where no gradients are kept that put a network into training mode and ask it, and none into the other. */
function* trainedWithoutGradients(program: Program): Generator<Found> {
  if (/\bbn\b|batch.?norm|dropout|uncertain|monte|\.eval\(\)/i.test(program.source)) return;
  for (const { of, training, moment } of eventsOf(program, 'mode')) {
    const { activation, span } = moment;
    if (training !== true || moment.gradients || activation === undefined || span === undefined) continue;
    if (!isValueOf(of)) continue;
    const isHere = (other: typeof moment): boolean => other.activation?.id === activation.id;
    const asked = eventsOf(program, 'module-call')
      .map(({ moment: when }) => when)
      .concat(
        callsOfUnknown(program)
          .filter(({ args }) => args.positional[0] === of)
          .map(({ moment: when }) => when),
      )
      .find((when) => isHere(when) && when.at > moment.at && !when.gradients);
    const isLearned = backwardsOf(program).some((event) => isHere(event.moment));
    if (asked === undefined || isLearned || backwardsOf(program).length === 0) continue;
    yield {
      at: span,
      message:
        'The network is put into training mode here, where it is asked without gradients to be evaluated.',
      evidence: [places(['it is asked here', asked.span])],
    };
    return;
  }
}

/** `model(X_test)`: what is kept for testing, by its name, all at once. */
function isGivenTests({ moment: { span } }: ModuleCalled): boolean {
  return /\(\s*(torch\.\w+\(\s*)?(\w+\.)?(x|inputs?|features|data|img|images)_?(test|val|valid|va)(_\w+)?\b/i.test(
    span?.text ?? '',
  );
}

/** Where a network is put into training mode after it was trained, just to be evaluated. */
function putToTraining(program: Program, { module, moment }: ModuleCalled): Span | undefined {
  const trained = callsOfModule(program, module).findLast(
    (other) => other.moment.gradients && other.moment.at < moment.at,
  );
  return eventsOf(program, 'mode').findLast(
    (mode) =>
      mode.of === module &&
      mode.training === true &&
      mode.moment.at < moment.at &&
      mode.moment.at > (trained?.moment.at ?? Infinity),
  )?.moment.span;
}

/** A network with weights that were learned elsewhere, asked for predictions as it stands after it was made: in training. */
function* askedInTraining(program: Program): Generator<Found> {
  const { source } = program;
  if (!/load_state_dict\s*\(|pretrained\s*=\s*True|weights\s*=\s*["'\w]*[A-Z]/.test(source)) return;
  if (/\.eval\s*\(|\.train\s*\(|training|optim\b|backward|monte|uncertain|bn|requires_grad/i.test(source))
    return;
  for (const call of outermostCalls(program)) {
    const { moment, module, training } = call;
    if (moment.gradients || !training || moment.span === undefined) continue;
    const dependent = modeDependent(program, module);
    if (dependent === undefined || moment.arm !== undefined || !isMeasured(program, call, PREDICTIONS))
      continue;
    yield {
      at: moment.span,
      message: `The network is asked in training mode: its ${dependent.type} layers act as in training.`,
      evidence: [places([`a ${dependent.type} layer`, dependent.span])],
    };
    return;
  }
}

/**
 * A file that only validates: in a function that is called so, a network that the file makes is measured over a loader, and
 * nothing in the file knows of the two modes.
 */
function* validatedInTraining(program: Program): Generator<Found> {
  const code = program.source.replace(/#[^\n]*|"{3}[^]*?"{3}/g, '');
  if (/\.eval\s*\(|\.train\s*\(|\btraining\b|optim\b|monte|uncertain|calibrat/i.test(code)) return;
  for (const call of eventsOf(program, 'module-call')) {
    const { moment, module, training, depth } = call;
    if (depth > 0 || moment.gradients || !training || moment.span === undefined) continue;
    if (turnsOf(moment)[0]?.loop.overLoader !== true || !isOfTesting(nameAround(call))) continue;
    const dependent = modeDependent(program, module);
    if (dependent === undefined || moment.arm !== undefined || !isMeasured(program, call)) continue;
    yield {
      at: moment.span,
      message: `The network is evaluated in training mode: its ${dependent.type} layers act as in training.`,
      evidence: [places([`a ${dependent.type} layer`, dependent.span])],
    };
    return;
  }
}

/** The name of the function that a call stands in; '' outside of any. */
function nameAround({ moment: { activation } }: ModuleCalled): string {
  return activation?.name ?? '';
}

const PREDICTIONS = new Set([...MEASURES, 'softmax', 'sigmoid']);

function isTrained(program: Program, { module, moment }: ModuleCalled): boolean {
  return callsOfModule(program, module).some(
    (other) => other.moment.gradients && other.moment.at < moment.at,
  );
}

/** Whether what the network says is compared or ranked, or a loss is computed on it. */
function isMeasured(program: Program, { result }: ModuleCalled, by: ReadonlySet<string> = MEASURES): boolean {
  const results = (Array.isArray(result) ? result : [result]).filter(isValueOf);
  if (results.length === 0) return false;
  const ids = new Set(results.map(({ id }) => id));
  const fromHere = (value: unknown): boolean => isValueOf(value) && comesOf(value, (one) => ids.has(one.id));
  return (
    // Given its targets, it may give its loss itself.
    eventsOf(program, 'loss').some(
      ({ input, result: loss }) => (loss !== undefined && ids.has(loss.id)) || fromHere(input),
    ) || callsNamed(program, ...by).some(({ args }) => args.positional.some(fromHere))
  );
}

function isValueOf(value: unknown): value is Parameters<typeof comesOf>[0] {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'value';
}
