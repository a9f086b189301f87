import { beforeAll, describe, expect, it } from '@jest/globals';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { CodePart, code } from '../src/kinds/code.js';
import type { NetworkRun, Ran } from '../src/kinds/code/network-run.js';
import type { Instruments } from '../src/kinds/kind.js';
import { ProposedMark } from '../src/proposal.js';

let instruments: Instruments;
beforeAll(async () => {
  instruments = { reader: await openReader(), programs: openProgramReader() };
});

const PART = CodePart.parse({
  id: 'model',
  kind: 'code',
  marks: 14,
  prompt: 'Write a residual network for 3 × 32 × 32 images with ten classes.',
  input: [3, 32, 32],
  requirements: [
    { id: 'reads', says: 'Runs', marks: 2, check: 'reads-without-error' },
    { id: 'logits', says: 'Ten logits', marks: 2, check: 'output-shape', shape: [10] },
    { id: 'larger', says: 'Takes 64 × 64 too', marks: 2, check: 'accepts-input', shape: [3, 64, 64] },
    { id: 'budget', says: 'At most 100000', marks: 2, check: 'parameter-budget', atMost: 100_000 },
    { id: 'residual', says: 'Residual', marks: 2, check: 'residual-connection' },
    { id: 'bias', says: 'No bias before norm', marks: 1, check: 'no-bias-before-normalisation' },
    {
      id: 'convs',
      says: 'Two or three',
      marks: 1,
      check: 'layer-count',
      layers: ['Conv2d'],
      atLeast: 2,
      atMost: 3,
    },
    { id: 'norm', says: 'Normalises', marks: 1, check: 'uses', layers: ['BatchNorm2d', 'GroupNorm'] },
    { id: 'plain', says: 'No dropout', marks: 1, check: 'avoids', layers: ['Dropout', 'dropout'] },
  ],
  findings: { deduct: { error: 2, warning: 1 }, checks: { 'softmax-ce': 3 }, cap: 4, floor: 1 },
});

const RIGHT = `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(16)
        self.body = nn.Conv2d(16, 16, 3, padding=1)
        self.relu = nn.ReLU()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        x = self.relu(self.norm(self.stem(x)))
        x = x + self.relu(self.body(x))
        return self.fc(self.pool(x).flatten(1))
`;

