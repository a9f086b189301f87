import { eachElement, type Cost } from '../costs.js';
import { literal, product, quantity } from '../formula/formula.js';
import {
  convolutionCosts,
  convolutionReach,
  convolutionShape,
  convolve,
  type Convolution,
} from '../layers/convolution/forward.js';
import {
  convolveTransposed,
  transposedCosts,
  transposedReach,
  type TransposedConvolution,
} from '../layers/convolution/transposed.js';
import type { SpatialRank } from '../layers/convolution/arithmetic.js';
import { linearCosts, multiplyByWeight } from '../layers/linear.js';
import { inferBatchNorm } from '../layers/normalization/batch-norm.js';
import { inferGroupNorm } from '../layers/normalization/group-norm.js';
import { inferInstanceNorm } from '../layers/normalization/instance-norm.js';
import { checkNormalizedShape } from '../layers/normalization/layer-norm.js';
import { checkResponseRank } from '../layers/normalization/response-norm.js';
import { defineOperation, type OperationDefinition } from '../operation.js';
import { EVERYTHING, POINTWISE } from '../reach.js';
import { normalizeDim, sameAs } from '../shapes.js';
import { formatShape, tensorType, type TensorType } from '../tensor.js';
import { raise, raiseAlike } from '../values/errors.js';
import {
  bool,
  either,
  float,
  int,
  intOrInts,
  ints,
  isString,
  nullable,
  string,
  tensor,
} from '../values/kinds.js';
import { optional, required } from '../values/signature.js';

const maybeTensor = optional(nullable(tensor), null);

interface ConvolutionCall {
  readonly weight: TensorType;
  readonly bias: TensorType | null;
  readonly stride: readonly number[];
  readonly padding: readonly number[] | string;
  readonly dilation: readonly number[];
  readonly groups: number;
}

function convolutionOf(rank: SpatialRank, call: ConvolutionCall): Convolution {
  const { weight, bias, stride, padding, dilation, groups } = call;
  if (typeof padding === 'string' && padding !== 'same' && padding !== 'valid')
    raise('RuntimeError', `Invalid padding string: '${padding}'`);
  return {
    rank,
    weight: weight.shape,
    weightType: weight.dtype,
    bias: bias !== null,
    stride,
    padding: padding === 'same' || padding === 'valid' ? padding : typeof padding === 'string' ? [] : padding,
    dilation,
    groups,
  };
}

function checkBias(weight: TensorType, bias: TensorType | null, channels: number, start = 'Given'): void {
  if (bias === null || (bias.shape.length === 1 && bias.shape[0] === channels)) return;
  raise(
    'RuntimeError',
    `${start} weight of size ${formatShape(weight.shape)}, expected bias to be 1-dimensional with ${channels} elements, ` +
      `but got bias of size ${formatShape(bias.shape)} instead`,
  );
}

function checkWeight(rank: SpatialRank, weight: TensorType, groups: number, what: string): void {
  if (weight.shape.length !== rank + 2)
    raiseAlike(
      'RuntimeError',
      `${what}: expected a weight of ${rank + 2} dimensions, but got one of size ${formatShape(weight.shape)}`,
    );
  if ((weight.shape[0] ?? 0) % groups !== 0)
    raise(
      'RuntimeError',
      `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, ` +
        `but got weight of size [${formatShape(weight.shape)}] instead`,
    );
}

function convolutionOperation(rank: SpatialRank): OperationDefinition {
  return defineOperation({
    name: `conv${rank}d`,
    homes: ['torch', 'functional'],
    signature: {
      input: required(tensor),
      weight: required(tensor),
      bias: maybeTensor,
      stride: optional(intOrInts, 1n),
      padding: optional(either(string, isString, intOrInts), 0n),
      dilation: optional(intOrInts, 1n),
      groups: optional(int, 1n),
    },
    infer(call) {
      checkWeight(rank, call.weight, call.groups, `conv${rank}d`);
      checkBias(call.weight, call.bias, call.weight.shape[0] ?? 0);
      return convolve(call.input, convolutionOf(rank, call));
    },
    costs: (call, [output]) => (output ? convolutionCosts(output, convolutionOf(rank, call)) : []),
    reach: (call) => convolutionReach(call.input, convolutionOf(rank, call)),
    outputShape: (call) => convolutionShape(call.input, convolutionOf(rank, call)),
  });
}

