import { expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

/** What Python or PyTorch would raise, as reading has it. */
function errorsIn(python: string): string[] {
  const { events } = openProgramReader().read(python, { filename: 'program.py' });
  return events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));
}

const KEEPER = `
import torch
import torch.nn as nn
class Keeper:
    def __init__(self, model):
        self.model, self.kept = model, None
    def keep(self, gradient):
        self.kept = gradient
`;

// What a hook or a handed-on method sets is set by the time that somebody asks.
it.each([
  [
    'gradient-hook-of-unknown',
    `${KEEPER}
    def show(self, x):
        x = self.model(x)
        x.register_hook(self.keep)
        x.sum().backward()
        return self.kept.data.numpy()
`,
  ],
  [
    'gradient-hook-of-tensor',
    `${KEEPER}
keeper = Keeper(nn.Linear(2, 2))
x = torch.rand(2, 2, requires_grad=True)
x.register_hook(keeper.keep)
x.sum().backward()
print(keeper.kept.shape)
`,
  ],
  [
    'backward-hook-that-fills-a-dict',
    `
import torch
import torch.nn as nn
kept = {}
def keep(module, given, gives):
    kept['gradient'] = gives[0]
layer = nn.Linear(2, 2)
layer.register_full_backward_hook(keep)
layer(torch.rand(1, 2)).sum().backward()
print(kept['gradient'].mean())
`,
  ],
  [
    'forward-hook-of-unknown-network',
    `
from models import network
kept = []
network.layer4.register_forward_hook(lambda module, given, gives: kept.append(gives.data.numpy()))
network(picture)
print(kept[0].shape)
`,
  ],
  [
    'method-handed-to-a-thread',
    `
import threading
class Camera:
    def __init__(self):
        self.frame = None
        threading.Thread(target=self.run).start()
    def run(self):
        self.frame = take_picture()
    def size(self):
        return self.frame.shape
print(Camera().size())
`,
  ],
  [
    'options-set-by-what-they-are-handed-to',
    `
import argparse
from own import setup
class Settings:
    rate = 0.1
def main(args):
    setup.distributed(args)
    if args.distributed:
        print(args.rank)
    settings = Settings()
    setup.finish(settings)
    return settings.device
parser = argparse.ArgumentParser()
parser.add_argument('--rate', type=float)
main(parser.parse_args())
`,
  ],
  [
    'attributes-and-layers-set-by-what-an-object-is-handed-to',
    `
import torch
import torch.nn as nn
from own import build
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        build(self, width)
    def forward(self, x):
        return self.head(self.body(x))
class Bare(nn.Module):
    def __init__(self):
        build(self)
        self.layer = nn.Linear(2, 2)
class Set:
    def __init__(self, rows):
        self.rows = rows
        build(self)
    def __len__(self):
        return len(self.labels)
net = Net(8)
torch.optim.Adam(net.parameters())
net(torch.rand(4, 3)), Bare(), len(Set(3))
`,
  ],
  [
    'parser-given-arguments-by-what-it-is-handed-to',
    `
import argparse
from team import add_arguments
parser = argparse.ArgumentParser()
parser.add_argument('--rate', type=float, default=0.1)
add_arguments(parser.add_argument_group('model'))
args = parser.parse_args()
print(args.width, args.rate + 1, vars(args)['depth'])
`,
  ],
  [
    'argument-under-a-name-not-known',
    `
import argparse
from team import names
parser = argparse.ArgumentParser()
parser.add_argument(names.model, type=str, default='small')
args = parser.parse_args()
print(args.model)
`,
  ],
  [
    'list-filled-by-what-it-is-handed-to',
    `
import functools
import numpy as np
from team import read_into
rows = []
read_into(rows)
longest = max([len(row) for row in rows]), max(len(row) for row in rows), min(rows)
whole = np.concatenate(rows), np.stack(rows), functools.reduce(lambda a, b: a + b, rows)
xs, ys = zip(*rows)
for row in rows:
    last = row.size
print(last)
`,
  ],
  [
    'containers-filled-by-what-they-are-handed-to',
    `
from own import collect
scores, names, seen = {}, [], set()
collect(scores, names, seen)
print(scores['best'].mean(), names[0].lower(), len(seen))
class Trainer:
    def __init__(self):
        self.model = None
        collect(self)
    def run(self):
        self.model.train()
Trainer().run()
`,
  ],
  [
    'object-filled-by-a-method-of-an-unknown-base',
    `
from own import Base
class Trainer(Base):
    def __init__(self):
        super().__init__()
        self.model, self.history = None, {}
        self.build()
    def run(self):
        self.model.train()
        self.history['loss'].append(1)
Trainer().run()
`,
  ],
])('reads what is set from outside: %s', (_case, python) => {
  expect(errorsIn(python)).toEqual([]);
});

it('knows what a parser does not make: option-never-added', () => {
  expect(errorsIn('import argparse\nparser = argparse.ArgumentParser()\nparser.parse_args().rate\n')).toEqual(
    ["'Namespace' object has no attribute 'rate'"],
  );
});

it('knows what nobody was handed: attribute-never-set', () => {
  expect(errorsIn(`${KEEPER}\nprint(Keeper(nn.Linear(2, 2)).kept.data)\n`)).toEqual([
    "'NoneType' object has no attribute 'data'",
  ]);
});
