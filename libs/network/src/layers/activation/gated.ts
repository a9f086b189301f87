import { eachElement } from '../../costs.js';
import { quantity } from '../../formula/formula.js';
import { defineLayer, parameter } from '../../layer.js';
import { defineOperation } from '../../operation.js';
import { normalizeDim, sameAs } from '../../shapes.js';
import { DTYPES, isIntegral, tensorType, type TensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';
import { checkSizes } from '../convolution/checks.js';
import { device, dtype, float, int, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';

/** The half that the other half gates. @throws Raised */
function halve(input: TensorType, dim: number): TensorType {
  if (input.shape.length === 0)
    raise('RuntimeError', 'glu does not support scalars because halving size must be even');
  const axis = normalizeDim(dim, input.shape.length);
  const size = input.shape[axis] ?? 0;
  const half = tensorType(input.shape.with(axis, Math.floor(size / 2)), input.dtype);
  if (size % 2 !== 0)
    raise('RuntimeError', `Halving dimension must be even, but dimension ${axis} is size ${size}`, half);
  if (isIntegral(input.dtype))
    raise('RuntimeError', `"glu_cpu" not implemented for '${DTYPES[input.dtype].scalarName}'`, {
      ...half,
      dtype: 'float32',
    });
  return half;
}

const GLU = defineLayer({
  type: 'GLU',
  signature: { dim: optional(int, -1n) },
  forward: { input: required(tensor) },
  infer: ({ dim }, { input }) => halve(input, dim),
  costs: (_, __, [output]) => eachElement('activation', output, 2),
});

/** One slope, or one a channel. @throws Raised */
function prelu(input: TensorType, slopes: number): TensorType {
  const { shape } = input;
  const channels = shape.length > 1 ? (shape[1] ?? 1) : 1;
  if (slopes !== 1) {
    if (shape.length === 0) raise('RuntimeError', 'Not allow zero-dim input tensor.', sameAs(input));
    if (slopes !== channels)
      raise(
        'RuntimeError',
        `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${slopes} and channel size = ${channels}.`,
        sameAs(input),
      );
  }
  return sameAs(input);
}

const PReLU = defineLayer({
  type: 'PReLU',
  signature: {
    num_parameters: optional(int, 1n),
    init: optional(float, 0.25),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: { input: required(tensor) },
  validate: ({ num_parameters }) => checkSizes([num_parameters]),
  parameters: ({ num_parameters, dtype }) => [
    parameter('weight', 'weight', [quantity('num_parameters', num_parameters)], dtype),
  ],
  infer: ({ num_parameters }, { input }) => prelu(input, num_parameters),
  costs: (_, __, [output]) => eachElement('activation', output),
  extraRepr: ({ num_parameters }) => `num_parameters=${num_parameters}`,
});

export const GATED_ACTIVATIONS = { GLU, PReLU };

export const GATED_ACTIVATION_OPERATIONS = [
  defineOperation({
    name: 'glu',
    homes: ['functional'],
    signature: { input: required(tensor), dim: optional(int, -1n) },
    infer: ({ input, dim }) => halve(input, dim),
    costs: (_, [output]) => eachElement('activation', output, 2),
  }),
  defineOperation({
    name: 'prelu',
    homes: ['torch', 'Tensor', 'functional'],
    signature: { input: required(tensor), weight: required(tensor) },
    infer({ input, weight }) {
      if (weight.shape.length > 1)
        raise(
          'RuntimeError',
          `prelu: Expected \`weight\` to be a scalar or 1D tensor, but got ndim = ${weight.shape.length}`,
          sameAs(input),
        );
      return prelu(input, weight.shape[0] ?? 1);
    },
    costs: (_, [output]) => eachElement('activation', output),
  }),
];
