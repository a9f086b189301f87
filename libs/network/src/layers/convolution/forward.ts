import type { Cost } from '../../costs.js';
import { product, quantity, type Formula } from '../../formula/formula.js';
import type { Reach } from '../../reach.js';
import { formatShape, tensorType, type DType, type TensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';
import {
  channelsPerGroup,
  slidingFormula,
  slidingSize,
  spatialRoles,
  type Sides,
  type Sliding,
  type SpatialRank,
} from './arithmetic.js';
import { along, checkLength, checkRank, checkTypes } from './checks.js';

/** What a convolution does, whether it stands in a layer or in a functional call. */
export interface Convolution {
  readonly rank: SpatialRank;
  /** `[out_channels, in_channels / groups, ...kernel]`. */
  readonly weight: readonly number[];
  readonly weightType: DType;
  readonly bias: boolean;
  readonly stride: readonly number[];
  readonly padding: readonly number[] | 'same' | 'valid';
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** A convolution's output type. @throws Raised as PyTorch's `convolution`, in the order of its checks. */
export function convolve(input: TensorType, convolution: Convolution): TensorType {
  const { rank, weight, groups, bias, weightType } = convolution;
  checkRank(input, `conv${rank}d`, rank);
  checkNumbers(convolution);
  const [outChannels = 0, perGroup = 0] = weight;
  const batch = input.shape.slice(0, -rank - 1);
  const channels = input.shape.at(-rank - 1) ?? 0;
  const windows = slidings(input, convolution);
  const output = tensorType([...batch, outChannels, ...windows.map(slidingSize)], weightType);
  const assume = output.shape.every((size) => size >= 0) ? output : undefined;
  checkTypes(input.dtype, weightType, bias, assume);
  if (channels !== perGroup * groups) {
    // PyTorch has put a batch of 1 in front of an unbatched input by the time it complains.
    const own = batch.length === 0 ? [1, ...input.shape] : input.shape;
    // Of a padding that is uneven, the longer side has been added too.
    const uneven = windows.map(({ before, after }) => after - before);
    const shown = own.map((size, axis) => size + (uneven[axis - (own.length - rank)] ?? 0));
    raise(
      'RuntimeError',
      `Given groups=${groups}, weight of size ${formatShape(weight)}, expected input${formatShape(shown)} to have ` +
        `${perGroup * groups} channels, but got ${channels} channels instead`,
      assume,
    );
  }
  checkKernelFits(windows);
  return output;
}

/** The window along each spatial dimension of an input. */
export function slidings(input: TensorType, convolution: Convolution): readonly Sliding[] {
  const { rank, weight, stride, dilation } = convolution;
  return input.shape.slice(-rank).map((size, axis) => ({
    size,
    kernel: weight[axis + 2] ?? 1,
    stride: along(stride, axis),
    dilation: along(dilation, axis),
    ...sidesOf(convolution, axis),
  }));
}

function sidesOf({ padding, weight, dilation }: Convolution, axis: number): Sides {
  if (padding === 'valid') return { before: 0, after: 0 };
  if (padding === 'same') {
    const total = along(dilation, axis) * ((weight[axis + 2] ?? 1) - 1);
    const before = Math.floor(total / 2);
    return { before, after: total - before };
  }
  const both = along(padding, axis);
  return { before: both, after: both };
}

function checkNumbers({ weight, stride, padding, dilation }: Convolution): void {
  const kernel = weight.slice(2);
  checkLength('stride', stride, kernel.length);
  if (typeof padding !== 'string') checkLength('padding', padding, kernel.length);
  checkLength('dilation', dilation, kernel.length);
  if (typeof padding !== 'string' && padding.some((size) => size < 0))
    raise('RuntimeError', 'negative padding is not supported');
  if (stride.some((size) => size <= 0)) raise('RuntimeError', 'non-positive stride is not supported');
  if (padding === 'same' && stride.some((size) => size !== 1))
    raise('RuntimeError', "padding='same' is not supported for strided convolutions");
  if (dilation.some((size) => size <= 0))
    raise('RuntimeError', `dilation should be greater than zero, but got ${formatShape(dilation)}`);
  if (kernel.some((size) => size <= 0))
    raise('RuntimeError', `kernel size should be greater than zero, but got ${namedSizes(kernel)}`);
}

function namedSizes(kernel: readonly number[]): string {
  const names = kernel.length === 2 ? ['kernel_height: ', 'kernel_width: '] : kernel.map(() => '');
  return kernel.map((size, axis) => `${names[axis]}${size}`).join(' ');
}

function checkKernelFits(windows: readonly Sliding[]): void {
  const padded = windows.map(({ size, before, after }) => size + before + after);
  const spans = windows.map(({ kernel, dilation }) => dilation * (kernel - 1) + 1);
  if (padded.every((size, axis) => size >= (spans[axis] ?? 0))) return;
  raise(
    'RuntimeError',
    `Calculated padded input size per channel: (${padded.join(' x ')}). Kernel size: (${spans.join(' x ')}). ` +
      "Kernel size can't be greater than actual input size",
  );
}

/** Each output element takes `in_channels/groups · kernel` multiply-accumulates, and one addition of the bias. */
export function convolutionCosts(output: TensorType, convolution: Convolution): readonly Cost[] {
  const { rank, weight, groups, bias } = convolution;
  const [outChannels = 0, perGroup = 0, ...kernel] = weight;
  const elements: readonly Formula[] = [
    ...batchOf(output, rank),
    quantity('out_channels', outChannels),
    ...output.shape.slice(-rank).map((size, axis) => quantity(spatialRoles(rank, axis).output, size)),
  ];
  const window = [
    channelsPerGroup(perGroup * groups, groups),
    ...kernel.map((size, axis) => quantity(spatialRoles(rank, axis).kernel, size)),
  ];
  const products: Cost = { kind: 'multiply-accumulate', count: product(...elements, ...window) };
  return bias ? [products, { kind: 'bias', count: product(...elements) }] : [products];
}

/** The output's shape by formula. */
export function convolutionShape(input: TensorType, convolution: Convolution): readonly Formula[] {
  return [
    ...batchOf(input, convolution.rank),
    quantity('out_channels', convolution.weight[0] ?? 0),
    ...slidings(input, convolution).map((window, axis) => slidingFormula(convolution.rank, axis, window)),
  ];
}

/** The batch as a quantity, none of an unbatched input. */
export function batchOf(type: TensorType, rank: SpatialRank): readonly Formula[] {
  return type.shape.slice(0, -rank - 1).map((size) => quantity('batch_size', size));
}

export function convolutionReach(input: TensorType, convolution: Convolution): Reach {
  const windows = slidings(input, convolution);
  return {
    kind: 'window',
    kernel: windows.map((window) => window.kernel),
    stride: windows.map((window) => window.stride),
    dilation: windows.map((window) => window.dilation),
    padding: windows.map((window) => window.before),
  };
}
