import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { torchCalls } from '../../ask/torch-calls.js';
import { functionsAround, statementsOf } from '../../ask/tree.js';

/** Layers that leave the dimensions as they are. */
const BETWEEN = /^torch\.nn\.(ReLU6?|LeakyReLU|ELU|GELU|SELU|SiLU|Tanh|Sigmoid|PReLU|Dropout|Identity)$/;

const PARTS = (norm: string): string => `
import torch.nn as nn
from bodies import body

class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = body()
        self.judge = nn.Sequential()
        self.judge.add_module('fc', nn.Linear(800, 100))
        self.judge.add_module('bn', nn.${norm}(100))
        self.judge.add_module('relu', nn.ReLU())
        self.judge.add_module('out', nn.Linear(100, 2))

    def forward(self, x):
        return self.judge(self.body(x).flatten(1))
`;

export const normOfMaps: Check = {
  id: 'norm-of-maps',
  title: 'A normalisation of maps after a linear layer',
  severity: 'error',
  why: 'BatchNorm2d refuses what has not four dimensions, and a linear layer gives a row of features for each example.',
  instead: 'Take BatchNorm1d after a linear layer.',
  needs:
    'Both layers one after the other in nn.Sequential or by add_module, with nothing between them but activations and dropout.',
  wrong: [PARTS('BatchNorm2d').replace('nn.BatchNorm2d(100))', 'nn.BatchNorm2d(100))  # <--')],
  right: [PARTS('BatchNorm1d')],
  run: normsOfMaps,
};

/**
 * A normalisation of maps right after a linear layer, in nn.Sequential(...) or by add_module: what a linear layer gives is read as
 * rows of features.
 */
function* normsOfMaps(program: Program): Generator<Found> {
  if (!/BatchNorm[23]d|InstanceNorm[23]d/.test(program.source)) return;
  const paths = new Map<tree.Expression, string>(torchCalls(program).map(({ call, path }) => [call, path]));
  for (const { call, path } of torchCalls(program))
    if (path === 'torch.nn.Sequential') yield* afterLinear(call.args, paths);
  const added = new Map<string, tree.Expression[]>();
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Expr' || one.value.kind !== 'Call' || one.value.callee.kind !== 'Attribute') continue;
    const { callee, args } = one.value;
    if (callee.attribute !== 'add_module' || args[1] === undefined) continue;
    const home = functionsAround(program, one.span).at(-1)?.span.start ?? 0;
    const key = `${home}:${callee.value.span.text}`;
    added.set(key, [...(added.get(key) ?? []), args[1]]);
  }
  for (const layers of added.values()) yield* afterLinear(layers, paths);
}

function* afterLinear(
  layers: readonly tree.Expression[],
  paths: ReadonlyMap<tree.Expression, string>,
): Generator<Found> {
  let linear: tree.Expression | undefined;
  for (const layer of layers) {
    const path = paths.get(layer) ?? '';
    if (path === 'torch.nn.Linear') linear = layer;
    else if (linear !== undefined && /^torch\.nn\.(Batch|Instance)Norm[23]d$/.test(path)) {
      yield {
        at: layer.span,
        message: `${path.replace('torch.nn.', '')} takes maps of (N, C, H, W) or more, and is given the features of a linear layer.`,
        evidence: [places(['the linear layer', linear.span])],
      };
      linear = undefined;
    } else if (!BETWEEN.test(path)) linear = undefined;
  }
}