const replaced = (from: string, to: string): string => {
  if (!RIGHT.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return RIGHT.replace(from, to);
};

const LOOP = `
import torch
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
criterion = nn.CrossEntropyLoss()
for step in range(10):
    loss = criterion(model(torch.randn(8, 3, 32, 32)), torch.randint(0, 10, (8,)))
    loss.backward()
    optimizer.step()
`;

const notebook = JSON.stringify({
  nbformat: 4,
  cells: [
    { cell_type: 'markdown', source: ['# My model'] },
    { cell_type: 'code', source: ['!pip install torch\n', '%matplotlib inline'] },
    { cell_type: 'code', source: RIGHT.split('\n').map((line) => `${line}\n`) },
  ],
});

/** By hand: the outcome, the marks, and the requirements that are not met or not decided. */
type Case = readonly [
  name: string,
  answer: string,
  outcome: string,
  marks: string | null,
  notMet: readonly string[],
  undecided: readonly string[],
];

const CASES: readonly Case[] = [
  ['right', RIGHT, 'proposed', '14', [], []],
  [
    'in-a-fence-with-prose',
    `My network is small.\n\n\`\`\`python\n${RIGHT}\`\`\`\n\nIt works.`,
    'proposed',
    '14',
    [],
    [],
  ],
  ['notebook', notebook, 'proposed', '14', [], []],
  [
    'wrong-number-of-classes',
    replaced('nn.Linear(16, 10)', 'nn.Linear(16, 100)'),
    'proposed',
    '12',
    ['logits'],
    [],
  ],
  [
    'over-budget',
    replaced('nn.Linear(16, 10)', 'nn.Sequential(nn.Linear(16, 8000), nn.ReLU(), nn.Linear(8000, 10))'),
    'proposed',
    '12',
    ['budget'],
    [],
  ],
  ['bias-before-norm', replaced('padding=1, bias=False', 'padding=1'), 'proposed', '13', ['bias'], []],
  [
    'no-residual',
    replaced('x = x + self.relu(self.body(x))', 'x = self.relu(self.body(x))'),
    'proposed',
    '12',
    ['residual'],
    [],
  ],
  [
    'uses-dropout',
    replaced('nn.ReLU()', 'nn.Sequential(nn.ReLU(), nn.Dropout(0.1))'),
    'proposed',
    '13',
    ['plain'],
    [],
  ],
  [
    'only-for-one-size',
    replaced('self.pool(x).flatten(1)', 'x.flatten(1)')
      .replace('nn.Linear(16, 10)', 'nn.Linear(16 * 32 * 32, 10)')
      .replace('100_000', ''),
    'proposed',
    '10',
    ['larger', 'budget'],
    [],
  ],
  [
    'several-faults',
    replaced('padding=1, bias=False', 'padding=1')
      .replace('x = x + ', 'x = ')
      .replace('nn.Linear(16, 10)', 'nn.Linear(16, 5)'),
    'proposed',
    '9',
    ['logits', 'residual', 'bias'],
    [],
  ],
  ['findings-cost', `${RIGHT}${LOOP}`, 'proposed', '13', [], []],
  [
    'breaks-in-the-forward-pass',
    replaced('nn.Linear(16, 10)', 'nn.Linear(20, 10)'),
    'needs-person',
    null,
    ['reads', 'larger'],
    ['logits', 'budget', 'bias', 'convs', 'plain'],
  ],
  [
    'broken-syntax',
    replaced('def forward(self, x):', 'def forward(self, x'),
    'needs-person',
    null,
    [],
    ['reads'],
  ],
  [
    'an-unknown-bears-on-it',
    replaced('import torch.nn as nn', 'import torch.nn as nn\nfrom blocks import Stem').replace(
      'nn.Conv2d(3, 16, 3, padding=1, bias=False)',
      'Stem(3, 16)',
    ),
    'needs-person',
    null,
    [],
    ['reads', 'logits', 'budget'],
  ],
  [
    'prose-alone',
    'I would use a ResNet with two blocks and global pooling.',
    'needs-person',
    null,
    [],
    ['reads', 'logits', 'budget', 'residual'],
  ],
];

describe('submissions of model code', () => {
  it.each(CASES)('%s', (_name, answer, outcome, marks, notMet, undecided) => {
    const proposal = code.mark(PART, answer, instruments);
    const of = (wanted: string) =>
      proposal.items
        .filter((item) => item.item !== 'findings' && item.outcome === wanted)
        .map(({ item }) => item);
    expect({ outcome: proposal.outcome, marks: proposal.marks, notMet: of('not-met') }).toEqual({
      outcome,
      marks,
      notMet,
    });
    expect(of('undecided')).toEqual(expect.arrayContaining([...undecided]));
  });

  it('deductions-are-a-line-of-their-own-and-the-items-give-the-mark', () => {
    const { items, marks } = code.mark(PART, `${RIGHT}${LOOP}`, instruments);
    expect(items.at(-1)).toMatchObject({
      item: 'findings',
      proposed: '-1',
      evidence: [{ check: 'zero-grad' }],
    });
    expect(items.reduce((sum, { proposed }) => sum + Number(proposed), 0)).toBe(Number(marks));
  });

  it('findings-cost-nothing-where-the-scheme-has-none-and-are-told-with-what-mends-them', () => {
    const { findings: _, ...free } = PART;
    const uninitialised = replaced('        super().__init__()\n', '');
    expect(code.mark(free, uninitialised, instruments).evidence).toContainEqual(
      expect.objectContaining({
        kind: 'finding',
        check: 'super-init',
        span: expect.anything(),
        fix: expect.objectContaining({ text: expect.stringContaining('super().__init__()') }),
      }),
    );
    expect(code.mark(free, `${RIGHT}${LOOP}`, instruments)).toMatchObject({ marks: '14' });
  });

  it('an-error-that-reading-and-review-both-find-on-a-line-is-told-once', () => {
    const broken = replaced('self.fc = nn.Linear(16, 10)', 'self.fc = nn.Linear(16, 10');
    const { evidence, items } = code.mark(PART, broken, instruments);
    const lines = [...evidence, ...items.flatMap((item) => item.evidence)].flatMap((each) =>
      each.kind === 'finding' && each.severity === 'error' ? [each.place?.line] : [],
    );
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it.each([
    ['without-a-forward', RIGHT.slice(0, RIGHT.indexOf('    def forward'))],
    ['without-indentation', RIGHT.replaceAll(/^ +/gm, '')],
    ['without-anything', ''],
  ])('code-%s-gives-a-proposal-that-can-be-shown-with-one-error-a-line', (_name, text) => {
    const proposal = ProposedMark.parse({
      part: 'model',
      kind: 'code',
      available: '14',
      ...code.mark(PART, text, instruments),
    });
    const lines = [...proposal.items.flatMap(({ evidence }) => evidence), ...proposal.evidence].flatMap(
      (each) => (each.kind === 'finding' && each.severity === 'error' && each.place ? [each.place.line] : []),
    );
    expect(lines.length).toBe(new Set(lines).size);
  });

  it('findings-never-go-below-the-floor', () => {
    const { findings: scheme } = PART;
    const floored = { ...PART, findings: scheme && { ...scheme, floor: 13_500n } };
    expect(code.mark(floored, `${RIGHT}${LOOP}`, instruments)).toMatchObject({ marks: '13.5' });
  });
});

describe('training on data that the answer does not have', () => {
  const training = (loop: string): string =>
    `${RIGHT}\nmodel = Net()\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n${loop}`;
  const steps = (head: string): string =>
    `${head}\n    optimizer.zero_grad()\n    loss = nn.functional.cross_entropy(model(x), y)\n    loss.backward()\n    optimizer.step()\n`;
  const outcomes = (source: string) =>
    Object.fromEntries(
      code
        .mark({ ...PART, findings: undefined }, source, instruments)
        .items.map(({ item, outcome }) => [item, outcome]),
    );

  it.each([
    ['a-loader', steps('for x, y in train_loader:')],
    ['a-loader-in-one-word', steps('for i, (x, y) in enumerate(trainloader):')],
    ['tensors', steps('for x, y in zip(X_train, y_train):')],
    ['a-set-in-a-function', `def train():\n    for x, y in train_ds:\n        model(x)\n\ntrain()\n`],
  ])('%s', (_, loop) => {
    expect(outcomes(training(loop))).toMatchObject({ reads: 'met', logits: 'met', convs: 'met' });
  });

  it.each([
    ['a-name-that-is-no-data', steps('for x, y in zip(a, b):')],
    ['data-that-the-network-is-built-from', 'model = nn.Sequential(Net(), nn.Linear(10, train_labels))\n'],
  ])('%s-stays-an-error', (_, loop) => {
    expect(outcomes(training(loop))).toMatchObject({ reads: 'not-met' });
  });

  it('a-name-missing-in-the-forward-pass-stays-an-error', () => {
    expect(outcomes(replaced('self.relu(self.norm(self.stem(x)))', 'self.relu(batch)'))).toMatchObject({
      reads: 'not-met',
    });
  });
});

describe('a requirement that takes a run', () => {
  const RUN_PART = {
    id: 'run',
    kind: 'code',
    marks: 2,
    prompt: 'Write a network.',
    input: [3, 32, 32],
    requirements: [{ id: 'trains', says: 'Trains', marks: 2, check: 'trains-on-one-batch' }],
  };
  const RUN = CodePart.parse(RUN_PART);
  const training = {
    loss: 'CrossEntropyLoss',
    assumed: false,
    own: true,
    optimiser: 'SGD',
    rate: 0.1,
    losses: [2.3, 1.1, 0.1],
    ended: 'fitted',
    target: 0.115,
  } as const;
  const ran = (over: Partial<NonNullable<Ran['training']>> = {}): Ran => ({
    kind: 'ran',
    backend: 'cpu',
    device: 'a processor',
    seed: 1,
    versions: {},
    batch: 8,
    inputs: [[3, 32, 32]],
    training: { ...training, losses: [...training.losses], ...over },
    gradients: [
      { layer: 'conv', size: 0.01 },
      { layer: 'fc', size: 0.1 },
    ],
    findings: [],
    notes: [],
  });
  const markWith = (run: NetworkRun | undefined) => code.mark(RUN, RIGHT, instruments, run);

  it('not-run-is-pending-and-no-zero', () => {
    expect(markWith(undefined)).toMatchObject({ outcome: 'needs-person', marks: null });
    expect(markWith({ kind: 'not-run', why: 'It is too large.' })).toMatchObject({
      outcome: 'needs-person',
      marks: null,
    });
  });

  it('a-run-decides-and-is-evidence', () => {
    const fitted = markWith(ran());
    expect(fitted).toMatchObject({ outcome: 'proposed', marks: '2' });
    expect(fitted.items[0]?.evidence.map(({ kind }) => kind)).toEqual(['fact', 'execution']);
    expect(fitted.items[0]?.evidence[1]).toMatchObject({
      backend: 'cpu',
      seed: 1,
      losses: [2.3, 1.1, 0.1],
      gradients: [
        { layer: 'conv', size: 0.01 },
        { layer: 'fc', size: 0.1 },
      ],
    });
    // The reason says what the run came to, and the run not once more.
    const [item] = fitted.items;
    expect(item?.evidence[1]?.says).toMatch(/^The network was run on \d+ rows? of \[[\d, ]+\]\.$/);
    expect(item?.reason).toMatch(/^On one batch/);
    expect(markWith(ran({ ended: 'not-finite', losses: [2.3, 90, 'NaN'] }))).toMatchObject({
      outcome: 'proposed',
      marks: '0',
    });
    expect(markWith(ran({ ended: 'steps', losses: [2.3, 2.4] }))).toMatchObject({ marks: '0' });
  });

  it.each([
    ['a-loss-that-was-taken-for-it', { own: false, assumed: true, ended: 'not-finite' }],
    ['an-optimiser-that-is-not-its-own', { own: false, ended: 'steps', losses: [2.3, 2.4] }],
    ['a-loss-that-falls-but-not-far-enough', { ended: 'steps', losses: [2.3, 1.9] }],
    ['time-that-ran-out', { ended: 'time', losses: [2.3, 2.4] }],
  ] as const)('not-learning-with-%s-is-no-zero', (_, over) => {
    const losses = 'losses' in over ? [...over.losses] : [...training.losses];
    expect(markWith(ran({ ...over, losses }))).toMatchObject({ outcome: 'needs-person', marks: null });
  });

  it('what-running-finds-costs-as-the-scheme-says-and-once-with-what-reading-finds', () => {
    const part = CodePart.parse({
      ...RUN_PART,
      requirements: [{ id: 'reads', says: 'Reads', marks: 2, check: 'reads-without-error' }],
      findings: { deduct: { warning: 0.5 }, run: true },
    });
    const finding = {
      check: 'dead-layer',
      severity: 'warning',
      line: 3,
      column: 1,
      endLine: 3,
      endColumn: 2,
      message: 'All 16 units of relu give 0 on every input.',
      why: 'Nothing before it learns.',
      instead: 'Start smaller.',
    } as const;
    const marked = code.mark(part, RIGHT, instruments, { ...ran(), findings: [finding] });
    expect(marked).toMatchObject({ outcome: 'proposed', marks: '1.5' });
    expect(marked.evidence.some(({ kind }) => kind === 'execution')).toBe(true);
    expect(code.mark(part, RIGHT, instruments, ran())).toMatchObject({ marks: '2' });
  });

  it('an-order-is-of-the-code-alone-and-only-where-the-scheme-wants-a-run', () => {
    expect(code.runs?.order(RUN, RIGHT)).toMatchObject({ input: [3, 32, 32], loss: 'likely' });
    expect(code.runs?.order(RUN, RIGHT)).toEqual(code.runs?.order(RUN, RIGHT));
    expect(code.runs?.order(RUN, 'I do not know.')).toBeUndefined();
    expect(code.runs?.order(PART, RIGHT)).toBeUndefined();
  });
});
