import { ProgramModule, turnsOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind, linearMaker, makerOf } from '../../ask/ancestry.js';
import { layerMakings } from '../../ask/makings.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

/** A handful of weights is trained well enough at rates that would ruin a network. */
const TOY = { rate: 0.4, numbers: 500 };

/** A rate from which on Adam and its kin learn nothing but by luck. */
const RUINOUS = 0.2;

const ADAPTIVE = new Set(['Adam', 'AdamW', 'NAdam', 'RAdam', 'RMSprop', 'Adamax']);

export const lrRange: Check = {
  id: 'lr-range',
  title: 'A learning rate far out of range',
  severity: 'warning',
  why: 'Adam and its kin move each weight by about the learning rate in each step: at 0.1 and more a network diverges or dies; at 1e-7 and less it stands still.',
  instead: 'Begin with 1e-3 for Adam and 1e-2 to 1e-1 for SGD.',
  needs: 'A rate given as a number to an optimiser that trains a network’s parameters.',
  wrong: [
    `
import torch
from somewhere import model
optimizer = torch.optim.Adam(model.parameters(), lr=10.0)  # <--
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = torch.optim.Adam(net.parameters(), lr=0.5)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(500, 32)
        self.rnn = nn.LSTM(32, 32, 2)
        self.head = nn.Linear(32, 500)

    def forward(self, words):
        return self.head(self.rnn(self.embed(words))[0])

optimizer = torch.optim.SGD(Words().parameters(), lr=20.0)
`,
    // A picture that is learned.
    `
import torch
from somewhere import picture, model
optimizer = torch.optim.Adam([picture], lr=10.0)
other = torch.optim.SGD(model.parameters(), lr=1.0)
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
other = torch.optim.SGD(net.parameters(), lr=0.5)
for rate in [0.5, 0.01]:
    tried = torch.optim.Adam(net.parameters(), lr=rate)
small = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1), nn.Sigmoid())
third = torch.optim.Adam(small.parameters(), lr=0.1)
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
class Warmed:
    def __init__(self, optimizer):
        self.optimizer, self.count = optimizer, 0
    def step(self):
        self.count += 1
        for group in self.optimizer.param_groups:
            group['lr'] = 0.1 * min(self.count ** -0.5, self.count * 400 ** -1.5)
        self.optimizer.step()
warmed = Warmed(torch.optim.Adam(net.parameters(), lr=0))
`,
  ],
  *run(program) {
    const owned = new Map(
      program.modules.flatMap(({ ownParameters }) =>
        ownParameters.map(({ id, shape }) => [id, shape] as const),
      ),
    );
    for (const { type, named, parameters, made } of program.optimizers) {
      const given = named.get('lr');
      const rate = typeof given === 'bigint' ? Number(given) : given;
      if (typeof rate !== 'number' || made.span === undefined) continue;
      // Of a network that is not known a rate that ruins any is all that can be said; inputs that are learned take large ones.
      const isKnown = parameters.size >= 3 && [...parameters].every((id) => owned.has(id));
      const isOfNetwork = parameters.size === 0 && /\.parameters\(\)/.test(made.span.text);
      if (!isKnown && !(isOfNetwork && ADAPTIVE.has(type) && rate >= 1)) continue;
      // One of several rates that are tried.
      const isTried = turnsOf(made).length > 0 && !/lr\s*=\s*[\d.]|,\s*[\d.]/.test(made.span.text);
      const numbers = [...parameters].reduce(
        (sum, id) => sum + (owned.get(id) ?? []).reduce((product, size) => product * size, 1),
        0,
      );
      if (isTried || (rate > 0 && rate < TOY.rate && numbers < TOY.numbers)) continue;
      const isClipped = /clip_grad|gradient_clip|LambdaLR|Warmup|warmup|OneCycle/.test(program.source);
      // Language models of recurrent layers were trained so for years, the rate quartered wherever nothing got better.
      const isOfWords =
        rate <= 30 && /\b(LSTM|GRU|RNN)\(/.test(program.source) && program.source.includes('Embedding(');
      const isHigh = ADAPTIVE.has(type)
        ? rate >= 0.1
        : type === 'SGD' && rate > 2 && !isClipped && !isOfWords;
      const isLow = rate > 0 && rate < 1e-7 && !isClipped;
      if ((!isHigh && !isLow && rate !== 0) || /LambdaLR|OneCycle/.test(program.source)) continue;
      // The rate is only a place to be filled where the program sets it before each step.
      if (!isHigh && /\[\s*['"]lr['"]\s*\]\s*=/.test(program.source)) continue;
      yield {
        at: made.span,
        // It may still learn, and programs are known that do.
        ...(isHigh && rate < RUINOUS && { severity: 'design' as const }),
        message: `A learning rate of ${rate} is ${isHigh ? 'far too high' : 'too low to learn anything'} for ${type}.`,
        evidence: [{ kind: 'numbers', numbers: [{ what: 'learning rate', value: rate }] }],
      };
    }
  },
};

export const dropoutRate: Check = {
  id: 'dropout-rate',
  title: 'Dropout that drops nearly everything',
  severity: 'warning',
  why: 'p is the share that is dropped, not the share that is kept.',
  instead: 'Use 0.1 to 0.5.',
  needs: 'A dropout layer of known p that is called.',
  wrong: [
    `
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 64),
    nn.ReLU(),
    nn.Dropout(0.95),  # <--
    nn.Linear(64, 3),
)
`,
  ],
  right: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 3))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { layer, span } of program.modules) {
      const p = layer !== undefined && /Dropout/.test(layer.type) ? layer.config['p'] : undefined;
      if (typeof p !== 'number' || p < 0.9 || span === undefined || seen.has(span.start)) continue;
      seen.add(span.start);
      yield {
        at: span,
        message: `This dropout drops ${Math.round(p * 100)} % of what it is given.`,
        evidence: [{ kind: 'numbers', numbers: [{ what: 'p', value: p }] }],
      };
    }
  },
};

