import { eachElement } from '../../costs.js';
import { defineLayer } from '../../layer.js';
import { defineOperation, type Home, type OperationDefinition } from '../../operation.js';
import { EVERYTHING, POINTWISE, type Reach } from '../../reach.js';
import { normalizeDim, sameAs } from '../../shapes.js';
import { DTYPES, isIntegral, tensorType, type DType, type TensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';
import { dtype, int, nullable, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import type { CallContext } from '../../call.js';

interface SoftmaxCall {
  readonly input: TensorType;
  readonly dim: number | null;
  readonly dtype: DType | null;
}

/** @throws Raised as `softmax` of the dimension; warns where the dimension is left to it. */
function infer(
  name: string,
  { input, dim, dtype }: SoftmaxCall,
  { warn }: Pick<CallContext, 'warn'>,
): TensorType {
  if (dim === null)
    warn(
      `Implicit dimension choice for ${name} has been deprecated. Change the call to include dim=X as an argument.`,
    );
  else normalizeDim(dim, input.shape.length);
  if (dtype) return tensorType(input.shape, dtype);
  if (isIntegral(input.dtype)) {
    const last = (dim ?? implicitDim(input.shape.length)) % Math.max(input.shape.length, 1);
    const kernel = last === -1 || last === input.shape.length - 1 ? 'lastdim_' : '';
    const kind = name === 'log_softmax' ? 'log_softmax' : 'softmax';
    raise(
      'RuntimeError',
      `"${kind}_${kernel}kernel_impl" not implemented for '${DTYPES[input.dtype].scalarName}'`,
      tensorType(input.shape, 'float32'),
    );
  }
  return sameAs(input);
}

/** Which dimension PyTorch takes when none is given. */
function implicitDim(rank: number): number {
  return rank === 0 || rank === 1 || rank === 3 ? 0 : 1;
}

/** A maximum, a subtraction, an exponential, a sum and a division to each element. */
const WORK = 5;

/** Over channels alone a place stands for itself; over places, all see all. */
function reachOf({ shape }: TensorType, dim: number | null): Reach {
  const axis = dim === null ? implicitDim(shape.length) : dim < 0 ? dim + shape.length : dim;
  return axis <= 1 && shape.length > 2 ? POINTWISE : EVERYTHING;
}

function softmax(type: string, name: string) {
  return defineLayer({
    type,
    signature: { dim: optional(nullable(int), null) },
    forward: { input: required(tensor) },
    infer: ({ dim }, { input }, context) => infer(name, { input, dim, dtype: null }, context),
    costs: (_, __, [output]) => eachElement('activation', output, WORK),
    reach: ({ dim }, { input }) => reachOf(input, dim),
    extraRepr: ({ dim }) =>
      type === 'LogSoftmax' || type === 'Softmax' || type === 'Softmin' ? `dim=${dim ?? 'None'}` : '',
  });
}

const Softmax2d = defineLayer({
  type: 'Softmax2d',
  signature: {},
  forward: { input: required(tensor) },
  infer(_, { input }) {
    const dims = input.shape.length;
    if (dims !== 3 && dims !== 4)
      raise('ValueError', `Softmax2d: expected input to be 3D or 4D, got ${dims}D instead`);
    return sameAs(input);
  },
  costs: (_, __, [output]) => eachElement('activation', output, WORK),
});

function softmaxOperation(name: string, homes: readonly Home[]): OperationDefinition {
  return defineOperation({
    name,
    homes,
    signature: {
      input: required(tensor),
      dim: optional(nullable(int), null),
      _stacklevel: optional(int, 3n),
      dtype: optional(nullable(dtype), null),
    },
    infer: ({ input, dim, dtype }, context) => infer(name, { input, dim, dtype }, context),
    costs: (_, [output]) => eachElement('activation', output, WORK),
    reach: ({ input, dim }) => reachOf(input, dim),
  });
}

export const SOFTMAXES = {
  Softmax: softmax('Softmax', 'softmax'),
  LogSoftmax: softmax('LogSoftmax', 'log_softmax'),
  Softmin: softmax('Softmin', 'softmin'),
  Softmax2d,
};

export const SOFTMAX_OPERATIONS = [
  softmaxOperation('softmax', ['torch', 'Tensor', 'functional']),
  softmaxOperation('log_softmax', ['torch', 'Tensor', 'functional']),
  softmaxOperation('softmin', ['functional']),
];
