import { defineLayer } from '../../layer.js';
import { defineOperation } from '../../operation.js';
import { POINTWISE, type Reach } from '../../reach.js';
import { pythonRepr, tupleRepr } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { float, ints, nullable, repeated, string, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { isPaddingMode, paddedShape, padWithMode, type PaddingMode } from './arithmetic.js';

type Rank = 1 | 2 | 3;

/** Padding moves where a feature map's first place looks, and nothing else. */
function padReach(amounts: readonly number[]): Reach {
  const axes = amounts.length / 2;
  if (amounts.every((amount) => amount === 0)) return POINTWISE;
  const ones = Array.from({ length: axes }, () => 1);
  return {
    kind: 'window',
    kernel: ones,
    stride: ones,
    dilation: ones,
    padding: ones.map((_, axis) => amounts[2 * (axes - 1 - axis)] ?? 0),
  };
}

function pad(prefix: string, mode: PaddingMode, rank: Rank) {
  return defineLayer({
    type: `${prefix}Pad${rank}d`,
    signature: { padding: required(repeated(2 * rank)) },
    forward: { input: required(tensor) },
    infer: ({ padding }, { input }) => padWithMode(input, padding, mode),
    outputShape: ({ padding }, { input }) => paddedShape(input, padding, rank),
    reach: ({ padding }) => padReach(padding),
    extraRepr: ({ padding }) => tupleRepr(padding),
  });
}

function constantPad(rank: Rank) {
  return defineLayer({
    type: `ConstantPad${rank}d`,
    signature: { padding: required(repeated(2 * rank)), value: required(float) },
    forward: { input: required(tensor) },
    infer: ({ padding }, { input }) => padWithMode(input, padding, 'constant'),
    outputShape: ({ padding }, { input }) => paddedShape(input, padding, rank),
    reach: ({ padding }) => padReach(padding),
    extraRepr: ({ padding }, written) =>
      `padding=${tupleRepr(padding)}, value=${pythonRepr(written['value'] ?? null)}`,
  });
}

export const PADDINGS = {
  ZeroPad1d: pad('Zero', 'constant', 1),
  ZeroPad2d: pad('Zero', 'constant', 2),
  ZeroPad3d: pad('Zero', 'constant', 3),
  ConstantPad1d: constantPad(1),
  ConstantPad2d: constantPad(2),
  ConstantPad3d: constantPad(3),
  ReflectionPad1d: pad('Reflection', 'reflect', 1),
  ReflectionPad2d: pad('Reflection', 'reflect', 2),
  ReflectionPad3d: pad('Reflection', 'reflect', 3),
  ReplicationPad1d: pad('Replication', 'replicate', 1),
  ReplicationPad2d: pad('Replication', 'replicate', 2),
  ReplicationPad3d: pad('Replication', 'replicate', 3),
  CircularPad1d: pad('Circular', 'circular', 1),
  CircularPad2d: pad('Circular', 'circular', 2),
  CircularPad3d: pad('Circular', 'circular', 3),
};

function isSpatialRank(rank: number): rank is Rank {
  return rank === 1 || rank === 2 || rank === 3;
}

export const PADDING_OPERATIONS = [
  defineOperation({
    name: 'pad',
    homes: ['functional'],
    signature: {
      input: required(tensor),
      pad: required(ints),
      mode: optional(string, 'constant'),
      value: optional(nullable(float), null),
    },
    infer({ input, pad, mode, value }) {
      if (!isPaddingMode(mode)) return raise('NotImplementedError', `Unrecognised padding mode ${mode}`);
      if (pad.length % 2 !== 0) raise('RuntimeError', 'Padding length must be divisible by 2');
      if (mode !== 'constant' && value !== null && value !== 0)
        raise('RuntimeError', `Padding mode "${mode}" doesn't take in value argument`);
      return padWithMode(input, pad, mode);
    },
    outputShape({ input, pad }) {
      const rank = input.shape.length - 2;
      return isSpatialRank(rank) && pad.length / 2 <= rank ? paddedShape(input, pad, rank) : undefined;
    },
    reach({ input, pad }) {
      // Only padding of the spatial dimensions moves places.
      return pad.length / 2 <= input.shape.length - 2 ? padReach(pad) : POINTWISE;
    },
  }),
];
