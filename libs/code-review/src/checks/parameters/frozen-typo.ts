import type { Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { nodesOf } from '../../ask/tree.js';

const MISSPELT = new Set([
  'require_grad',
  'requires_grads',
  'required_grad',
  'require_grads',
  'requiresgrad',
  'requires_gradient',
  'requires_gard',
]);

export const frozenTypo: Check = {
  id: 'frozen-typo',
  title: 'requires_grad is set where it does nothing',
  severity: 'warning',
  why: 'Python takes any attribute: under another name, or on a module, nothing is frozen.',
  instead: 'Set requires_grad on each parameter, or call module.requires_grad_(False).',
  needs: 'An assignment to a misspelt requires_grad, or to one of a module.',
  wrong: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
for p in net[0].parameters():
    p.require_grad = False  # <--
`,
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
net[0].requires_grad = False  # <--
`,
    `
from networks import make
net = make()
prototypes = net.head.conv.weight.view(3, -1)
net.head.requires_grad = False  # <--
`,
    `
from networks import make
net = make()
for parameter in net.parameters():
    parameter.requires_grad = False
net._fc.requires_grad = True  # <--
`,
  ],
  right: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
for p in net[0].parameters():
    p.requires_grad = False
net[2].requires_grad_(False)
`,
    `
from networks import make
net = make()
net.scale.requires_grad = False
net.head.weight.requires_grad = False
print(net.head.weight.shape, net.scale.mean())
net.prompts.requires_grad = True
`,
  ],
  *run(program) {
    const found = new Map<number, { readonly at: Span; readonly message: string }>();
    for (const { name, moment } of eventsOf(program, 'attribute-set'))
      if (name === 'requires_grad' && moment.span !== undefined)
        found.set(moment.span.start, {
          at: moment.span,
          message: 'A module has no requires_grad: this freezes nothing.',
        });
    for (const node of nodesOf(program, 'Assign')) {
      for (const target of node.targets) {
        if (target.kind !== 'Attribute') continue;
        if (target.attribute === 'requires_grad' && isModule(program, target.value.span.text))
          found.set(node.span.start, {
            at: node.span,
            message: 'A module has no requires_grad: this freezes nothing, and frees nothing.',
          });
        if (MISSPELT.has(target.attribute))
          found.set(node.span.start, {
            at: node.span,
            message: `${target.attribute} is not requires_grad: this freezes nothing.`,
          });
      }
    }
    for (const one of found.values()) yield { ...one, evidence: [] };
  },
};

/** Whether something of a network that is not followed is a module: it is named as layers are, has weights below it, or gives its parameters. */
function isModule({ source }: Program, name: string): boolean {
  if (!/^[\w.]+\.\w+$/.test(name) || /\.(weight|bias)$/.test(name)) return false;
  if (/^(?!self\.)[\w.]+\.(_?fc\d?|_?classifier|last_linear|lm_head|layer\d|backbone)$/.test(name))
    return true;
  const escaped = name.replaceAll('.', String.raw`\.`);
  return new RegExp(
    String.raw`\b${escaped}\.((\w+\.)*(weight|bias)\b|parameters\(|named_parameters\(|children\()`,
  ).test(source);
}
