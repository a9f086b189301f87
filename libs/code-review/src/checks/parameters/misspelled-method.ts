import type { Check } from '../../check.js';
import { distance } from '../../ask/spelling.js';
import { classesOf, methodOf } from '../../ask/tree.js';

export const initMisspelled: Check = {
  id: 'init-misspelled',
  title: 'A misspelt __init__ or forward',
  severity: 'error',
  why: 'PyTorch calls __init__ and forward by these names: under another, the layers are never made or the call raises NotImplementedError.',
  instead: 'Spell them __init__ (two underscores on each side) and forward.',
  needs: 'A module whose class has no such method and one with nearly its name.',
  wrong: [
    `
import torch.nn as nn

class Net(nn.Module):
    def _init_(self):  # <--
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return x
`,
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def foward(self, x):  # <--
        return self.fc(x)
`,
  ],
  right: [
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc(x)

    def forward2(self, x):
        return self.fc(x)

class Attack(nn.Module):
    def attack(self, x):
        return self._forward(x)

    def _forward(self, x):
        return x + 1
`,
  ],
  *run(program) {
    for (const definition of classesOf(program)) {
      if (!definition.bases.some(({ span }) => /(^|\.)Module$/.test(span.text))) continue;
      for (const node of definition.body) {
        if (node.kind !== 'FunctionDef') continue;
        const { name } = node;
        const isInit =
          methodOf(definition, '__init__') === undefined &&
          /^_{0,2}in?it_{0,2}$|^__int__$|^__inti__$/.test(name) &&
          name.includes('_');
        const isForward =
          methodOf(definition, 'forward') === undefined &&
          !name.startsWith('_') &&
          distance(name, 'forward') <= 2 &&
          name !== 'forward';
        if (!isInit && !isForward) continue;
        yield {
          at: node.nameSpan,
          message: `${name} of ${definition.name} is not ${isInit ? '__init__' : 'forward'}, so PyTorch never calls it.`,
          evidence: [],
        };
      }
    }
  },
};
