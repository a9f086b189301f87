import { ProgramModule } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { PRELUDE } from '../../ask/snippets.js';
import { boundBy } from '../../ask/tree.js';
import { learnersLeftOut } from './learners-left-out.js';
import { forgotten } from './networks-left-out.js';

export const notInOptimizer: Check = {
  id: 'not-in-optimizer',
  title: 'A network that no optimiser was given',
  severity: 'warning',
  why: 'Its gradients are computed and never used: it stays as it was initialised.',
  instead: 'Give its parameters to the optimiser too, or freeze it to say that it is not to learn.',
  needs:
    'Every optimiser with known parameters, and a network that gradients reach none of whose parameters is among them.',
  wrong: [
    `
import torch
from nets import Encoder, Decoder
encoder, decoder = Encoder(), Decoder()
params = list(encoder.parameters())
optimizer = torch.optim.Adam(params, lr=1e-3)  # <--
def learn(source, target):
    encoder.zero_grad()
    decoder.zero_grad()
    loss = torch.nn.functional.cross_entropy(decoder(encoder(source)), target)
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn

encoder = nn.Linear(20, 8)
decoder = nn.Linear(8, 20)
optimizer = torch.optim.Adam(decoder.parameters(), lr=1e-3)  # <--
for step in range(100):
    x = torch.randn(16, 20)
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(decoder(torch.relu(encoder(x))), x)
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
adam = torch.optim.Adam(model.parameters(), lr=1e-3)  # <--
for epoch in range(3):
    model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
    model.train()
    for inputs, labels in loader:
        adam.zero_grad()
        criterion(model(inputs), labels).backward()
        adam.step()
    model.eval()
`,
    `
import torch
import torch.nn as nn
from corpus import letters, batches

class Reader(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.out = nn.Linear(width, width)

    def forward(self, x):
        return self.out(x)

reader = Reader(letters)
optimizer = torch.optim.SGD(reader.parameters(), lr=0.1)  # <--

def learn(x, y):
    optimizer.zero_grad()
    nn.functional.cross_entropy(reader(x), y).backward()
    optimizer.step()

reader = Reader(letters)
for x, y in batches:
    learn(x, y)
`,
  ],
  right: [
    `
import torch
from nets import Encoder, Decoder
encoder, decoder = Encoder(), Decoder()
params = list(encoder.parameters()) + list(decoder.parameters())
optimizer = torch.optim.Adam(params, lr=1e-3)
def learn(source, target):
    encoder.zero_grad()
    decoder.zero_grad()
    loss = torch.nn.functional.cross_entropy(decoder(encoder(source)), target)
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
from corpus import letters, batches

class Reader(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.out = nn.Linear(width, width)

    def forward(self, x):
        return self.out(x)

reader, other = Reader(letters), Reader(letters)
optimizer = torch.optim.SGD(reader.parameters(), lr=0.1)
last = Reader(letters)
for x, y in batches:
    optimizer.zero_grad()
    nn.functional.cross_entropy(reader(x) + last(x), y).backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn

judge = nn.Linear(20, 3)
judge.eval()
model = nn.Linear(20, 20)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range(100):
    x = torch.randn(16, 20)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(judge(model(x)), torch.zeros(16, dtype=torch.long))
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn

teacher = nn.Linear(20, 3)
student = nn.Linear(20, 3)
optimizer = torch.optim.Adam(student.parameters(), lr=1e-3)
for step in range(100):
    x = torch.randn(16, 20)
    with torch.no_grad():
        wanted = teacher(x)
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(student(x), wanted)
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn

class Actor(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(20, 3)
    def policy(self, x):
        return torch.log_softmax(self.body(x), dim=1)

shared = Actor()
own = Actor()
optimizer = torch.optim.Adam(shared.parameters(), lr=1e-3)
for step in range(100):
    own.load_state_dict(shared.state_dict())
    x = torch.randn(16, 20)
    optimizer.zero_grad()
    loss = -own.policy(x)[:, 0].mean()
    loss.backward()
    for ours, mine in zip(shared.parameters(), own.parameters()):
        ours._grad = mine.grad
    optimizer.step()
`,
  ],
  *run(program) {
    const found = forgotten(program);
    if (found === undefined) {
      yield* learnersLeftOut(program);
      return;
    }
    const { network, optimizer } = found;
    const at = optimizer.made.span;
    if (at === undefined) return;
    yield {
      at,
      message: `No optimiser is given the parameters of the ${network.type} that gradients reach.`,
      evidence: [places(['the network that is left out', network.span])],
    };
  },
};

