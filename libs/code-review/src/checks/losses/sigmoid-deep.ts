import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, behind, linearMaker } from '../../ask/ancestry.js';
import { LAYER_BY_LAYER } from '../../ask/layer-by-layer.js';
import { layerCalls } from '../../ask/module-calls.js';
import { places, spanOfMaking } from '../../ask/places.js';

/** So many in a row before gradients have all but gone: each takes away three quarters at least. */
const MANY = 4;
/** Nothing comes of so many, however long it is trained: less than a thousandth of the gradient is left. */
const HOPELESS = 5;

export const sigmoidDeep: Check = {
  id: 'sigmoid-deep',
  title: 'Sigmoids in many hidden layers',
  severity: 'design',
  why: 'The slope of a sigmoid is a quarter at most, so that four of them leave less than 1 part in 256 of the gradient to the first layers.',
  instead: 'Use ReLU or one of its kind in hidden layers.',
  needs: 'A chain of linear layers or convolutions with a sigmoid after each of at least four.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 64), nn.Sigmoid(),
    nn.Linear(64, 64), nn.Sigmoid(),
    nn.Linear(64, 64), nn.Sigmoid(),
    nn.Linear(64, 64), nn.Sigmoid(),  # <--
    nn.Linear(64, 3),
)
net(torch.randn(8, 20))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.Sigmoid(), nn.Linear(64, 64), nn.Sigmoid(), nn.Linear(64, 3))
net(torch.randn(8, 20))
deep = nn.Sequential(nn.Linear(20, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1), nn.Sigmoid())
deep(torch.randn(8, 20))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args } of layerCalls(program, 'Linear', 'Conv1d', 'Conv2d')) {
      const [input] = args.positional;
      if (!isValue(input)) continue;
      const chain = sigmoidsBehind(input);
      const last = chain.at(MANY - 1);
      const first = chain[0];
      const at = first && spanOfMaking(first);
      if (last === undefined || at === undefined || seen.size > 0) continue;
      seen.add(at.start);
      yield {
        at,
        ...(chain.length >= HOPELESS &&
          !LAYER_BY_LAYER.test(program.source) && { severity: 'warning' as const }),
        message: `${chain.length} sigmoids follow one another here, with a layer before each.`,
        evidence: [places(['the first of them', spanOfMaking(chain.at(-1) ?? last)])],
      };
    }
  },
};

/** Sigmoids behind a value, the nearest first, each straight after a layer. */
function sigmoidsBehind(input: Value): Value[] {
  const found: Value[] = [];
  let current: Value | undefined = behind(input);
  while (current !== undefined && activationOf(current) === 'sigmoid' && found.length < 100) {
    const inner: Value | undefined = current.inputs[0];
    if (inner === undefined || linearMaker(inner) === undefined) break;
    found.push(current);
    const before: Value | undefined = inner.inputs[0];
    current = before && behind(before);
  }
  return found;
}
