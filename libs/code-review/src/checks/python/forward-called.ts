import type { Check } from '../../check.js';
import { callsOf } from '../../ask/tree.js';

export const forwardCalled: Check = {
  id: 'forward-called',
  title: 'forward() is called by itself',
  severity: 'remark',
  why: 'Hooks are passed over: what profilers, pruning and parallel training hang on a network is not run.',
  instead: 'Call the network: net(x).',
  needs: 'A call of forward of something other than self or super().',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(20, 3)
scores = net.forward(torch.randn(4, 20))  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Double(nn.Linear):
    def forward(self, x):
        return super().forward(x) * 2

scores = Double(20, 3)(torch.randn(4, 20))
`,
  ],
  *run(program) {
    for (const { callee, span } of callsOf(program)) {
      if (callee.kind !== 'Attribute' || callee.attribute !== 'forward') continue;
      const { value } = callee;
      if (value.kind === 'Name' && value.id !== 'self' && /^[a-z]/.test(value.id))
        yield { at: span, message: 'forward() is called by itself, not the network.', evidence: [] };
    }
  },
};
