import { defineModule, toArray } from '@tensormark/python';
import type { NativeImplementation, NativeModule } from '@tensormark/python';
import { packedClass, packing } from '../nn/packed-sequence.js';
import { reparametrisations } from '../nn/reparametrisation.js';
import { TensorObject } from '../tensor/tensor.js';
import { countOf } from '../values/elements.js';

const norm: NativeImplementation = () => new TensorObject({ shape: [], dtype: 'float32' });

export const nnUtilities: readonly NativeModule[] = [
  defineModule({
    name: 'torch.nn.utils',
    functions: {
      ...reparametrisations,
      'clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None)': norm,
      'clip_grad_norm(parameters, max_norm, norm_type=2.0)': norm,
      'clip_grad_value_(parameters, clip_value, foreach=None)': () => null,
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
