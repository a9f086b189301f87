import { expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

function errorsIn(python: string): string[] {
  const { events } = openProgramReader().read(python, { filename: 'program.py' });
  return events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));
}

const OWN = (handed: string): string => `
import torch
class Own(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, beta=0.9):
        super().__init__(params, ${handed})
    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                p.data.add_(p.grad, alpha=-group['lr'] * group['beta'])
`;

it.each([
  ['settings-by-place', OWN('dict(lr=lr, beta=beta)'), 'torch.nn.Linear(2, 1).parameters()'],
  ['settings-by-name', OWN('defaults={"lr": lr, "beta": beta}'), 'torch.nn.Linear(2, 1).parameters()'],
  ['parameters-not-known', OWN('dict(lr=lr, beta=beta)'), 'network.parameters()'],
])("an optimiser of the program's own has its settings in every group: %s", (_case, own, parameters) => {
  expect(
    errorsIn(
      `from own import network${own}\nmade = Own(${parameters})\nmade.step()\nmade.defaults['beta'] + 1\n`,
    ),
  ).toEqual([]);
});

it('an optimiser of PyTorch has its standard settings in every group: setting-not-given', () => {
  expect(
    errorsIn(`
import torch
weights = [torch.rand(2, requires_grad=True)]
adam, sgd = torch.optim.Adam(weights), torch.optim.SGD(weights, 0.1, 0.9)
group = adam.param_groups[0]
assert group['lr'] == 0.001 and group['betas'][1] == 0.999 and group['weight_decay'] == 0
assert sgd.param_groups[0]['momentum'] == 0.9 and not sgd.defaults['nesterov']
torch.optim.lr_scheduler.StepLR(sgd, 10)
assert sgd.param_groups[0]['initial_lr'] == 0.1
adam.state[weights[0]]['step'] + 1
adam.state_dict()['state'].items()
`),
  ).toEqual([]);
});

it('knows what was never set: setting-of-no-group', () => {
  const source = `import torch
weights = torch.nn.Linear(2, 1).parameters()
torch.optim.SGD(weights, lr=0.1).param_groups[0]['learning_rate']
`;
  expect(errorsIn(source)).toEqual(["'learning_rate'"]);
});

it('a weight that is not known is normed like any other: weight-norm-of-unknown-width', () => {
  expect(
    errorsIn(`
import torch.nn as nn
from own import width
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.utils.weight_norm(nn.Linear(n, 3))
        self.second = nn.utils.spectral_norm(nn.Linear(3, 2))
    def forward(self, x):
        return self.second(self.first(x))
net = Net(width)
`),
  ).toEqual([]);
});

it('gradients are asked for of whatever parameters come one by one: grad-of-a-generator', () => {
  const source = `
import torch
net = torch.nn.Linear(2, 1)
first, second = torch.autograd.grad(net(torch.rand(3, 2)).sum(), net.parameters())
first.view(1, 2) + second.view(1, 1)
`;
  expect(errorsIn(source)).toEqual([]);
});
