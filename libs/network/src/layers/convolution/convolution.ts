import { product, quantity, sum, type Formula } from '../../formula/formula.js';
import { defineLayer, parameter, type LayerDefinition, type ParameterSpec } from '../../layer.js';
import { isPaddingMode, padWithMode } from '../padding/arithmetic.js';
import type { TensorType } from '../../tensor.js';
import { tupleRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { bool, device, dtype, either, int, isString, repeated, string, tensor } from '../../values/kinds.js';
import { optional, required, type ConfigOf } from '../../values/signature.js';
import { channelsPerGroup, spatialRoles, type SpatialRank } from './arithmetic.js';
import { checkSizes, validateConvolution } from './checks.js';
import {
  convolutionCosts,
  convolutionReach,
  convolutionShape,
  convolve,
  slidings,
  type Convolution,
} from './forward.js';

const PADDING_MODES: readonly string[] = ['zeros', 'reflect', 'replicate', 'circular'];

function afterChannels(rank: SpatialRank) {
  return {
    out_channels: required(int),
    kernel_size: required(repeated(rank)),
    stride: optional(repeated(rank), 1n),
    padding: optional(either(string, isString, repeated(rank)), 0n),
    dilation: optional(repeated(rank), 1n),
    groups: optional(int, 1n),
    bias: optional(bool, true),
    padding_mode: optional(string, 'zeros'),
    device: optional(device, null),
    dtype: optional(dtype, null),
  };
}

function signature(rank: SpatialRank) {
  return { in_channels: required(int), ...afterChannels(rank) };
}

type Config = ConfigOf<ReturnType<typeof signature>>;

/** The part of the arguments that does not depend on the input's channels; PyTorch prints its sets in no fixed order. @throws Raised */
function validateRest({ padding, stride, padding_mode }: Omit<Config, 'in_channels'>): void {
  if (typeof padding === 'string') {
    if (padding !== 'same' && padding !== 'valid')
      raiseAlike('ValueError', `Invalid padding string '${padding}', should be one of {'valid', 'same'}`);
    if (padding === 'same' && stride.some((size) => size !== 1))
      raise('ValueError', "padding='same' is not supported for strided convolutions");
  }
  if (!PADDING_MODES.includes(padding_mode))
    raiseAlike(
      'ValueError',
      `padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='${padding_mode}'`,
    );
}

function weightOf({ in_channels, out_channels, kernel_size, groups }: Config): readonly number[] {
  return [out_channels, Math.floor(in_channels / groups), ...kernel_size];
}

function convolutionOf(rank: SpatialRank, config: Config): Convolution {
  const { stride, padding, dilation, groups, bias } = config;
  return {
    rank,
    weight: weightOf(config),
    weightType: config.dtype ?? 'float32',
    bias,
    stride,
    padding: padding === 'same' || padding === 'valid' ? padding : typeof padding === 'string' ? [] : padding,
    dilation,
    groups,
  };
}

/** The input as the convolution itself sees it: a padding mode other than zeros pads beforehand. @throws Raised */
function prepared(
  rank: SpatialRank,
  config: Config,
  input: TensorType,
): { readonly input: TensorType; readonly convolution: Convolution } {
  const convolution = convolutionOf(rank, config);
  if (config.padding_mode === 'zeros') return { input, convolution };
  const sides = slidings({ ...input, shape: input.shape.slice(-rank) }, convolution);
  const amounts = sides.toReversed().flatMap(({ before, after }) => [before, after]);
  return {
    input: padWithMode(input, amounts, isPaddingMode(config.padding_mode) ? config.padding_mode : 'constant'),
    convolution: { ...convolution, padding: [0] },
  };
}

function weightDims(rank: SpatialRank, config: Config): readonly Formula[] {
  const { in_channels, out_channels, kernel_size, groups } = config;
  return [
    quantity('out_channels', out_channels),
    channelsPerGroup(in_channels, groups),
    ...kernel_size.map((size, axis) => quantity(spatialRoles(rank, axis).kernel, size)),
  ];
}

function parametersOf(rank: SpatialRank, config: Config): readonly ParameterSpec[] {
  const weight = parameter('weight', 'weight', weightDims(rank, config), config.dtype);
  if (!config.bias) return [weight];
  return [weight, parameter('bias', 'bias', [quantity('out_channels', config.out_channels)], config.dtype)];
}

/** `out · (in/groups · kernel + 1)`: the form in which it is taught. */
function parameterFormula(rank: SpatialRank, config: Config): Formula {
  const [out, ...window] = weightDims(rank, config);
  if (out === undefined || !config.bias) return product(...weightDims(rank, config));
  return product(out, sum(product(...window), quantity('bias', 1)));
}

function extraRepr(config: Config): string {
  const { in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode } =
    config;
  const shown = [
    `${in_channels}, ${out_channels}, kernel_size=${tupleRepr(kernel_size)}, stride=${tupleRepr(stride)}`,
  ];
  if (typeof padding === 'string') shown.push(`padding=${padding}`);
  else if (padding.some((size) => size !== 0)) shown.push(`padding=${tupleRepr(padding)}`);
  if (dilation.some((size) => size !== 1)) shown.push(`dilation=${tupleRepr(dilation)}`);
  if (groups !== 1) shown.push(`groups=${groups}`);
  if (!bias) shown.push('bias=False');
  if (padding_mode !== 'zeros') shown.push(`padding_mode=${padding_mode}`);
  return shown.join(', ');
}

function convolution(rank: SpatialRank) {
  return defineLayer({
    type: `Conv${rank}d`,
    signature: signature(rank),
    forward: { input: required(tensor) },
    validate(config) {
      validateConvolution(config);
      validateRest(config);
      checkSizes(weightOf(config));
    },
    parameters: (config) => parametersOf(rank, config),
    parameterFormula: (config) => parameterFormula(rank, config),
    infer(config, { input }) {
      const inside = prepared(rank, config, input);
      return convolve(inside.input, inside.convolution);
    },
    outputShape: (config, { input }) => convolutionShape(input, convolutionOf(rank, config)),
    costs: (config, _, [output]) => (output ? convolutionCosts(output, convolutionOf(rank, config)) : []),
    reach: (config, { input }) => convolutionReach(input, convolutionOf(rank, config)),
    extraRepr,
    attributes: () => ({ transposed: false, output_padding: Array.from({ length: rank }, () => 0n) }),
  });
}

function lazyConvolution(rank: SpatialRank, becomes: LayerDefinition) {
  return defineLayer({
    type: `LazyConv${rank}d`,
    signature: afterChannels(rank),
    forward: { input: required(tensor) },
    validate: validateRest,
    infer: () => null,
    extraRepr: (config) => extraRepr({ ...config, in_channels: 0 }),
    materialize(_, { input }, written) {
      const channels = channelsOf(input, rank);
      return becomes.build({ positional: [], named: { ...written, in_channels: BigInt(channels) } });
    },
  });
}

/** The channels that a lazy convolution takes from its first input. @throws Raised */
export function channelsOf(input: TensorType, rank: SpatialRank, lazy = 'LazyConv'): number {
  const dims = input.shape.length;
  if (dims !== rank + 1 && dims !== rank + 2)
    raise(
      'RuntimeError',
      `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to ${lazy}${rank}d, but got input of size: ` +
        `torch.Size([${input.shape.join(', ')}])`,
    );
  return input.shape.at(-rank - 1) ?? 0;
}

const Conv1d = convolution(1);
const Conv2d = convolution(2);
const Conv3d = convolution(3);

export const CONVOLUTIONS = {
  Conv1d,
  Conv2d,
  Conv3d,
  LazyConv1d: lazyConvolution(1, Conv1d),
  LazyConv2d: lazyConvolution(2, Conv2d),
  LazyConv3d: lazyConvolution(3, Conv3d),
};
