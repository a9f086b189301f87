import { eachElement } from '../../costs.js';
import { defineLayer, type LayerDefinition } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { sameAs } from '../../shapes.js';
import { DTYPES, formatSize, isFloatingPoint, type TensorType } from '../../tensor.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { tensor } from '../../values/kinds.js';
import { required } from '../../values/signature.js';
import { checkSizes } from '../convolution/checks.js';
import {
  normBuffers,
  normFormula,
  normOptions,
  normParameters,
  normRepr,
  normSignature,
} from './batch-norm.js';

const INSTANCE = { affine: false, track: false };

/** @throws Raised as `torch.nn.functional.instance_norm` on a batched input */
export function inferInstanceNorm(
  input: TensorType,
  state: { readonly runningMean?: number; readonly weight?: number },
  inputStatistics: boolean,
): TensorType {
  const { shape } = input;
  const [batch = 1, channels = 0] = shape;
  if (inputStatistics && shape.slice(2).reduce((count, size) => count * size, 1) === 1)
    raise(
      'ValueError',
      `Expected more than 1 spatial element when training, got input size ${formatSize(shape)}`,
      sameAs(input),
    );
  // PyTorch folds the batch into the channels before it looks, and says so in its counts.
  const named = [
    ['running_mean', state.runningMean],
    ['weight', state.weight],
  ] as const;
  for (const [name, size] of named) {
    if (size !== undefined && size !== channels)
      raise(
        'RuntimeError',
        `${name} should contain ${batch * channels} elements not ${batch * size}`,
        sameAs(input),
      );
  }
  if (!isFloatingPoint(input.dtype))
    raise('RuntimeError', `"batch_norm" not implemented for '${DTYPES[input.dtype].scalarName}'`, {
      ...sameAs(input),
      dtype: 'float32',
    });
  return sameAs(input);
}

function instanceNorm(rank: 1 | 2 | 3) {
  return defineLayer({
    type: `InstanceNorm${rank}d`,
    signature: normSignature(INSTANCE),
    forward: { input: required(tensor) },
    training: 'batch-statistics',
    validate: ({ num_features }) => checkSizes([num_features]),
    parameters: normParameters,
    parameterFormula: normFormula,
    buffers: normBuffers,
    infer({ num_features, affine, track_running_stats }, { input }, { training }) {
      const dims = input.shape.length;
      if (dims !== rank + 1 && dims !== rank + 2)
        raise('ValueError', `expected ${rank + 1}D or ${rank + 2}D input (got ${dims}D input)`);
      const batched = dims === rank + 2;
      const whole = batched ? sameAs(input) : { ...sameAs(input), shape: [1, ...input.shape] };
      if (affine && whole.shape[1] !== num_features)
        raiseAlike(
          'ValueError',
          `expected input's size at dim=${batched ? 1 : 0} to match num_features (${num_features}), but got: ${whole.shape[1]}.`,
          sameAs(input),
        );
      inferInstanceNorm(
        whole,
        {
          ...(track_running_stats && { runningMean: num_features }),
          ...(affine && { weight: num_features }),
        },
        training || !track_running_stats,
      );
      return sameAs(input);
    },
    costs: (_, __, [output]) => eachElement('normalisation', output, 2),
    // Statistics are taken over the whole map, in evaluation too where none are kept.
    reach: () => EVERYTHING,
    extraRepr: ({ num_features }, written) => normRepr(num_features, written),
  });
}

function lazyInstanceNorm(rank: 1 | 2 | 3, becomes: LayerDefinition) {
  return defineLayer({
    type: `LazyInstanceNorm${rank}d`,
    // Lazy ones are born of batch normalisation, and have its defaults.
    signature: normOptions({ affine: true, track: true }),
    forward: { input: required(tensor) },
    training: 'batch-statistics',
    infer: () => null,
    extraRepr: (_, written) => normRepr(0, written),
    materialize: (_, { input }, written) =>
      becomes.build({
        positional: [],
        named: { ...written, num_features: BigInt(input.shape.at(-rank - 1) ?? 0) },
      }),
  });
}

const InstanceNorm1d = instanceNorm(1);
const InstanceNorm2d = instanceNorm(2);
const InstanceNorm3d = instanceNorm(3);

export const INSTANCE_NORMS = {
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  LazyInstanceNorm1d: lazyInstanceNorm(1, InstanceNorm1d),
  LazyInstanceNorm2d: lazyInstanceNorm(2, InstanceNorm2d),
  LazyInstanceNorm3d: lazyInstanceNorm(3, InstanceNorm3d),
};
