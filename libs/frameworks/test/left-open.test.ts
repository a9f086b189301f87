import { describe, expect, it } from '@jest/globals';
import { isValue, openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

/** The errors that reading a program met, and the shape of what its last call gave. */
function read(program: string): { readonly errors: readonly string[]; readonly shape: unknown } {
  const { events } = reader.read(`
import sys
import torch
from torch import nn
from somewhere import options
${program}`);
  return {
    errors: events.flatMap((event) => (event.kind === 'error' ? [event.message] : [])),
    shape: events
      .flatMap((event) => (event.kind === 'call' && isValue(event.result) ? [event.result.shape] : []))
      .at(-1),
  };
}

describe('lists that both arms of an unknown condition change', () => {
  it.each([
    [
      'one item in either',
      `
layers = [nn.Linear(5, 3)]
if options.wide:
    layers.append(nn.Linear(3, 4))
else:
    layers.append(nn.Linear(3, 4, bias=False))
print(torch.abs(nn.Sequential(*layers)(torch.zeros(2, 5))))`,
      [2, 4],
    ],
    [
      'more in one than in the other',
      `
layers = [nn.Linear(5, 3)]
if options.wide:
    layers.append(nn.Linear(3, 4))
else:
    layers += [nn.Linear(3, 4), nn.ReLU()]
print(torch.abs(nn.Sequential(*layers)(torch.zeros(2, 5))))`,
      [2, 4],
    ],
    [
      'in one alone',
      `
layers = [nn.Linear(5, 3)]
if options.wide:
    layers.append(nn.Linear(3, 4))
print(torch.abs(nn.Sequential(*layers)(torch.zeros(2, 5))))`,
      [2, 4],
    ],
    [
      'modules that hold others as a list does',
      `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(5, 3)])
        if options.wide:
            self.blocks.append(nn.Linear(3, 4))
        else:
            self.blocks.append(nn.Sequential(nn.Linear(3, 4), nn.ReLU()))

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
print(torch.abs(Net()(torch.zeros(2, 5))))`,
      [2, 4],
    ],
    [
      'the same condition again',
      `
layers, width = [], 5
if options.wide:
    layers.append(nn.Linear(5, 8))
else:
    layers.append(nn.Linear(5, 3))
layers.append(nn.ReLU())
if options.wide:
    layers.append(nn.Linear(8, 4))
else:
    layers.append(nn.Linear(3, 4))
print(torch.abs(nn.Sequential(*layers)(torch.zeros(2, 5))))`,
      [2, 4],
    ],
    [
      'gone over beside one that is longer',
      `
states = []
for at in range(1):
    if options.state is None:
        states.append(torch.zeros(2, 5))
    else:
        states.append(options.state[:, at])
for state, (layer, other) in zip(states, [(nn.Linear(5, 4), nn.Linear(5, 4)), nn.Linear(4, 4)]):
    print(torch.abs(layer(torch.zeros(2, 5))))`,
      [2, 4],
    ],
  ])('%s', (_, program, shape) => {
    expect(read(program)).toEqual({ errors: [], shape });
  });

  it('an arm that leaves changes nothing', () => {
    const { errors, shape } = read(`
def make():
    layers = [nn.Linear(5, 3)]
    if options.wide:
        layers.append(nn.Linear(7, 4))
        return nn.Identity()
    return nn.Sequential(*layers)
print(torch.abs(make()(torch.zeros(2, 5))))`);
    expect({ errors, shape }).toEqual({ errors: [], shape: [2, 3] });
  });
});

describe('the command line', () => {
  it('is given arguments of which nobody knows how many', () => {
    const { errors, shape } = read(`
if len(sys.argv) < 3:
    sys.exit('usage')
width, name = int(sys.argv[1]), sys.argv[2]
for rest in sys.argv[3:]:
    print(rest)
print(torch.abs(nn.Linear(5, 4)(torch.zeros(2, 5))))`);
    expect({ errors, shape }).toEqual({ errors: [], shape: [2, 4] });
  });
});

describe('a wrapper around a module that is not known', () => {
  it.each(['DataParallel', 'parallel.DistributedDataParallel'])('nn.%s gives what that gives', (wrapper) => {
    const { errors } = read(`
net = nn.${wrapper}(options.make())
print(net(torch.zeros(2, 5)), net.forward(torch.zeros(2, 5)), net.module.weight)`);
    expect(errors).toEqual([]);
  });
});

describe('a function below a decorator that is not known', () => {
  it.each([
    ['that gives it its arguments', 'main()'],
    ['that keeps some back', "main('some', 'more', width=3)"],
  ])('%s', (_, call) => {
    const { errors, shape } = read(`
@options.command('name')
def main(rows, *, width):
    print(torch.abs(nn.Linear(5, 4)(torch.zeros(2, 5))))
${call}`);
    expect({ errors, shape }).toEqual({ errors: [], shape: [2, 4] });
  });
});

describe('SyncBatchNorm', () => {
  it('converts a network of the same shapes', () => {
    const { errors, shape } = read(`
net = nn.SyncBatchNorm.convert_sync_batchnorm(nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4)))
print(torch.abs(net(torch.zeros(2, 5))))`);
    expect({ errors, shape }).toEqual({ errors: [], shape: [2, 4] });
  });
});