export const optimizerBeforeChange: Check = {
  id: 'optimizer-before-change',
  title: 'A layer is replaced after the optimiser was made',
  severity: 'warning',
  why: 'The optimiser goes on with the parameters of the layer that is gone; the new layer never learns.',
  instead: 'Change the network first, and make the optimiser last.',
  needs: 'A layer with parameters put in the place of one whose parameters an optimiser has.',
  wrong: [
    `${PRELUDE}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(20, 64)
        self.head = nn.Linear(64, 10)
    def forward(self, x):
        return self.head(F.relu(self.body(x)))
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.01)
net.head = nn.Linear(64, 3)  # <--
for inputs, labels in loader:
    opt.zero_grad()
    criterion(net(inputs), labels).backward()
    opt.step()
`,
    `${PRELUDE}
from torchvision import models
net = models.resnet18(weights="DEFAULT")
opt = torch.optim.SGD(net.parameters(), lr=0.01)
net.fc = nn.Linear(512, 3)  # <--
`,
  ],
  right: [
    `${PRELUDE}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(20, 64)
        self.head = nn.Linear(64, 10)
    def forward(self, x):
        return self.head(F.relu(self.body(x)))
net = Net()
net.head = nn.Linear(64, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
`,
    `${PRELUDE}
from torchvision import models
net = models.resnet18(weights="DEFAULT")
warm = torch.optim.SGD(net.parameters(), lr=0.01)
net.fc = nn.Linear(512, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
`,
  ],
  *run(program) {
    yield* changedUnread(program);
    for (const { module, name, value, previous, moment } of eventsOf(program, 'attribute-set')) {
      if (
        !(value instanceof ProgramModule) ||
        !(previous instanceof ProgramModule) ||
        moment.span === undefined
      )
        continue;
      const before = program.optimizers.find(
        ({ made, parameters }) =>
          made.at < moment.at && previous.parameters.some(({ id }) => parameters.has(id)),
      );
      const fresh = value.parameters.filter(({ trainable }) => trainable);
      if (before === undefined || fresh.length === 0) continue;
      if (program.optimizers.some(({ parameters }) => fresh.some(({ id }) => parameters.has(id)))) continue;
      if (/add_param_group/.test(program.source)) continue;
      yield {
        at: moment.span,
        message: `${name} of ${module.type} is replaced after the optimiser was given the parameters of the old one.`,
        evidence: [places(['the optimiser', before.made.span])],
      };
    }
  },
};

/**
 * The same of a network that is not read, as those of torchvision: in one block, an optimiser is given its parameters, and
 * a layer of it is put in after.
 */
function* changedUnread(program: Program): Generator<Found> {
  if (/add_param_group/.test(program.source)) return;
  for (const [at, statement] of program.body.entries()) {
    const given = givenTo(statement);
    if (given === undefined) continue;
    const { name, path } = given;
    const later = program.body.slice(at + 1);
    const changed = later.findIndex((one) => {
      const target = one.kind === 'Assign' ? one.targets[0] : undefined;
      return (
        one.kind === 'Assign' &&
        target?.kind === 'Attribute' &&
        NEW_LAYER.test(one.value.span.text) &&
        (path === '' ? target.span.text.startsWith(`${name}.`) : target.span.text === name + path)
      );
    });
    const change = later[changed];
    if (change === undefined) continue;
    const isMadeAgain = later.some((one) => givenTo(one)?.name === name || boundBy(one).includes(name));
    const isRead = program.optimizers.some(
      ({ made, isComplete }) => isComplete && made.span?.line === statement.span.line,
    );
    if (isMadeAgain || isRead) continue;
    yield {
      at: change.span,
      message: 'A layer is replaced after the optimiser was given the parameters of the old one.',
      evidence: [places(['the optimiser', statement.span])],
    };
  }
}

const NEW_LAYER = /^(torch\.)?(nn\.)?(Linear|Sequential|Conv2d)\s*\(/;

/** The network, and the part of it, whose parameters an optimiser made here is given. */
function givenTo(statement: tree.Statement): { readonly name: string; readonly path: string } | undefined {
  if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return undefined;
  if (!/\boptim\b|^(Adam|AdamW|SGD|RMSprop|Adagrad)$/.test(statement.value.callee.span.text))
    return undefined;
  const found = /^([A-Za-z_]\w*)((?:\.\w+)*)\.parameters\(\)$/.exec(statement.value.args[0]?.span.text ?? '');
  return found === null ? undefined : { name: found[1] ?? '', path: found[2] ?? '' };
}

export const emptyOptimizer = errorCheck(
  {
    id: 'empty-optimizer',
    title: 'An optimiser with nothing to learn',
    why: 'PyTorch raises an error where an optimiser is given no parameters.',
    instead:
      'Register the layers on the module (as attributes, in nn.ModuleList), and do not use up the generator before.',
    needs: 'Parameters that are known to be none.',
    wrong: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Flatten(), nn.ReLU())
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)  # <--
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Flatten(), nn.Linear(20, 3))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`,
      `
import torch
import torch.nn as nn

class Policy(nn.Module):
    def __init__(self, inputs, depth, outputs):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(inputs, outputs),
            *[layer for _ in range(depth) for layer in (nn.ReLU(), nn.Linear(outputs, outputs))],
        )

    def forward(self, x):
        return torch.softmax(self.body(x), dim=1)

class Agent:
    def prepare(self, inputs, depth, outputs):
        self.policy = Policy(inputs, depth, outputs)
        self.optimizer = torch.optim.Adam(self.policy.parameters(), lr=1e-2)
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    if (!error.message.startsWith('optimizer got an empty parameter list') || at === undefined)
      return undefined;
    return { at, message: 'The optimiser is given no parameters.', evidence: [inWords(error)] };
  },
);
