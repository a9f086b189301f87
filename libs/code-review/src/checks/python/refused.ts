import type { Check } from '../../check.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { errorsOf, inputOf, inWords } from '../../ask/errors.js';
import { isEnteredByReading } from '../../ask/places.js';
import { certainError } from '../../ask/certain-errors.js';
import { ownErrors } from '../../ask/python-errors.js';
import { callsOf, functionsAround, statementsIn, targetsOf } from '../../ask/tree.js';
import type { ErrorRaised, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';

/** What no value can be mended by guessing at: these say themselves what is wrong. */
const PLAIN = [
  /^'(method|builtin_function_or_method)' object is not (iterable|subscriptable)/,
  /^'(Tensor|int|float|str|list|tuple|dict|Size|torch\.Size)' object is not callable/,
  /^can only concatenate str/,
  /^element 0 of tensors does not require grad/,
  /^[\w.]+ is not a Module subclass/,
  /^optimizer can only optimize Tensors/,
  /^can't optimize a non-leaf Tensor/,
  /^The parameter 'num_classes' expected value/,
  /^The expanded size of the tensor/,
  /^params argument given to the optimizer/,
];

/** Errors of PyTorch or Python that no other check has words of its own for, in theirs. */
export function refused(others: readonly ErrorCheck[]): Check {
  return {
    id: 'refused',
    title: 'PyTorch or Python raises an error here',
    severity: 'error',
    why: 'The program ends at this line.',
    instead: 'Read the message with the shapes beside it: it says what was given and what is wanted.',
    needs: 'Values known well enough for the error to be certain.',
    wrong: [
      `
import torch
table = torch.zeros(1, 50, 8)
angles = torch.rand(50, 4)
table[:, 0, 0::2] = torch.sin(angles)  # <--
`,
      `
import torch
a, b = torch.randn(3, 4), torch.randn(3, 4)
c = a @ b  # <--
`,
      `
import torch
import torch.nn as nn
net = nn.Linear(20, 3)
parameters = net.parameters
optimizer = torch.optim.Adam(parameters, lr=1e-3)  # <--
`,
      `
import torch
import torch.nn as nn
net = nn.Linear(4, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for turn in range(100):
    optimizer.zero_grad()
    net(torch.randn(8, 4)).pow(2).mean().backward()
    optimizer = optimizer.step()  # <--
`,
      `
import torch
import torch.nn as nn
class Coder(nn.Module):
    def decode(self, code):
        pass
    def forward(self, x):
        return self.decode(self.inner(x))
class Deep(Coder):
    def __init__(self):
        super().__init__()
        self.inner, self.outer = nn.Linear(8, 2), nn.Linear(2, 8)
    def decoded(self, code):
        return torch.sigmoid(self.outer(code))
x = torch.rand(4, 8)
print(nn.functional.binary_cross_entropy(Deep()(x), x))  # <--
`,
      `
import torch
weights = torch.randn(3, requires_grad=True) * 0.1
optimizer = torch.optim.Adam([weights], lr=1e-3)  # <--
`,
      `
import torch
from torch.utils.data import DataLoader, Dataset

class Rows(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, at):
        return {'row': torch.ones(3), 'label': at % 2}

net = torch.nn.Linear(3, 2)
for batch in DataLoader(Rows(), batch_size=4):
    out = net(batch['rows'])  # <--
    chosen = out.argmax(1) == batch['label']
`,
      `
import torch
net = torch.nn.Linear(3, 2)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
losses = []
for x in torch.randn(5, 4, 3):
    loss = net(x).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.stp()  # <--
    losses.append(loss.item())
`,
      `
import torch.nn as nn
import torch.nn.functional as F
net = nn.Sequential(
    nn.Linear(20, 8),
    F.relu,  # <--
    nn.Linear(8, 3),
)
`,
      `
import time
import torch
begun = time.time()
torch.randn(3, 3) @ torch.randn(3, 3)
print(time() - begun)  # <--
`,
    ],
    right: [
      `
import torch
net = torch.nn.Linear(3, 2)
history = {}
for epoch in range(100):
    history[f'epoch {epoch}'] = net(torch.randn(4, 3)).mean().item()
print(history['epoch 50'])
`,
      `
import torch
import torch.nn as nn
net = nn.Linear(3, 1)
optimizer = torch.optim.LBFGS(net.parameters(), lr=0.1)
def closure():
    optimizer.zero_grad()
    loss = net(torch.ones(4, 3)).pow(2).mean()
    loss.backward()
    return loss
for turn in range(5):
    print(optimizer.step(closure).item())
`,
      `
import torch
from contextlib import suppress
with suppress(KeyError):
    del {}['none']
`,
      `
import glob
import torch
import torch.nn as nn
languages = []
for name in glob.glob('names/*.txt'):
    languages.append(name.split('.')[0])
net = nn.Linear(57, len(languages))
scores, places = net(torch.zeros(1, 57)).topk(3, 1, True)

class Names:
    def __init__(self, files):
        self.lines = []
        for file in files:
            self.lines.append(open(file).read())

best = nn.Linear(57, len(Names(glob.glob('*.txt')).lines))(torch.zeros(1, 57)).topk(3)
`,
      `
import torch
a, b = torch.randn(3, 4), torch.randn(3, 4)
c = a @ b.T
`,
      `
import torch
import torch.nn as nn
from torch_geometric.nn import MessagePassing

class Conv(MessagePassing):
    def __init__(self, inputs, outputs):
        super().__init__(aggr='add')
        self.lin = nn.Linear(inputs, outputs)

    def forward(self, x, edges):
        return self.propagate(edges, x=self.lin(x))

class Graph(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([Conv(8, 8) for _ in range(3)])
        self.head = nn.Sequential(nn.ReLU(), Conv(8, 2))

    def forward(self, x, edges):
        for conv in self.convs:
            x = torch.relu(conv(x, edges))
        return x

net = Graph()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`,
      `
import torch
import torch.nn as nn
mask = torch.randint(0, 2, (4,)).type(torch.BoolTensor)
filled = torch.randn(4).masked_fill(mask, 0.0)
critic = nn.Linear(4, 1)
x = torch.ones(2, 4, requires_grad=True)
y = critic(x)
slope = torch.autograd.grad(outputs=y, inputs=x, grad_outputs=torch.ones_like(y), create_graph=True)[0]
((slope.norm(2, dim=1) - 1) ** 2).mean().backward()
`,
    ],
    *run(program) {
      const own = new Set(ownErrors(program));
      const withNone = new Set<unknown>();
      for (const error of errorsOf(program)) {
        // What goes on where None is worked with, for want of what a call would give, works with it too.
        const home = error.moment.span && functionsAround(program, error.moment.span).at(-1);
        if (home !== undefined && error.message.includes('NoneType')) withNone.add(home);
        const isSure = error === certainError(program);
        if (home !== undefined && withNone.has(home) && !isSure) continue;
        const at = placeOf(program, error);
        if (at === undefined || others.some((check) => check.recognise(error, program) !== undefined))
          continue;
        const isPlain =
          own.has(error) &&
          (PLAIN.some((pattern) => pattern.test(error.message)) || isImportedCalled(program, error));
        if (!isSure && (error.from === 'torch' ? !isOfTorch(error) : !isPlain)) continue;
        if (isOfNoTurn(program, error) || isOfDefault(error)) continue;
        const shape = inputOf(error)?.shape;
        yield {
          at,
          message: `${error.type}: ${error.message.split('\n')[0] ?? ''}`,
          evidence: [
            ...(shape === undefined
              ? []
              : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape }] } as const]),
            inWords(error),
          ],
        };
      }
    },
  };
}

