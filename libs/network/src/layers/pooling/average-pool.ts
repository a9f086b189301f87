import { defineLayer } from '../../layer.js';
import { defineOperation, type OperationDefinition } from '../../operation.js';
import { normalizeDim } from '../../shapes.js';
import { formatShape, type TensorType } from '../../tensor.js';
import { pythonRepr, tupleRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { bool, float, int, intOrTuple, nullable, repeated, tensor } from '../../values/kinds.js';
import { optional, required, type Bound } from '../../values/signature.js';
import type { SpatialRank } from '../convolution/arithmetic.js';
import { poolCosts, pooledShape } from './max-pool.js';
import {
  checkNotEmpty,
  checkPoolOutput,
  checkPoolPadding,
  poolReach,
  poolWindow,
  slidePool,
  type PoolArguments,
  type PoolWindow,
  type Spread,
} from './window.js';

interface AverageArguments {
  readonly kernel_size: Spread;
  readonly stride: Spread | null;
  readonly padding: Spread;
  readonly ceil_mode: boolean;
  readonly divisor_override?: number | null;
}

function windowOf(name: string, rank: SpatialRank, args: AverageArguments): PoolWindow {
  const whole: PoolArguments = { ...args, dilation: 1 };
  return poolWindow(name, rank, whole);
}

/** @throws Raised as `torch.nn.functional.avg_pool1d`, `2d`, `3d` */
export function averagePool(input: TensorType, rank: SpatialRank, args: AverageArguments): TensorType {
  const name = `avg_pool${rank}d`;
  const dims = input.shape.length;
  if (rank === 1) checkDimensions(input, name);
  const window = windowOf(name, rank, args);
  if (rank === 2) normalizeDim(-3, dims);
  if (window.stride.some((size) => size === 0)) raise('RuntimeError', 'stride should not be zero');
  if (args.divisor_override === 0) raise('RuntimeError', 'divisor must be not zero');
  if (rank === 2 && dims > 4)
    raise(
      'RuntimeError',
      `Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:${formatShape(input.shape)}`,
    );
  if (rank > 1 && dims !== rank + 1 && dims !== rank + 2)
    raise('RuntimeError', `non-empty ${rank + 1}D or ${rank + 2}D (batch mode) tensor expected for input`);
  if (window.kernel.some((size) => size <= 0))
    raiseAlike(
      'RuntimeError',
      `kernel size should be greater than zero, but got ${window.kernel.join(' x ')}`,
    );
  if (window.stride.some((size) => size < 0))
    raiseAlike('RuntimeError', `stride should be greater than zero, but got ${window.stride.join(' x ')}`);
  checkNotEmpty(
    input,
    rank,
    `Expected ${rank + 1}D or ${rank + 2}D (batch mode) tensor with optional 0 dim batch size for input, but got:`,
  );
  checkPoolPadding(window);
  const output = slidePool(input, window);
  if (rank === 3) checkKernelFits(input, window);
  checkPoolOutput(input, output, rank);
  if (input.dtype === 'bool')
    raise('RuntimeError', `"avg_pool${rank === 1 ? 2 : rank}d" not implemented for 'Bool'`, {
      ...output,
      dtype: 'float32',
    });
  return output;
}

/** In the words of the checks of pools over one dimension. @throws Raised */
export function checkDimensions({ shape }: TensorType, name: string): void {
  if (shape.length !== 2 && shape.length !== 3)
    raise(
      'RuntimeError',
      `Expected 2 to 3 dimensions, but got ${shape.length}-dimensional tensor for argument #1 'self' ` +
        `(while checking arguments for ${name})`,
    );
}

/** The kernel must fit into the input as it is, without its padding. */
function checkKernelFits({ shape }: TensorType, { kernel }: PoolWindow): void {
  const sizes = shape.slice(-3);
  if (sizes.every((size, axis) => size >= (kernel[axis] ?? 0))) return;
  const [t, h, w] = sizes;
  raise(
    'RuntimeError',
    `input image (T: ${t} H: ${h} W: ${w}) smaller than kernel size (kT: ${kernel[0]} kH: ${kernel[1]} kW: ${kernel[2]})`,
  );
}

function repr(written: Bound): string {
  const shown: Bound = { ...written, stride: written['stride'] ?? written['kernel_size'] ?? null };
  return ['kernel_size', 'stride', 'padding']
    .map((name) => `${name}=${pythonRepr(shown[name] ?? null)}`)
    .join(', ');
}

const tail = { ceil_mode: optional(bool, false), count_include_pad: optional(bool, true) };
const divisor = { divisor_override: optional(nullable(int), null) };

const windowSlots = {
  kernel_size: required(intOrTuple),
  stride: optional(nullable(intOrTuple), null),
  padding: optional(intOrTuple, 0n),
};

function averagePoolLayer(rank: 2 | 3) {
  return defineLayer({
    type: `AvgPool${rank}d`,
    signature: { ...windowSlots, ...tail, ...divisor },
    forward: { input: required(tensor) },
    infer: (config, { input }) => averagePool(input, rank, config),
    outputShape: (config, { input }) => pooledShape(input, windowOf('', rank, config)),
    costs: (config, _, [output]) => poolCosts(output, windowOf('', rank, config).kernel),
    reach: (config) => poolReach(windowOf('', rank, config)),
    extraRepr: (_, written) => repr(written),
  });
}

const AvgPool1d = defineLayer({
  type: 'AvgPool1d',
  signature: {
    kernel_size: required(repeated(1)),
    stride: optional(nullable(repeated(1)), null),
    padding: optional(repeated(1), 0n),
    ...tail,
  },
  forward: { input: required(tensor) },
  infer: (config, { input }) => averagePool(input, 1, config),
  outputShape: (config, { input }) => pooledShape(input, windowOf('', 1, config)),
  costs: (config, _, [output]) => poolCosts(output, config.kernel_size),
  reach: (config) => poolReach(windowOf('', 1, config)),
  extraRepr({ kernel_size, stride, padding }) {
    return `kernel_size=${tupleRepr(kernel_size)}, stride=${tupleRepr(stride ?? kernel_size)}, padding=${tupleRepr(padding)}`;
  },
  attributes: ({ kernel_size, stride }) => ({ stride: (stride ?? kernel_size).map(BigInt) }),
});

function averagePoolOperation(rank: SpatialRank): OperationDefinition {
  return defineOperation({
    name: `avg_pool${rank}d`,
    homes: ['functional'],
    signature: { input: required(tensor), ...windowSlots, ...tail, ...(rank > 1 && divisor) },
    infer: ({ input, ...args }) => averagePool(input, rank, args),
    costs: (args, [output]) => poolCosts(output, windowOf('', rank, args).kernel),
    reach: (args) => poolReach(windowOf('', rank, args)),
    outputShape: ({ input, ...args }) => pooledShape(input, windowOf('', rank, args)),
  });
}

/** A pool of powers: the average pool of `x^p`, scaled and rooted. */
function powerPool(
  input: TensorType,
  rank: SpatialRank,
  args: Omit<AverageArguments, 'padding'>,
): TensorType {
  const output = averagePool(input, rank, { ...args, padding: 0 });
  // PyTorch multiplies by the kernel's size, and over one dimension can't by a tuple.
  if (rank === 1 && typeof args.kernel_size !== 'number')
    raise('TypeError', "mul(): argument 'other' (position 1) must be Tensor, not tuple", output);
  return output;
}

const powerSlots = {
  norm_type: required(float),
  kernel_size: required(intOrTuple),
  stride: optional(nullable(intOrTuple), null),
  ceil_mode: optional(bool, false),
};

function powerPoolLayer(rank: SpatialRank) {
  return defineLayer({
    type: `LPPool${rank}d`,
    initializer: '_LPPoolNd',
    signature: powerSlots,
    forward: { input: required(tensor) },
    infer: (config, { input }) => powerPool(input, rank, config),
    outputShape: (config, { input }) => pooledShape(input, windowOf('', rank, { ...config, padding: 0 })),
    costs: (config, _, [output]) => poolCosts(output, windowOf('', rank, { ...config, padding: 0 }).kernel),
    reach: (config) => poolReach(windowOf('', rank, { ...config, padding: 0 })),
  });
}

function powerPoolOperation(rank: SpatialRank): OperationDefinition {
  return defineOperation({
    name: `lp_pool${rank}d`,
    homes: ['functional'],
    signature: { input: required(tensor), ...powerSlots },
    infer: ({ input, ...args }) => powerPool(input, rank, args),
    costs: (args, [output]) => poolCosts(output, windowOf('', rank, { ...args, padding: 0 }).kernel),
    reach: (args) => poolReach(windowOf('', rank, { ...args, padding: 0 })),
  });
}

export const AVERAGE_POOLS = {
  AvgPool1d,
  AvgPool2d: averagePoolLayer(2),
  AvgPool3d: averagePoolLayer(3),
  LPPool1d: powerPoolLayer(1),
  LPPool2d: powerPoolLayer(2),
  LPPool3d: powerPoolLayer(3),
};

export const AVERAGE_POOL_OPERATIONS = [
  averagePoolOperation(1),
  averagePoolOperation(2),
  averagePoolOperation(3),
  powerPoolOperation(1),
  powerPoolOperation(2),
  powerPoolOperation(3),
];
