import { difference, literal, product, quantity, sum, type Formula } from '../../formula/formula.js';
import { defineLayer, parameter, type LayerDefinition, type ParameterSpec } from '../../layer.js';
import type { Cost } from '../../costs.js';
import type { Reach } from '../../reach.js';
import { formatShape, formatSize, tensorType, type DType, type TensorType } from '../../tensor.js';
import { givenRepr, tupleRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import {
  bool,
  device,
  dtype,
  int,
  ints,
  nullable,
  repeated,
  sliced,
  string,
  tensor,
} from '../../values/kinds.js';
import { optional, required, type ConfigOf } from '../../values/signature.js';
import { channelsPerGroup, spatialRoles, type SpatialRank } from './arithmetic.js';
import { along, checkLength, checkRank, checkSizes, checkTypes, validateConvolution } from './checks.js';
import { channelsOf } from './convolution.js';
import { batchOf } from './forward.js';

/** What a transposed convolution does, in a layer or a functional call. */
export interface TransposedConvolution {
  readonly rank: SpatialRank;
  /** `[in_channels, out_channels / groups, ...kernel]`. */
  readonly weight: readonly number[];
  readonly weightType: DType;
  readonly bias: boolean;
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly outputPadding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** `(size − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1`. */
function transposedSize(size: number, axis: number, convolution: TransposedConvolution): number {
  const { weight, stride, padding, outputPadding, dilation } = convolution;
  return (
    (size - 1) * along(stride, axis) -
    2 * along(padding, axis) +
    along(dilation, axis) * ((weight[axis + 2] ?? 1) - 1) +
    along(outputPadding, axis) +
    1
  );
}

/** A transposed convolution's output type. @throws Raised as PyTorch's `conv_transpose`, in the order of its checks */
export function convolveTransposed(input: TensorType, convolution: TransposedConvolution): TensorType {
  const { rank, weight, weightType, groups, bias } = convolution;
  checkRank(input, `conv_transpose${rank}d`, rank);
  checkNumbers(convolution);
  const [inChannels = 0, perGroup = 0] = weight;
  const lead = input.shape.slice(0, -rank - 1);
  const spatial = input.shape.slice(-rank);
  const sizes = spatial.map((size, axis) => transposedSize(size, axis, convolution));
  const output = tensorType([...lead, perGroup * groups, ...sizes], weightType);
  const assume = sizes.every((size) => size > 0) ? output : undefined;
  checkTypes(input.dtype, weightType, bias, assume, raiseAlike);
  const shown = lead.length === 0 ? [1, ...input.shape] : input.shape;
  const channels = input.shape.at(-rank - 1) ?? 0;
  if (channels !== inChannels)
    raise(
      'RuntimeError',
      `Given transposed=1, weight of size ${formatShape(weight)}, expected input${formatShape(shown)} to have ` +
        `${inChannels} channels, but got ${channels} channels instead`,
      assume,
    );
  if (spatial.includes(0))
    raise(
      'RuntimeError',
      `Only zero batch or zero channel inputs are supported, but got input shape: ${formatShape(shown)}`,
    );
  checkOutputPadding(convolution);
  if (sizes.some((size) => size < 1))
    raise(
      'RuntimeError',
      `Given input size per channel: (${flat(rank, spatial)}). Calculated output size per channel: ` +
        `(${flat(rank, sizes)}). Output size is too small`,
    );
  return output;
}

/** One dimension is worked as two, the first of size 1. */
function flat(rank: SpatialRank, sizes: readonly number[]): string {
  return (rank === 1 ? [1, ...sizes] : sizes).join(' x ');
}

function checkNumbers({ weight, stride, padding, outputPadding, dilation }: TransposedConvolution): void {
  const dims = weight.length - 2;
  checkLength('stride', stride, dims);
  checkLength('padding', padding, dims);
  checkLength('dilation', dilation, dims);
  checkLength('output_padding', outputPadding, dims);
  if (padding.some((size) => size < 0)) raise('RuntimeError', 'negative padding is not supported');
  if (outputPadding.some((size) => size < 0))
    raise('RuntimeError', 'negative output_padding is not supported');
  if (stride.some((size) => size <= 0)) raise('RuntimeError', 'non-positive stride is not supported');
  if (dilation.some((size) => size <= 0))
    raise('RuntimeError', `dilation should be greater than zero, but got ${formatShape(dilation)}`);
}

const AXES = { 1: ['height', 'width'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] } as const;

function checkOutputPadding({ rank, stride, outputPadding, dilation }: TransposedConvolution): void {
  const each = Array.from({ length: rank }, (_, axis) => ({
    stride: along(stride, axis),
    padding: along(outputPadding, axis),
    dilation: along(dilation, axis),
  }));
  if (each.every(({ padding, stride, dilation }) => padding < stride || padding < dilation)) return;
  const axes = rank === 1 ? [{ stride: 1, padding: 0, dilation: 1 }, ...each] : each;
  const named = (name: string, at: 'stride' | 'padding' | 'dilation'): string =>
    axes.map((axis, index) => `${name}_${AXES[rank][index]}: ${axis[at]}`).join(' ');
  raise(
    'RuntimeError',
    `output padding must be smaller than either stride or dilation, but got ` +
      `${named('output_padding', 'padding')} ${named('stride', 'stride')} ${named('dilation', 'dilation')}`,
  );
}

/** Each input element takes `out_channels/groups · kernel` multiply-accumulates. */
export function transposedCosts(
  input: TensorType,
  output: TensorType | undefined,
  convolution: TransposedConvolution,
): readonly Cost[] {
  const { rank, weight, groups, bias } = convolution;
  const [inChannels = 0, perGroup = 0, ...kernel] = weight;
  const products: Cost = {
    kind: 'multiply-accumulate',
    count: product(
      ...batchOf(input, rank),
      quantity('in_channels', inChannels),
      ...input.shape.slice(-rank).map((size, axis) => quantity(spatialRoles(rank, axis).input, size)),
      channelsPerGroup(perGroup * groups, groups, 'out_channels'),
      ...kernel.map((size, axis) => quantity(spatialRoles(rank, axis).kernel, size)),
    ),
  };
  if (!bias || !output) return [products];
  return [
    products,
    { kind: 'bias', count: product(...output.shape.map((size) => quantity('elements', size))) },
  ];
}

export function transposedReach({ rank, weight, stride, padding, dilation }: TransposedConvolution): Reach {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return {
    kind: 'transposed-window',
    kernel: axes.map((axis) => weight[axis + 2] ?? 1),
    stride: axes.map((axis) => along(stride, axis)),
    dilation: axes.map((axis) => along(dilation, axis)),
    padding: axes.map((axis) => along(padding, axis)),
  };
}

function shapeFormula(input: TensorType, convolution: TransposedConvolution): readonly Formula[] {
  const { rank, weight, groups, stride, padding, outputPadding, dilation } = convolution;
  const sizes = input.shape.slice(-rank).map((size, axis) => {
    const roles = spatialRoles(rank, axis);
    const steps = product(
      difference(quantity(roles.input, size), literal(1)),
      quantity('stride', along(stride, axis)),
    );
    const kernel = quantity(roles.kernel, weight[axis + 2] ?? 1);
    const pad = along(padding, axis);
    const gap = along(dilation, axis);
    const extra = along(outputPadding, axis);
    const cropped = pad === 0 ? steps : difference(steps, product(literal(2), quantity('padding', pad)));
    const span =
      gap === 1 ? [kernel] : [product(quantity('dilation', gap), difference(kernel, literal(1))), literal(1)];
    return sum(cropped, ...span, ...(extra === 0 ? [] : [quantity('output_padding', extra)]));
  });
  return [...batchOf(input, rank), quantity('out_channels', (weight[1] ?? 0) * groups), ...sizes];
}

function afterChannels(rank: SpatialRank) {
  return {
    out_channels: required(int),
    kernel_size: required(repeated(rank)),
    stride: optional(repeated(rank), 1n),
    padding: optional(repeated(rank), 0n),
    output_padding: optional(repeated(rank), 0n),
    groups: optional(int, 1n),
    bias: optional(bool, true),
    dilation: optional(repeated(rank), 1n),
    padding_mode: optional(string, 'zeros'),
    device: optional(device, null),
    dtype: optional(dtype, null),
  };
}

function signature(rank: SpatialRank) {
  return { in_channels: required(int), ...afterChannels(rank) };
}

type Config = ConfigOf<ReturnType<typeof signature>>;

function weightOf({ in_channels, out_channels, kernel_size, groups }: Config): readonly number[] {
  return [in_channels, Math.floor(out_channels / groups), ...kernel_size];
}

function convolutionOf(rank: SpatialRank, config: Config): TransposedConvolution {
  const { stride, padding, output_padding, dilation, groups, bias, dtype } = config;
  return {
    rank,
    weight: weightOf(config),
    weightType: dtype ?? 'float32',
    bias,
    stride,
    padding,
    outputPadding: output_padding,
    dilation,
    groups,
  };
}

function checkMode(rank: SpatialRank, mode: string): void {
  if (mode !== 'zeros')
    raise('ValueError', `Only "zeros" padding mode is supported for ConvTranspose${rank}d`);
}

/** The padding that gives an asked size, where there is one. @throws Raised as `_output_padding` */
function outputPaddingFor(
  input: TensorType,
  convolution: TransposedConvolution,
  asked: readonly number[] | null,
): TransposedConvolution {
  if (asked === null) return convolution;
  const { rank } = convolution;
  const dims = input.shape.length;
  const sizes = asked.length === dims ? sliced(asked, dims - rank) : asked;
  if (sizes.length !== rank)
    raise(
      'ValueError',
      `ConvTranspose${rank}D: for ${dims}D input, output_size must have ${rank} or ${dims} elements (got ${asked.length})`,
    );
  const spatial = input.shape.slice(-rank);
  const plain = { ...convolution, outputPadding: [0] };
  const least = spatial.map((size, axis) => transposedSize(size, axis, plain));
  const most = least.map((size, axis) => size + along(convolution.stride, axis) - 1);
  if (sizes.some((size, axis) => size < (least[axis] ?? 0) || size > (most[axis] ?? 0)))
    raise(
      'ValueError',
      `requested an output size of ${givenRepr(sizes)}, but valid sizes range from ${formatShape(least)} to ` +
        `${formatShape(most)} (for an input of ${formatSize(input.shape.slice(2))})`,
    );
  return { ...convolution, outputPadding: sizes.map((size, axis) => size - (least[axis] ?? 0)) };
}

function weightDims(
  rank: SpatialRank,
  { in_channels, out_channels, kernel_size, groups }: Config,
): readonly Formula[] {
  return [
    quantity('in_channels', in_channels),
    channelsPerGroup(out_channels, groups, 'out_channels'),
    ...kernel_size.map((size, axis) => quantity(spatialRoles(rank, axis).kernel, size)),
  ];
}

function parametersOf(rank: SpatialRank, config: Config): readonly ParameterSpec[] {
  const weight = parameter('weight', 'weight', weightDims(rank, config), config.dtype);
  if (!config.bias) return [weight];
  return [weight, parameter('bias', 'bias', [quantity('out_channels', config.out_channels)], config.dtype)];
}

function extraRepr(config: Config): string {
  const { in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, groups, bias } =
    config;
  const shown = [
    `${in_channels}, ${out_channels}, kernel_size=${tupleRepr(kernel_size)}, stride=${tupleRepr(stride)}`,
  ];
  if (padding.some((size) => size !== 0)) shown.push(`padding=${tupleRepr(padding)}`);
  if (dilation.some((size) => size !== 1)) shown.push(`dilation=${tupleRepr(dilation)}`);
  if (output_padding.some((size) => size !== 0)) shown.push(`output_padding=${tupleRepr(output_padding)}`);
  if (groups !== 1) shown.push(`groups=${groups}`);
  if (!bias) shown.push('bias=False');
  return shown.join(', ');
}

function transposed(rank: SpatialRank) {
  return defineLayer({
    type: `ConvTranspose${rank}d`,
    signature: signature(rank),
    forward: { input: required(tensor), output_size: optional(nullable(ints), null) },
    validate(config) {
      checkMode(rank, config.padding_mode);
      validateConvolution(config);
      checkSizes(weightOf(config));
    },
    parameters: (config) => parametersOf(rank, config),
    infer: (config, { input, output_size }) =>
      convolveTransposed(input, outputPaddingFor(input, convolutionOf(rank, config), output_size)),
    outputShape: (config, { input, output_size }) =>
      shapeFormula(input, outputPaddingFor(input, convolutionOf(rank, config), output_size)),
    costs: (config, { input }, [output]) => transposedCosts(input, output, convolutionOf(rank, config)),
    reach: (config) => transposedReach(convolutionOf(rank, config)),
    extraRepr,
    attributes: () => ({ transposed: true }),
  });
}

function lazyTransposed(rank: SpatialRank, becomes: LayerDefinition) {
  return defineLayer({
    type: `LazyConvTranspose${rank}d`,
    signature: afterChannels(rank),
    forward: { input: required(tensor), output_size: optional(nullable(ints), null) },
    validate: ({ padding_mode }) => checkMode(rank, padding_mode),
    infer: () => null,
    extraRepr: (config) => extraRepr({ ...config, in_channels: 0 }),
    materialize: (_, { input }, written) =>
      becomes.build({
        positional: [],
        named: { ...written, in_channels: BigInt(channelsOf(input, rank, 'LazyConvTranspose')) },
      }),
  });
}

const ConvTranspose1d = transposed(1);
const ConvTranspose2d = transposed(2);
const ConvTranspose3d = transposed(3);

export const TRANSPOSED_CONVOLUTIONS = {
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  LazyConvTranspose1d: lazyTransposed(1, ConvTranspose1d),
  LazyConvTranspose2d: lazyTransposed(2, ConvTranspose2d),
  LazyConvTranspose3d: lazyTransposed(3, ConvTranspose3d),
};
