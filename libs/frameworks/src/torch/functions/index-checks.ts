import type { PyValue, Runtime } from '@tensormark/python';
import { DTYPES, formatShape } from '@tensormark/network';
import type { ErrorType } from '@tensormark/network';
import { report } from '../../trace/reading.js';
import { asCount } from '../arguments.js';
import { axisOf } from '../tensor/facts.js';
import { TensorObject } from '../tensor/tensor.js';
import { derived, tensorOf } from './derived.js';

/** What PyTorch refuses of the indices and sources that values are put by. */

type Arguments = readonly PyValue[];

function refuse(rt: Runtime, type: ErrorType, message: string): void {
  report(rt, { type, message, exact: true });
}

/** The index tensor of a call, and the axis it speaks of. */
function indexed(rt: Runtime, name: string, self: TensorObject, [dim = null, index = null]: Arguments) {
  const axis = axisOf(rt, asCount(rt, dim), self.shape.length);
  return { axis, places: tensorOf(rt, index, name) };
}

function sizeAlong({ shape }: TensorObject, axis: number): number {
  return shape[axis] ?? 1;
}

function without({ shape }: TensorObject, axis: number): string {
  return shape.toSpliced(axis, 1).join();
}

function indexAdd(rt: Runtime, self: TensorObject, args: Arguments): void {
  const { axis, places } = indexed(rt, 'index_add', self, args);
  const source = tensorOf(rt, args[2] ?? null, 'index_add');
  const count = places.shape[0] ?? 1;
  if (places.shape.length > 1)
    refuse(
      rt,
      'IndexError',
      `index_add_(): Index is supposed to be a vector, but got dim: ${places.shape.length} with type: ${DTYPES[places.dtype].scalarName} and size: ${formatShape(places.shape)}`,
    );
  else if (places.dtype !== 'int64' && places.dtype !== 'int32')
    refuse(
      rt,
      'RuntimeError',
      `index_add_(): Expected dtype int32/int64 for index but got: ${DTYPES[places.dtype].scalarName}`,
    );
  else if (self.dtype !== source.dtype)
    refuse(
      rt,
      'RuntimeError',
      `index_add_(): self (${DTYPES[self.dtype].scalarName}) and source (${DTYPES[source.dtype].scalarName}) must have the same scalar type`,
    );
  else if (count !== sizeAlong(source, axis))
    refuse(
      rt,
      'RuntimeError',
      `index_add_(): Number of indices (${count}) should be equal to source.size(dim): (${sizeAlong(source, axis)}), for dim: ${axis}`,
    );
  else if (self.shape.length > 0 && source.shape.length > 0 && without(self, axis) !== without(source, axis))
    refuse(
      rt,
      'RuntimeError',
      `source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = ${formatShape(self.shape)} source.shape = ${formatShape(source.shape)}`,
    );
  else if (isOutside(places, sizeAlong(self, axis))) refuse(rt, 'IndexError', 'index out of range in self');
}

function isOutside(places: TensorObject, size: number): boolean {
  return places.known?.toArray().some((value) => value < 0 || value >= size) === true;
}

function indexCopy(rt: Runtime, self: TensorObject, args: Arguments): void {
  const { axis, places } = indexed(rt, 'index_copy', self, args);
  const source = tensorOf(rt, args[2] ?? null, 'index_copy');
  const count = places.shape[0] ?? 1;
  if (places.shape.length > 1)
    refuse(
      rt,
      'IndexError',
      `index_copy_(): Index should have dimension 1 or 0 (got ${places.shape.length})`,
    );
  else if (self.shape.length !== source.shape.length && self.shape.length > 0 && source.shape.length > 0)
    refuse(
      rt,
      'IndexError',
      `index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality (${source.shape.length}), destination dimensionality (${self.shape.length})`,
    );
  else if (places.dtype !== 'int64')
    refuse(
      rt,
      'RuntimeError',
      `index_copy_(): Expected a long tensor for index, but got ${DTYPES[places.dtype].scalarName}`,
    );
  else if (self.dtype !== source.dtype)
    refuse(
      rt,
      'RuntimeError',
      `index_copy_(): self and source expected to have the same dtype, but got (self) ${DTYPES[self.dtype].scalarName} and (source) ${DTYPES[source.dtype].scalarName}`,
    );
  else if (without(self, axis) !== without(source, axis))
    report(rt, {
      type: 'RuntimeError',
      message: `index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: ${self.shape.toSpliced(axis, 1).join(' ')} at dimension ${axis} and source slice shape: ${source.shape.toSpliced(axis, 1).join(' ')} at dimension 0.`,
      exact: false,
    });
  else if (count !== sizeAlong(source, axis))
    refuse(
      rt,
      'IndexError',
      `index_copy_(): Number of indices (${count}) should be equal to source.size(dim) (${sizeAlong(source, axis)})`,
    );
}

function indexFill(rt: Runtime, self: TensorObject, args: Arguments): void {
  const { places } = indexed(rt, 'index_fill', self, args);
  const [, , value] = args;
  if (places.dtype !== 'int64') refuse(rt, 'IndexError', 'index_fill_(): Expected dtype int64 for index.');
  else if (places.shape.length > 1) refuse(rt, 'RuntimeError', 'Index has to be a vector/scalar');
  else if (value instanceof TensorObject && value.shape.length > 0)
    refuse(
      rt,
      'RuntimeError',
      `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.shape.length} dimension(s).`,
    );
}

/** By the function whose arguments, but the first, are looked at. */
export const INDEX_CHECKS: Readonly<
  Record<string, (rt: Runtime, self: TensorObject, args: Arguments) => void>
> = {
  index_add: indexAdd,
  index_copy: indexCopy,
  index_fill: indexFill,
};

/** @throws as `torch.take_along_dim`: sizes beside the dimension are stretched to each other */
export function takenAlong(rt: Runtime, input: PyValue, indices: PyValue, dim: PyValue): PyValue {
  const [source, places] = [tensorOf(rt, input, 'take_along_dim'), tensorOf(rt, indices, 'take_along_dim')];
  if (places.dtype !== 'int64')
    return rt.raise(
      'RuntimeError',
      `torch.take_along_dim(): dtype of indices should be Long but got ${DTYPES[places.dtype].scalarName}`,
    );
  if (dim === null) return derived(rt, source, [places.shape.reduce((count, size) => count * size, 1)]);
  if (source.shape.length !== places.shape.length)
    return rt.raise(
      'RuntimeError',
      `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${source.shape.length} dimensions for input, and ${places.shape.length} dimensions for indices`,
    );
  const axis = axisOf(rt, asCount(rt, dim), source.shape.length);
  const shape = places.shape.map((size, at) => {
    const other = source.shape[at] ?? 1;
    if (at === axis || size === other) return size;
    if (size === 1) return other;
    if (other === 1) return size;
    return -1;
  });
  const bad = shape.lastIndexOf(-1);
  if (bad >= 0)
    return rt.raise(
      'RuntimeError',
      `The size of tensor a (${source.shape[bad]}) must match the size of tensor b (${places.shape[bad]}) at non-singleton dimension ${bad}`,
    );
  return derived(rt, source, shape);
}
