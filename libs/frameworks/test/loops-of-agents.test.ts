import { describe, expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

const backwards = (source: string): number =>
  reader.read(source).events.filter(({ kind }) => kind === 'backward').length;

const errors = (source: string): readonly string[] =>
  reader.read(source).events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));

describe('programs that only go on once something unknown is enough', () => {
  it('gets over the wait for a list to fill, whatever it is called', () => {
    const source = `
import torch
net = torch.nn.Linear(4, 1)
rows = []
for row in stream:
    rows.append(row)
    if len(rows) < 128:
        continue
    net(torch.stack(rows)).mean().backward()
    rows.clear()
`;
    expect(backwards(source)).toBeGreaterThan(0);
  });

  it('knows the length of a list that is no more than counted', () => {
    const source = `
import torch
sizes = []
for size in (8, 4):
    sizes.append(size)
    if len(sizes) > 5:
        torch.zeros(2).view(3)
print(sizes[len(sizes) - 1])
`;
    expect(errors(source)).toEqual([]);
  });

  it('hands one generator of parameters to the optimisers of either arm', () => {
    const source = `
import torch
from options import name
def choose(parameters):
    if name == 'adam':
        return torch.optim.Adam(parameters)
    elif name == 'sgd':
        return torch.optim.SGD(parameters, lr=0.1)
optimizer = choose(torch.nn.Linear(2, 1).parameters())
`;
    const program = reader.read(source);
    expect(errors(source)).toEqual([]);
    expect(program.optimizers.map(({ parameters }) => parameters.size)).toEqual([2, 2]);
  });

  it('ends a search that only chance would end', () => {
    const source = `
import random
import torch
while True:
    pick = random.choice(things)
    if pick == wanted:
        break
torch.nn.Linear(2, 1)(torch.zeros(1, 2)).sum().backward()
`;
    const program = reader.read(source);
    const picks = program.events.filter((event) => event.kind === 'call' && event.name === 'choice').length;
    expect(picks).toBeGreaterThan(1);
    expect(picks).toBeLessThan(20);
    expect(backwards(source)).toBe(1);
  });

  it('gets over waiting for a memory to fill in a method that nothing calls', () => {
    const source = `
import random
from collections import deque
import torch

class Agent:
    def __init__(self):
        self.memory = deque(maxlen=1000)
        self.net = torch.nn.Linear(4, 2)

    def learn(self, batch_size=64):
        if len(self.memory) < batch_size:
            return
        states = torch.tensor([step[0] for step in random.sample(self.memory, batch_size)])
        self.net(states).mean().backward()
`;
    expect(backwards(source)).toBe(1);
  });

  it('goes no deeper than a few calls into children of what is not known', () => {
    const source = `
import torch
from elsewhere import network
def convert(module):
    for name, child in module.named_children():
        module.add_module(name, convert(child))
    return module
convert(network)
`;
    const entered = reader
      .read(source)
      .events.filter((event) => event.kind === 'call' && event.name === 'named_children').length;
    expect(entered).toBeGreaterThan(0);
    expect(entered).toBeLessThan(20);
  });

  it('says that a function without an end goes too deep, and lives', () => {
    const source = `
import torch
class Net(torch.nn.Module):
    def forward(self, x):
        return self.forward(x)
Net()(torch.zeros(1))
`;
    expect(errors(source)).toContain('maximum recursion depth exceeded');
  });
});
