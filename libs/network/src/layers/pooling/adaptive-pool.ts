import { eachElement } from '../../costs.js';
import { quantity, type Formula } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { defineOperation, type OperationDefinition } from '../../operation.js';
import { EVERYTHING, POINTWISE, type Reach } from '../../reach.js';
import { DTYPES, formatShape, isIntegral, tensorType, type TensorType } from '../../tensor.js';
import { isSequence, pythonRepr, type Argument } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { bool, int, nullable, tensor, type Kind } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { spatialRoles, type SpatialRank } from '../convolution/arithmetic.js';
import { checkDimensions } from './average-pool.js';
import { withIndices } from './max-pool.js';

/** A size, or several of which None keeps the input's. */
type OutputSize = number | readonly (number | null)[];

/** The constructor takes None, which the forward then refuses. */
const outputSize: Kind<OutputSize | null> = {
  expects: 'int or tuple of ints and None',
  read(value: Argument, name) {
    if (isSequence(value)) return value.map((item) => nullable(int).read(item, name));
    return value === null ? null : int.read(value, name);
  },
};

type Pool = 'avg' | 'max';

/** @throws Raised as `torch.nn.functional.adaptive_avg_pool2d` and its kin */
function adaptivePool(input: TensorType, pool: Pool, rank: SpatialRank, size: OutputSize | null): TensorType {
  const name = `adaptive_${pool}_pool${rank}d`;
  const { shape } = input;
  checkDefaults(input, name, rank, size);
  // One value of each map is a mean, which PyTorch takes of whatever has two dimensions.
  const isMean =
    pool === 'avg' && rank === 2 && shape.length >= 2 && eachSize(size, rank).every((each) => each === 1);
  if (pool === 'avg' && rank === 2) checkSizes(name, size);
  if (rank === 1) checkDimensions(input, name);
  else if (!isMean && shape.length !== rank + 1 && shape.length !== rank + 2)
    raise(
      'RuntimeError',
      `${name}(): Expected ${rank + 1}D or ${rank + 2}D tensor, but got${pool === 'max' ? ':' : ''} ${formatShape(shape)}`,
    );
  const sizes = sizesOf(input, name, pool, rank, size);
  const negative = sizes.some((each) => each < 0);
  if (negative && pool === 'avg')
    raise(
      'RuntimeError',
      `${name}: elements of output_size must be greater than or equal to 0 but received {${sizes.join(', ')}}`,
    );
  if (negative)
    raiseAlike(
      'RuntimeError',
      `${name}: elements of output_size must not be negative, but are ${sizes.join(', ')}`,
    );
  const output = tensorType([...shape.slice(0, -rank), ...sizes], input.dtype);
  // Nothing is worked out where nothing is asked for.
  if (isIntegral(input.dtype) && !sizes.includes(0))
    raiseAlike('RuntimeError', `"${name}" not implemented for '${DTYPES[input.dtype].scalarName}'`, {
      ...output,
      dtype: 'float32',
    });
  checkEmpty(input, output, name, pool, rank);
  return output;
}

/** How many sizes there are, and that none is negative. @throws Raised */
function checkSizes(name: string, size: OutputSize | null): void {
  const sizes = typeof size === 'number' ? [size, size] : (size ?? []);
  if (size !== null && sizes.length !== 2) raise('RuntimeError', `${name}: output_size must be 2`);
  if (sizes.some((each) => each !== null && each < 0))
    raise(
      'RuntimeError',
      `${name}: elements of output_size must be greater than or equal to 0 but received {${sizes.join(', ')}}`,
    );
}

/** Several sizes are filled in from the input's before anything else is looked at. */
function checkDefaults(
  { shape }: TensorType,
  name: string,
  rank: SpatialRank,
  size: OutputSize | null,
): void {
  if (size === null || typeof size === 'number') return;
  if (rank === 1 && size.includes(null))
    raiseAlike('TypeError', `${name}(): argument 'output_size' (position 2) must be tuple of ints`);
  if (rank > 1 && shape.length <= size.length)
    raise('ValueError', `Input dimension should be at least ${size.length + 1}`);
}

function sizesOf(
  { shape }: TensorType,
  name: string,
  pool: Pool,
  rank: SpatialRank,
  size: OutputSize | null,
): readonly number[] {
  if (size === null) return raise('TypeError', "object of type 'NoneType' has no len()");
  if (typeof size === 'number') return Array.from({ length: rank }, () => size);
  if (size.length !== rank) {
    if (pool === 'max' && rank > 1)
      raise('RuntimeError', `${name}(): internal error: output_size.size() must be ${rank}`);
    if (rank === 1)
      raise('RuntimeError', `${name}() argument 'output_size' should contain one int (got ${size.length})`);
    raise('RuntimeError', `${name}: output_size must be ${rank}`);
  }
  return size.map((each, axis) => each ?? shape[shape.length - rank + axis] ?? 0);
}

function eachSize(size: OutputSize | null, rank: SpatialRank): readonly (number | null)[] {
  return typeof size === 'number' || size === null ? Array.from({ length: rank }, () => size) : size;
}

