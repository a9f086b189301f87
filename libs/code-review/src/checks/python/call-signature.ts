import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { errorCheck } from '../../ask/error-check.js';
import { errorsOf, inWords } from '../../ask/errors.js';
import { didYouMean } from '../../ask/spelling.js';
import { classesOf, functionsAround, hasUnknownBases, methodOf, statementsOf } from '../../ask/tree.js';
import { ownErrors } from '../../ask/python-errors.js';

/** Arguments of PyTorch's own that are misspelt most. */
const KEYWORDS = [
  'device',
  'dtype',
  'requires_grad',
  'kernel_size',
  'stride',
  'padding',
  'in_channels',
  'out_channels',
  'in_features',
  'out_features',
  'batch_first',
  'num_layers',
  'hidden_size',
  'input_size',
  'bidirectional',
  'dropout',
  'bias',
  'dim',
  'lr',
  'momentum',
  'weight_decay',
  'betas',
  'eps',
  'batch_size',
  'shuffle',
  'num_workers',
  'num_embeddings',
  'embedding_dim',
  'padding_idx',
  'inplace',
  'reduction',
  'weight',
  'ignore_index',
  'start_dim',
  'retain_graph',
];

const CALL =
  /^(?!__new__\(\)).*(got an unexpected keyword argument|missing \d+ required (positional|keyword-only) arguments?|takes (from )?\d+ (to \d+ )?positional arguments? but \d+ (was|were) given|takes no arguments|got multiple values for argument)/s;