function transposedOperation(rank: SpatialRank): OperationDefinition {
  const of = (
    call: Omit<ConvolutionCall, 'padding'> & {
      readonly padding: readonly number[];
      readonly output_padding: readonly number[];
    },
  ): TransposedConvolution => ({
    rank,
    weight: call.weight.shape,
    weightType: call.weight.dtype,
    bias: call.bias !== null,
    stride: call.stride,
    padding: call.padding,
    outputPadding: call.output_padding,
    dilation: call.dilation,
    groups: call.groups,
  });
  return defineOperation({
    name: `conv_transpose${rank}d`,
    homes: ['torch', 'functional'],
    signature: {
      input: required(tensor),
      weight: required(tensor),
      bias: maybeTensor,
      stride: optional(intOrInts, 1n),
      padding: optional(intOrInts, 0n),
      output_padding: optional(intOrInts, 0n),
      groups: optional(int, 1n),
      dilation: optional(intOrInts, 1n),
    },
    infer(call) {
      checkWeight(rank, call.weight, call.groups, `conv_transpose${rank}d`);
      checkBias(call.weight, call.bias, (call.weight.shape[1] ?? 0) * call.groups, 'Given transposed=1,');
      return convolveTransposed(call.input, of(call));
    },
    costs: (call, [output]) => transposedCosts(call.input, output, of(call)),
    reach: (call) => transposedReach(of(call)),
  });
}

const linear = defineOperation({
  name: 'linear',
  homes: ['functional'],
  signature: { input: required(tensor), weight: required(tensor), bias: maybeTensor },
  infer({ input, weight, bias }) {
    const [out, inner] = weight.shape;
    if (weight.shape.length === 1 && bias === null && input.shape.length > 0 && input.shape.at(-1) === out)
      return tensorType(input.shape.slice(0, -1), input.dtype);
    if (out === undefined || inner === undefined || weight.shape.length !== 2)
      return raiseAlike(
        'RuntimeError',
        `linear: expected a weight of 2 dimensions, but got ${formatShape(weight.shape)}`,
      );
    const output = multiplyByWeight(input, [out, inner], weight.dtype, bias !== null);
    const size = bias?.shape.at(-1);
    if (size !== undefined && size !== out && size !== 1)
      raiseAlike(
        'RuntimeError',
        `The expanded size of the tensor (${out}) must match the existing size (${size}) at non-singleton dimension ${output.shape.length - 1}.`,
        output,
      );
    return output;
  },
  costs: ({ input, weight, bias }) =>
    linearCosts(input, weight.shape[1] ?? 0, weight.shape[0] ?? 0, bias !== null),
  reach: ({ input }) => (input.shape.length <= 2 ? EVERYTHING : POINTWISE),
});

const batchNorm = defineOperation({
  name: 'batch_norm',
  homes: ['torch', 'functional'],
  signature: {
    input: required(tensor),
    running_mean: maybeTensor,
    running_var: maybeTensor,
    weight: maybeTensor,
    bias: maybeTensor,
    training: optional(bool, false),
    momentum: optional(float, 0.1),
    eps: optional(float, 1e-5),
  },
  infer({ input, running_mean, running_var, weight, bias, training }) {
    if (!training && running_mean === null)
      raise('RuntimeError', 'running_mean must be defined in evaluation mode', sameAs(input));
    return inferBatchNorm(
      input,
      {
        ...(running_mean && { runningMean: running_mean.shape }),
        ...(running_var && { runningVariance: running_var.shape }),
        ...(weight && { weight: weight.shape, parameterType: weight.dtype }),
        ...(bias && { bias: bias.shape }),
      },
      training,
    );
  },
  costs: (_, [output]) => eachElement('normalisation', output, 2),
});

const layerNorm = defineOperation({
  name: 'layer_norm',
  homes: ['torch', 'functional'],
  signature: {
    input: required(tensor),
    normalized_shape: required(ints),
    weight: maybeTensor,
    bias: maybeTensor,
    eps: optional(float, 1e-5),
  },
  infer({ input, normalized_shape, weight, bias }) {
    if (normalized_shape.length === 0) checkNormalizedShape(input, normalized_shape);
    for (const [name, value] of Object.entries({ weight, bias })) {
      if (value && value.shape.join() !== normalized_shape.join())
        raise(
          'RuntimeError',
          `Expected ${name} to be of same shape as normalized_shape, but got ${name} of shape ${formatShape(value.shape)} ` +
            `and normalized_shape = ${formatShape(normalized_shape)}`,
          sameAs(input),
        );
    }
    checkNormalizedShape(input, normalized_shape);
    return sameAs(input);
  },
  costs: (_, [output]) => eachElement('normalisation', output, 2),
});

const rmsNorm = defineOperation({
  name: 'rms_norm',
  homes: ['torch', 'functional'],
  signature: {
    input: required(tensor),
    normalized_shape: required(ints),
    weight: maybeTensor,
    eps: optional(nullable(float), null),
  },
  infer({ input, normalized_shape }) {
    checkNormalizedShape(input, normalized_shape);
    return sameAs(input);
  },
  costs: (_, [output]) => eachElement('normalisation', output, 2),
});

const groupNorm = defineOperation({
  name: 'group_norm',
  homes: ['torch', 'functional'],
  signature: {
    input: required(tensor),
    num_groups: required(int),
    weight: maybeTensor,
    bias: maybeTensor,
    eps: optional(float, 1e-5),
  },
  infer: ({ input, num_groups, weight }) => inferGroupNorm(input, num_groups, weight?.shape, weight?.dtype),
  costs: (_, [output]) => eachElement('normalisation', output, 2),
  reach: () => EVERYTHING,
});

