import type { Check } from '../../check.js';
import { activationOf, behindJoins } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const softmaxCe: Check = {
  id: 'softmax-ce',
  title: 'Softmax before cross entropy',
  severity: 'warning',
  why: 'Cross entropy applies log-softmax itself, so the scores are squashed twice: gradients become tiny, and the loss cannot fall below about log(1 + (C-1)/e).',
  instead: 'Hand the raw scores (logits) to the loss, and apply softmax only where probabilities are wanted.',
  needs: 'A cross entropy whose input is, but for reshaping and dropout, the output of a softmax.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))  # <--
loss = nn.CrossEntropyLoss().forward(net.forward(torch.rand(8, 4)), torch.randint(0, 3, (8,)))
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        return F.softmax(self.fc2(x), dim=1)  # <--

model = Net()
loss = nn.CrossEntropyLoss()(model(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`,
    `
from torch import nn as n
net = n.Sequential(
    n.Linear(20, 3),
    n.Softmax(dim=1),  # <--
)
criterion = n.CrossEntropyLoss()
def step(inputs, labels):
    return criterion(net(inputs), labels)
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 3),
    nn.Sigmoid(),  # <--
)
loss = nn.CrossEntropyLoss()(net(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`,
    `
import torch
import torch.nn as nn
from parts import Maps, learn

class Film(nn.Module):
    def __init__(self, width, kinds):
        super().__init__()
        self.maps, self.over = Maps(width), nn.LSTM(width, 64, batch_first=True)
        self.last = nn.Sequential(nn.Linear(64, kinds), nn.Softmax(dim=-1))  # <--

    def forward(self, x):
        states, _ = self.over(self.maps(x))
        return self.last(states[:, -1])

net = Film(32, 5)
learn(net, nn.CrossEntropyLoss(), torch.optim.Adam(net.parameters()))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 32), nn.Sigmoid(), nn.Linear(32, 3))
loss = nn.CrossEntropyLoss()(net(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 3))
logits = net(torch.randn(8, 20))
loss = nn.CrossEntropyLoss()(logits, torch.randint(0, 3, (8,)))
probabilities = logits.softmax(dim=1)
`,
    `
import torch
import torch.nn.functional as F
from torch import nn
attention = nn.Linear(16, 16)
values = nn.Linear(16, 3)
x = torch.randn(8, 16)
scores = F.softmax(attention(x), dim=1)
loss = F.cross_entropy(values(scores * x), torch.randint(0, 3, (8,)))
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'cross_entropy')) {
      const input = loss.input && behindJoins(loss.input);
      const activation = input && activationOf(input);
      if (input === undefined || (activation !== 'softmax' && activation !== 'sigmoid')) continue;
      const at = spanOfMaking(input) ?? loss.moment.span;
      if (at === undefined) continue;
      yield {
        at,
        message: `What ${titleOf(loss)} is given has been through ${activation} already.`,
        evidence: [
          ...(input.shape === undefined
            ? []
            : [{ kind: 'shapes', shapes: [{ what: `${activation} gives`, shape: input.shape }] } as const]),
          places([`${titleOf(loss)} takes it here`, loss.moment.span]),
        ],
      };
    }
  },
};
