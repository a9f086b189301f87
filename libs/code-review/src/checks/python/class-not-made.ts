import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { isGuarded, libraryNames } from '../../ask/library-names.js';
import { oncePerProgram } from '../../ask/once.js';
import { places } from '../../ask/places.js';
import { torchCalls } from '../../ask/torch-calls.js';
import {
  callsOf,
  classesOf,
  functionsAround,
  methodOf,
  nodesOf,
  statementsOf,
  targetsOf,
} from '../../ask/tree.js';
import { isModuleClass, isWrittenTensor } from '../../ask/written-kinds.js';

const TRAINS = (criterion: string): string => `
import torch.nn as nn
criterion = ${criterion}

def train(net, loader, optimizer):
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
`;

const NET = (made: string, used: string): string => `
import torch.nn as nn
import torch.nn.functional as F

class Block(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.inner = nn.ModuleList(nn.Linear(width, width) for width in widths)
        ${made}

    def forward(self, x):
        for layer in self.inner:
            x = ${used}
        return x
`;

const PICTURES = (transforms: string): string => `
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
steps = transforms.Compose(${transforms})
loader = DataLoader(datasets.ImageFolder('pictures', steps), batch_size=32, shuffle=True)
`;

export const classNotMade: Check = {
  id: 'class-not-made',
  title: 'A class where one of its objects is wanted',
  severity: 'error',
  why: 'A class that is called makes an object: what it is called on is taken for a setting, and nothing is worked out of it.',
  instead:
    'Make the object first: criterion = nn.CrossEntropyLoss(), transforms.ToTensor(); or use the function: F.relu(x).',
  needs:
    'A class of torch.nn or of torchvision’s transforms that is called on tensors, or stands among transforms as it is.',
  wrong: [
    TRAINS('nn.CrossEntropyLoss').replace('nn.CrossEntropyLoss\n', 'nn.CrossEntropyLoss  # <--\n'),
    NET('self.act = nn.GELU  # <--', 'self.act(layer(x))'),
    NET('pass', 'nn.Sigmoid(layer(x))  # <--'),
    PICTURES('[transforms.Resize((32, 32)), transforms.ToTensor]').replace('ToTensor])', 'ToTensor])  # <--'),
  ],
  right: [
    TRAINS('nn.CrossEntropyLoss()'),
    NET('self.act = nn.GELU()', 'self.act(layer(x))'),
    NET('self.act = nn.GELU', 'self.act()(layer(x))'),
    NET('self.slope = 0.1', 'nn.LeakyReLU(self.slope)(layer(x))'),
    NET('pass', 'F.sigmoid(layer(x))'),
    PICTURES('[transforms.Resize((32, 32)), transforms.ToTensor()]'),
    `
import torch.nn as nn

def block(act=nn.ReLU, norm=nn.BatchNorm2d, width=8):
    layer = norm(width)
    chosen = nn.Softmax
    return nn.Sequential(layer, act(inplace=True), chosen(width - 7))
`,
  ],
  *run(program) {
    if (!program.source.includes('torch')) return;
    const guarded = isGuarded(program);
    for (const found of [...amongTransforms(program), ...calledOnTensors(program), ...keptAsClasses(program)])
      if (!guarded(found.at)) yield found;
  },
};

/** Names of classes that stand by themselves, by what they are. */
const classNames = oncePerProgram(
  (program): ReadonlyMap<tree.Expression, string> =>
    new Map(
      libraryNames(program)
        .used.filter(({ path }) => /^torch(vision)?\.(\w+\.)*[A-Z]\w*$/.test(path))
        .map(({ node, path }) => [node, path]),
    ),
);

/** `transforms.Compose([transforms.ToTensor, …])`. */
function* amongTransforms(program: Program): Generator<Found> {
  const own = new Set(classesOf(program).map(({ name }) => name));
  for (const { call, path } of torchCalls(program)) {
    const [list] = call.args;
    if (!/^torchvision\.transforms\.(\w+\.)*Compose$/.test(path) || list?.kind !== 'List') continue;
    for (const item of list.items) {
      const isOfTransforms = classNames(program).get(item)?.startsWith('torchvision.transforms.') ?? false;
      const isOwn = item.kind === 'Name' && own.has(item.id);
      if (isOfTransforms || isOwn) yield told(item, item.span.text);
    }
  }
}