function checkEmpty(
  input: TensorType,
  output: TensorType,
  name: string,
  pool: Pool,
  rank: SpatialRank,
): void {
  if (pool === 'avg' && rank === 2) return;
  const { shape } = input;
  const first = pool === 'max' && shape.length === rank + 2 ? 1 : shape.length - rank;
  const at = shape.findIndex((size, axis) => size === 0 && axis >= first);
  if (at < 0 || (output.shape.at(-1) ?? 0) === 0) return;
  raise(
    'RuntimeError',
    `${name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ` +
      `${formatShape(shape)} with dimension ${at} being empty`,
    output,
  );
}

function reachOf(input: TensorType, rank: SpatialRank, size: OutputSize | null): Reach {
  const sizes = eachSize(size, rank);
  const before = input.shape.slice(-rank);
  if (sizes.every((each, axis) => each === null || each === before[axis])) return POINTWISE;
  // With whole windows it is a plain pool; otherwise windows overlap unevenly and the widest is taken.
  const windows = sizes.map((each, axis) => window(before[axis] ?? 1, each ?? before[axis] ?? 1));
  if (sizes.every((each) => each === 1)) return EVERYTHING;
  return {
    kind: 'window',
    kernel: windows.map(({ kernel }) => kernel),
    stride: windows.map(({ stride }) => stride),
    dilation: windows.map(() => 1),
    padding: windows.map(() => 0),
  };
}

function window(input: number, output: number): { kernel: number; stride: number } {
  const stride = input / Math.max(output, 1);
  return { kernel: Number.isInteger(stride) ? stride : Math.floor(stride) + 2, stride };
}

function outputShape(input: TensorType, rank: SpatialRank, size: OutputSize | null): readonly Formula[] {
  const lead = input.shape.slice(0, -rank);
  const sizes = eachSize(size, rank);
  return [
    ...lead.map((each, axis) => quantity(axis === lead.length - 1 ? 'channels' : 'batch_size', each)),
    ...input.shape.slice(-rank).map((each, axis) => {
      const roles = spatialRoles(rank, axis);
      const wanted = sizes[axis];
      return wanted === null || wanted === undefined
        ? quantity(roles.input, each)
        : quantity(roles.output, wanted);
    }),
  ];
}

function adaptivePoolLayer(pool: Pool, rank: SpatialRank) {
  return defineLayer({
    type: `Adaptive${pool === 'avg' ? 'Avg' : 'Max'}Pool${rank}d`,
    initializer: pool === 'avg' ? '_AdaptiveAvgPoolNd' : '_AdaptiveMaxPoolNd',
    signature: pool === 'avg' ? averageSlots : maximumSlots,
    forward: { input: required(tensor) },
    infer: (config, { input }) =>
      withIndices(adaptivePool(input, pool, rank, config.output_size), returnsIndices(config)),
    outputShape: ({ output_size }, { input }) => outputShape(input, rank, output_size),
    costs: (_, { input }) => eachElement('pooling', input),
    reach: ({ output_size }, { input }) => reachOf(input, rank, output_size),
    extraRepr: (_, written) => `output_size=${pythonRepr(written['output_size'] ?? null)}`,
  });
}

const averageSlots = { output_size: required(outputSize) };
const maximumSlots = { ...averageSlots, return_indices: optional(bool, false) };

function returnsIndices(config: {
  readonly output_size: unknown;
  readonly return_indices?: boolean;
}): boolean {
  return config.return_indices ?? false;
}

function adaptivePoolOperation(pool: Pool, rank: SpatialRank): OperationDefinition {
  return defineOperation({
    name: `adaptive_${pool}_pool${rank}d`,
    homes: rank === 1 ? ['torch', 'functional'] : ['functional'],
    signature: { input: required(tensor), ...(pool === 'avg' ? averageSlots : maximumSlots) },
    infer: ({ input, ...config }) =>
      withIndices(adaptivePool(input, pool, rank, config.output_size), returnsIndices(config)),
    outputShape: ({ input, output_size }) => outputShape(input, rank, output_size),
    costs: ({ input }) => eachElement('pooling', input),
    reach: ({ input, output_size }) => reachOf(input, rank, output_size),
  });
}

export const ADAPTIVE_POOLS = {
  AdaptiveAvgPool1d: adaptivePoolLayer('avg', 1),
  AdaptiveAvgPool2d: adaptivePoolLayer('avg', 2),
  AdaptiveAvgPool3d: adaptivePoolLayer('avg', 3),
  AdaptiveMaxPool1d: adaptivePoolLayer('max', 1),
  AdaptiveMaxPool2d: adaptivePoolLayer('max', 2),
  AdaptiveMaxPool3d: adaptivePoolLayer('max', 3),
};

export const ADAPTIVE_POOL_OPERATIONS = ([1, 2, 3] as const).flatMap((rank) => [
  adaptivePoolOperation('avg', rank),
  adaptivePoolOperation('max', rank),
]);
