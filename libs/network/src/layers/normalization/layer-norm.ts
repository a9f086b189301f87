import { eachElement } from '../../costs.js';
import { literal, product, quantity } from '../../formula/formula.js';
import { defineLayer, parameter } from '../../layer.js';
import { POINTWISE } from '../../reach.js';
import { sameAs } from '../../shapes.js';
import { DTYPES, formatShape, isFloatingPoint, type TensorType } from '../../tensor.js';
import { pythonRepr, tupleRepr } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { bool, device, dtype, float, intOrInts, nullable, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { checkSizes } from '../convolution/checks.js';

/** The last dimensions must be those given. @throws Raised */
export function checkNormalizedShape(input: TensorType, normalized: readonly number[]): void {
  const shown = formatShape(normalized);
  if (normalized.length === 0)
    raise(
      'RuntimeError',
      `Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, ` +
        `but got normalized_shape = ${shown}`,
    );
  const { shape } = input;
  const last = shape.slice(Math.max(shape.length - normalized.length, 0));
  if (last.length === normalized.length && last.every((size, axis) => size === normalized[axis])) return;
  raise(
    'RuntimeError',
    `Given normalized_shape=${shown}, expected input with shape [*, ${normalized.join(', ')}], ` +
      `but got input of size${formatShape(shape)}`,
    sameAs(input),
  );
}

const LayerNorm = defineLayer({
  type: 'LayerNorm',
  signature: {
    normalized_shape: required(intOrInts),
    eps: optional(float, 1e-5),
    elementwise_affine: optional(bool, true),
    bias: optional(bool, true),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: { input: required(tensor) },
  validate: ({ normalized_shape }) => checkSizes(normalized_shape),
  parameters({ normalized_shape, elementwise_affine, bias, dtype }) {
    if (!elementwise_affine) return [];
    const dims = normalized_shape.map((size) => quantity('normalized_size', size));
    const weight = parameter('weight', 'weight', dims, dtype);
    return bias ? [weight, parameter('bias', 'bias', dims, dtype)] : [weight];
  },
  parameterFormula({ normalized_shape, elementwise_affine, bias }) {
    if (!elementwise_affine) return literal(0);
    const dims = normalized_shape.map((size) => quantity('normalized_size', size));
    return bias ? product(literal(2), ...dims) : product(...dims);
  },
  infer({ normalized_shape, elementwise_affine, dtype }, { input }) {
    checkNormalizedShape(input, normalized_shape);
    const { scalarName } = DTYPES[input.dtype];
    if (!isFloatingPoint(input.dtype))
      raise('RuntimeError', `"LayerNormKernelImpl" not implemented for '${scalarName}'`, {
        ...sameAs(input),
        dtype: 'float32',
      });
    const own = dtype ?? 'float32';
    if (elementwise_affine && own !== input.dtype && own !== 'float32')
      raise(
        'RuntimeError',
        `expected scalar type ${scalarName} but found ${DTYPES[own].scalarName}`,
        sameAs(input),
      );
    if (elementwise_affine && input.dtype === 'float64' && own === 'float32')
      raise('RuntimeError', 'expected scalar type Double but found Float', sameAs(input));
    return sameAs(input);
  },
  costs: (_, __, [output]) => eachElement('normalisation', output, 2),
  // Over channels alone, each place stands for itself; where it reaches into places is for the shape to say.
  reach: () => POINTWISE,
  extraRepr: ({ normalized_shape }, written) =>
    `${tupleRepr(normalized_shape)}, eps=${pythonRepr(written['eps'] ?? null)}, ` +
    `elementwise_affine=${pythonRepr(written['elementwise_affine'] ?? null)}` +
    (written['bias'] === true ? '' : `, bias=${pythonRepr(written['bias'] ?? null)}`),
});

const RMSNorm = defineLayer({
  type: 'RMSNorm',
  signature: {
    normalized_shape: required(intOrInts),
    eps: optional(nullable(float), null),
    elementwise_affine: optional(bool, true),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: { x: required(tensor) },
  validate: ({ normalized_shape }) => checkSizes(normalized_shape),
  parameters: ({ normalized_shape, elementwise_affine, dtype }) =>
    elementwise_affine
      ? [
          parameter(
            'weight',
            'weight',
            normalized_shape.map((size) => quantity('normalized_size', size)),
            dtype,
          ),
        ]
      : [],
  infer({ normalized_shape }, { x }) {
    checkNormalizedShape(x, normalized_shape);
    return sameAs(x);
  },
  costs: (_, __, [output]) => eachElement('normalisation', output, 2),
  extraRepr: ({ normalized_shape }, written) =>
    `${tupleRepr(normalized_shape)}, eps=${pythonRepr(written['eps'] ?? null)}, ` +
    `elementwise_affine=${pythonRepr(written['elementwise_affine'] ?? null)}`,
});

export const LAYER_NORMS = { LayerNorm, RMSNorm };
