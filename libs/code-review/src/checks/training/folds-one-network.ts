import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, holds, loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

const FOLDS = (before: string, inside: string): string => `
import torch
import torch.nn as nn
from sklearn.model_selection import KFold
from data import x, y

${before}
scores = []
for learned, kept in KFold(5, shuffle=True).split(x):
    ${inside}
    for epoch in range(20):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(net(x[learned]), y[learned])
        loss.backward()${before === 'pass' ? '' : '  # <--'}
        optimizer.step()
    net.eval()
    with torch.no_grad():
        scores.append(nn.functional.mse_loss(net(x[kept]), y[kept]).item())
    net.train()
`;
const MADE = [
  'net = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))',
  'optimizer = torch.optim.Adam(net.parameters())',
];

export const foldsOneNetwork: Check = {
  id: 'folds-one-network',
  title: 'One network for all folds',
  severity: 'warning',
  why: 'From the second fold on the network is tested on examples that it learned from in the folds before: the figures are better than it is.',
  instead: 'Make the network and its optimiser anew in each turn of the loop over folds.',
  needs:
    'A loop over the folds of a cross-validation that trains a network made before it, and nothing in it that makes it anew.',
  wrong: [FOLDS(MADE.join('\n'), 'print(len(learned))')],
  right: [
    FOLDS('pass', MADE.join('\n    ')),
    FOLDS(MADE.join('\n'), 'net.load_state_dict(start)')
      .replace('  # <--', '')
      .replace(
        'scores = []',
        'start = {name: one.clone() for name, one in net.state_dict().items()}\nscores = []',
      ),
  ],
  *run(program) {
    if (!/Fold\(|ShuffleSplit\(/.test(program.source) || !program.source.includes('.backward(')) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !isOverFolds(program, loop) || mayStartAnew(loop)) continue;
      const learned = callsOf(program).find(
        ({ callee, span }) =>
          callee.kind === 'Attribute' && callee.attribute === 'backward' && holds(loop.span, span),
      );
      const network = learned && networkOf(program, loop);
      if (learned === undefined || network === undefined) continue;
      yield {
        at: learned.span,
        message: 'The same network learns from every fold, and is tested on what it learned in others.',
        evidence: [places(['the network is made here', network.span], ['the folds', loop.iterable.span])],
      };
    }
  },
};

/** `for learned, kept in KFold(5).split(x)`, with the splitter under a name or not. */
function isOverFolds(program: Program, { iterable }: tree.For): boolean {
  const text = iterable.span.text;
  if (!/\.split\(/.test(text)) return false;
  if (/Fold|ShuffleSplit/.test(text)) return true;
  const name = /(\w+)\.split\(/.exec(text)?.[1] ?? '';
  return new RegExp(String.raw`\b${name}\s*=\s*[\w.]*(Fold|ShuffleSplit)\(`).test(program.source);
}

/** Whether something in the loop may give the network other weights, or end it after one fold. */
function mayStartAnew({ span: { text } }: tree.For): boolean {
  return /load_state_dict|deepcopy|reset|init|\.apply\(|\bbreak\b|clone\(|build|create|make|get_model/.test(
    text,
  );
}

/** Where the network that is asked in the loop is made, if that is before it and nowhere else. */
function networkOf(program: Program, loop: tree.For): tree.Statement | undefined {
  const home = functionsAround(program, loop.span).at(-1);
  const body = statementsIn(home?.body ?? program.body);
  const optimizer = body.find(
    (one) => one.kind === 'Assign' && /\b(Adam\w*|SGD|RMSprop|Adagrad)\(/.test(one.value.span.text),
  );
  const name = optimizer === undefined ? undefined : /(\w+)\.parameters\(\)/.exec(optimizer.span.text)?.[1];
  if (optimizer === undefined || name === undefined || holds(loop.span, optimizer.span)) return undefined;
  const made = body.filter((one) => targetsOf(one).includes(name));
  const [only] = made;
  return made.length === 1 && only !== undefined && only.span.end <= loop.span.start ? only : undefined;
}
