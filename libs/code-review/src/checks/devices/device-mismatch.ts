import { isValue, ProgramModule } from '@tensormark/frameworks';
import type { Datum, Moment, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { devicesOf } from '../../ask/devices.js';
import type { Devices, Whereabouts } from '../../ask/devices.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { callsOfModule } from '../../ask/module-calls.js';
import { titleOf } from '../../ask/losses.js';
import { isEnteredByReading, places } from '../../ask/places.js';

const MOVED_MODEL = `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
loader = DataLoader(TensorDataset(torch.randn(512, 20), torch.randint(0, 3, (512,))), batch_size=32, shuffle=True)
model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3)).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
`;

const WEIGHTED = (weights: string, mark = ''): string => `${MOVED_MODEL}
weighted = nn.CrossEntropyLoss(weight=${weights})
for inputs, labels in loader:
    inputs, labels = inputs.to(device), labels.to(device)
    optimizer.zero_grad()
    loss = weighted(model(inputs), labels)${mark}
    loss.backward()
    optimizer.step()
`;

const REPLACED = (first: string, then: string): string => `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(20, 32), nn.Linear(32, 10)

    def forward(self, x):
        return self.head(self.body(x).relu())

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = Net()
${first}
${then}
scores = net(torch.randn(8, 20).to(device))
`;

const HANDED = (moved: string, mark = ''): string => `
import torch
import torch.nn as nn

def train(model, loader, optimizer, device="cuda"):
    model = model.to(device)
    criterion = nn.CrossEntropyLoss()
    for images, labels in loader:
        images, labels = ${moved}
        loss = criterion(model(images), labels)${mark}
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
`;

/** Operations on two tensors that must be on one device. */
const TOGETHER = [
  ...['add', 'sub', 'mul', 'truediv', 'matmul'].flatMap((name) => [`__${name}__`, `__r${name}__`]),
  'add',
  'sub',
  'mul',
  'div',
  'matmul',
  'bmm',
  'cat',
  'stack',
  'mm',
];

export const deviceMismatch: Check = {
  id: 'device-mismatch',
  title: 'Tensors and weights on different devices',
  severity: 'error',
  why: 'On a machine with a GPU the one is there and the other on the CPU, and PyTorch raises "Expected all tensors to be on the same device".',
  instead: 'Move the network and everything that it is given to the same device.',
  needs:
    'A program that moves one of the two to its device and the other never, with every move met in the run.',
  wrong: [
    HANDED('images.to(device), labels', '  # <--'),
    `${MOVED_MODEL}
for inputs, labels in loader:
    found = model(inputs.to(device)).argmax(1)
    print(found.numpy())  # <--
`,
    WEIGHTED('torch.tensor([1.0, 2.0, 1.0])', '  # <--'),
    REPLACED('net = net.to(device)', 'net.head = nn.Linear(32, 3)  # <--'),
    `${MOVED_MODEL}
for inputs, labels in loader:
    labels = labels.to(device)
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)  # <--
    loss.backward()
    optimizer.step()
`,
    `${MOVED_MODEL}
for inputs, labels in loader:
    optimizer.zero_grad()
    scores = model(inputs.to(device))
    loss = criterion(scores, labels)  # <--
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
device = "cuda"

class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(8, 16, batch_first=True)
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        h = torch.zeros(1, x.size(0), 16)
        out, h = self.rnn(x, h)  # <--
        return self.head(out[:, -1])

net = Counter().to(device)
scores = net(torch.randn(4, 7, 8).to(device))
`,
  ],
  right: [
    HANDED('images.to(device), labels.to(device)'),
    `
import torch
import torch.nn as nn
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean, self.spread = nn.Linear(20, 4), nn.Linear(20, 4)

    def forward(self, x):
        return self.mean(x) + self.spread(x) * torch.randn(len(x), 4).to(device)
`,
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(8, 3)

    def forward(self, x):
        return self.body(x)
${HANDED('images.cuda(), labels.cuda()').replace('    model = model.to(device)\n', '')}`,
    `${MOVED_MODEL}
for inputs, labels in loader:
    found = model(inputs.to(device)).argmax(1)
    print(found.cpu().numpy(), found.to(device='cpu').numpy())
`,
    WEIGHTED('torch.tensor([1.0, 2.0, 1.0]).to(device)'),
    REPLACED('net.head = nn.Linear(32, 3)', 'net = net.to(device)'),
    `${MOVED_MODEL}
for inputs, labels in loader:
    inputs, labels = inputs.to(device), labels.to(device)
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
`,
    `${MOVED_MODEL}
for batch in loader:
    inputs, labels = [part.to(device) for part in batch]
    noise = torch.randn(inputs.shape, device=device)
    loss = criterion(model(inputs + noise) * 0.5, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    // Who calls it may have moved the network.
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
loader = DataLoader(TensorDataset(torch.randn(512, 20), torch.randint(0, 3, (512,))), batch_size=32, shuffle=True)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc(x)

def train(model, optimizer):
    for inputs, labels in loader:
        inputs, labels = inputs.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        optimizer.step()
`,
    // How many rows there are is a number, and what a loss gives of what nobody knows may be anywhere.
    `
import torch
import torch.nn as nn
from somewhere import loader

def learn(model, optimizer):
    criterion = nn.CrossEntropyLoss()
    counter = 0
    for inputs, targets in loader():
        inputs, targets = inputs.cuda(), targets.cuda()
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        counter += inputs.size(0)
    return loss / counter
`,
    // A buffer is moved with its module, also where nobody knows how much of it is taken.
    `
import torch
import torch.nn as nn
device = "cuda"

class Positions(nn.Module):
    def __init__(self, width, longest):
        super().__init__()
        table = torch.zeros(1, longest, width)
        table[0, :, 0] = torch.arange(longest)
        self.register_buffer("table", table)

    def forward(self, x):
        return x + self.table[:, : x.size(1)]

model = nn.Sequential(nn.Embedding(10, 8), Positions(8, 16), nn.Linear(8, 10)).to(device)
said = torch.zeros(2, 1, dtype=torch.long).to(device)
for _ in range(6):
    following = model(said)[:, -1].argmax(dim=-1, keepdim=True)
    said = torch.cat([said, following], dim=1)
    if (following == 2).all():
        break
`,
  ],
  *run(program) {
    const devices = devicesOf(program);
    if (devices === undefined) return;
    // Where the two meet first: what comes of it meets others all over the program.
    const [first] = [
      ...putInAfter(program, devices),
      ...mismatches(program, devices),
      ...weightsOfLosses(program, devices),
      ...arraysOfMoved(program, devices),
    ].toSorted((a, b) => a.moment - b.moment);
    if (first !== undefined) yield first.found;
  },
};

interface Mismatch {
  readonly moment: number;
  readonly found: Found;
}

function* mismatches(program: Program, devices: Devices): Generator<Mismatch> {
  for (const { module, args, depth, moment } of eventsOf(program, 'module-call')) {
    if (moment.span === undefined || /Loss/.test(module.type)) continue;
    if (depth > 0 && (module.layer === undefined || !module.hasParameters)) continue;
    // One that was replaced since was moved with the network, which does not know it any more.
    if (depth > 0 && module.parents.length === 0) continue;
    if (depth === 0 && !module.hasParameters) continue;
    const where = devices.ofModule(module, moment.at);
    // Who calls the function that it is handed to may have moved it.
    if (where === 'home' && isEnteredByReading(moment)) continue;
    if (where === undefined) continue;
    const strayed = valueIn(args.positional, (value) => isOpposite(devices.ofValue(value), where));
    if (strayed === undefined) continue;
    yield* mismatch(
      moment,
      where === 'moved'
        ? `${module.type} has been moved to the device, and what it is given here has not.`
        : `What ${module.type} is given has been moved to the device, and its weights have not.`,
      [places(['the network', module.span], ['what it is given', strayed.span])],
    );
  }
  for (const loss of eventsOf(program, 'loss')) {
    const { input, target, moment } = loss;
    if (input === undefined || !isValue(target) || moment.span === undefined) continue;
    const [one, other] = [devices.ofValue(input), devices.ofValue(target)];
    if (!isOpposite(one, other)) continue;
    // The network that a function nothing calls would be handed may have been moved by who calls it.
    if (one === 'home' && isEnteredByReading(moment)) continue;
    yield* mismatch(
      moment,
      `${titleOf(loss)} is given ${one === 'moved' ? 'outputs' : 'targets'} on the device and ${one === 'moved' ? 'targets' : 'outputs'} that were never moved there.`,
      [places(['the outputs', input.span], ['the targets', target.span])],
    );
  }
  for (const { args, moment } of callsNamed(program, ...TOGETHER)) {
    if (moment.span === undefined) continue;
    const standing = (where: Whereabouts) =>
      valueIn(args.positional, (value) => isSpread(value) && devices.ofValue(value) === where);
    const home = standing('home');
    const moved = home && standing('moved');
    if (home === undefined || moved === undefined) continue;
    // What layers give is where they are: who makes and calls the network may have moved it.
    if (isEnteredByReading(moment) && comesOf(home, ({ made }) => made.kind === 'layer')) continue;
    yield* mismatch(moment, 'One of the two has been moved to the device, and the other is on the CPU.', [
      places(['on the device', moved.span], ['on the CPU', home.span]),
    ]);
  }
}

/** `.numpy()` of what is on the device: NumPy knows the CPU's memory alone. */
function* arraysOfMoved(program: Program, devices: Devices): Generator<Mismatch> {
  for (const { args, moment } of callsNamed(program, 'numpy', '__array__')) {
    const [of] = args.positional;
    if (moment.span === undefined || !isValue(of)) continue;
    if (devices.ofValue(of) !== 'moved') continue;
    yield* mismatch(
      moment,
      'This has been moved to the device, and NumPy takes what is on the CPU: .cpu() first.',
      [places(['what it is given', of.span])],
    );
  }
}

/** A layer with weights that is put into a network after that was moved, and moved by nothing since. */
function* putInAfter(program: Program, devices: Devices): Generator<Mismatch> {
  for (const { module, value, moment } of eventsOf(program, 'attribute-set')) {
    if (!(value instanceof ProgramModule) || !value.hasParameters || moment.span === undefined) continue;
    if (moment.arm !== undefined || moment.activation?.name === '__init__') continue;
    if (devices.ofModule(module, moment.at) !== 'moved') continue;
    const moves = callsNamed(program, 'to', 'cuda').filter(
      ({ args }) => args.positional[0] instanceof ProgramModule,
    );
    const isMovedSince = moves.some(
      (move) => move.moment.at > moment.at || move.args.positional[0] === value,
    );
    const asked = callsOfModule(program, module).find((call) => call.moment.at > moment.at);
    if (isMovedSince || asked === undefined) continue;
    yield* mismatch(
      moment,
      `${module.type} has been moved to the device before, and this layer stays on the CPU.`,
      [places(['the network is called', asked.moment.span])],
    );
  }
}

/** Weights of a loss that stay on the CPU while what it is given is on the device. */
function* weightsOfLosses(program: Program, devices: Devices): Generator<Mismatch> {
  for (const { args } of callsNamed(program, '__init__', '__new__')) {
    const weight = args.named.get('weight') ?? args.named.get('pos_weight');
    if (!isValue(weight) || !isMadeHere(weight)) continue;
    const made = args.positional.find((one) => one instanceof ProgramModule && one.type.endsWith('Loss'));
    if (
      !(made instanceof ProgramModule) ||
      callsNamed(program, 'to', 'cuda').some((move) => move.args.positional[0] === made)
    )
      continue;
    const loss = eventsOf(program, 'loss').find(({ module }) => module === made);
    if (loss?.input === undefined || devices.ofValue(loss.input) !== 'moved') continue;
    yield* mismatch(
      loss.moment,
      `${titleOf(loss)} is given outputs on the device, and its weights stay on the CPU.`,
      [places(['the weights', weight.span])],
    );
  }
}

/** Whether a tensor is made of numbers here, and told no device. */
function isMadeHere({ made, span }: Value): boolean {
  const by = made.kind === 'fresh' ? made.by : made.kind === 'operation' ? made.name : '';
  const args = made.kind === 'fresh' || made.kind === 'operation' ? made.args : undefined;
  return (
    /^(tensor|FloatTensor|ones|Tensor)$/.test(by ?? '') &&
    args?.named.has('device') !== true &&
    !/device|cuda/.test(span?.text ?? '')
  );
}

function mismatch({ at, span }: Moment, message: string, evidence: Found['evidence']): Mismatch[] {
  return span === undefined ? [] : [{ moment: at, found: { at: span, message, evidence } }];
}

/** A tensor of no dimensions may be on the CPU all the same. */
function isSpread({ shape, made }: Value): boolean {
  return shape === undefined ? made.kind !== 'fresh' : shape.length > 0;
}

function isOpposite(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** The first value among data, and in lists of them, that is such a one. */
function valueIn(data: readonly Datum[], isSuch: (value: Value) => boolean, depth = 0): Value | undefined {
  for (const datum of data) {
    const found: Value | undefined = isValue(datum)
      ? isSuch(datum)
        ? datum
        : undefined
      : Array.isArray(datum) && depth < 2
        ? valueIn(datum, isSuch, depth + 1)
        : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
