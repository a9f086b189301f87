import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';

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
    const found: tree.Call[] = [];
    eachNode(program.body, (node) => {
      if (
        node.kind === 'Call' &&
        node.callee.kind === 'Attribute' &&
        node.callee.attribute === 'forward' &&
        node.callee.value.kind === 'Name' &&
        /^[a-z]/.test(node.callee.value.id) &&
        node.callee.value.id !== 'self'
      )
        found.push(node);
    });
    for (const { span } of found)
      yield { at: span, message: 'forward() is called by itself, not the network.', evidence: [] };
  },
};
