import { rawFunction } from '@tensormark/python';
import { DTYPES, operation } from '@tensormark/network';
import { DTypeObject } from '../objects/dtype.js';
import { applyOperation } from '../operations.js';
import { checked } from './table.js';
import { tensorClass, TensorObject } from '../tensor/tensor.js';

/** Methods that PyTorch has under the name of something else. */

/** `tensor.unfold(dimension, size, step)`: windows along an axis; `F.unfold` takes patches of images. */
const windows = operation('unfold_windows');
if (windows !== undefined)
  tensorClass.define(
    'unfold',
    rawFunction('unfold', (rt, args, keywords) => applyOperation(rt, windows, args, keywords), {
      binds: true,
    }),
  );

/** `tensor.view(dtype)` reads the same bytes as another type. */
const view = operation('view');
if (view !== undefined)
  tensorClass.define(
    'view',
    rawFunction(
      'view',
      (rt, args, keywords) => {
        const [self, first] = args;
        if (!(self instanceof TensorObject) || !(first instanceof DTypeObject))
          return checked('Tensor', 'view', view)(rt, args, keywords);
        const ratio = DTYPES[self.dtype].bytes / DTYPES[first.dtype].bytes;
        const last = (self.shape.at(-1) ?? 1) * ratio;
        return new TensorObject({ shape: self.shape.with(-1, Math.floor(last)), dtype: first.dtype });
      },
      { binds: true },
    ),
  );