export const callSignature = errorCheck(
  {
    id: 'call-signature',
    title: 'A call that the function does not take',
    why: 'Python raises a TypeError at the call.',
    instead: 'Give the arguments that the function or layer has, under their names.',
    needs: 'A call of something known with an argument too many, too few or of another name.',
    wrong: [
      `
import torch
import torch.nn as nn
import pytorch_lightning as pl

class Sampler(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, noise, labels):
        return self.fc(noise) + labels

    def on_train_epoch_end(self):
        self.log('mean', self(torch.zeros(4, 20)).mean())  # <--
`,
      `
import torch.nn as nn
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)
block = Block
for step in range(3):
    block = block(16 - step * 4, 3)  # <--
`,
      `
import torch.nn as nn
layer = nn.Linear(20, 64, biass=False)  # <--
`,
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(20, width)

    def forward(self, x):
        return self.fc(x)

net = Net()  # <--
`,
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(x):
        return self.fc(x)

net = Net()
out = net(torch.randn(2, 20))  # <--
`,
    ],
    right: [
      `
import torch.nn as nn
def collect(outs, places, given):
    if given:
        def put(one, at):
            return one
    else:
        def put(one):
            return one
    for i, out in enumerate(outs):
        put(out, places[i]) if given else put(out)
layer = nn.Linear(..., ...)
`,
      `
import torch.nn as nn
class Engine(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, **batch):
        return self.net(**batch)

def forward_step(batches, model):
    tokens, mask = next(batches)
    return model(tokens, mask, labels=tokens)
`,
      `
import io
import torch
from dataclasses import dataclass
from torch.nn.utils.rnn import PackedSequence
from tools import keyword_only

@dataclass
class Rule:
    name: str
    used: bool

    def __init__(self, name):
        self.name, self.used = name, False

class Step:
    @keyword_only
    def __init__(self, width, *, depth=1):
        self.width = width

Rule('first')
Step(4, 2)
stream = io.TextIOWrapper(io.BytesIO(b'x'), encoding='utf-8')
packed = PackedSequence(torch.zeros(5, 3), torch.tensor([3, 2]))
`,
      `
import numpy as np
import torch.nn as nn

class Trainer:
    def __init__(self, net):
        self.net = net

    def loss_of(self):
        raise NotImplementedError

    def step(self, batch):
        self.order = np.argsort(batch, kind='stable')
        self.loss_of(batch).backward()
`,
      `
import torch
import torch.nn as nn

def build(*widths, **options):
    return nn.Sequential(*[nn.Linear(a, b, **options) for a, b in zip(widths, widths[1:])])

net = build(20, 64, 3, bias=False)
`,
      `
import torch.nn as nn
from tfds import decoders

class Plain(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

class Gated(nn.Module):
    def __init__(self, width, gate):
        super().__init__()
        self.fc = nn.Linear(width, width)

def make(config):
    layer = Gated if config.gated else Plain
    if config.gated:
        made = layer(8, gate=True)
    else:
        made = layer(8)
    return made

@decoders.make()
def decode(serialized, feature):
    return serialized

decoder = decode(channels=1)
`,
      `
import torch
kept = torch.empty(4)
torch.add(torch.randn(4), torch.randn(4), out=kept)
torch.mm(torch.randn(3, 4), torch.randn(4, 5), out=torch.empty(3, 5))

def unary(operation):
    def run(a, out):
        return operation(a, out=out)
    return run

unary(torch.exp)(torch.randn(4), kept)
`,
      `
import torch.nn as nn

try:
    from features import Extractor
except ImportError:
    class Extractor(nn.Module):
        pass

class Frozen(Extractor):
    def __init__(self, name, wanted):
        super().__init__(name, wanted)
        self.eval()

    def forward(self, x):
        return self.wanted, self.resized(x)

features = Frozen('inception', ['2048'])
`,
    ],
  },
  (error, program) => {
    const at = error.moment.span;
    if (error.type !== 'TypeError' || !CALL.test(error.message) || at === undefined) return undefined;
    // What stars give is not known where nobody calls the function they come from.
    if (/[(,]\s*\*{1,2}\s*[A-Za-z_([]/.test(at.text)) return undefined;
    const qualified = /^([\w.<>]+)\(\)/.exec(error.message)?.[1]?.split('.<locals>.').at(-1);
    const owner = qualified?.split('.')[0];
    const cls = classesOf(program).find(({ name }) => name === owner);
    const method = qualified?.split('.')[1] ?? '';
    if (cls !== undefined && hasUnknownBases(program, cls) && !isOfLightning(cls, method)) return undefined;
    // Which of several functions of one name is meant hangs on what is not known.
    if (definitionsNamed(program, qualified) > 1) return undefined;
    // A network that stands for an argument of a function that nothing calls need not be the one it is given.
    if (isStandIn(program, at)) return undefined;
    // What PyTorch's functions may write into is not modelled.
    if (cls === undefined && /unexpected keyword argument 'out'/.test(error.message)) return undefined;
    // A name that stands for object where something is not installed.
    if (error.message.startsWith('object()') && !at.text.startsWith('object(')) return undefined;
    // `types.FunctionType`, which takes code objects.
    if (error.message.startsWith('function()')) return undefined;
    if (OTHERS.test(at.text) || isLeftToOthers(program, owner, error.message)) return undefined;
    if (isDecorated(program, owner) || (cls !== undefined && error.moment.arm !== undefined))
      return undefined;
    const word = /unexpected keyword argument '(\w+)'/.exec(error.message)?.[1];
    const meant = word === undefined ? undefined : didYouMean(word, KEYWORDS);
    return {
      at,
      message: `${error.message}${meant === undefined ? '' : `; did you mean ${meant}`}.`,
      evidence: [inWords(error)],
    };
  },
  (program) => {
    const own = new Set(ownErrors(program));
    return errorsOf(program).filter((error) => error.from === 'torch' || own.has(error));
  },
);

/** Libraries of which reading knows the arguments that networks are made with, and not all of them. */
const OTHERS = /^(np|numpy|scipy|math|random|os|sys|time|json|argparse|copy|itertools)\./;

/** A method that a class has itself, whose bases are Lightning's: they call it with what they are called with. */
function isOfLightning(cls: tree.ClassDefinition, method: string): boolean {
  return (
    methodOf(cls, method) !== undefined && cls.bases.every(({ span }) => /\bLightningModule$/.test(span.text))
  );
}

function definitionsNamed(program: Program, name: string | undefined): number {
  const isOne = (node: tree.Statement): boolean => node.kind === 'FunctionDef' && node.name === name;
  return statementsOf(program).filter(isOne).length;
}

/** Whether what is called is a parameter of a function that the file calls nowhere. */
function isStandIn(program: Program, at: Span): boolean {
  const callee = /^(\w+)\(/.exec(at.text)?.[1];
  const inner = functionsAround(program, at).at(-1);
  // A method's own object is what its class says.
  if (
    callee === undefined ||
    callee === 'self' ||
    inner?.parameters.some(({ name }) => name === callee) !== true
  )
    return false;
  return (
    [...program.source.matchAll(new RegExp(String.raw`(?<!def )\b${inner.name}\s*\(`, 'g'))].length === 0
  );
}

/** Whether a method only says that others have to write it: theirs may take other arguments. */
function isLeftToOthers(program: Program, owner: string | undefined, message: string): boolean {
  const method = /^\w+\.(\w+)\(\)/.exec(message)?.[1];
  const cls = classesOf(program).find(({ name }) => name === owner);
  const definition =
    cls === undefined
      ? program.body.find((node) => node.kind === 'FunctionDef' && node.name === owner)
      : method === undefined
        ? undefined
        : methodOf(cls, method);
  return definition?.kind === 'FunctionDef' && definition.body.some(({ kind }) => kind === 'Raise');
}

/** Whether a function of the program is decorated by something of others, which may give a function of other arguments. */
function isDecorated(program: Program, name: string | undefined): boolean {
  return statementsOf(program).some(
    (node) =>
      node.kind === 'FunctionDef' &&
      node.name === name &&
      node.decorators.some(({ span }) => !/^(staticmethod|classmethod|property|torch\.)/.test(span.text)),
  );
}
