import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf } from '../../ask/tree.js';

const NODES = (loss: string): string => `
import torch
import torch.nn.functional as F
from torch_geometric.nn import GCNConv
from somewhere import data

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = GCNConv(10, 16), GCNConv(16, 3)

    def forward(self, x, edges):
        return self.second(F.relu(self.first(x, edges)), edges)

net = Net()
optimizer = torch.optim.Adam(net.parameters())
for _ in range(100):
    optimizer.zero_grad()
    scores = net(data.x, data.edge_index)
    loss = ${loss}
    loss.backward()
    optimizer.step()
net.eval()
right = net(data.x, data.edge_index).argmax(1)[data.test_mask] == data.y[data.test_mask]
`;

export const nodesLearned: Check = {
  id: 'nodes-learned',
  title: 'A graph’s nodes to test with are learned from',
  severity: 'warning',
  why: 'The loss goes over all nodes, those to test with among them: what is measured on them says nothing of nodes never seen.',
  instead: 'Take the loss of scores[data.train_mask] and data.y[data.train_mask].',
  needs: 'A loss by all labels of a graph, in a program that measures by test_mask and names no train_mask.',
  wrong: [NODES('F.cross_entropy(scores, data.y)  # <--')],
  right: [NODES('F.cross_entropy(scores[data.train_mask], data.y[data.train_mask])')],
  *run(program) {
    if (
      !/\.test_mask\b/.test(program.source) ||
      /train_(mask|idx|index|nodes)|idx_train/.test(program.source)
    )
      return;
    for (const { callee, args, span } of callsOf(program)) {
      if (!/(cross_entropy|nll_loss|criterion|loss_fn|loss_func)$/.test(callee.span.text)) continue;
      const [, labels] = args;
      if (labels?.kind !== 'Attribute' || labels.attribute !== 'y') continue;
      yield {
        at: span,
        message: 'The loss is taken of all nodes, and what is measured later are some of them.',
        evidence: [places(['all labels', labels.span])],
      };
      return;
    }
  },
};
