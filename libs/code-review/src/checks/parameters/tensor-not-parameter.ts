import { isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { statementAt } from '../../ask/tree.js';
import { PRELUDE } from '../../ask/snippets.js';

export const tensorNotParameter: Check = {
  id: 'tensor-not-parameter',
  title: 'A weight that the module does not know',
  severity: 'warning',
  why: 'Only nn.Parameter is registered: parameters() leaves a plain tensor out, so that no optimiser moves it, and to() leaves it behind.',
  instead: 'Wrap it: self.weight = nn.Parameter(torch.randn(…)).',
  needs: 'A tensor that needs gradients kept as an attribute of a module, and given to no optimiser.',
  wrong: [
    `
import torch
import torch.nn as nn

class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)
        self.scale = torch.ones(3, requires_grad=True)  # <--

    def forward(self, x):
        return self.fc(x) * self.scale
`,
  ],
  right: [
    `${PRELUDE}
class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)
        self.scale = nn.Parameter(torch.ones(3))
        self.shift = torch.zeros(3, requires_grad=True)
        self.fixed = torch.ones(3)

    def forward(self, x):
        return self.fc(x) * self.scale + self.shift

scale = Scale()
own = torch.optim.SGD([scale.shift, *scale.parameters()], lr=0.1)
`,
  ],
  *run(program) {
    const registered = new Set([
      ...program.modules.flatMap(({ ownParameters }) => ownParameters.map(({ id }) => id)),
      ...program.optimizers.flatMap(({ parameters }) => [...parameters]),
    ]);
    if (program.optimizers.some(({ isComplete, parameters }) => !isComplete && parameters.size === 0)) return;
    const seen = new Set<number>();
    for (const { value, name, moment } of eventsOf(program, 'attribute-set')) {
      const at = moment.span;
      if (!isValue(value) || value.made.kind !== 'parameter' || at === undefined || seen.has(at.start))
        continue;
      if (registered.has(value.made.id) || moment.activation?.name !== '__init__') continue;
      if (new RegExp(String.raw`\.${name}\.(grad|data)\b|register_parameter`).test(program.source)) continue;
      if (/Parameter\(/.test(statementAt(program, at)?.span.text ?? '')) continue;
      seen.add(at.start);
      yield {
        at,
        message: `self.${name} needs gradients and is no nn.Parameter: the module does not know it.`,
        evidence: [],
      };
    }
  },
};
