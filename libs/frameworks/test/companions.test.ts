import { beforeAll, describe, expect, it } from '@jest/globals';
import { countParameters } from '@tensormark/network';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

describe('einops', () => {
  const shapes = (expression: string): string => {
    const { printed, errors } = reader.read(
      `import torch\nfrom einops import rearrange, repeat, reduce\nx = torch.zeros(2, 3, 8, 6)\nprint(tuple(${expression}.shape))\n`,
    );
    return errors.length > 0 ? (errors[0]?.message ?? '') : printed.trim();
  };

  it.each([
    ['rearrange(x, "b c h w -> b h w c")', '(2, 8, 6, 3)'],
    ['rearrange(x, "b c h w -> b (h w) c")', '(2, 48, 3)'],
    ['rearrange(x, "b c (h p) (w q) -> b (h w) (p q c)", p=4, q=3)', '(2, 4, 36)'],
    ['rearrange(x, "b ... -> b (...)")', '(2, 144)'],
    ['rearrange(x, "... h w -> ... w h")', '(2, 3, 6, 8)'],
    ['rearrange([x, x], "k b c h w -> b (k c) h w")', '(2, 6, 8, 6)'],
    ['rearrange(x, "b c h w -> b c 1 h w")', '(2, 3, 1, 8, 6)'],
    ['repeat(x, "b c h w -> b c (h 2) (w 2)")', '(2, 3, 16, 12)'],
    ['repeat(torch.zeros(1, 1, 4), "1 n d -> b n d", b=5)', '(5, 1, 4)'],
    ['reduce(x, "b c h w -> b c", "mean")', '(2, 3)'],
    ['reduce(x, "b c (h p) (w q) -> b c h w", "max", p=2, q=2)', '(2, 3, 4, 3)'],
    ['reduce(x, "b c h w -> b c 1 1", "sum")', '(2, 3, 1, 1)'],
  ])('%s', (expression, shape) => {
    expect(shapes(expression)).toBe(shape);
  });

  it('refuses-what-does-not-divide', () => {
    expect(shapes('rearrange(x, "b c (h p) w -> b c h p w", p=3)')).toContain(
      "Shape mismatch, can't divide axis of length 8 in chunks of 3",
    );
  });

  it('is-a-layer-too', () => {
    const reading = reader.read(
      'from torch import nn\nfrom einops.layers.torch import Rearrange\nnet = nn.Sequential(nn.Conv2d(3, 4, 2, 2), Rearrange("b c h w -> b (h w) c"), nn.Linear(4, 5))\n',
      { inputs: [[3, 8, 8]] },
    );
    expect(reading.errors).toEqual([]);
    expect(reading.outputs).toMatchObject({ shape: [1, 16, 5] });
  });
});

describe('lightning', () => {
  it('modules-are-modules', () => {
    const reading = reader.read(
      `
import torch
import pytorch_lightning as pl

class Lit(pl.LightningModule):
    def __init__(self, width=8):
        super().__init__()
        self.save_hyperparameters()
        self.layer = torch.nn.Linear(width, 2)
    def forward(self, x):
        return self.layer(x)
    def training_step(self, batch, index):
        x, y = batch
        loss = torch.nn.functional.cross_entropy(self(x), y)
        self.log('loss', loss)
        return loss
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)
`,
      { inputs: [[8]] },
    );
    expect(reading.errors).toEqual([]);
    expect(reading.network && Number(countParameters(reading.network).parameters)).toBe(18);
    expect(reading.outputs).toMatchObject({ shape: [1, 2] });
  });
});
