import { extendClass, keywords, rest } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import type { DType } from '@tensormark/network';
import { isFloatingPoint } from '@tensormark/network';
import { asDType, dtypeOf, asSizes } from '../arguments.js';
import { DeviceObject, readDevice } from '../objects/device.js';
import { filled } from '../values/creation.js';
import { toNumpy } from './arrays.js';
import { cloned, converted, detached, sameTensor } from './derive.js';
import { elementsFromNested } from './nested.js';
import { tensorClass, TensorObject } from './tensor.js';

type Method = MethodDefinition<TensorObject>;

function to(rt: Runtime, self: TensorObject, args: readonly PyValue[]): TensorObject {
  let result = self;
  for (const value of args) {
    const dtype = dtypeOf(value);
    if (dtype !== undefined) result = converted(rt, result, dtype);
    else if (value instanceof TensorObject) result = converted(rt, result, value.dtype);
    else if (value instanceof DeviceObject || typeof value === 'string' || typeof value === 'bigint')
      result = moved(rt, result, value);
  }
  return result;
}

function moved(rt: Runtime, self: TensorObject, device: PyValue): TensorObject {
  const place = readDevice(rt, device);
  if (place.text === self.device.text) return self;
  const result = sameTensor(rt, self);
  result.device = place;
  return result;
}

const as =
  (dtype: DType): Method =>
  (rt, self) =>
    converted(rt, self, dtype);

/** A new tensor of this one's type, filled with a value or left unfilled. */
const fresh =
  (value: number | undefined): Method =>
  (rt, self, args, size, dtype, device) => {
    const given = rest(args ?? null);
    const shape = asSizes(rt, given.length === 0 && size !== null ? [size ?? null] : given);
    const type = { shape, dtype: asDType(rt, dtype ?? null, self.dtype) };
    const result = TensorObject.holding(
      value === undefined ? undefined : filled(shape, value, type.dtype),
      type,
    );
    result.device = device === null ? self.device : readDevice(rt, device ?? null);
    return result;
  };

const FRESH = 'dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False';

/** Other types, devices and copies of a tensor, and new ones after its pattern. */
extendClass(tensorClass, {
  payload: TensorObject,
  methods: {
    'to(*args, **kwargs)': (rt, self, args, kwargs) =>
      to(rt, self, [...rest(args ?? null), ...keywords(kwargs ?? null).values()]),
    'cuda(device=None, non_blocking=False, memory_format=None)': (rt, self, device) =>
      moved(rt, self, device ?? 'cuda'),
    'cpu(memory_format=None)': (rt, self) => moved(rt, self, 'cpu'),
    'float(memory_format=None)': as('float32'),
    'double(memory_format=None)': as('float64'),
    'half(memory_format=None)': as('float16'),
    'bfloat16(memory_format=None)': as('bfloat16'),
    'long(memory_format=None)': as('int64'),
    'int(memory_format=None)': as('int32'),
    'short(memory_format=None)': as('int16'),
    'char(memory_format=None)': as('int8'),
    'byte(memory_format=None)': as('uint8'),
    'bool(memory_format=None)': as('bool'),
    'type_as(other)': (rt, self, other) =>
      other instanceof TensorObject ? converted(rt, self, other.dtype) : self,
    'contiguous(memory_format=None)': (rt, self) =>
      self.known?.isContiguous === false ? cloned(rt, self) : self,
    'clone(*, memory_format=None)': (rt, self) => cloned(rt, self),
    'detach()': (rt, self) => detached(rt, self),
    'detach_()': (_rt, self) => {
      self.requiresGrad = false;
      self.computed = false;
      return self;
    },
    'requires_grad_(requires_grad=True)': (rt, self, requiresGrad) => {
      const wanted = rt.truth(requiresGrad ?? true);
      if (wanted && !isFloatingPoint(self.dtype))
        rt.raise('RuntimeError', 'only Tensors of floating point dtype can require gradients');
      self.requiresGrad = wanted;
      return self;
    },
    'numpy(*, force=False)': (rt, self) => {
      if (self.requiresGrad)
        return rt.raise(
          'RuntimeError',
          "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        );
      return toNumpy(self) ?? rt.unknown('the elements of a tensor');
    },
    '__array__(dtype=None)': (rt, self) => toNumpy(self) ?? rt.unknown('the elements of a tensor'),
    [`new_zeros(*args, size=None, ${FRESH})`]: fresh(0),
    [`new_ones(*args, size=None, ${FRESH})`]: fresh(1),
    [`new_empty(*args, size=None, ${FRESH})`]: fresh(undefined),
    [`new(*args, size=None, ${FRESH})`]: fresh(undefined),
    [`new_full(size, fill_value, *, ${FRESH})`]: (rt, self, size, value, dtype) => {
      const type = { shape: asSizes(rt, [size ?? null]), dtype: asDType(rt, dtype ?? null, self.dtype) };
      const number =
        typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
          ? Number(value)
          : undefined;
      return TensorObject.holding(
        number === undefined ? undefined : filled(type.shape, number, type.dtype),
        type,
      );
    },
    'new_tensor(data, *, dtype=None, device=None, requires_grad=False)': (rt, self, data, dtype) => {
      const found = elementsFromNested(rt, data ?? null);
      if (found === undefined) return rt.unknown('a tensor made of unknown values');
      return converted(
        rt,
        TensorObject.holding(found.elements, found),
        asDType(rt, dtype ?? null, self.dtype),
      );
    },
  },
});
