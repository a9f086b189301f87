import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { classesOf, hasUnknownBases, methodOf } from '../../ask/tree.js';
import { hasLearned } from './learned.js';

export const unusedLayer: Check = {
  id: 'unused-layer',
  title: 'A layer that is never called',
  severity: 'design',
  why: 'Its parameters get no gradient: it is counted, stored and never trained, and the network is not the one that was meant.',
  instead: 'Call the layer in forward, or leave it out.',
  needs:
    'A layer with parameters whose attribute is spoken of nowhere but where it is made, in a network that was followed.',
  wrong: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 20)
        self.fc2 = nn.Linear(20, 20)  # <--
        self.fc3 = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc3(torch.relu(self.fc1(x)))

out = Net()(torch.randn(2, 20))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 20)
        self.fc2 = nn.Linear(20, 3)

    def forward(self, x):
        for layer in self.children():
            x = torch.relu(layer(x))
        return x

out = Net()(torch.randn(2, 20))
`,
  ],
  *run(program) {
    if (LOOKS_UP.test(program.source)) return;
    const spoken = loadedAttributes(program);
    const seen = new Set<number>();
    for (const { module, name, value, moment } of eventsOf(program, 'attribute-set')) {
      const { span: at } = moment;
      if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'module')
        continue;
      if (at === undefined || seen.has(at.start) || spoken.has(name) || !hasLearned(value)) continue;
      const definition = classesOf(program).find((one) => one.name === module.type);
      if (definition === undefined || hasUnknownBases(program, definition)) continue;
      if (methodOf(definition, 'forward') === undefined || value.parents.length !== 1) continue;
      const parentCalls = eventsOf(program, 'module-call').filter((call) => call.module.type === module.type);
      if (parentCalls.length === 0 || eventsOf(program, 'module-call').some((call) => call.module === value))
        continue;
      seen.add(at.start);
      yield { at, message: `self.${name} is made here and never used.`, evidence: [] };
    }
  },
};

/** Ways to reach a layer without saying its name. */
const LOOKS_UP =
  /\b(getattr|children|named_children|modules|named_modules|_modules|__dict__|eval|exec)\b\s*[([.]|\._modules|__getattr__|get_submodule/;

/** Attributes that are read anywhere in the file. */
function loadedAttributes(program: Program): ReadonlySet<string> {
  const written = new Set<object>();
  const loaded = new Set<string>();
  eachNode(program.body, (node) => {
    if (node.kind === 'Assign') for (const target of node.targets) written.add(target);
    if (node.kind === 'AnnAssign') written.add(node.target);
  });
  eachNode(program.body, (node) => {
    if (node.kind === 'Attribute' && !written.has(node)) loaded.add(node.attribute);
    if (node.kind === 'Constant' && typeof node.value === 'string') loaded.add(node.value);
  });
  return loaded;
}
