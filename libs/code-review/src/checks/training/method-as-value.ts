import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { isGuarded, libraryNames } from '../../ask/library-names.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';
import { classesOf, nodesOf, statementsOf } from '../../ask/tree.js';
import { isWrittenTensor, isWrittenNetwork } from '../../ask/written-kinds.js';

const TRAINS = (before: string, inside: string, after = ''): string => `
import torch
from somewhere import net, loader, criterion
${before}
total, seen = 0, 0
for x, y in loader:
    optimizer.zero_grad()
    loss = criterion(net(x), y)
    loss.backward()
    optimizer.step()
    ${inside}
net.eval()
${after}
`;
const ADAM = 'optimizer = torch.optim.Adam(net.parameters())';

export const methodAsValue: Check = {
  id: 'method-as-value',
  title: 'A method for what it gives, or the other way round',
  severity: 'error',
  why: 'Without parentheses a method is not called, and is no number, no list and no tensor; what is no method cannot be called.',
  instead:
    'Call methods, loss.item(), x.size(0), model.parameters(), torch.no_grad(); and index what is none: x.shape[0].',
  needs: 'A method of tensors or networks that is used as a value, or a property of tensors that is called.',
  wrong: [
    TRAINS('optimizer = torch.optim.Adam(net.parameters)  # <--', 'total += loss.item()'),
    TRAINS('optimizer = torch.optim.Adam(net)  # <--', 'total += loss.item()'),
    TRAINS(ADAM, 'total += loss.item  # <--'),
    TRAINS(ADAM, 'seen += y.size[0]  # <--'),
    TRAINS(ADAM, 'seen += y.shape(0)  # <--'),
    TRAINS(ADAM, 'pass', 'with torch.no_grad:  # <--\n    print(net(x))'),
    TRAINS(ADAM, 'x = x.cuda  # <--'),
  ],
  right: [
    `
import torch

def filled(values, rows):
    made = []
    for value in values:
        if value.size(0) == 2 and value.dtype == torch.long:
            made.append(value.new_zeros(rows))
        elif isinstance(value, Rows):
            made.append(torch.zeros(rows, device=value.device()))
    return made

class Rows:
    def device(self):
        return 'cpu'
`,
    TRAINS(ADAM, 'seen += y.size(0) * y.shape[0]', 'with torch.no_grad():\n    print(net(x))'),
    `
import torch
from PIL import Image
from settings import options

class Shelf:
    def __init__(self, net):
        self.cuda = options.cuda
        self.count = 0
        self.optimizer = torch.optim.SGD(net, lr=options.rate)

    def add(self, order, picture):
        self.count += order.item
        return picture.size[0], picture.shape(0)

def parts(net):
    return [{'params': net.parameters()}]

picture = Image.open('a.png')
shelf = Shelf(parts(torch.nn.Linear(2, 2)))
print(picture.size[0])
`,
  ],
  *run(program) {
    if (!program.source.includes('torch')) return;
    const guarded = isGuarded(program);
    for (const found of [
      ...ofOptimizers(program),
      ...ofContexts(program),
      ...ofSizes(program),
      ...ofItems(program),
      ...ofMoves(program),
    ])
      if (!guarded(found.at)) yield found;
  },
};

function uncalled(
  node: tree.Attribute,
  message = `${node.attribute} is a method, and is not called here.`,
): Found {
  return { at: node.span, message, evidence: [] };
}

/** `optim.Adam(net.parameters)`, `optim.Adam(net)`. */
function* ofOptimizers(program: Program): Generator<Found> {
  for (const { call, path } of torchCalls(program)) {
    const given = writtenArgument(call, 0, 'params');
    if (
      !/^torch\.optim\.(\w+\.)?[A-Z]\w+$/.test(path) ||
      /lr_scheduler|swa_utils/.test(path) ||
      given === undefined
    )
      continue;
    if (given.kind === 'Attribute' && given.attribute === 'parameters' && !isOwn(program, 'parameters'))
      yield uncalled(given);
    const { text } = given.span;
    if (!isWrittenNetwork(program, given)) continue;
    yield {
      at: given.span,
      message: `An optimiser is given parameters, and this is the network: ${text}.parameters().`,
      evidence: [],
    };
  }
}

