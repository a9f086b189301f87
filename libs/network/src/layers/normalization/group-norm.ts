import { eachElement } from '../../costs.js';
import { literal, product, quantity } from '../../formula/formula.js';
import { defineLayer, parameter } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { normalizeDim, sameAs } from '../../shapes.js';
import { DTYPES, formatShape, isFloatingPoint, type DType, type TensorType } from '../../tensor.js';
import { pythonRepr } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { bool, device, dtype, float, int, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { checkSizes } from '../convolution/checks.js';

/** @throws Raised as `torch.nn.functional.group_norm` */
export function inferGroupNorm(
  input: TensorType,
  groups: number,
  weight: readonly number[] | undefined,
  weightType: DType = 'float32',
): TensorType {
  const { shape } = input;
  normalizeDim(1, shape.length);
  const [batch = 1, channels = 0, ...rest] = shape;
  const values = [Math.floor((batch * channels) / groups), ...rest].reduce((count, size) => count * size, 1);
  if (values === 1)
    raise(
      'ValueError',
      `Expected more than 1 value per channel when training, got input size ${formatShape([Math.floor((batch * channels) / groups), groups, ...rest])}`,
      sameAs(input),
    );
  if (channels % groups !== 0)
    raise(
      'RuntimeError',
      `Expected number of channels in input to be divisible by num_groups, ` +
        `but got input of shape ${formatShape(shape)} and num_groups=${groups}`,
      sameAs(input),
    );
  if (weight && (weight.length !== 1 || weight[0] !== channels))
    raise(
      'RuntimeError',
      `Expected weight to be a vector of size equal to the number of channels in input, ` +
        `but got weight of shape ${formatShape(weight)} and input of shape ${formatShape(shape)}`,
      sameAs(input),
    );
  const { scalarName } = DTYPES[input.dtype];
  if (!isFloatingPoint(input.dtype))
    raise('RuntimeError', `"GroupNormKernelImpl" not implemented for '${scalarName}'`, {
      ...sameAs(input),
      dtype: 'float32',
    });
  if (weight && input.dtype === 'float64' && weightType === 'float32')
    raise('RuntimeError', 'expected scalar type Double but found Float', sameAs(input));
  return sameAs(input);
}

const GroupNorm = defineLayer({
  type: 'GroupNorm',
  signature: {
    num_groups: required(int),
    num_channels: required(int),
    eps: optional(float, 1e-5),
    affine: optional(bool, true),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: { input: required(tensor) },
  validate({ num_groups, num_channels }) {
    if (num_groups === 0) raise('ZeroDivisionError', 'integer modulo by zero');
    if (num_channels % num_groups !== 0)
      raise('ValueError', `num_channels (${num_channels}) must be divisible by num_groups (${num_groups})`);
    checkSizes([num_channels]);
  },
  parameters({ num_channels, affine, dtype }) {
    if (!affine) return [];
    const dims = [quantity('channels', num_channels)];
    return [parameter('weight', 'weight', dims, dtype), parameter('bias', 'bias', dims, dtype)];
  },
  parameterFormula: ({ num_channels, affine }) =>
    affine ? product(literal(2), quantity('channels', num_channels)) : literal(0),
  infer: ({ num_groups, num_channels, affine, dtype }, { input }) =>
    inferGroupNorm(input, num_groups, affine ? [num_channels] : undefined, dtype ?? 'float32'),
  costs: (_, __, [output]) => eachElement('normalisation', output, 2),
  reach: () => EVERYTHING,
  extraRepr: ({ num_groups, num_channels }, written) =>
    `${num_groups}, ${num_channels}, eps=${pythonRepr(written['eps'] ?? null)}, affine=${pythonRepr(written['affine'] ?? null)}`,
});

export const GROUP_NORMS = { GroupNorm };
