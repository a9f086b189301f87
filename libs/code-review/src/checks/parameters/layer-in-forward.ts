import type { Check } from '../../check.js';
import { modulesCalled } from '../../ask/module-calls.js';
import { functionsAround, statementsOf } from '../../ask/tree.js';
import { hasLearned } from './learned.js';

export const layerInForward: Check = {
  id: 'layer-in-forward',
  title: 'A layer is made in forward',
  severity: 'warning',
  why: 'Each call makes the layer anew with random weights: it is never trained, and outputs change from call to call.',
  instead: 'Make the layer once in __init__, keep it as an attribute, and call it in forward.',
  needs: 'A layer with parameters that is made inside forward and called.',
  wrong: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        return nn.Linear(64, 3)(x)  # <--
`,
    `
import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width, wide):
        super().__init__()
        self.width, self.wide = width, wide
        self.conv = nn.Conv2d(width, wide, 3, padding=1)

    def forward(self, x):
        out = self.conv(x)
        if self.width != self.wide:
            x = nn.Conv2d(self.width, self.wide, 1)(x)  # <--
        return x + out

net = nn.Sequential(Block(3, 8), nn.ReLU(), Block(8, 8))
out = net(torch.randn(2, 3, 8, 8))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = None

    def forward(self, x):
        x = nn.ReLU()(self.fc1(x))
        if self.fc2 is None:
            self.fc2 = nn.Linear(x.shape[1], 3)
        return self.fc2(x)
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const module of modulesCalled(program)) {
      const { span: at } = module;
      if (at === undefined || at.source.file !== program.file || seen.has(at.start)) continue;
      if (!module.isNative || !hasLearned(module)) continue;
      seen.add(at.start);
      const around = functionsAround(program, at);
      const isInside = around.at(-1)?.name === 'forward' && around.at(-1)?.parameters[0]?.name === 'self';
      if (!isInside) continue;
      // What is made once, the first time, is kept; a condition on sizes says nothing of that.
      const isLazy = statementsOf(program).some(
        ({ kind, span, ...one }) =>
          kind === 'If' &&
          'test' in one &&
          /\bNone\b|hasattr|\bnot\b|init|built|first/i.test(one.test.span.text) &&
          span.start < at.start &&
          span.end >= at.end &&
          around.at(-1) !== undefined &&
          span.start > (around.at(-1)?.span.start ?? 0),
      );
      if (isLazy) continue;
      yield {
        at,
        message: `This ${module.type} layer is made anew in every call of forward, so it never learns.`,
        evidence: [],
      };
    }
  },
};
