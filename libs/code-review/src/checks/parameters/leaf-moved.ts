import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { oncePerProgram } from '../../ask/once.js';
import { places } from '../../ask/places.js';
import {
  callsOf,
  classesOf,
  functionsAround,
  holds,
  nodesOf,
  statementsOf,
  targetsOf,
} from '../../ask/tree.js';

export const leafMoved: Check = {
  id: 'leaf-moved',
  title: 'Gradients asked for before the tensor is moved',
  severity: 'error',
  why: 'What to(device), cuda() or double() give of a tensor that learns is computed from it: no leaf, so that its grad stays None, an optimiser refuses it, and as an attribute it is no nn.Parameter.',
  instead:
    'Move it first: torch.randn(3, device=device, requires_grad=True), nn.Parameter(torch.randn(3).to(device)).',
  needs:
    'A tensor made with requires_grad=True, or an nn.Parameter, moved in the same expression, whose result is an attribute of a module, is given to an optimiser or is asked for its grad.',
  wrong: [
    `
import torch
cuda = torch.cuda.is_available()
picture = torch.randn(1, 3, 8, 8, requires_grad=True)  # <--
if cuda:
    picture = picture.cuda()
optimizer = torch.optim.Adam([picture], lr=0.01)
`,
    `
import torch
device = 'cuda' if torch.cuda.is_available() else 'cpu'
x, y = torch.randn(10, 3, device=device), torch.randn(10, device=device)
w = torch.randn(3, requires_grad=True).to(device)  # <--
for step in range(100):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
`,
    `
import torch
import torch.nn as nn
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(3)).to(device)  # <--

    def forward(self, x):
        return x * self.scale
`,
    `
import torch
noise = torch.zeros(1, 3, 8, 8, requires_grad=True).cuda()  # <--
optimizer = torch.optim.Adam([noise], lr=0.01)
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(3).to(device))
        self.steps = nn.Parameter(torch.zeros(1), requires_grad=False).to(device)

    def forward(self, x):
        return x * self.scale

noise = torch.zeros(1, 3, 8, 8).to(device).requires_grad_()
optimizer = torch.optim.Adam([noise], lr=0.01)
offset = torch.zeros(3, requires_grad=True)
moved = offset.to(device)
shift = torch.zeros(3, requires_grad=True).float()
both = torch.optim.Adam([offset, shift], lr=0.01)
seen = torch.zeros(3, requires_grad=True).to(device)
seen.retain_grad()
(seen * moved).sum().backward()
print(seen.grad)
`,
  ],
  *run(program) {
    if (!/requires_grad|Parameter\(/.test(program.source)) return;
    const seen = new Set<string>();
    yield* movedLater(program);
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign' || statement.targets.length !== 1) continue;
      const [name = ''] = targetsOf(statement);
      const learns = beforeMoves(statement.value, program.source);
      if (learns === undefined || name === '' || seen.has(name)) continue;
      const isParameter = /(^|\.)Parameter$/.test(learns.callee.span.text);
      const isKept = isParameter && name.startsWith('self.') && isInModule(program, statement);
      if (!isKept && (isBoundAgain(program, statement, name) || !isAskedOf(program, name))) continue;
      seen.add(name);
      yield {
        at: statement.span,
        message: isKept
          ? `${name} is what the move gives, a plain tensor: the parameter that was made is not kept.`
          : `${name} is what the move gives, and no leaf: the tensor that was asked for gradients is another.`,
        evidence: [],
      };
    }
  },
};

/** `picture = picture.cuda()` of what was made to learn under that name: an optimiser is then given what the move gave. */
function* movedLater(program: Program): Generator<Found> {
  for (const moved of statementsOf(program)) {
    if (moved.kind !== 'Assign' || moved.targets.length !== 1 || moved.value.kind !== 'Call') continue;
    const [name = ''] = targetsOf(moved);
    const { callee } = moved.value;
    if (callee.kind !== 'Attribute' || callee.value.span.text !== name || !/^\w+$/.test(name)) continue;
    if (!MOVES.test(callee.attribute) || !changes(callee.attribute, moved.value, program.source)) continue;
    const given = statementsOf(program).filter((one) => one !== moved && targetsOf(one).includes(name));
    const [made] = given;
    if (given.length !== 1 || made?.kind !== 'Assign' || made.value.kind !== 'Call') continue;
    if (!isMadeToLearn(made.value) || !listsLearned(program).has(name)) continue;
    if (new RegExp(String.raw`\b${name}\.(requires_grad|retain_grad|detach_)`).test(program.source)) continue;
    if (
      made.span.start > moved.span.start ||
      functionsAround(program, made.span).at(-1) !== functionsAround(program, moved.span).at(-1)
    )
      continue;
    yield {
      at: made.span,
      message: `${name} is asked for gradients here and moved after: what the move gives is no leaf, and the optimiser refuses it.`,
      evidence: [places(['it is moved here', moved.span])],
    };
  }
}

