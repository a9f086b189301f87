import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { didYouMean } from '../../ask/spelling.js';
import { ownErrors } from '../../ask/python-errors.js';
import { isEnteredByReading } from '../../ask/places.js';
import { boundBy, classesOf, hasUnknownBases, methodOf, statementAt, statementsOf } from '../../ask/tree.js';
import { LAYER_NAMES, OPTIMIZER_NAMES } from './names.js';
import { TENSOR_NAMES, eachNode, offeringOf } from '@tensormark/frameworks';
import type { Moment, Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';

export const unknownAttribute = errorCheck(
  {
    id: 'unknown-attribute',
    title: 'An attribute that is not there',
    why: 'Python raises an AttributeError as soon as the line runs.',
    instead: 'Use the name the attribute has; names are told apart by case.',
    needs: 'An object or module of PyTorch whose attributes are known.',
    wrong: [
      `
import torch
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(torch.randn(8, 3)), batch_size=4)
batches = iter(loader)
(x,) = batches.next()  # <--
`,
      `
import torch.nn as nn
model = nn.DataParallel(nn.Sequential(nn.Linear(8, 4)))
for p in model.parameters():
    p.requires_grad = False
width = model.fc.in_features  # <--
`,
      `
import torch.nn as nn
norm = nn.Layernorm(64)  # <--
`,
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        return self.fc3(x)  # <--

out = Net()(torch.randn(2, 20))
`,
    ],
    right: [
      `
import torch
from others import Model

class Rolling(object):
    def __init__(self, x):
        Model.__init__(self, x)
        self.width = self.data.shape[1]

class Flavour(object):
    def __init__(self):
        self.join = self.sep.join

class Plain(Flavour):
    sep = '/'

Rolling(torch.zeros(2, 3))
Plain()
dense = torch.Tensor.to_dense
`,
      `
import torch
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(torch.randn(8, 3)), batch_size=4)
batches = iter(loader)
try:
    (x,) = batches.next()
except AttributeError:
    (x,) = next(batches)
`,
      `
import torch.nn as nn
model = nn.DataParallel(nn.Sequential(nn.Linear(8, 4)))
print(model.module, model.device_ids, getattr(model, 'module', model))
`,
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i in range(3):
            setattr(self, f'fc{i}', nn.Linear(20, 20))

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))

out = Net()(torch.randn(2, 20))
`,
      `
import torch
import torch.nn as nn

class WithSteps(nn.Module):
    def training_step(self, batch):
        inputs, labels = batch
        return self.criterion(self(inputs), labels)

class Skippable(nn.Module):
    inner: type

    def __init__(self, *args):
        super().__init__()
        self.part = self.inner(*args)

class BenchmarkBase(nn.Module):
    def __init__(self):
        super().__init__()
        self.passes = 0

    def given(self):
        return tuple(self.inputs.values())
`,
    ],
  },
  (error, program) => {
    const at = error.moment.span;
    const found =
      /^(?:'([\w.]+)' object|module '([\w.]+)'|type object '(\w+)') has no attribute '(\w+)'/.exec(
        error.message,
      );
    if (error.type !== 'AttributeError' || found === null || at === undefined) return undefined;
    const [, object, module, type, name = ''] = found;
    const owner = object ?? type;
    if (/^(Distributed)?DataParallel$/.test(owner ?? '')) {
      // Methods that reading calls by itself may be called before the network is wrapped.
      const isElsewhere = isEnteredByReading(error.moment) || error.moment.arm !== undefined;
      if (isElsewhere || OF_WRAPPERS.test(name)) return undefined;
      return {
        at,
        message: `${owner ?? ''} has no ${name}: the network inside of it, its module, may have one.`,
        evidence: [inWords(error)],
      };
    }
    if (owner?.endsWith('DataLoaderIter') === true && name === 'next')
      return {
        at,
        message: 'What goes over a DataLoader has no method next any more: next(…) gives the next batch.',
        evidence: [inWords(error)],
      };
    // What reading does not interpret may be there all the same.
    if (module !== undefined && offeringOf(module)?.names.has(name) === true) return undefined;
    const cls = classesOf(program).find((one) => one.name === owner);
    if (module === undefined && owner !== 'Tensor' && cls === undefined) return undefined;
    // What a tensor has inside PyTorch is not all modelled.
    if (owner === 'Tensor' && (name.startsWith('_') || TENSOR_NAMES.has(name))) return undefined;
    if (module !== undefined && !/^torch(\.nn|\.optim|\.nn\.functional)?$/.test(module)) return undefined;
    if (cls !== undefined && (name.startsWith('__') || isSetElsewhere(program, name))) return undefined;
    if (cls !== undefined && (hasUnknownBases(program, cls) || isMixin(cls, error.moment))) return undefined;
    if (cls !== undefined && (handsItselfOver(program, cls) || isSetInDerived(program, cls, name)))
      return undefined;
    if (statementAt(program, at)?.kind === 'Delete') return undefined;
    if (module !== undefined && error.moment.arm !== undefined) return undefined;
    const near =
      module === undefined
        ? [...(cls === undefined ? [] : attributesIn(cls))]
        : module === 'torch.optim'
          ? OPTIMIZER_NAMES
          : LAYER_NAMES;
    const meant = didYouMean(name, near);
    const isOwn = cls !== undefined && at.text.startsWith('self.');
    if (owner !== 'Tensor' && !isOwn && meant === undefined) return undefined;
    const what = module ?? `a ${owner ?? 'value'}`;
    return {
      at,
      message: `There is no ${name} in ${what}${meant === undefined ? '' : `; did you mean ${meant}`}.`,
      evidence: [inWords(error)],
    };
  },
  ownErrors,
);

