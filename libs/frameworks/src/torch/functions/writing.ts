import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { asSizes } from '../arguments.js';
import { overwrite, writtenWith } from '../operations.js';
import { TensorObject } from '../tensor/tensor.js';
import { derived, tensorOf } from './derived.js';
import { INDEX_CHECKS, takenAlong } from './index-checks.js';

/** Functions that put values at places of a tensor: the result is as large as the tensor, its values not followed. */
const WRITING = {
  index_add: 'dim, index, source, *, alpha=1',
  index_copy: 'dim, index, source',
  index_fill: 'dim, index, value',
  index_put: 'indices, values, accumulate=False',
  masked_scatter: 'mask, source',
  scatter_reduce: 'dim, index, src, reduce, *, include_self=True',
  put: 'index, source, accumulate=False',
} as const;

function shaped(name: string): NativeImplementation {
  return (rt, input, ...args) => {
    const source = tensorOf(rt, input ?? null, name);
    INDEX_CHECKS[name]?.(
      rt,
      source,
      args.map((arg) => arg ?? null),
    );
    const result = derived(rt, source, source.shape);
    for (const arg of args) writtenWith(rt, result, arg ?? null);
    return result;
  };
}

function inPlace(name: string): NativeImplementation {
  return (rt, input, ...args) => {
    const self = tensorOf(rt, input ?? null, name);
    INDEX_CHECKS[name]?.(
      rt,
      self,
      args.map((arg) => arg ?? null),
    );
    overwrite(rt, self, undefined);
    for (const arg of args) writtenWith(rt, self, arg ?? null);
    return self;
  };
}

/** A window of given sizes and strides on the same numbers. */
function strided(rt: Runtime, input: PyValue, size: PyValue): PyValue {
  return derived(rt, tensorOf(rt, input, 'as_strided'), asSizes(rt, [size]));
}

export const writingFunctions: Readonly<Record<string, NativeImplementation>> = {
  ...Object.fromEntries(
    Object.entries(WRITING).flatMap(([name, rest]) => [
      [`${name}(input, ${rest})`, shaped(name)],
      [`${name}_(input, ${rest})`, inPlace(name)],
    ]),
  ),
  'fill_diagonal_(input, fill_value, wrap=False)': inPlace('fill_diagonal_'),
  'as_strided(input, size, stride, storage_offset=None)': (rt, input, size) =>
    strided(rt, input ?? null, size ?? null),
  'take_along_dim(input, indices, dim=None)': (rt, input, indices, dim) =>
    takenAlong(rt, input ?? null, indices ?? null, dim ?? null),
  'diag(input, diagonal=0)': (rt, input, diagonal) => {
    const source = tensorOf(rt, input ?? null, 'diag');
    const offset = typeof diagonal === 'bigint' ? Number(diagonal) : 0;
    const [rows = 0, columns] = source.shape;
    if (source.shape.length === 0 || source.shape.length > 2)
      return rt.raise('RuntimeError', 'matrix or a vector expected');
    if (columns === undefined) {
      const size = rows + Math.abs(offset);
      return derived(rt, source, [size, size]);
    }
    const length = offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns);
    return derived(rt, source, [Math.max(length, 0)]);
  },
  'bucketize(input, boundaries, *, out_int32=False, right=False)': (rt, input) =>
    input instanceof TensorObject ? derived(rt, input, input.shape, 'int64') : rt.unknown('a bucket'),
  'searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None)': (
    rt,
    _sorted,
    input,
  ) => (input instanceof TensorObject ? derived(rt, input, input.shape, 'int64') : rt.unknown('a place')),
  'isin(elements, test_elements, *, assume_unique=False, invert=False)': (rt, elements) =>
    elements instanceof TensorObject
      ? derived(rt, elements, elements.shape, 'bool')
      : rt.unknown('whether a value is among others'),
};
