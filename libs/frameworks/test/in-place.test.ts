import { describe, expect, it } from '@jest/globals';
import { openReader } from '@tensormark/frameworks';

describe('tensors laid out otherwise in place', () => {
  it('have-their-new-shape-from-then-on', async () => {
    const reader = await openReader();
    const { errors, network } = reader.read(`
import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(5, 2)
    def forward(self, x):
        steps = torch.stack([self.layer(x)] * 3)
        steps.transpose_(0, 1)
        return nn.functional.linear(steps.reshape(4, 6), torch.ones(1, 6))

net = Net()
out = net(torch.zeros(4, 5))
turned = torch.zeros(2, 3).t_().unsqueeze_(0)
assert turned.shape == (1, 3, 2)
`);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(network).toBeDefined();
  });
});

describe('arguments that PyTorch still takes in their old order, with a warning', () => {
  // Each as PyTorch 1.13 computes it.
  it.each([
    ['add_', 'x.add_(-0.5, y)', [1, 1]],
    ['add', 'x = x.add(-0.5, y)', [1, 1]],
    ['sub_', 'x.sub_(2, y)', [-2, -5]],
    ['addcmul_', 'x.addcmul_(0.5, y, y)', [4, 11]],
    ['addcdiv_', 'x.addcdiv_(2, y, y)', [4, 5]],
  ])('gives-the-same: %s', async (_, written, [one, two]) => {
    const reader = await openReader();
    const { errors } = reader.read(`
import torch
x = torch.tensor([2.0, 3.0])
y = torch.tensor([2.0, 4.0])
${written}
assert x.tolist() == [${one}, ${two}]
`);
    expect(errors.map(({ message }) => message)).toEqual([]);
  });
});

describe('what is written into a tensor in place', () => {
  const PRELUDE = `
import torch
import torch.nn as nn
from helpers import step
layer = nn.Linear(4, 3)
x = torch.zeros(2, 4)
out = torch.zeros(2, 3)
`;

  // Each as PyTorch 2.6 has it.
  it.each([
    ['a row', 'out[0] = layer(x[0])', true],
    ['a number of a row', 'out[0][1] = layer(x[0])[0]', true],
    ['a column', 'out[:, 0] = layer(x)[:, 0]', true],
    ['where a mask is', 'out[out > 1] = layer(x[0])[0]', true],
    ['through a view', 'flat = out.view(6)\nflat[0] = layer(x[0])[0]', true],
    ['all of it', 'out.copy_(layer(x))', true],
    ['a copied row', 'out[0].copy_(layer(x[0]))', true],
    ['what is added', 'out += layer(x)', true],
    ['what is added to a row', 'out[0] += layer(x[0])', true],
    ['what is scattered', 'out.scatter_(0, torch.zeros(1, 3, dtype=torch.long), layer(x[:1]))', true],
    ['rows by their numbers', 'out.index_copy_(0, torch.tensor([0]), layer(x[:1]))', true],
    ['rows added to a copy', 'out = out.index_add(0, torch.tensor([0]), layer(x[:1]))', true],
    ['without gradients', 'with torch.no_grad():\n    out[0] = layer(x[0])', false],
    ['a number', 'out[0] = 1.0', false],
    ['what is detached', 'out[0] = layer(x[0]).detach()', false],
  ])('makes-it-need-gradients: %s', async (_, written, needs) => {
    const reader = await openReader();
    const { errors } = reader.read(
      `${PRELUDE}${written}\nassert out.requires_grad is ${needs ? 'True' : 'False'}\n`,
    );
    expect(errors.map(({ message }) => message)).toEqual([]);
  });

  it.each([
    ['unknown', 'out[0] = step(layer)', 0],
    ['unknown, through a copy', 'out.copy_(step(layer))', 0],
    ['unknown, as the condition is', 'if step():\n    out[0] = layer(x[0])', 0],
    ['put there by what is not interpreted', 'out.map_(layer(x), max)', 0],
    ['known to need none', 'out[0] = 1.0', 1],
  ])('is-not-said-to-need-none-where-it-is: %s', async (_, written, errors) => {
    const reader = await openReader();
    expect(reader.read(`${PRELUDE}${written}\n(out * 2).exp().sum().backward()\n`).errors).toHaveLength(
      errors,
    );
  });
});