/** Layers without weights that are told at most a setting or two when they are made. */
const PLAIN =
  /^torch\.nn\.(modules\.\w+\.)?(ReLU|ReLU6|Sigmoid|Tanh|LeakyReLU|GELU|ELU|SELU|CELU|SiLU|Mish|Softplus|Softsign|Softmax|LogSoftmax|Hardtanh|Hardswish|Hardsigmoid|LogSigmoid)$/;

/** `nn.ReLU(self.fc1(x))`. */
function* calledOnTensors(program: Program): Generator<Found> {
  for (const { call, path } of torchCalls(program)) {
    const [first] = call.args;
    if (!PLAIN.test(path) || first === undefined || !isWorkedOut(program, first)) continue;
    yield told(call, call.callee.span.text);
  }
}

/** Whether an argument is what a layer or an operation on tensors gives, by what is written in a forward. */
function isWorkedOut(program: Program, node: tree.Expression): boolean {
  if (isWrittenTensor(program, node)) return true;
  if (functionsAround(program, node.span).at(-1)?.name !== 'forward') return false;
  if (node.kind === 'BinOp') return isWorkedOut(program, node.left) || isWorkedOut(program, node.right);
  if (node.kind !== 'Call' || node.args.length === 0) return false;
  const { callee } = node;
  const { text } = callee.span;
  if (/^(int|float|len|bool|min|max|str|getattr|range)$/.test(text)) return false;
  if (/^((self|torch|F|nn\.functional)\.)?\w+$/.test(text))
    return node.args.some((one) => isWorkedOut(program, one));
  return (
    callee.kind === 'Attribute' && !OF_NUMBERS.test(callee.attribute) && isWorkedOut(program, callee.value)
  );
}

/** Methods of tensors that give numbers. */
const OF_NUMBERS = /^(size|dim|ndimension|numel|nelement|item|stride|get_device)$/;

/** `criterion = nn.CrossEntropyLoss`, and `criterion(outputs, labels)` further on. */
function* keptAsClasses(program: Program): Generator<Found> {
  for (const statement of statementsOf(program)) {
    if (statement.kind !== 'Assign') continue;
    const path = classNames(program).get(statement.value);
    const [target] = statement.targets;
    if (path === undefined || !path.startsWith('torch.nn.') || target === undefined) continue;
    const { text } = target.span;
    if (!/^(self\.)?\w+$/.test(text)) continue;
    if (statementsOf(program).filter((one) => targetsOf(one).includes(text)).length !== 1) continue;
    const calls = callsOf(program).filter(({ callee }) => callee.span.text === text);
    const isMade = calls.some(({ args }) => args.length === 0);
    const use = calls.find((call) => isUse(program, call, path, statement));
    if (isMade || use === undefined || isGivenAsArgument(program, text)) continue;
    yield {
      ...told(statement.value, statement.value.span.text),
      evidence: [places(['called on tensors', use.span])],
    };
  }
}

/** Whether the class that a name stands for is called as its objects are: a loss on outputs and targets, a layer in a forward. */
function isUse(program: Program, call: tree.Call, path: string, statement: tree.Assign): boolean {
  const [first, second] = call.args;
  if (first === undefined || call.keywords.length > 0 || first.kind === 'Constant') return false;
  const around = functionsAround(program, call.span);
  if (around.some(({ parameters }) => parameters.some(({ name }) => name === call.callee.span.text)))
    return false;
  if (path.endsWith('Loss')) {
    const isSettings = second?.kind === 'Constant';
    return second !== undefined && !isSettings && call.args.every(({ kind }) => kind !== 'Starred');
  }
  if (!call.callee.span.text.startsWith('self.')) return false;
  const definition = classesOf(program).find(
    (one) =>
      isModuleClass(one) && one.span.start < statement.span.start && one.span.end > statement.span.start,
  );
  const forward = definition && methodOf(definition, 'forward');
  return forward !== undefined && around.at(-1) === forward && isWorkedOut(program, first);
}

/** Whether the class is handed on to something, which may make objects of it. */
function isGivenAsArgument(program: Program, text: string): boolean {
  return nodesOf(program, 'Call').some(
    ({ args, keywords }) =>
      args.some(({ span }) => span.text === text) || keywords.some(({ value }) => value.span.text === text),
  );
}

function told(at: tree.Expression, name: string): Found {
  return {
    at: at.span,
    message: `${name} is the class here, and no object of it has been made.`,
    evidence: [],
  };
}