/** What wrappers of networks have that reading does not follow. */
const OF_WRAPPERS =
  /^(_|(module|device_ids|device_type|dim|output_device|src_device_obj|process_group|reducer|logger|broadcast_buffers|find_unused_parameters|gradient_as_bucket_view|static_graph|scatter|gather|replicate|parallel_apply|no_sync|join\w*|require_\w+|will_\w+|register_\w+)$)/;

/**
 * A class that nothing in the file uses, and that says of itself that others are to derive from it: what it is mixed into,
 * or derives from it, may have the attribute.
 */
function isMixin(definition: tree.ClassDefinition, moment: Moment): boolean {
  if (!isEnteredByReading(moment)) return false;
  const { bases, name, span } = definition;
  return (
    bases.length === 0 ||
    methodOf(definition, '__init__') === undefined ||
    /Base|Abstract|Mixin|Interface/.test(name) ||
    /NotImplementedError|@(abc\.)?abstractmethod/.test(span.text)
  );
}

/** What is called with an object and gives it no attributes. */
const ASKS =
  /^(super|isinstance|issubclass|len|print|id|iter|repr|str|type|hasattr|getattr|hash|vars|dir|(torch\.)?nn\.\w+\.__init__|\w*Module\.__init__|object\.__init__|(torch\.)?save|torch\.jit\.\w+)$/;

/** Whether an object is handed to something of others, which may give it attributes: `Model.__init__(self, x)`. */
function handsItselfOver(program: Program, definition: tree.ClassDefinition): boolean {
  const own = new Set(
    statementsOf(program).flatMap((one) =>
      one.kind === 'FunctionDef' || one.kind === 'ClassDef' ? [one.name] : [],
    ),
  );
  let hands = false;
  eachNode(definition.body, (node) => {
    if (node.kind !== 'Call' || !node.args.some((arg) => arg.kind === 'Name' && arg.id === 'self')) return;
    const callee = node.callee.span.text;
    const [root = ''] = callee.split('.');
    hands ||= !ASKS.test(callee) && !own.has(root) && root !== 'self';
  });
  return hands;
}

/** Whether a class of the file that derives from this one has the attribute, which is then for those to have. */
function isSetInDerived(program: Program, { name: base }: tree.ClassDefinition, name: string): boolean {
  return classesOf(program).some(
    (one) =>
      one.bases.some(({ span }) => span.text === base) &&
      (one.body.some((statement) => boundBy(statement).includes(name)) || isSetInDerived(program, one, name)),
  );
}

/** Attributes that a class speaks of as its own. */
function attributesIn(definition: object): ReadonlySet<string> {
  const names = new Set<string>();
  eachNode(definition, (node) => {
    if (node.kind === 'Assign')
      for (const target of node.targets) if (target.kind === 'Attribute') names.add(target.attribute);
    if (node.kind === 'FunctionDef') names.add(node.name);
    // Declared without a value, it is for whoever derives from the class to set.
    if (node.kind === 'AnnAssign') names.add(node.target.span.text.replace(/^self\./, ''));
  });
  return names;
}

/** Set anywhere in the file, or by a name that is worked out: then it may be there after all. */
function isSetElsewhere(program: Program, name: string): boolean {
  if (/\bsetattr\s*\(|__dict__|__getattr__/.test(program.source)) return true;
  return (
    attributesIn(program.body).has(name) ||
    new RegExp(`\\b(register_\\w+|add_module)\\(\\s*(name\\s*=\\s*)?['"]${name}['"]`).test(program.source)
  );
}
