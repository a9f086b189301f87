import { defineClass, PyObject } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import { DTYPES, isFloatingPoint } from '@tensormark/network';
import type { DType } from '@tensormark/network';

/** `torch.float32` and its like. */
export class DTypeObject extends PyObject {
  constructor(readonly dtype: DType) {
    super(dtypeClass);
  }
}

export const dtypeClass = defineClass({
  name: 'dtype',
  module: 'torch',
  written: 'c-named-with-module',
  payload: DTypeObject,
  methods: {
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    '__repr__()': (_rt, self) => `torch.${self.dtype}`,
    '__reduce__()': (_rt, self) => self.dtype,
  },
  properties: {
    is_floating_point: (_rt, self) => isFloatingPoint(self.dtype),
    is_complex: (_rt, self) => DTYPES[self.dtype].category === 'complex',
    is_signed: (_rt, self) => self.dtype !== 'bool' && self.dtype !== 'uint8',
    itemsize: (_rt, self) => BigInt(DTYPES[self.dtype].bytes),
  },
});

const objects = new Map<DType, DTypeObject>();

/** The one object that stands for an element type. */
export function dtypeObject(dtype: DType): DTypeObject {
  let object = objects.get(dtype);
  if (object === undefined) {
    object = new DTypeObject(dtype);
    objects.set(dtype, object);
  }
  return object;
}

/** The names under which `torch` has its element types. */
const NAMES: Readonly<Record<string, DType>> = {
  bool: 'bool',
  uint8: 'uint8',
  int8: 'int8',
  int16: 'int16',
  short: 'int16',
  int32: 'int32',
  int: 'int32',
  int64: 'int64',
  long: 'int64',
  float16: 'float16',
  half: 'float16',
  bfloat16: 'bfloat16',
  float32: 'float32',
  float: 'float32',
  float64: 'float64',
  double: 'float64',
  complex64: 'complex64',
  cfloat: 'complex64',
  complex128: 'complex128',
  cdouble: 'complex128',
};

export function dtypeNames(): Record<string, PyValue> {
  return Object.fromEntries(Object.entries(NAMES).map(([name, dtype]) => [name, dtypeObject(dtype)]));
}
