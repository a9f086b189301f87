import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, ErrorRaised, ProgramModule, Value } from '@tensormark/frameworks';
import { makerOf } from '../../ask/ancestry.js';
import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { places } from '../../ask/places.js';

const UP = (joining: string, mark = ''): string => `
import torch
import torch.nn as nn

class Up(nn.Module):
    def __init__(self, below, beside):
        super().__init__()
        self.larger = nn.ConvTranspose2d(below, beside, 2, stride=2)
        self.mix = nn.Conv2d(2 * beside, beside, 3, padding=1)

    def forward(self, x, skipped):
        x = self.larger(x)
        x = ${joining}${mark}
        return self.mix(x)

up = Up(64, 32)
up(torch.randn(4, 64, 8, 8), torch.randn(4, 32, 16, 16))
`;

const CRITIC = (joining: string, mark = ''): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Critic(nn.Module):
    def __init__(self, state_dim, action_dim, hidden_dim):
        super().__init__()
        self.of_state = nn.Linear(state_dim, hidden_dim)
        self.of_action = nn.Linear(action_dim, hidden_dim)
        self.both = nn.Linear(2 * hidden_dim, hidden_dim)
        self.value = nn.Linear(hidden_dim, 1)

    def forward(self, state, action):
        s = F.relu(self.of_state(state))
        a = F.relu(self.of_action(action))
        sa = ${joining}${mark}
        return self.value(F.relu(self.both(sa)))
`;

/** Tensors put together in another way than the layer after them takes. */
export const joinedOtherwise = errorCheck(
  {
    id: 'joined-otherwise',
    title: 'Tensors joined over another dimension than the next layer takes',
    why: 'Joined over the examples there are more of them and no more features: the layer that takes the features of both raises an error.',
    instead: 'Join over the channels or features: torch.cat((a, b), dim=1).',
    needs:
      'A layer that refuses what cat or stack gave, and would take the same tensors joined over another dimension.',
    onSupposed: true,
    wrong: [
      UP('torch.cat([x, skipped], dim=0)', '  # <--'),
      UP('torch.stack([x, skipped], dim=1)', '  # <--'),
      CRITIC('torch.cat([s, a], dim=0)', '  # <--'),
      CRITIC('torch.stack([s, a], dim=1)', '  # <--'),
    ],
    right: [
      UP('torch.cat([x, skipped], dim=1)'),
      CRITIC('torch.cat([s, a], dim=1)'),
      CRITIC('torch.cat([s, a], dim=-1)'),
    ],
  },
  (error) => {
    const taken = takenBy(error);
    const joined = taken && joinedBehind(taken.input);
    if (taken === undefined || joined?.value.span === undefined) return undefined;
    const { layer, wanted, axis, rank } = taken;
    const { value, parts, dim } = joined;
    const [first] = parts;
    if (first === undefined || (rank !== undefined && first.length !== rank)) return undefined;
    const over = axis < 0 ? first.length + axis : axis;
    if (!isJoinable(parts, over) || (dim === over && makerOf(value) !== 'stack')) return undefined;
    const sum = parts.reduce((so, shape) => so + (shape[over] ?? 0), 0);
    if (sum !== wanted) return undefined;
    const verb =
      makerOf(value) === 'stack' ? 'stacked as a dimension of their own' : `joined over dimension ${dim}`;
    return {
      at: value.span ?? joined.value.span,
      message: `The tensors are ${verb}; joined over dimension ${over} they have the ${wanted} ${WHAT[axis]} that the layer takes.`,
      evidence: [
        { kind: 'shapes', shapes: parts.map((shape) => ({ what: 'one of them', shape })) },
        places(['the layer', layer.span]),
        inWords(error),
      ],
    };
  },
);

type Axis = -1 | 1;
const WHAT: Readonly<Record<Axis, string>> = { [-1]: 'features', 1: 'channels' };

interface Taken {
  readonly layer: ProgramModule;
  readonly input: Value;
  /** How many features or channels the layer takes, in which dimension, and of how many where that is fixed. */
  readonly wanted: number;
  readonly axis: Axis;
  readonly rank: number | undefined;
}

const SIZES: readonly (readonly [RegExp, name: string, axis: Axis])[] = [
  [/^Linear$/, 'in_features', -1],
  [/^(RNN|LSTM|GRU)$/, 'input_size', -1],
  [/^(Conv|ConvTranspose)[123]d$/, 'in_channels', 1],
  [/^BatchNorm[123]d$/, 'num_features', 1],
];

function takenBy({ module, args }: ErrorRaised): Taken | undefined {
  const layer = module?.layer;
  const [input] = args?.positional ?? [];
  if (module === undefined || layer === undefined || !isValue(input)) return undefined;
  const [, name = '', axis] = SIZES.find(([pattern]) => pattern.test(layer.type)) ?? [];
  const wanted = layer.config[name];
  if (typeof wanted !== 'number' || axis === undefined) return undefined;
  const spatial = /^Conv.*([123])d$/.exec(layer.type)?.[1];
  return {
    layer: module,
    input,
    wanted,
    axis,
    rank: spatial === undefined ? undefined : Number(spatial) + 2,
  };
}

const KEEPING =
  /^(relu|ReLU|leaky_relu|LeakyReLU|gelu|GELU|elu|tanh|Tanh|sigmoid|dropout|Dropout|float|to|contiguous)$/;

interface Joined {
  readonly value: Value;
  readonly parts: readonly (readonly number[])[];
  readonly dim: number;
}

/** What was put together to what a layer is given, by cat or stack. */
function joinedBehind(input: Value): Joined | undefined {
  let current: Value | undefined = input;
  for (let depth = 0; current !== undefined && depth < 6; depth++) {
    const { made, inputs }: Value = current;
    if (made.kind === 'operation' && /^(cat|concat|concatenate|stack)$/.test(made.name)) {
      const [list] = made.args.positional;
      const dim = argument(made.args, 'dim', 1) ?? 0n;
      const parts = Array.isArray(list) ? list.map(shapeOf) : [];
      const known = parts.filter((shape) => shape !== undefined);
      const rank = known[0]?.length ?? 0;
      if (known.length < 2 || known.length !== parts.length || typeof dim !== 'bigint') return undefined;
      return { value: current, parts: known, dim: dim < 0n ? Number(dim) + rank : Number(dim) };
    }
    if (!KEEPING.test(makerOf(current))) return undefined;
    [current] = inputs;
  }
  return undefined;
}

function shapeOf(datum: Datum): readonly number[] | undefined {
  return isValue(datum) ? datum.shape : undefined;
}

/** Whether they differ in no other dimension. */
function isJoinable([first, ...others]: readonly (readonly number[])[], over: number): boolean {
  return (
    first !== undefined &&
    others.every(
      (shape) =>
        shape.length === first.length && shape.every((size, at) => at === over || size === first[at]),
    )
  );
}
