import type { Program, ProgramModule } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { callsOfModule } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { classesOf, hasUnknownBases, methodOf, nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';
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
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.key, self.query = nn.Linear(16, 16), nn.Linear(16, 16)
        self.value = nn.Linear(16, 16)

    def forward(self, x):
        k = self.key(x)
        q = self.query(x)
        v = torch.tanh(self.key(x))  # <--
        return (q @ k.transpose(-2, -1) / 4).softmax(-1) @ v

net = Attention().eval()
out = net(torch.randn(2, 5, 16))
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
      if (
        at === undefined ||
        seen.has(at.start) ||
        spoken.has(name) ||
        !(hasLearned(value) || LEARNS.test(value.layer?.type ?? value.type))
      )
        continue;
      const definition = classesOf(program).find((one) => one.name === module.type);
      if (definition === undefined || hasUnknownBases(program, definition)) continue;
      if (methodOf(definition, 'forward') === undefined || value.parents.length !== 1) continue;
      const parentCalls = eventsOf(program, 'module-call').filter((call) => call.module.type === module.type);
      if (parentCalls.length === 0 || callsOfModule(program, value).length > 0) continue;
      seen.add(at.start);
      const instead = calledInstead(program, definition, name, value);
      if (instead !== undefined)
        yield {
          at: instead.at,
          message: `self.${instead.called} is called here too, where self.${name}, made like it, is never used.`,
          evidence: [places([`self.${name} is made here`, at])],
          severity: 'warning',
        };
      else yield { at, message: `self.${name} is made here and never used.`, evidence: [] };
    }
  },
};

/**
 * Where a forward pass calls one layer on one thing twice, for names of which the second begins like the layer beside it that is never
 * used: `k = self.key(x)`, `v = self.key(x)`.
 */
function calledInstead(
  program: Program,
  definition: tree.ClassDefinition,
  name: string,
  unused: ProgramModule,
): { readonly at: Span; readonly called: string } | undefined {
  const like = (module: ProgramModule): boolean =>
    module.layer?.type === unused.layer?.type &&
    JSON.stringify(module.layer?.config) === JSON.stringify(unused.layer?.config);
  const [parent] = unused.parents;
  for (const [called, module] of parent?.children ?? []) {
    if (called === name || !like(module)) continue;
    const calls = new RegExp(String.raw`self\.${called}\(\s*(\w+)\s*\)`);
    const made = definition.body.flatMap((method) =>
      method.kind === 'FunctionDef'
        ? statementsIn(method.body).filter((one) => one.kind === 'Assign' && calls.test(one.span.text))
        : [],
    );
    const given = new Set(made.map(({ span }) => calls.exec(span.text)?.[1]));
    const wrong = made.find((one) => isBegunAlike(targetsOf(one)[0] ?? '', name, called));
    if (made.length === 2 && given.size === 1 && wrong !== undefined) return { at: wrong.span, called };
  }
  return undefined;
}

/** Whether a name is for the layer that is not used, and not for the one that is: `v`, of `value` and `key`. */
function isBegunAlike(target: string, unused: string, called: string): boolean {
  const [start, first, other] = [target, unused, called].map((one) => one.toLowerCase());
  return (
    start !== undefined &&
    start !== '' &&
    first !== undefined &&
    (first.startsWith(start) || start.startsWith(first) || first.endsWith(`_${start}`)) &&
    !(other?.startsWith(start) || other?.endsWith(`_${start}`))
  );
}

/** Layers that have parameters whatever their sizes are. */
const LEARNS = /^(Linear|Bilinear|Conv[123]d|ConvTranspose[123]d|LSTM|GRU|RNN|Embedding|MultiheadAttention)$/;

/** Ways to reach a layer without saying its name. */
const LOOKS_UP =
  /\b(getattr|children|named_children|modules|named_modules|_modules|__dict__)\b\s*[([.]|(?<!\.)\b(eval|exec)\s*\(|\._modules|__getattr__|get_submodule/;

/** Attributes that are read anywhere in the file. */
function loadedAttributes(program: Program): ReadonlySet<string> {
  const written = new Set<object>();
  const loaded = new Set<string>();
  for (const { targets } of nodesOf(program, 'Assign')) for (const target of targets) written.add(target);
  for (const { target } of nodesOf(program, 'AnnAssign')) written.add(target);
  for (const node of nodesOf(program, 'Attribute')) if (!written.has(node)) loaded.add(node.attribute);
  for (const { value } of nodesOf(program, 'Constant')) if (typeof value === 'string') loaded.add(value);
  return loaded;
}
