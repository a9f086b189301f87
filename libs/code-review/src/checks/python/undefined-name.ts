import { eachNode, offeringOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { didYouMean, distance } from '../../ask/spelling.js';
import { boundBy, callsOf, functionsAround, nodesOf, statementsOf } from '../../ask/tree.js';
import { namesGivenAt } from '../../ask/targets.js';
import { BUILTIN_NAMES } from './names.js';

/** A file with more unknown names than this is a piece of something larger. */
const MOST_IN_A_WHOLE = 3;

/** Names of what examples are cut off from: data, settings, and what other files hold. */
const LEFT_OUT =
  /load|data|batch|file|folder|text|token|word|seq|corpus|series|graph|iter|train|test|val|sample|image|img|label|input|target|vocab|^(x|y|df|args|cfg|config|opt|params|hparams|env|device|lr|epochs?|size|path|root|dir|logger|writer)$|^[xy]_|_[xy]$|^(n|num)_|_(size|dim|path|dir|len|lr|rate|epochs|classes)$/i;

/** Settings, as constants are written. */
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/** Names that nearly every program imports under: who uses one without its import has forgotten it. */
const CONVENTIONAL =
  /^(torch|nn|F|np|pd|plt|os|sys|math|random|time|copy|json|re|optim|torchvision|transforms|datasets|models|DataLoader|Dataset|TensorDataset|Variable|lr_scheduler|StepLR|tqdm|Image|cv2|OrderedDict|defaultdict|Counter|partial|deque|train_test_split|StandardScaler|confusion_matrix|accuracy_score|summary|SummaryWriter|Path)$/;

/** The same of Keras: layers and what goes with them. */
const CONVENTIONAL_OF_KERAS =
  /^(tf|keras|layers|K|Sequential|Model|Input|Activation|Adam|SGD|RMSprop|to_categorical|pad_sequences|Tokenizer|ImageDataGenerator|EarlyStopping|ModelCheckpoint|ReduceLROnPlateau|load_model|concatenate|Dense|Dropout|Flatten|Reshape|Permute|RepeatVector|Lambda|Embedding|BatchNormalization|LayerNormalization|(Separable|Depthwise)?Conv[123]D(Transpose)?|(Global)?(Max|Average)Pool(ing)?[123]D|(Zero|Up|Crop)\w+[123]D|LSTM|GRU|SimpleRNN|Bidirectional|TimeDistributed|Concatenate|Add|LeakyReLU|PReLU|MinMaxScaler|LabelEncoder|OneHotEncoder|mean_squared_error|classification_report)$/;

export const undefinedName: Check = {
  id: 'undefined-name',
  title: 'A name that nothing defines',
  severity: 'error',
  why: 'Python raises a NameError when the line runs.',
  instead: 'Define or import the name before it is used, or spell it as it was defined.',
  needs:
    'A name that is bound nowhere in the file; a remark only where the file is a fragment of a program, or leaves out its data or settings.',
  wrong: [
    `
import torch
scaled = rows / rows.max()  # <--
rows = torch.randn(8, 3)
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.fc = nn.Linear(20, hiden)  # <--

    def forward(self, x):
        return self.fc(x)
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return F.relu(self.fc(x))  # <--
`,
    `
import torch
model = torch.nn.Linear(20, 3)
for epoch in range(3):
    for inputs in torch.randn(4, 8, 20):
        seen += len(inputs)  # <--
        model(inputs)
`,
    `
import torch
net = torch.nn.Linear(20, 3)
print(accuracy_score(net(torch.randn(2, 20)).argmax(1).tolist(), [1, 2]))  # <--
from sklearn.metrics import accuracy_score
`,
    `
def batches(pictures, masks):
    while true:  # <--
        yield next(pictures), next(masks)
`,
    `
import torch
from texts import batches
net = torch.nn.Linear(20, 3)
optimizer = torch.optim.Adam(net.parameters())
for x, y in batches:
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(net(T.transpose(x, 0, 1)), y)  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
import torch
def report():
    print(names)
names = ['a', 'b']
report()
`,
    `
import torch
from models import *
net = build_model(3)
`,
    `
import torch
try:
    import wandb
except ImportError:
    wandb = None
def f(x):
    global count
    count = [y for y in x if (n := y) is not None]
    return lambda z: (z, n, __file__)
`,
    `
import torch
if False:
    net = build(resnet_settings)
net = torch.nn.Linear(3, 4)
`,
    `
import torch
def set_up(path):
    global kernels
    kernels = torch.ops.load_library(path)
class Net(torch.nn.Module):
    def forward(self, x):
        return kernels.product(x)
`,
  ],
  *run(program) {
    const { bound, atTop } = bindingsOf(program);
    if (hidesNames(program)) return;
    const reached = new Set(program.unbound.map(({ name }) => name));
    const found = new Map<string, tree.Expression>();
    const early = new Set<string>();
    const never = neverRun(program);
    for (const node of nodesOf(program, 'Name')) {
      if (found.has(node.id) || BUILTIN_NAMES.has(node.id)) continue;
      if (never.some(({ start, end }) => start <= node.span.start && node.span.end <= end)) continue;
      const nowhere = !bound.has(node.id);
      const isReached =
        reached.has(node.id) &&
        program.unbound.some(
          ({ name, line, column }) =>
            name === node.id && line === node.span.line && column === node.span.column,
        );
      if (isReached && isTooEarly(program, node)) early.add(node.id);
      if (nowhere || (isReached && !atTop.has(node.id)) || early.has(node.id)) found.set(node.id, node);
    }
    const isWhole =
      isWholeFile(program) && found.size <= MOST_IN_A_WHOLE && program.syntaxErrors.length === 0;
    for (const [name, node] of found) {
      const { span } = node;
      const isEarly = early.has(name);
      const meant = isEarly ? undefined : didYouMean(name, visibleFrom(node, program, atTop));
      yield {
        at: span,
        message: isEarly
          ? `${name} has no value yet where it is read here: it is given one further down.`
          : `Nothing defines ${name}${meant === undefined ? '' : `; did you mean ${meant}`}.`,
        evidence: [
          { kind: 'error', type: 'NameError', message: `name '${name}' is not defined`, exact: true },
        ],
        ...(!(isWhole && (isEarly || isSurely(program, name, meant, found.size === 1))) &&
          !OTHER_LANGUAGES.test(name) && { severity: 'remark' as const }),
      };
    }
  },
};

/** What stands under `if False:`, to be left out for now. */
function neverRun(program: Program): readonly Span[] {
  return statementsOf(program).flatMap((node) =>
    node.kind === 'If' && /^(False|0)$/.test(node.test.span.text) ? node.body.map(({ span }) => span) : [],
  );
}

/** Whether a statement of the file's own level reads a name that only later ones there give a value. Cells may be run in another order. */
function isTooEarly(program: Program, { span }: tree.Name): boolean {
  if (program.file.endsWith('.ipynb') || functionsAround(program, span).length > 0) return false;
  const giving = program.body.filter((statement) => {
    const given = new Set<string>();
    collectBound(statement, given, 'not by adding');
    return given.has(span.text);
  });
  return giving.length > 0 && giving.every((statement) => statement.span.start >= span.start);
}

/** Words of other languages, which no program leaves to be defined elsewhere. */
const OTHER_LANGUAGES = /^(true|false|null)$/;

/**
 * Whether a name was forgotten or misspelt: rather than left out with the data and settings of a program of which only
 * the part in question is shown.
 */
function isSurely(program: Program, name: string, meant: string | undefined, isOnly: boolean): boolean {
  // `for name in names`: the names were left out, and are no slip for the name of one.
  const isMany = new RegExp(`\\bfor\\s+${meant}\\s+in\\s+${name}\\b`).test(program.source);
  if ((meant !== undefined && !isMany && isSlip(name, meant)) || CONVENTIONAL.test(name)) return true;
  if (CONVENTIONAL_OF_KERAS.test(name) && /keras/.test(program.source)) return true;
  // Assigned somewhere else: in another function, or as an attribute that is read without its self.
  const isAssigned = (before: string): boolean =>
    new RegExp(`^\\s*([\\w.]+\\s*,\\s*)*${before}${name}\\b[^=\\n(]*=[^=]`, 'm').test(program.source);
  if (isAssigned('') || (isAssigned('self\\.') && !isLeftOut(name))) return true;
  if (isOnly && isTrainedHere(program) && isMisnamedTorch(program, name)) return true;
  if (isOnly && isTrainedHere(program) && unreadOf(program, name) !== undefined) return true;
  if (isLeftOut(name)) return false;
  return isOnly && isTrainedHere(program) && isReckonedWith(program, name);
}

/** A name that is given a value and never read, of which another is a part: all_epoch of epoch. */
function unreadOf(program: Program, name: string): string | undefined {
  if (name.length < 4) return undefined;
  return program.body
    .flatMap((one) => (one.kind === 'If' ? one.body : [one]))
    .flatMap(boundBy)
    .find(
      (other) =>
        other.split('_').includes(name) &&
        program.source.match(new RegExp(String.raw`\b${other}\b`, 'g'))?.length === 1,
    );
}

/** What some import PyTorch under, in a file that has it under another name: everything asked of it is PyTorch's to give. */
function isMisnamedTorch(program: Program, name: string): boolean {
  if (!/^([A-Z]|th|tc)$/.test(name)) return false;
  const asked = nodesOf(program, 'Attribute').filter(({ value }) => value.span.text === name);
  const uses = nodesOf(program, 'Name').filter(({ id }) => id === name);
  const offered = offeringOf('torch')?.names;
  const called = new Set(callsOf(program).map(({ callee }) => callee));
  return (
    asked.length === uses.length &&
    asked.every((one) => offered?.has(one.attribute) === true && called.has(one)) &&
    statementsOf(program).some(
      (one) => one.kind === 'Import' && one.names.some((each) => each.name === 'torch'),
    )
  );
}

/** A name in arithmetic, which data that was left out would come to through calls. */
function isReckonedWith(program: Program, name: string): boolean {
  return nodesOf(program, 'BinOp').some(({ left, right }) =>
    [left, right].some((side) => side.kind === 'Name' && side.id === name),
  );
}

function isLeftOut(name: string): boolean {
  return LEFT_OUT.test(name) || CONSTANT.test(name);
}

/** A program that makes its network and trains it leaves nothing out of what it lacks one name for. */
function isTrainedHere({ source }: Program): boolean {
  return (
    /\.backward\(|\.fit\(|apply_gradients\(/.test(source) &&
    /\boptim\b|\.compile\(|optimizers?\./.test(source)
  );
}

/** Whether two names are one, misspelt: not of the same making, as n_words and all_words. */
function isSlip(name: string, meant: string): boolean {
  if (distance(name.toLowerCase(), meant.toLowerCase()) > (name.length <= 5 ? 1 : 2)) return false;
  const [one, other] = [name.split('_'), meant.split('_')];
  if (one.length !== other.length || one.length === 1) return true;
  return one.every((part, at) => {
    const also = other[at] ?? '';
    return part === also || (Math.min(part.length, also.length) > 2 && part[0] === also[0]);
  });
}

/** A file that imports PyTorch or Keras says what it needs; one that imports nothing is a fragment. */
function isWholeFile(program: Program): boolean {
  const known = /keras/.test(program.source) ? /^(torch|keras|tensorflow)\b/ : /^torch\b/;
  return statementsOf(program).some(
    (node) =>
      (node.kind === 'Import' && node.names.some(({ name }) => known.test(name))) ||
      (node.kind === 'ImportFrom' && known.test(node.module)),
  );
}

/** Names come in that the file does not say. */
function hidesNames(program: Program): boolean {
  return (
    /(?<![.\w])(exec|eval|globals|locals|vars|get_ipython)\s*\(/.test(program.source) ||
    statementsOf(program).some((node) => node.kind === 'ImportFrom' && node.names === undefined)
  );
}

/** Names that may be meant at a place: of the file's top, and of the functions that it stands in. */
function visibleFrom(
  { span }: tree.Expression,
  program: Program,
  atTop: ReadonlySet<string>,
): ReadonlySet<string> {
  const visible = new Set(atTop);
  for (const around of functionsAround(program, span)) collectBound(around, visible);
  return visible;
}

/** Every name that is bound anywhere in the file, and those bound outside of functions and classes. */
function bindingsOf(program: Program): { bound: ReadonlySet<string>; atTop: ReadonlySet<string> } {
  const bound = new Set<string>();
  const atTop = new Set<string>();
  for (const statement of program.body)
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') collectBound(statement, bound);
    else collectBound(statement, atTop, 'not by adding');
  for (const name of atTop) bound.add(name);
  // Functions that nothing in the file calls may have made them by then.
  for (const { names } of nodesOf(program, 'Global')) for (const name of names) atTop.add(name);
  for (const node of program.body)
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') atTop.add(node.name);
  return { bound, atTop };
}

/**
 * Adds the names that are bound within a piece of a program. In a function `n += 1` makes n a name of its own, of which
 * another check speaks; outside there must be one already.
 */
function collectBound(root: object, into: Set<string>, how?: 'not by adding'): void {
  eachNode(root, (node) => {
    if (node.kind !== 'AugAssign' || how === undefined) for (const { id } of namesGivenAt(node)) into.add(id);
    switch (node.kind) {
      case 'FunctionDef':
        into.add(node.name);
        for (const { name } of node.parameters) into.add(name);
        break;
      case 'Lambda':
        for (const { name } of node.parameters) into.add(name);
        break;
      case 'ClassDef':
        into.add(node.name);
        break;
      case 'Import':
      case 'ImportFrom':
        for (const { name, as } of node.names ?? []) into.add(as ?? name.split('.')[0] ?? name);
        break;
      case 'Try':
        for (const handler of node.handlers) if (handler.name !== undefined) into.add(handler.name);
        break;
      case 'Global':
      case 'Nonlocal':
        for (const name of node.names) into.add(name);
        break;
      case 'Match':
        eachText(node, into);
        break;
      default:
    }
  });
}

/** What patterns of match statements bind: every word of theirs. */
function eachText(node: tree.Statement, into: Set<string>): void {
  for (const [word] of node.span.text.matchAll(/[A-Za-z_]\w*/g)) into.add(word);
}
