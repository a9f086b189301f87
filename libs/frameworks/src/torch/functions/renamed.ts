import { rawFunction } from '@tensormark/python';
import type { Runtime } from '@tensormark/python';
import { DTYPES, operation } from '@tensormark/network';
import type { DType } from '@tensormark/network';
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

/** @throws as `tensor.view(dtype)` */
function shapeAs(rt: Runtime, { shape, dtype }: TensorObject, wanted: DType): readonly number[] {
  const [from, to] = [DTYPES[dtype], DTYPES[wanted]];
  const last = shape.at(-1);
  if (from.bytes === to.bytes) return shape;
  const words = `to view ${from.scalarName} as ${to.scalarName} (different element sizes)`;
  if (last === undefined) return rt.raise('RuntimeError', `self.dim() cannot be 0 ${words}`);
  const size = (last * from.bytes) / to.bytes;
  if (!Number.isInteger(size))
    return rt.raise(
      'RuntimeError',
      `self.size(-1) must be divisible by ${to.bytes / from.bytes} ${words}, but got ${last}`,
    );
  return shape.with(-1, size);
}

/** `tensor.view(dtype)` reads the same bytes as another type. */
const view = operation('view');
if (view !== undefined)
  tensorClass.define(
    'view',
    rawFunction(
      'view',
      (rt, args, keywords) => {
        const [self, first = keywords?.get('dtype')] = args;
        const size = keywords?.get('size');
        if (self !== undefined && size !== undefined && keywords?.size === 1 && args.length === 1)
          return checked('Tensor', 'view', view)(rt, [self, size], undefined);
        if (!(self instanceof TensorObject) || !(first instanceof DTypeObject))
          return checked('Tensor', 'view', view)(rt, args, keywords);
        return new TensorObject({ shape: shapeAs(rt, self, first.dtype), dtype: first.dtype });
      },
      { binds: true },
    ),
  );
