import { describe, expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

const backwards = (source: string): number =>
  reader.read(source).events.filter(({ kind }) => kind === 'backward').length;

const PRELUDE = `
import torch
from torch.utils.data import DataLoader, TensorDataset
loader = DataLoader(TensorDataset(torch.randn(64, 4), torch.randn(64, 1)), batch_size=8)
net = torch.nn.Linear(4, 1)
def train():
    for x, y in loader:
        (net(x) - y).square().mean().backward()
`;

describe('how often the batches of an epoch are gone over', () => {
  it('two of the first epoch, one of the next', () => {
    expect(
      backwards(`${PRELUDE}
for epoch in range(10):
    train()
`),
    ).toBe(3);
  });

  it('two of the first epoch that has any', () => {
    expect(
      backwards(`${PRELUDE}
for epoch in range(10):
    if epoch > 0:
        train()
`),
    ).toBe(3);
  });

  it('two each time where no loop is around them', () => {
    expect(
      backwards(`${PRELUDE}
train()
train()
`),
    ).toBe(4);
  });

  it('leaves what one batch changes unknown after the next epoch too', () => {
    const { events } = reader.read(`${PRELUDE}
seen = 0
for epoch in range(10):
    count = 0
    for x, y in loader:
        net(x).mean().backward()
        count += 1
    torch.zeros(6).view(3, count)
`);
    expect(events.flatMap((event) => (event.kind === 'error' ? [event.message] : []))).toEqual([]);
  });
});

describe('masks that every head of a network has', () => {
  it('do not take the steps that the training is read with', () => {
    expect(
      backwards(`
import torch
from torch import nn
class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.key = nn.Linear(384, 64, bias=False)
        self.register_buffer('tril', torch.tril(torch.ones(256, 256)))
    def forward(self, x):
        scores = self.key(x) @ self.key(x).transpose(-2, -1)
        return scores.masked_fill(self.tril == 0, float('-inf')).softmax(-1) @ self.key(x)
heads = nn.ModuleList([Head() for _ in range(36)])
torch.cat([head(torch.randn(8, 256, 384)) for head in heads], dim=-1).mean().backward()
`),
    ).toBe(1);
  });
});
