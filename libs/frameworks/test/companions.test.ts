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
    ['repeat(torch.zeros(1, 1, 8), "1 1 d -> b 1 d", b=4)', '(4, 1, 8)'],
    ['rearrange(torch.zeros(1, 4, 1, 6), "1 a 1 b -> b 1 a")', '(6, 1, 4)'],
    ['repeat(x, "b c h w -> b c (h 2) (w 2)")', '(2, 3, 16, 12)'],
    ['repeat(torch.zeros(1, 1, 4), "1 n d -> b n d", b=5)', '(5, 1, 4)'],
    ['reduce(x, "b c h w -> b c", "mean")', '(2, 3)'],
    ['reduce(x, "b c (h p) (w q) -> b c h w", "max", p=2, q=2)', '(2, 3, 4, 3)'],
    ['reduce(x, "b c h w -> b c 1 1", "sum")', '(2, 3, 1, 1)'],
  ])('%s', (expression, shape) => {
    expect(shapes(expression)).toBe(shape);
  });

  /** What einops 0.8.2 itself gives. */
  it.each([
    ["pack([x, torch.zeros(2, 8, 6)], 'b * h w')[0]", '(2, 4, 8, 6)'],
    ["unpack(torch.zeros(2, 4, 8, 6), [(3,), ()], 'b * h w')[1]", '(2, 8, 6)'],
    ["einsum(x, torch.zeros(3, 5), 'b c h w, c d -> b d h w')", '(2, 5, 8, 6)'],
    ["torch.zeros(*parse_shape(x, 'b _ h w').values())", '(2, 8, 6)'],
    ['reduce(x, "b c (h 2) (w 2) -> b c h w", "max")', '(2, 3, 4, 3)'],
    ["EinMix('b c h w -> b d h w', weight_shape='c d', bias_shape='d', c=3, d=5)(x)", '(2, 5, 8, 6)'],
    ["EinMix('b (g c) h w -> b (g d) h w', weight_shape='c d', c=3, d=5, g=1)(x)", '(2, 5, 8, 6)'],
  ])('%s', (expression, shape) => {
    const { printed, errors } = reader.read(
      `import torch\nfrom einops import einsum, pack, parse_shape, reduce, unpack\nfrom einops.layers.torch import EinMix\nx = torch.zeros(2, 3, 8, 6)\nprint(tuple(${expression}.shape))\n`,
    );
    expect(errors).toEqual([]);
    expect(printed.trim()).toBe(shape);
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

  it('what a trainer gives a module is not missing from it', () => {
    const { errors } = reader.read(`
import torch
from pytorch_lightning.core.lightning import LightningModule

class Gan(LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(8, 2)
    def forward(self, x):
        first, second = self.optimizers()
        self.toggle_optimizer(first)
        loss = self.layer(x).mean()
        self.manual_backward(loss)
        self.untoggle_optimizer(first)
        self.logger.experiment.add_image('made', x, self.current_epoch)
        if self.global_rank == 0:
            self.print(loss)
        return loss
Gan()(torch.zeros(3, 8))
`);
    expect(errors).toEqual([]);
  });
});

describe('losses of a program', () => {
  it('are made of what PyTorch makes its own of', () => {
    const { printed, errors } = reader.read(`
import torch
from torch.nn.modules.loss import _Loss, _WeightedLoss

class Squares(_Loss):
    def __init__(self, size_average=None, reduction='mean'):
        super().__init__(size_average, reduction=reduction)

class Weighted(_WeightedLoss):
    def forward(self, rows, classes):
        return torch.nn.functional.nll_loss(rows, classes, self.weight)

weighted = Weighted(torch.ones(4))
print(Squares().reduction, Squares(reduction='sum').reduction, Squares(size_average=False).reduction)
print(tuple(weighted.weight.shape), len(list(weighted.buffers())), weighted.reduction, Weighted().weight)
print(tuple(weighted(torch.zeros(3, 4), torch.zeros(3, dtype=torch.long)).shape))
`);
    expect({ printed, errors }).toEqual({
      printed: 'mean sum sum\n(4,) 1 mean None\n()\n',
      errors: [],
    });
  });
});

describe('parts of timm, where timm is not at hand', () => {
  const count = (call: string): number => {
    const source = `import torch
from torch import nn
from timm.layers import DropPath, LayerNorm2d, Mlp
from timm.models.layers import to_2tuple, trunc_normal_
from timm.models.registry import register_model
from timm.models.vision_transformer import Block, PatchEmbed

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = ${call}
        self.drop = DropPath(0.1)
        for p in self.part.parameters():
            trunc_normal_(p, std=0.02)

@register_model
def net():
    return Net()
`;
    const { network, errors } = reader.read(source, { call: 'net()' });
    return network === undefined || errors.length > 0 ? -1 : Number(countParameters(network).parameters);
  };

  /** What timm 1.0.29 itself has. */
  it.each([
    ['Block(192, 3, 4.0, qkv_bias=True)', 444_864],
    ['Block(192, 3, qk_norm=True, init_values=1e-5)', 444_928],
    ['PatchEmbed(224, to_2tuple(16), 3, 192)', 147_648],
    ['Mlp(32, 64, 8)', 2_632],
    ['Mlp(32, use_conv=True, norm_layer=nn.BatchNorm2d)', 2_176],
    ['LayerNorm2d(8)', 16],
  ])('%s', (call, parameters) => {
    expect(count(call)).toBe(parameters);
  });

  it('a-block-after-patches', () => {
    const source = `from torch import nn
from timm.models.vision_transformer import Block, PatchEmbed
class Net(nn.Sequential):
    def __init__(self):
        super().__init__(PatchEmbed(32, 8, 3, 64), Block(64, 4, drop_path=0.1))
`;
    const { outputs, errors } = reader.read(source, { call: 'Net()', inputs: [[3, 32, 32]] });
    expect(errors).toEqual([]);
    expect(outputs).toMatchObject({ shape: [1, 16, 64] });
  });
});
