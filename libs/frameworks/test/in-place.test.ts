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
