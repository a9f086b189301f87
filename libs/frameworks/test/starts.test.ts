import { describe, expect, it } from '@jest/globals';
import { openReader } from '@tensormark/frameworks';

const reader = await openReader();

describe('how what a program draws starts', () => {
  const read = (made: string) =>
    reader.read(
      `import torch, torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("b", ${made})
        self.p = nn.Parameter(${made})
    def forward(self, x):
        return x @ self.b @ self.p
`,
      { filename: 'net.py', inputs: [[4]], batch: 2 },
    );

  // Mean and deviation, or bounds, by the rules of expectation.
  it.each([
    ['torch.randn(4, 4)', { kind: 'normal', mean: 0, deviation: 1 }],
    ['torch.randn(4, 4) * 0.5', { kind: 'normal', mean: 0, deviation: 0.5 }],
    ['-2.0 * torch.randn(4, 4) + 3', { kind: 'normal', mean: 3, deviation: 2 }],
    ['torch.randn(16).view(4, 4) / 4', { kind: 'normal', mean: 0, deviation: 0.25 }],
    ['torch.normal(1.0, 0.25, size=(4, 4))', { kind: 'normal', mean: 1, deviation: 0.25 }],
    ['torch.rand(4, 4) * 2 - 1', { kind: 'uniform', low: -1, high: 1 }],
    ['torch.empty(4, 4).uniform_(-0.5, 0.5).t()', { kind: 'uniform', low: -0.5, high: 0.5 }],
    ['torch.randn(4, 4).mul_(0.02)', { kind: 'normal', mean: 0, deviation: 0.02 }],
  ])('%s', (made, start) => {
    const { network, departures } = read(made);
    expect(departures).toEqual([]);
    expect(network?.parameters[0]?.start).toEqual(start);
    expect(network?.buffers[0]?.start).toEqual(start);
  });

  it.each(['torch.randn(4, 4) ** 2', 'torch.randn(4, 4) @ torch.randn(4, 4)', 'torch.randn(4, 4).exp()'])(
    '%s is not followed',
    (made) => {
      const { network } = read(made);
      expect(network?.parameters[0]?.start).toEqual({ kind: 'unknown' });
      expect(network?.buffers[0]?.start).toBeUndefined();
    },
  );
});
