import { defineClass, PyTuple, typeOf } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import { elementCount, formatSize } from '@tensormark/network';

/** `torch.Size`: a tuple that prints itself otherwise. */
export const sizeClass = defineClass({
  name: 'Size',
  module: 'torch',
  bases: [typeOf(new PyTuple([]))],
  payload: PyTuple,
  allocate: (cls) => new PyTuple([], cls),
  methods: {
    'numel()': (_rt, self) => elementCount(dimensions(self)),
    '__repr__()': (_rt, self) => formatSize(dimensions(self)),
  },
});

function dimensions(size: PyTuple): number[] {
  return size.items.map(Number);
}

export function sizeOf(shape: readonly number[]): PyTuple {
  const items: PyValue[] = [];
  for (const size of shape) items.push(BigInt(size));
  return new PyTuple(items, sizeClass);
}
