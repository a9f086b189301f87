import { ProgramModule } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf } from '../../ask/tree.js';

export const overridesTrain: Check = {
  id: 'overrides-train',
  title: 'A network whose train() is something else',
  severity: 'error',
  why: 'eval() calls train(False): where train is a loop over data, that call raises an error or starts it.',
  instead: 'Call the method fit, or something else that nn.Module does not use.',
  needs: 'A method train of a network that wants more than a mode, and a call of its eval().',
  wrong: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 3))

    def forward(self, x):
        return self.body(x)

    def train(self, x, y, steps):  # <--
        optimizer = torch.optim.Adam(self.parameters())
        for step in range(steps):
            optimizer.zero_grad()
            nn.functional.cross_entropy(self(x), y).backward()
            optimizer.step()

net = Net()
net.train(torch.randn(64, 4), torch.randint(0, 3, (64,)), 100)
net.eval()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        return self.head(self.norm(x))

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

net = Net()
net.train()
net.eval()
`,
  ],
  *run(program) {
    for (const cls of classesOf(program)) {
      const train = methodOf(cls, 'train');
      if (train === undefined || takesMode(train)) continue;
      const asked = evaluated(program, cls.name);
      if (asked === undefined) continue;
      yield {
        at: train.nameSpan,
        message: `train of ${cls.name} takes the place of the one that eval() calls.`,
        evidence: [places(['eval() is called', asked.moment.span])],
      };
    }
  },
};

/** Whether it can stand for the method of nn.Module: it passes a mode on, or is given one. */
function takesMode({ parameters, body }: tree.FunctionDefinition): boolean {
  const [, first] = parameters;
  return (
    /mode|training/.test(first?.name ?? '') ||
    first?.kind === 'rest' ||
    /\bsuper\b|\.train\(self/.test(body.map(({ span }) => span.text).join('\n'))
  );
}

function evaluated(program: Program, name: string) {
  return eventsOf(program, 'mode').find(
    ({ of, training }) => training === false && of instanceof ProgramModule && of.types.includes(name),
  );
}
