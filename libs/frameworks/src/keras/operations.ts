import {
  ELLIPSIS,
  extendClass,
  NdArray,
  NOT_IMPLEMENTED,
  PySlice,
  PyTuple,
  PyUnknown,
  rawFunction,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../trace/reading.js';
import { ARITHMETIC, ORDERINGS } from '../torch/functions/arithmetic-operators.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { withHistory } from './call.js';
import { compute, operationComputation } from './compute.js';
import { unknownWithin } from './shapes.js';
import { kerasTensorsIn } from './tree-of-tensors.js';
import { KerasTensor, kerasTensorClass, shapeTuple } from './tensor.js';

/** Does an operation of the network's table to tensors, as a step of a model where they are symbolic. */
export function applyKeras(
  rt: Runtime,
  operation: string,
  args: readonly PyValue[],
  keywords?: ReadonlyMap<string, PyValue>,
): PyValue {
  const all = [...args, ...(keywords?.values() ?? [])];
  const unknown = all.map((arg) => unknownWithin(arg)).find((found) => found !== undefined);
  if (unknown !== undefined) return unknown;
  const { span } = rt;
  const { value, failed } = compute(rt, operationComputation(operation), args, keywords, {
    span,
    quiet: false,
    training: readingOf(rt).training,
  });
  const inputs = all.flatMap((arg) => kerasTensorsIn(arg)).filter((tensor) => tensor.isSymbolic);
  if (readingOf(rt).trace !== undefined || inputs.length === 0) return value;
  return withHistory(value, { layer: undefined, operation, args, keywords, inputs, span, failed });
}

function isOperand(value: PyValue): boolean {
  return (
    value instanceof TensorObject ||
    value instanceof PyUnknown ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean'
  );
}

function define(name: string, body: (rt: Runtime, self: PyValue, other: PyValue) => PyValue): void {
  kerasTensorClass.define(
    name,
    rawFunction(name, (rt, [self, other]) => body(rt, self ?? null, plain(other ?? null)), { binds: true }),
  );
}

function plain(value: PyValue): PyValue {
  return value instanceof NdArray ? KerasTensor.of(value.shape) : value;
}

for (const [operator, name] of Object.entries(ARITHMETIC)) {
  define(`__${operator}__`, (rt, self, other) =>
    isOperand(other) ? applyKeras(rt, name, [self, other]) : NOT_IMPLEMENTED,
  );
  define(`__r${operator}__`, (rt, self, other) =>
    isOperand(other) ? applyKeras(rt, name, [other, self]) : NOT_IMPLEMENTED,
  );
}
for (const [operator, name] of Object.entries(ORDERINGS))
  define(`__${operator}__`, (rt, self, other) =>
    isOperand(other) ? applyKeras(rt, name, [self, other]) : NOT_IMPLEMENTED,
  );
for (const name of ['neg', 'abs'] as const) define(`__${name}__`, (rt, self) => applyKeras(rt, name, [self]));

/** What an index of Keras's may be made of: numbers, slices, `...` and `None`. */
function isPlainIndex(value: PyValue): boolean {
  if (value instanceof PyTuple) return value.items.every(isPlainIndex);
  return value === null || value === ELLIPSIS || value instanceof PySlice || typeof value === 'bigint';
}

extendClass(kerasTensorClass, {
  payload: KerasTensor,
  methods: {
    '__getitem__(key)': (rt, self, key) =>
      isPlainIndex(key ?? null)
        ? applyKeras(rt, 'getitem', [self, key instanceof PyTuple ? key : new PyTuple([key ?? null])])
        : rt.unknown('an element of a tensor that is picked by another'),
    '__len__()': (rt, self) => {
      const size = self.sizes[0] ?? null;
      return size === null ? rt.unknown('the length of a tensor whose size is not known') : BigInt(size);
    },
    'numpy()': (rt) => rt.unknown('the values of a tensor'),
    'get_shape()': (_rt, self) => shapeTuple(self.sizes),
    'assign(*args, **kwargs)': (_rt, self) => self,
    'assign_add(*args, **kwargs)': (_rt, self) => self,
    'assign_sub(*args, **kwargs)': (_rt, self) => self,
  },
  properties: {
    shape: (_rt, self) => shapeTuple(self.sizes),
    dtype: (_rt, self) => self.dtype,
    ndim: (_rt, self) => BigInt(self.shape.length),
    name: (_rt, self) => self.label ?? 'keras_tensor',
  },
});