/** What was made to learn, where a value is that moved or made another type of. */
function beforeMoves(value: tree.Expression, source: string): tree.Call | undefined {
  let current = value;
  let isMoved = false;
  while (current.kind === 'Call') {
    const { callee, keywords } = current;
    if (isMoved && isMadeToLearn(current)) return current;
    if (callee.kind !== 'Attribute' || !MOVES.test(callee.attribute)) return undefined;
    if (keywords.some(({ name, value: given }) => name === 'device' && /cpu/.test(given.span.text)))
      return undefined;
    isMoved ||= changes(callee.attribute, current, source);
    current = callee.value;
  }
  return undefined;
}

const MOVES = /^(to|cuda|mps|xpu|type|double|half|bfloat16|float)$/;
const OTHER_TYPES = /\b(double|float64|half|float16|bfloat16|DoubleTensor|HalfTensor)\b/;
const OTHER_PLACES = /\b(cuda|mps|xpu)\b/;

/** Whether a move gives another tensor, if only where there is a GPU. */
function changes(name: string, { args, keywords }: tree.Call, source: string): boolean {
  if (name === 'float') return false;
  if (name !== 'to' && name !== 'type') return true;
  const given = [...args, ...keywords.map(({ value }) => value)].map(({ span }) => span.text).join(' ');
  if (OTHER_TYPES.test(given) || OTHER_PLACES.test(given)) return true;
  if (name === 'type') return /^\w*(dtype|tensor_?type)\w*$/i.test(given) && /cuda\.\w*Tensor/.test(source);
  return /^(self\.|args\.|opt\.|cfg\.|config\.)?\w*dev(ice)?$/i.test(given) && OTHER_PLACES.test(source);
}

function isMadeToLearn({ callee, args, keywords }: tree.Call): boolean {
  const asked = keywords.find(({ name }) => name === 'requires_grad')?.value.span.text;
  if (/(^|\.)Parameter$/.test(callee.span.text)) return asked !== 'False' && args[1]?.span.text !== 'False';
  if (callee.kind === 'Attribute' && callee.attribute === 'requires_grad_') return args.length === 0;
  return asked === 'True';
}

function isInModule(program: Program, statement: tree.Statement): boolean {
  return classesOf(program).some(
    ({ span, bases }) => holds(span, statement.span) && bases.some((base) => /Module\b/.test(base.span.text)),
  );
}

/** Whether a name is given something else too, and may be that where it is used. */
function isBoundAgain(program: Program, statement: tree.Statement, name: string): boolean {
  return statementsOf(program).some(
    (one) => one !== statement && one.kind !== 'AugAssign' && targetsOf(one).includes(name),
  );
}

/** Whether the grad of something is read, or an optimiser is given it in a list. */
function isAskedOf(program: Program, name: string): boolean {
  if (new RegExp(String.raw`(^|[^\w.])${name.replace('.', '\\.')}\.retain_grad\(`).test(program.source))
    return false;
  return gradsRead(program).has(name) || listsLearned(program).has(name);
}

const gradsRead = oncePerProgram((program): ReadonlySet<string> => {
  const grads = nodesOf(program, 'Attribute').filter(({ attribute }) => attribute === 'grad');
  return new Set(grads.map(({ value }) => value.span.text));
});

const listsLearned = oncePerProgram((program): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { callee, args } of callsOf(program)) {
    const [given] = args;
    if (given?.kind !== 'List' || !/(^|\.)(SGD|Adam\w*|RMSprop|Adagrad|LBFGS)$/.test(callee.span.text))
      continue;
    for (const { span } of given.items) names.add(span.text);
  }
  return names;
});
