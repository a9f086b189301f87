import { beforeAll, describe, expect, it } from '@jest/globals';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader, Gaps } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

function gapsOf(constructor: string, forward = 'return self.b(x)'): Gaps {
  const source = `
import torch
from torch import nn
import nowhere

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.b = nn.Linear(4, 4)
        ${constructor}
    def forward(self, x):
        ${forward}
`;
  return reader.read(source, { inputs: [[4]] }).gaps;
}

describe('counts that are not whole say so', () => {
  it.each([
    ['nothing-unknown', 'pass', undefined, [false, false, false]],
    ['a-loss-nobody-knows-is-no-part', 'self.loss = nowhere.Loss()', undefined, [false, false, false]],
    ['a-layer-of-unknown-width', 'self.a = nn.Linear(4, nowhere.width)', undefined, [true, true, false]],
    ['a-block-nobody-knows', 'self.a = nn.ModuleList([nowhere.Block()])', undefined, [true, true, false]],
    ['a-parameter-nobody-knows', "self.register_parameter('p', nowhere.p)", undefined, [true, false, false]],
    ['a-buffer-nobody-knows', "self.register_buffer('p', nowhere.p)", undefined, [false, true, false]],
    [
      'a-backbone-nobody-knows',
      'self.a = nowhere.backbone()',
      'return self.b(self.a(x))',
      [true, true, true],
    ],
    ['an-output-nobody-knows', 'pass', 'return nowhere.f(self.b(x))', [false, false, true]],
    ['one-output-of-two', 'pass', 'return self.b(x), nowhere.f(x)', [false, false, true]],
  ])('%s', (_case, constructor, forward, [parameters, buffers, lost]) => {
    expect(gapsOf(constructor, forward)).toEqual({ parameters, buffers, forward: lost });
  });

  it('a-layer-of-unknown-width-has-unknown-weights', () => {
    const source = `
from torch import nn
import nowhere
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, nowhere.width)
        nn.init.zeros_(self.a.weight)
        self.a.bias.data.fill_(0)
`;
    expect(reader.read(source, { call: 'Net()' }).errors).toEqual([]);
  });
});
