import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const CONSTANT = /^(zeros_|ones_|constant_|fill_|zero_)$/;
const DRAWN =
  /^(normal_|uniform_|xavier_\w+|kaiming_\w+|orthogonal_|trunc_normal_|sparse_|copy_|eye_|dirac_)$/;

export const constantWeights: Check = {
  id: 'zero-or-constant-weights',
  title: 'Weights that all start the same',
  severity: 'warning',
  why: 'Units with the same weights get the same gradients and stay the same; with zeros, none reaches the layers before.',
  instead:
    'Leave PyTorch’s own initialisation, or draw weights with nn.init.xavier_uniform_ or kaiming_normal_; biases may be 0.',
  needs: 'Every weight matrix of a network with two or more set to one number, and never drawn again.',
  wrong: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
for layer in net:
    if isinstance(layer, nn.Linear):
        nn.init.zeros_(layer.weight)  # <--
        nn.init.zeros_(layer.bias)
`,
    `
import torch.nn as nn

def init_weights(m):
    if isinstance(m, nn.Linear):
        m.weight.data.fill_(0.01)  # <--
        m.bias.data.fill_(0)

net = nn.Sequential(nn.Linear(20, 64), nn.Tanh(), nn.Linear(64, 3))
net.apply(init_weights)
`,
  ],
  right: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
for layer in net:
    if isinstance(layer, nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
nn.init.zeros_(net[2].weight)
`,
  ],
  *run(program) {
    const constant = constantsIn(program);
    if (constant.size === 0) return;
    for (const network of program.modules) {
      if (network.parents.length > 0) continue;
      const weights = network.modules.flatMap(({ module }) =>
        // Matrices of the file's own layers are weights as well.
        /^(Linear|Conv[123]d)$/.test(module.layer?.type ?? '') ||
        (!module.isNative && module.layer === undefined)
          ? module.ownParameters.filter(({ shape }) => shape.length > 1)
          : [],
      );
      if (weights.length < 2 || !weights.every(({ id }) => constant.has(id))) continue;
      const at = constant.get(weights[0]?.id ?? -1);
      if (at === undefined) continue;
      yield {
        at,
        message: 'Every weight of the network is set to the same number.',
        evidence: [places(['the network', network.span])],
      };
    }
  },
};

/** Parameters by identity whose last initialisation was one number, and where. */
function constantsIn(program: Program): Map<number, Span> {
  const found = new Map<number, Span>();
  for (const { name, args, moment } of eventsOf(program, 'call')) {
    const [first] = args.positional;
    if (!isValue(first) || moment.span === undefined) continue;
    const isConstant = CONSTANT.test(name);
    if (!isConstant && !DRAWN.test(name)) continue;
    for (const { made } of [first, ...first.inputs]) {
      if (made.kind !== 'parameter') continue;
      if (isConstant && moment.arm === undefined) found.set(made.id, moment.span);
      else found.delete(made.id);
    }
  }
  return found;
}
