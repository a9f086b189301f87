import { ProgramModule } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { callsOfModule } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { hasLearned } from './learned.js';

export const overwrittenLayer: Check = {
  id: 'overwritten-layer',
  title: 'A layer is replaced before it was ever used',
  severity: 'warning',
  why: 'The second assignment drops the first layer with its parameters; the network has one layer fewer than it was written with.',
  instead: 'Give each layer an attribute of its own.',
  needs: 'Two layers assigned to one attribute in one __init__, the first of them not used in between.',
  wrong: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 20)
        self.fc1 = nn.Linear(20, 20)  # <--
        self.fc2 = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(torch.relu(self.fc1(x)))))

net = Net()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, deep=True):
        super().__init__()
        self.body = nn.Linear(20, 20)
        self.body = nn.Sequential(self.body, nn.ReLU())
        self.head = nn.Linear(20, 3)
        if deep:
            self.head = nn.Sequential(nn.Linear(20, 20), nn.ReLU(), nn.Linear(20, 3))

    def forward(self, x):
        return self.head(self.body(x))

net = Net()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { moment, module, name, value, previous } of eventsOf(program, 'attribute-set')) {
      const { span: at, activation } = moment;
      if (!(previous instanceof ProgramModule) || !(value instanceof ProgramModule) || at === undefined)
        continue;
      if (activation?.name !== '__init__' || moment.arm !== undefined || seen.has(at.start)) continue;
      const first = eventsOf(program, 'attribute-set').find(
        (event) => event.module === module && event.name === name && event.value === previous,
      );
      if (first === undefined || first.moment.activation !== activation || first.moment.arm !== undefined)
        continue;
      if (
        indentOf(first.moment.span?.column) !== indentOf(at.column) ||
        first.moment.span?.start === at.start
      )
        continue;
      if (!hasLearned(previous) || previous.parents.length > 0) continue;
      // What is put in its place has it, or parts of it.
      const before = new Set(previous.modules.map(({ module: part }) => part));
      if (value.modules.some((inner) => before.has(inner.module))) continue;
      if (callsOfModule(program, previous).length > 0) continue;
      seen.add(at.start);
      yield {
        at,
        message: `self.${name} was given a layer already, which is lost here without having been used.`,
        evidence: [places(['the layer that is lost', first.moment.span])],
        // A whole stack of layers is rather replaced on purpose than by a slip of a name.
        ...(previous.children.length > 0 && { severity: 'design' as const }),
      };
    }
  },
};

function indentOf(column: number | undefined): number {
  return column ?? -1;
}
