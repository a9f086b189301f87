import { eachElement, type Cost } from '../../costs.js';
import { product, quantity } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { defineOperation, type OperationDefinition } from '../../operation.js';
import { DTYPES, formatShape, tensorType, type TensorType } from '../../tensor.js';
import { pythonRepr } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { bool, intOrTuple, nullable, tensor } from '../../values/kinds.js';
import type { Result } from '../../values/result.js';
import { optional, required, type Bound } from '../../values/signature.js';
import type { SpatialRank } from '../convolution/arithmetic.js';
import {
  checkNotEmpty,
  checkPoolOutput,
  checkPoolPadding,
  pooledFormula,
  poolReach,
  poolWindow,
  slidePool,
  type PoolArguments,
  type PoolWindow,
} from './window.js';

/** @throws Raised as `torch.max_pool1d`, `2d`, `3d` */
export function maxPool(
  input: TensorType,
  rank: SpatialRank,
  args: PoolArguments,
  indices = false,
): TensorType {
  const name = `max_pool${rank}d`;
  if (rank === 1) checkRank1(input);
  const window = poolWindow(name, rank, args);
  if (rank === 1) checkNumbers1(window, indices);
  else checkNumbers(input, window);
  const output = slidePool(input, window);
  const [places = 0] = output.shape.slice(-rank);
  if (rank === 1 && places < 0) raise('RuntimeError', `max_pool1d() Invalid computed output size: ${places}`);
  if (rank > 1) {
    checkPoolOutput(input, output, rank);
    if (input.dtype === 'bool' || (input.dtype === 'int64' && rank === 2))
      raise('RuntimeError', `"${name}" not implemented for '${DTYPES[input.dtype].scalarName}'`, {
        ...output,
        dtype: 'float32',
      });
  }
  return output;
}

function checkRank1({ shape }: TensorType): void {
  if (shape.length !== 2 && shape.length !== 3)
    raise(
      'RuntimeError',
      `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:${formatShape(shape)}`,
    );
}

function checkNumbers1(window: PoolWindow, indices: boolean): void {
  const {
    kernel: [kernel = 1],
    stride: [stride = 1],
    padding: [pad = 0],
    dilation: [dilation = 1],
  } = window;
  // With indices it is worked as a pool over two dimensions, which has other words.
  if (indices) checkPoolPadding(window);
  const positive = [
    ['kernel_size', kernel],
    ['stride', stride],
  ] as const;
  for (const [name, value] of positive)
    if (value <= 0) raise('RuntimeError', `max_pool1d() ${name} must be greater than zero, but got ${value}`);
  if (pad < 0) raise('RuntimeError', `max_pool1d() padding must be non-negative, but got ${pad}`);
  if (pad > kernel / 2)
    raise(
      'RuntimeError',
      `max_pool1d() padding should be at most half of kernel size, but got padding=${pad} and kernel_size=${kernel}`,
    );
  if (dilation <= 0)
    raise('RuntimeError', `max_pool1d() dilation must be greater than zero, but got ${dilation}`);
}

const AXES = ['T', 'H', 'W'];

/** Pools over two and three dimensions share their checks and their order. */
function checkNumbers(input: TensorType, window: PoolWindow): void {
  const { rank, kernel, stride, dilation } = window;
  const letters = AXES.slice(-rank);
  const named = (prefix: string, values: readonly number[]): string =>
    values.map((value, axis) => `${prefix}${letters[axis]}: ${value}`).join(' ');
  const { shape } = input;
  if (stride.some((size) => size === 0)) raise('RuntimeError', 'stride should not be zero');
  if (shape.length !== rank + 1 && shape.length !== rank + 2)
    raise('RuntimeError', `non-empty ${rank + 1}D or ${rank + 2}D (batch mode) tensor expected for input`);
  if (kernel.some((size) => size <= 0))
    raise('RuntimeError', `kernel size should be greater than zero, but got ${named('k', kernel)}`);
  if (stride.some((size) => size < 0))
    raise('RuntimeError', `stride should be greater than zero, but got ${named('d', stride)}`);
  if (dilation.some((size) => size <= 0))
    raise('RuntimeError', `dilation should be greater than zero, but got ${named('dilation', dilation)}`);
  checkNotEmpty(
    input,
    rank,
    `Expected ${rank + 1}D or ${rank + 2}D (batch mode) tensor with optional 0 dim batch size for input, but got:`,
  );
  checkPoolPadding(window);
}

/** One comparison to each element of the window. */
export function poolCosts(output: TensorType | undefined, kernel: readonly number[]): readonly Cost[] {
  return eachElement('pooling', output).map(({ kind, count }) => ({
    kind,
    count: product(count, ...kernel.map((size) => quantity('kernel_length', size))),
  }));
}

export function withIndices(output: TensorType, indices: boolean): Result {
  return indices ? [output, tensorType(output.shape, 'int64')] : output;
}

const slots = {
  kernel_size: required(intOrTuple),
  stride: optional(nullable(intOrTuple), null),
  padding: optional(intOrTuple, 0n),
  dilation: optional(intOrTuple, 1n),
};

function repr(written: Bound): string {
  const stride = written['stride'] ?? written['kernel_size'] ?? null;
  const shown = { ...written, stride };
  return ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode']
    .map((name) => `${name}=${pythonRepr(shown[name as keyof typeof shown] ?? null)}`)
    .join(', ');
}

function maxPoolLayer(rank: SpatialRank) {
  return defineLayer({
    type: `MaxPool${rank}d`,
    initializer: '_MaxPoolNd',
    signature: { ...slots, return_indices: optional(bool, false), ceil_mode: optional(bool, false) },
    forward: { input: required(tensor) },
    infer: (config, { input }) =>
      withIndices(maxPool(input, rank, config, config.return_indices), config.return_indices),
    outputShape(config, { input }) {
      const window = poolWindow('', rank, config);
      return pooledShape(input, window);
    },
    costs: (config, _, [output]) => poolCosts(output, poolWindow('', rank, config).kernel),
    reach: (config) => poolReach(poolWindow('', rank, config)),
    extraRepr: (_, written) => repr(written),
  });
}

/** The shape of what a pool gives, by formula. */
export function pooledShape(input: TensorType, window: PoolWindow) {
  const { rank } = window;
  const lead = input.shape.slice(0, -rank);
  return [
    ...lead.map((size, axis) => quantity(axis === lead.length - 1 ? 'channels' : 'batch_size', size)),
    ...input.shape.slice(-rank).map((size, axis) => pooledFormula(size, window, axis)),
  ];
}

function maxPoolOperation(rank: SpatialRank): OperationDefinition {
  return defineOperation({
    name: `max_pool${rank}d`,
    homes: ['torch', 'functional'],
    signature: {
      input: required(tensor),
      ...slots,
      ceil_mode: optional(bool, false),
      return_indices: optional(bool, false),
    },
    infer: ({ input, ...args }) =>
      withIndices(maxPool(input, rank, args, args.return_indices), args.return_indices),
    costs: (args, [output]) => poolCosts(output, poolWindow('', rank, args).kernel),
    reach: (args) => poolReach(poolWindow('', rank, args)),
    outputShape: ({ input, ...args }) => pooledShape(input, poolWindow('', rank, args)),
  });
}

export const MAX_POOLS = {
  MaxPool1d: maxPoolLayer(1),
  MaxPool2d: maxPoolLayer(2),
  MaxPool3d: maxPoolLayer(3),
};
export const MAX_POOL_OPERATIONS = [maxPoolOperation(1), maxPoolOperation(2), maxPoolOperation(3)];