export const biasBeforeBn: Check = {
  id: 'bias-before-bn',
  title: 'A bias before batch norm',
  severity: 'design',
  why: 'Batch norm takes the mean away, and the bias with it: the bias learns nothing.',
  instead: 'Give the layer before bias=False.',
  needs: 'A batch norm straight on the output of a layer with bias.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.BatchNorm2d(8),  # <--
    nn.ReLU(),
)
net(torch.randn(2, 3, 8, 8))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU())
net(torch.randn(2, 3, 8, 8))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const value of layerMakings(program)) {
      if (value.made.kind !== 'layer' || !/^BatchNorm[123]d$/.test(makerOf(value))) continue;
      const [input] = value.inputs;
      const layer = input && linearMaker(behind(input));
      const at = value.made.module.span;
      if (layer === undefined || at === undefined || seen.has(at.start)) continue;
      if (!layer.ownParameters.some(({ path }) => path === 'bias')) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The layer before this batch norm has a bias, which it takes away.',
        evidence: [places(['that layer', layer.span])],
      };
    }
  },
};

const INITIALISERS = new Set([
  'xavier_uniform_',
  'xavier_normal_',
  'kaiming_uniform_',
  'kaiming_normal_',
  'normal_',
  'uniform_',
  'constant_',
  'zeros_',
  'ones_',
  'orthogonal_',
  'trunc_normal_',
  'xavier_uniform',
  'xavier_normal',
  'kaiming_normal',
]);

export const initOnModule: Check = {
  id: 'init-on-module',
  title: 'An initialiser is given a layer',
  severity: 'error',
  why: 'nn.init works on tensors: given a module, it raises an error.',
  instead: 'Give it the weight: nn.init.xavier_uniform_(layer.weight).',
  needs: 'A call of torch.nn.init on a module.',
  wrong: [
    `
import torch.nn as nn
layer = nn.Linear(20, 3)
nn.init.xavier_uniform_(layer)  # <--
`,
  ],
  right: [
    `
import torch.nn as nn
layer = nn.Linear(20, 3)
nn.init.xavier_uniform_(layer.weight)
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { name, owner, args, moment } of callsNamed(program, ...INITIALISERS)) {
      const [first] = args.positional;
      const at = moment.span;
      if (owner !== '' || !(first instanceof ProgramModule) || at === undefined) continue;
      if (seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${name} is given a ${first.type}, and wants a tensor such as its weight.`,
        evidence: [],
      };
    }
  },
};
