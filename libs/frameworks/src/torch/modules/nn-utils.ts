import { defineModule, getIterator, PyMethod, toArray } from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyValue, Runtime } from '@tensormark/python';
import { packedClass, packing } from '../nn/packed-sequence.js';
import { reparametrisations } from '../nn/reparametrisation.js';
import { TensorObject } from '../tensor/tensor.js';
import { countOf } from '../values/elements.js';

/** What is given to clip must be a tensor or can be gone over: `net.parameters`, not called, is neither. */
function refuseMethod(rt: Runtime, parameters: PyValue | undefined): void {
  if (parameters instanceof PyMethod) getIterator(rt, parameters);
}

const norm: NativeImplementation = (rt, parameters) => {
  refuseMethod(rt, parameters);
  return new TensorObject({ shape: [], dtype: 'float32' });
};

export const nnUtilities: readonly NativeModule[] = [
  defineModule({
    name: 'torch.nn.utils',
    functions: {
      ...reparametrisations,
      'clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None)': norm,
      'clip_grad_norm(parameters, max_norm, norm_type=2.0)': norm,
      'clip_grad_value_(parameters, clip_value, foreach=None)': (rt, parameters) => {
        refuseMethod(rt, parameters);
        return null;
      },
      'parameters_to_vector(parameters)': (rt, parameters) => {
        const tensors = toArray(rt, parameters ?? null);
        const total = tensors.reduce<number>(
          (sum, item) => sum + (item instanceof TensorObject ? countOf(item.shape) : 0),
          0,
        );
        return new TensorObject({ shape: [total], dtype: 'float32' });
      },
      'vector_to_parameters(vec, parameters)': () => null,
    },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.nn.utils.rnn',
    classes: [packedClass],
    functions: packing,
    unknowns: 'accept',
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.nn.utils.parametrizations',
    functions: reparametrisations,
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.nn.utils.weight_norm', functions: reparametrisations, missing: 'unknown' }),
  defineModule({ name: 'torch.nn.utils.spectral_norm', functions: reparametrisations, missing: 'unknown' }),
];
