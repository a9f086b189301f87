import { argument, isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, behind, linearMaker } from '../../ask/ancestry.js';
import { isOfLoader } from '../../ask/batches.js';
import { numbersOf, rankOf } from '../../ask/facts.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places } from '../../ask/places.js';

/** How many outputs a value has in its last dimension, or its class dimension. */
function widthOf(value: Value): number | undefined {
  const { shape } = value;
  if (shape !== undefined) return shape.length === 2 ? shape[1] : undefined;
  if (isWithoutLast(value)) return undefined;
  const layer = linearMaker(behind(value));
  const width = layer?.sizes['out_features'];
  return typeof width === 'number' ? width : undefined;
}

/** Whether the dimension that the layer gave last is taken away: one output for each of several things is a row of outputs. */
function isWithoutLast(value: Value): boolean {
  if (value.made.kind !== 'operation' || value.made.name !== 'squeeze') return false;
  const dim = argument(value.made.args, 'dim', 1);
  return typeof dim === 'bigint' && (dim === -1n || dim > 1n);
}

export const lossTask: Check = {
  id: 'loss-task',
  title: 'A loss that does not fit the outputs',
  severity: 'warning',
  why: 'Cross entropy over one class is always 0; a squared error against class numbers says that class 2 is nearer to 3 than to 0.',
  instead:
    'Classes: cross entropy on one output for each class, or BCEWithLogitsLoss on one output for two. Numbers: MSELoss or L1Loss.',
  needs:
    'A cross entropy on outputs one wide, or a squared error of several outputs and whole-number labels.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
loss = nn.CrossEntropyLoss()(net(torch.randn(8, 20)), torch.zeros(8, dtype=torch.long))  # <--
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 8))
loss = nn.MSELoss()(net(torch.randn(8, 20)), torch.randint(0, 8, (8,)))  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
loss = nn.MSELoss()(net(torch.randn(8, 20)), torch.randn(8, 1))
`,
    `
import torch.nn as nn
from somewhere import choices, loader
score, criterion = nn.Linear(64, 1), nn.CrossEntropyLoss()
for states, labels in loader:
    loss = criterion(score(choices(states)).squeeze(-1), labels)
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'cross_entropy')) {
      const at = loss.moment.span;
      if (loss.input === undefined || at === undefined || widthOf(loss.input) !== 1) continue;
      const layer = linearMaker(behind(loss.input));
      yield {
        at,
        message: `${titleOf(loss)} is given one output for each example, so that it is always 0.`,
        evidence: [places(['the last layer', layer?.span])],
      };
    }
    for (const loss of lossesNamed(program, ...PAIRED)) {
      const at = loss.moment.span;
      const { input, target } = loss;
      if (input === undefined || !isValue(target) || at === undefined || !isOfClasses(input, target))
        continue;
      yield {
        at,
        message: `${titleOf(loss)} compares ${widthOf(input)} outputs for each example with the number of its class.`,
        evidence: [places(['the outputs', input.span], ['the targets', target.span])],
      };
    }
  },
};

/** Several outputs of a linear layer for each example, and labels in one dimension, whole numbers as they come. */
function isOfClasses(input: Value, target: Value): boolean {
  const width = widthOf(input);
  const isOfLayer = linearMaker(activationOf(input) === undefined ? input : (input.inputs[0] ?? input));
  const rank = input.shape?.length ?? rankOf(input) ?? (isOfLoader(input) ? 2 : undefined);
  return (
    isOfLayer !== undefined &&
    width !== undefined &&
    width > 1 &&
    rank === 2 &&
    rankOf(target) === 1 &&
    numbersOf(target) === 'int64'
  );
}

/** Whether one of the two has a number an example and the other several, [B, 1] and [B, K]; constants may be stretched. */
function isOneForAll(input: Value, target: Value): boolean {
  const [[rows = 0, width], [others, one]] = [input.shape ?? [], target.shape ?? []];
  if (input.shape?.length !== 2 || target.shape?.length !== 2 || rows < 2 || rows !== others) return false;
  const isConstant = ({ made }: Value): boolean =>
    made.kind === 'fresh' && /^(zeros|ones|full|empty)/.test(made.by ?? '');
  return width !== one && (width === 1 || one === 1) && !isConstant(input) && !isConstant(target);
}

const PAIRED = ['mse_loss', 'l1_loss', 'smooth_l1_loss', 'huber_loss'];