/** Whether the program has something of this name of its own that is no plain method. */
function isOwn(program: Program, name: string): boolean {
  return (
    new RegExp(`\\.${name}\\s*=[^=]`).test(program.source) ||
    classesOf(program).some(({ body }) =>
      body.some((one) => one.kind === 'FunctionDef' && one.name === name && one.decorators.length > 0),
    )
  );
}

/** `with torch.no_grad:`. */
function* ofContexts(program: Program): Generator<Found> {
  const contexts = nodesOf(program, 'With').flatMap(({ items }) => items.map(({ context }) => context));
  const paths = new Map(libraryNames(program).used.map(({ node, path }) => [node, path]));
  for (const context of contexts)
    if (
      context.kind === 'Attribute' &&
      /^torch\.(autograd\.)?(no_grad|enable_grad|inference_mode)$/.test(paths.get(context) ?? '')
    )
      yield uncalled(
        context,
        `${context.span.text} is a class, and nothing is made of it here: ${context.span.text}().`,
      );
}

/** `x.size[0]`, `x.shape(0)`. */
function* ofSizes(program: Program): Generator<Found> {
  for (const { value } of nodesOf(program, 'Subscript'))
    if (value.kind === 'Attribute' && value.attribute === 'size' && isWrittenTensor(program, value.value))
      yield uncalled(value, 'size is a method of tensors, and takes no index: size(0), or shape[0].');
  for (const { callee } of nodesOf(program, 'Call'))
    if (
      callee.kind === 'Attribute' &&
      /^(shape|dtype|device|grad|data|ndim)$/.test(callee.attribute) &&
      isWrittenTensor(program, callee.value) &&
      // Of another kind it may have such a method, and the program asks which kind it is.
      !program.source.includes(`isinstance(${callee.value.span.text},`)
    )
      yield {
        at: callee.span,
        message: `${callee.attribute} is no method of tensors, and cannot be called${callee.attribute === 'shape' ? ': shape[0]' : ''}.`,
        evidence: [],
      };
}

/** `total += loss.item`. */
function* ofItems(program: Program): Generator<Found> {
  for (const statement of statementsOf(program)) {
    const value = statement.kind === 'AugAssign' ? statement.value : undefined;
    const items = value?.kind === 'BinOp' ? [value.left, value.right] : value === undefined ? [] : [value];
    for (const one of items)
      if (one.kind === 'Attribute' && one.attribute === 'item' && isNumber(program, one.value))
        yield uncalled(one);
  }
}

/** Whether something is a tensor, or a loss by its name and by what is asked of it elsewhere. */
function isNumber(program: Program, node: tree.Expression): boolean {
  if (isWrittenTensor(program, node)) return true;
  return (
    node.kind === 'Name' &&
    /loss/i.test(node.id) &&
    /criterion|loss_?fn|Loss\(|cross_entropy|\.backward\(/.test(program.source)
  );
}

/** `x = x.cuda`, `net = Net().cuda`. */
function* ofMoves(program: Program): Generator<Found> {
  const own = new Set(classesOf(program).map(({ name }) => name));
  for (const statement of statementsOf(program)) {
    const value = statement.kind === 'Assign' ? statement.value : undefined;
    if (
      statement.kind !== 'Assign' ||
      value?.kind !== 'Attribute' ||
      !/^(cuda|cpu|detach|contiguous)$/.test(value.attribute)
    )
      continue;
    const of = value.value;
    const isItself = statement.targets.some(({ span }) => span.text === of.span.text);
    const callee = of.kind === 'Call' ? of.callee.span.text : '';
    if (isItself || own.has(callee) || /^(torch|nn)\.\w+$/.test(callee)) yield uncalled(value);
  }
}
