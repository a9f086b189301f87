import type { Moment, Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { callsOf, statementsOf } from '../../ask/tree.js';

type For = Extract<tree.Statement, { kind: 'For' }>;

const NETWORK = `
import torch
import torch.nn as nn
from torchvision import models
`;

export const allFrozen: Check = {
  id: 'all-frozen',
  title: 'Nothing is left to learn',
  severity: 'error',
  why: 'Every parameter the optimiser has is frozen: backward() raises an error, or nothing changes.',
  instead: 'Freeze first and put the new layer in after, or set requires_grad back for what is to learn.',
  needs:
    'A loop that freezes all parameters after the new layer was put in, or an optimiser of frozen parameters alone.',
  wrong: [
    `${NETWORK}
model = models.resnet18(weights="DEFAULT")
model.fc = nn.Linear(512, 5)
for param in model.parameters():
    param.requires_grad = False  # <--
optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.01)
`,
    `${NETWORK}
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
for param in net.parameters():
    param.requires_grad = False
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)  # <--
loss = nn.functional.cross_entropy(net(torch.randn(8, 20)), torch.zeros(8, dtype=torch.long))
optimizer.step()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
body = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 8))
optimizer = torch.optim.Adam(body.parameters(), lr=0.01)
loss = body(torch.randn(8, 20)).pow(2).mean()
optimizer.zero_grad()
loss.backward()
optimizer.step()
for p in body.parameters():
    p.requires_grad = False
head = nn.Linear(8, 2)
second = torch.optim.SGD(head.parameters(), lr=0.1)
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))

def freeze(model):
    for p in model.parameters():
        p.requires_grad = False

def features_of(model):
    model.fc2 = nn.Identity()
    return model

model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

def train(model, loader):
    for x, y in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
`,
    `${NETWORK}
model = models.resnet18(weights="DEFAULT")
for param in model.parameters():
    param.requires_grad = False
model.fc = nn.Linear(512, 5)
optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.01)
`,
    `${NETWORK}
model = models.resnet18(weights="DEFAULT")
model.fc = nn.Linear(512, 5)
for param in model.parameters():
    param.requires_grad = False
for param in model.fc.parameters():
    param.requires_grad = True
optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.01)
`,
  ],
  *run(program) {
    const trainable = new Map(
      program.modules.flatMap(({ ownParameters }) =>
        ownParameters.map((one) => [one.id, one.trainable] as const),
      ),
    );
    const isThawed = /requires_grad_\(\s*(True)?\s*\)|requires_grad\s*=\s*(?!False)\w/.test(program.source);
    if (isThawed) return;
    let isLoop = false;
    for (const loop of statementsOf(program)) {
      if (loop.kind !== 'For') continue;
      const frozen = frozenBy(loop);
      const head = frozen && headBefore(program, loop, frozen.name);
      if (frozen === undefined || head === undefined) continue;
      isLoop = true;
      yield {
        at: frozen.at.span,
        message: `All of ${frozen.name} is frozen here, the new layer too.`,
        evidence: [places(['the new layer is put in', head.span])],
      };
    }
    // What the optimiser is given was frozen there.
    if (isLoop) return;
    for (const { parameters, isComplete, made } of program.optimizers) {
      const known = [...parameters].map((id) => trainable.get(id));
      if (!isComplete || made.span === undefined || known.length === 0) continue;
      if (known.every((one) => one === false) && !isFrozenWhenTrained(program, made))
        yield {
          at: made.span,
          message: 'Every parameter that this optimiser is given is frozen.',
          evidence: [],
        };
    }
  },
};

/** Whether steps are taken between the making of an optimiser and the freezing: what was learned first is kept then. */
function isFrozenWhenTrained(program: Program, made: Moment): boolean {
  const frozen = program.events.find(
    (event) =>
      event.moment.at > made.at &&
      ((event.kind === 'tensor-set' && event.name === 'requires_grad') ||
        (event.kind === 'call' && event.name === 'requires_grad_')),
  );
  return (
    frozen !== undefined &&
    eventsOf(program, 'step').some(({ moment }) => moment.at > made.at && moment.at < frozen.moment.at)
  );
}

/** `for p in model.parameters(): p.requires_grad = False`, under no condition. */
function frozenBy(loop: For): { readonly name: string; readonly at: tree.Statement } | undefined {
  const { iterable, body } = loop;
  if (
    iterable.kind !== 'Call' ||
    iterable.callee.kind !== 'Attribute' ||
    iterable.callee.attribute !== 'parameters'
  )
    return undefined;
  const of = iterable.callee.value;
  const at = body.find(
    (statement) =>
      statement.kind === 'Assign' &&
      statement.targets.some(
        (target) => target.kind === 'Attribute' && target.attribute === 'requires_grad',
      ) &&
      statement.value.kind === 'Constant' &&
      statement.value.value === false,
  );
  // A class that freezes all that it has means to.
  return of.kind === 'Name' && of.id !== 'self' && at !== undefined && body.length === 1
    ? { name: of.id, at }
    : undefined;
}

/** The statement before a loop, in the same block, that puts a new layer into a network, where none comes after. */
function headBefore(program: Program, loop: For, name: string): tree.Statement | undefined {
  const puts = (statement: tree.Statement): boolean =>
    statement.kind === 'Assign' &&
    statement.targets.some((target) => rootOf(target) === name && target.kind !== 'Name') &&
    /\b(nn\.\w+|Linear|Sequential|Conv2d)\s*\(/.test(statement.value.span.text);
  const block = blockOf(program, loop);
  const at = block.indexOf(loop);
  const before = block.slice(0, at).findLast(puts);
  const isAfter = statementsOf(program).some(
    (statement) =>
      statement.span.start >= loop.span.end && (puts(statement) || /add_module/.test(statement.span.text)),
  );
  const isMadeAgain = block
    .slice(before === undefined ? 0 : block.indexOf(before) + 1, at)
    .some(
      (statement) =>
        statement.kind === 'Assign' &&
        statement.targets.some((target) => target.kind === 'Name' && target.id === name),
    );
  return isAfter || isMadeAgain ? undefined : before;
}

function rootOf(node: tree.Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' || node.kind === 'Subscript' ? rootOf(node.value) : undefined;
}

/** The block that a statement stands in. */
function blockOf(program: Program, statement: tree.Statement): readonly tree.Statement[] {
  if (program.body.includes(statement)) return program.body;
  for (const outer of statementsOf(program))
    if ('body' in outer && Array.isArray(outer.body) && outer.body.includes(statement)) return outer.body;
  return [];
}

/** Where torchvision's networks have their last layer. */
const HEADS: readonly (readonly [RegExp, string])[] = [
  [/\b(resnet|resnext|wide_resnet|googlenet|inception_v3|shufflenet_v2|regnet)\w*$/, 'fc'],
  [/\b(vgg|alexnet|densenet|mobilenet|efficientnet|squeezenet|convnext|mnasnet)\w*$/, 'classifier'],
];

export const headAttribute: Check = {
  id: 'head-attribute',
  title: 'A new last layer that the network does not know',
  severity: 'warning',
  why: 'The attribute is new to this network: its forward goes on using the old last layer, and the new one never learns.',
  instead:
    'Replace the layer that the network has: fc in ResNets, classifier in VGG, DenseNet and MobileNet.',
  needs:
    'A network of torchvision’s whose last layer is known by name, and another attribute set to a new layer.',
  wrong: [
    `${NETWORK}
model = models.resnet50(weights="DEFAULT")
model.classifier = nn.Linear(2048, 5)  # <--
`,
    `
import torch.nn as nn
from torchvision.models import convnext_tiny

class Pictures(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = convnext_tiny(weights="DEFAULT")
        self.body.fc = nn.Linear(768, 5)  # <--

    def forward(self, x):
        return self.body(x)
`,
  ],
  right: [
    `${NETWORK}
model = models.resnet50(weights="DEFAULT")
model.fc = nn.Linear(2048, 5)
other = models.vgg16()
other.classifier = nn.Linear(25088, 5)
`,
  ],
  *run(program) {
    const heads = new Map<string, string>();
    const imported = new Set(
      statementsOf(program).flatMap((one) =>
        one.kind === 'ImportFrom' && one.span.text.startsWith('from torchvision.models')
          ? (one.names ?? []).map(({ name, as }) => as ?? name)
          : [],
      ),
    );
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign') continue;
      const [target] = statement.targets;
      if (target === undefined) continue;
      const made = headOf(statement.value, imported);
      if (made === undefined) heads.delete(target.span.text);
      else heads.set(target.span.text, made);
      if (target.kind !== 'Attribute') continue;
      const head = heads.get(target.value.span.text);
      const isHead =
        target.attribute === 'fc' || target.attribute === 'classifier' || target.attribute === 'head';
      if (head === undefined || !isHead || head === target.attribute || isUsed(program, target.attribute))
        continue;
      yield {
        at: statement.span,
        message: `This network has its last layer in ${head}; ${target.attribute} is new to it and never called.`,
        evidence: [],
      };
    }
  },
};

function headOf(value: tree.Expression, imported: ReadonlySet<string>): string | undefined {
  if (value.kind !== 'Call') return undefined;
  const { text } = value.callee.span;
  if (!/\bmodels?\b|torchvision/.test(text) && !imported.has(text)) return undefined;
  return HEADS.find(([name]) => name.test(value.callee.span.text))?.[1];
}

/** Whether the program itself calls the attribute. */
function isUsed(program: Program, attribute: string): boolean {
  return callsOf(program).some(({ callee }) => callee.kind === 'Attribute' && callee.attribute === attribute);
}