const instanceNorm = defineOperation({
  name: 'instance_norm',
  homes: ['torch', 'functional'],
  signature: {
    input: required(tensor),
    running_mean: maybeTensor,
    running_var: maybeTensor,
    weight: maybeTensor,
    bias: maybeTensor,
    use_input_stats: optional(bool, true),
    momentum: optional(float, 0.1),
    eps: optional(float, 1e-5),
  },
  infer({ input, running_mean, running_var, weight, use_input_stats }) {
    if (!use_input_stats && (running_mean === null || running_var === null))
      raise(
        'RuntimeError',
        'Expected running_mean and running_var to be defined when use_input_stats is false',
        sameAs(input),
      );
    return inferInstanceNorm(
      input,
      {
        ...(running_mean && { runningMean: running_mean.shape[0] ?? 0 }),
        ...(weight && { weight: weight.shape[0] ?? 0 }),
      },
      use_input_stats,
    );
  },
  costs: (_, [output]) => eachElement('normalisation', output, 2),
  reach: () => EVERYTHING,
});

const normalize = defineOperation({
  name: 'normalize',
  homes: ['functional'],
  signature: {
    input: required(tensor),
    p: optional(float, 2.0),
    dim: optional(intOrInts, 1n),
    eps: optional(float, 1e-12),
  },
  infer({ input, dim }) {
    for (const axis of dim) normalizeDim(axis, input.shape.length);
    return sameAs(input);
  },
  costs: (_, [output]) => eachElement('normalisation', output, 3),
});

const localResponseNorm = defineOperation({
  name: 'local_response_norm',
  homes: ['functional'],
  signature: {
    input: required(tensor),
    size: required(int),
    alpha: optional(float, 1e-4),
    beta: optional(float, 0.75),
    k: optional(float, 1.0),
  },
  infer({ input }) {
    checkResponseRank(input);
    return sameAs(input);
  },
  costs: (_, [output]) => eachElement('normalisation', output, 4),
});

/** Two products: scores of queries against keys, and their mixture of values. */
export function attentionCosts(query: TensorType, key: TensorType, value: TensorType): readonly Cost[] {
  const lead = query.shape.slice(0, -2).map((size) => quantity('batch_size', size));
  const targets = quantity('target_length', query.shape.at(-2) ?? 1);
  const sources = quantity('source_length', key.shape.at(-2) ?? 1);
  const scores = product(...lead, targets, sources, quantity('head_dim', query.shape.at(-1) ?? 1));
  const mixture = product(...lead, targets, sources, quantity('head_dim', value.shape.at(-1) ?? 1));
  return [
    { kind: 'multiply-accumulate', count: scores },
    { kind: 'multiply-accumulate', count: mixture },
    { kind: 'activation', count: product(literal(5), ...lead, targets, sources) },
  ];
}

const scaledDotProductAttention = defineOperation({
  name: 'scaled_dot_product_attention',
  homes: ['functional'],
  signature: {
    query: required(tensor),
    key: required(tensor),
    value: required(tensor),
    attn_mask: maybeTensor,
    dropout_p: optional(float, 0.0),
    is_causal: optional(bool, false),
    scale: optional(nullable(float), null),
    enable_gqa: optional(bool, false),
  },
  infer({ query, key, value, attn_mask, is_causal }) {
    const output = tensorType([...query.shape.slice(0, -1), value.shape.at(-1) ?? 0], query.dtype);
    if (is_causal && attn_mask)
      raise(
        'RuntimeError',
        '_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True',
        output,
      );
    const ranks = [query, key, value].map(({ shape }) => shape.length);
    if (ranks.some((rank) => rank < 2))
      raise(
        'RuntimeError',
        `scaled_dot_product_attention: Expected query, key, and value to all be  at least 2 dimensional, but got ` +
          `query.dim(): ${ranks[0]}, key.dim(): ${ranks[1]} and value.dim(): ${ranks[2]} instead.`,
      );
    if (query.shape.at(-1) !== key.shape.at(-1) || key.shape.at(-2) !== value.shape.at(-2))
      raiseAlike(
        'RuntimeError',
        `query, key and value don't fit together: ${[query, key, value].map(({ shape }) => formatShape(shape)).join(', ')}`,
        output,
      );
    return output;
  },
  costs: ({ query, key, value }) => attentionCosts(query, key, value),
  reach: () => EVERYTHING,
});

export const NEURAL_OPERATIONS: readonly OperationDefinition[] = [
  convolutionOperation(1),
  convolutionOperation(2),
  convolutionOperation(3),
  transposedOperation(1),
  transposedOperation(2),
  transposedOperation(3),
  linear,
  batchNorm,
  layerNorm,
  rmsNorm,
  groupNorm,
  instanceNorm,
  normalize,
  localResponseNorm,
  scaledDotProductAttention,
];
