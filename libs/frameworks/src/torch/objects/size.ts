import {
  asInteger,
  defineClass,
  NOT_IMPLEMENTED,
  PySlice,
  PyTuple,
  sliceItems,
  toArray,
  typeOf,
} from '@tensormark/python';
import type { PyClass, PyValue } from '@tensormark/python';
import { elementCount, formatSize } from '@tensormark/network';

/** `torch.Size`: a tuple that prints itself otherwise. */
export const sizeClass: PyClass = defineClass({
  name: 'Size',
  module: 'torch',
  written: 'c-named-with-module',
  bases: [typeOf(new PyTuple([]))],
  payload: PyTuple,
  allocate: (cls) => new PyTuple([], cls),
  staticMethods: {
    '__new__(cls, sizes=())': (rt, _cls, sizes) => new PyTuple(toArray(rt, sizes ?? null), sizeClass),
  },
  methods: {
    '__init__(*args)': () => null,
    '__getitem__(key)': (rt, self, key) => {
      if (key instanceof PySlice) return new PyTuple(sliceItems(rt, key, self.items), sizeClass);
      const at = Number(asInteger(rt, key ?? null));
      return self.items.at(at) ?? rt.raise('IndexError', 'tuple index out of range');
    },
    '__add__(other)': (_rt, self, other) =>
      other instanceof PyTuple ? new PyTuple([...self.items, ...other.items], sizeClass) : NOT_IMPLEMENTED,
    '__mul__(other)': (rt, self, other) => {
      const times = Math.min(Number(asInteger(rt, other ?? null)), 1000);
      return new PyTuple(Array.from({ length: Math.max(times, 0) }, () => self.items).flat(), sizeClass);
    },
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