const PRICES = `
import pandas as pd
import torch
from torch import nn
from sklearn.preprocessing import StandardScaler
from torch.utils.data import DataLoader, TensorDataset
table = pd.read_csv('houses.csv')
scaler = StandardScaler()
x = torch.tensor(scaler.fit_transform(table.drop(columns=['price']).values), dtype=torch.float32)
y = torch.tensor(table['price'].values, dtype=torch.float32).unsqueeze(1)
net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for inputs, prices in DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(net(inputs), prices)
    loss.backward()
    optimizer.step()
`;

export const silentBroadcast: Check = {
  id: 'silent-broadcast',
  title: 'Outputs and targets are stretched against each other',
  severity: 'warning',
  why: 'A column [B, 1] and a row [B] are stretched to [B, B]: each output is compared with the targets of all examples.',
  instead: 'Bring both to one shape: outputs.squeeze(1), or targets.unsqueeze(1).',
  needs: 'A loss on two tensors of known shapes that differ.',
  wrong: [
    `
import torch
from torch.autograd import Variable
x, y = torch.rand(9, 4), torch.rand(9)
w = Variable(torch.randn(4, 1), requires_grad=True)
loss = ((x.mm(w) - y) ** 2).mean()  # <--
loss.backward()
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
x, y = torch.randn(8, 20), torch.randn(8)
loss = nn.MSELoss()(net(x), y)  # <--
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())
x, y = torch.randn(50, 8), torch.randint(0, 2, (50,)).float()
share = ((net(x) > 0.5).float() == y).float().mean()  # <--
`,
    `
import torch
import torch.nn as nn
x, y = torch.randn(8, 20), torch.randn(8, 1)
loss = nn.MSELoss()(nn.Linear(20, 3)(x), y)  # <--
`,
    `
import torch
import torch.nn as nn
net, slow = nn.Linear(8, 4), nn.Linear(8, 4)

def fit(states, actions, rewards, following, criterion):
    best, _ = slow(following).max(1)
    wanted = rewards + 0.99 * best.detach()
    values = net(states).gather(1, actions.view(-1, 1))
    return criterion(values, wanted)  # <--
`,
    PRICES.replace('net(inputs), prices)', 'net(inputs).squeeze(), prices)  # <--'),
  ],
  right: [
    PRICES,
    PRICES.replace('net(inputs)', 'net(inputs).squeeze()').replace('.unsqueeze(1)', ''),
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
x, y = torch.randn(8, 20), torch.randn(8)
loss = nn.MSELoss()(net(x).squeeze(1), y)
zero = nn.MSELoss()(net(x), torch.zeros(1))
ones = nn.MSELoss()(nn.Linear(20, 3)(x), torch.ones(8, 1))
distances = (net(x) - net(x).squeeze(1)).abs()
gaps = y.unsqueeze(1) - y
`,
    `
import torch
import torch.nn as nn
net, slow = nn.Linear(8, 4), nn.Linear(8, 4)

def fit(states, actions, rewards, following, criterion):
    best, _ = slow(following).max(1)
    wanted = rewards + 0.99 * best.detach()
    values = net(states).gather(1, actions.view(-1, 1)).squeeze(1)
    return criterion(values, wanted)
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, ...PAIRED)) {
      const { input, target } = loss;
      const at = loss.moment.span;
      if (!isValue(target) || input?.shape === undefined || target.shape === undefined || at === undefined)
        continue;
      const [one, other] = [input.shape, target.shape];
      const isCrossed = (a: readonly number[], b: readonly number[]): boolean =>
        a.length === 2 && b.length === 1 && a[1] === 1 && a[0] === b[0] && (b[0] ?? 0) > 1;
      const isAll = isCrossed(one, other) || isCrossed(other, one);
      if (!isAll && !isOneForAll(input, target)) continue;
      yield {
        at,
        message: isAll
          ? `Outputs of shape [${one.join(', ')}] and targets of shape [${other.join(', ')}] are compared all with all.`
          : `Of shapes [${one.join(', ')}] and [${other.join(', ')}], one number of each example is compared with all of the other's.`,
        evidence: [
          {
            kind: 'shapes',
            shapes: [
              { what: 'outputs', shape: one },
              { what: 'targets', shape: other },
            ],
          },
        ],
      };
    }
  },
};