/** `time()` after `import time`. What is reached through a package may be a function of a module's name. */
function isImportedCalled(program: Program, { message, moment: { span } }: ErrorRaised): boolean {
  const name = /^(\w+)\(/.exec(span?.text ?? '')?.[1];
  return (
    name !== undefined &&
    message.startsWith("'module' object is not callable") &&
    new RegExp(String.raw`^import ([\w.]+, *)*${name}\b`, 'm').test(program.source)
  );
}

/** Where the error is; of a function among layers, where the function stands. */
function placeOf(program: Program, { moment, message }: ErrorRaised): Span | undefined {
  const name = /^(?:[\w.]+\.)?(\w+) is not a Module subclass/.exec(message)?.[1];
  const { span } = moment;
  if (span !== undefined && message.startsWith("'NoneType' object"))
    return lostBefore(program, span)?.span ?? span;
  if (name === undefined || span === undefined) return span;
  let found: Span | undefined;
  for (const node of callsOf(program)) {
    if (node.span.start < span.start || node.span.end > span.end) continue;
    found ??= node.args.find(
      ({ kind, span: { text } }) =>
        (kind === 'Name' || kind === 'Attribute') && (text === name || text.endsWith(`.${name}`)),
    )?.span;
  }
  return found ?? span;
}

/** `optimizer = optimizer.step()`, which leaves None under the name that is used where the error is. */
function lostBefore(program: Program, span: Span): tree.Statement | undefined {
  const name = /^\w+/.exec(span.text)?.[0] ?? '';
  const body = functionsAround(program, span).at(-1)?.body ?? program.body;
  const lost = statementsIn(body).filter(
    (one) =>
      one.kind === 'Assign' &&
      targetsOf(one).join() === name &&
      one.value.kind === 'Call' &&
      one.value.callee.kind === 'Attribute' &&
      one.value.callee.value.span.text === name,
  );
  return lost.length === 1 ? lost[0] : undefined;
}

/**
 * A number that a loop was to add tensors to, in `total = 0; for layer in layers: total += layer(x)`: where the layers are not known,
 * reading goes round no time.
 */
function isOfNoTurn(program: Program, { message, moment: { span } }: ErrorRaised): boolean {
  if (span === undefined || !/must be Tensor, not (int|float)/.test(message)) return false;
  const body = functionsAround(program, span).at(-1)?.body ?? program.body;
  return statementsIn(body).some(
    (one) =>
      one.kind === 'For' &&
      one.span.end <= span.start &&
      statementsIn(one.body).some(
        (inner) =>
          (inner.kind === 'AugAssign' || inner.kind === 'Assign') &&
          targetsOf(inner).some(
            (name) => /^\w+$/.test(name) && new RegExp(String.raw`\b${name}\b`).test(span.text),
          ),
      ),
  );
}

/** A call of what an object was made with, in a method that nothing calls: others may make it with a function. */
function isOfDefault({ message, moment }: ErrorRaised): boolean {
  return (
    /^'(str|int|float|bool)' object is not callable/.test(message) &&
    isEnteredByReading(moment) &&
    /^self\.\w+\(/.test(moment.span?.text ?? '')
  );
}

/** Words of what comes of reading alone: lists that loops over unknowns leave empty, layers of the program's own. */
const OF_READING =
  /\bunknown\b|NoneType|non-empty|must be a layer of PyTorch's own|unexpected keyword argument 'out'/;

function isOfTorch({ message, moment, type }: ErrorRaised): boolean {
  // What stars give is not known where nobody calls the function they come from.
  const isOfStars =
    type === 'TypeError' &&
    /missing \d+ required/.test(message) &&
    /[(,]\s*\*{1,2}\s*[A-Za-z_([]/.test(moment.span?.text ?? '');
  return !OF_READING.test(message) && !isOfStars;
}
