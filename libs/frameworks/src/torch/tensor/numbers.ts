import { extendClass, NativeIterator, PyList, PyUnknown, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { DTYPES, elementCount, floatRepr, formatShape } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import type { Elements } from '../values/elements.js';
import { tensorClass, TensorObject } from './tensor.js';

/** One element as Python has it. */
export function toPython(value: number, dtype: DType): PyValue {
  const { category } = DTYPES[dtype];
  if (category === 'bool') return value !== 0;
  return category === 'integer' ? BigInt(value) : value;
}

/** The single element of a tensor; an unknown where it is not known. */
export function itemOf(rt: Runtime, self: TensorObject): PyValue {
  if (elementCount(self.shape) !== 1n)
    return rt.raise(
      'RuntimeError',
      `a Tensor with ${elementCount(self.shape)} elements cannot be converted to Scalar`,
    );
  const { known } = self;
  if (known !== undefined) return toPython(known.toArray()[0] ?? 0, self.dtype);
  // A float's value is not known, but that it is a float is: `.item().backward()` is an error of its own.
  const { category } = DTYPES[self.dtype];
  const unknown = rt.unknown(
    category === 'float' ? 'the value of a tensor' : `the value of a tensor of ${self.dtype}`,
  );
  if (unknown instanceof PyUnknown && category !== 'complex')
    unknown.ofClass = typeOf(toPython(0, self.dtype));
  return unknown;
}

function nested(rt: Runtime, elements: Elements, dtype: DType): PyValue {
  rt.step(elements.count / 4);
  rt.allocate(elements.count * 16);
  const values = elements.toArray();
  const build = (axis: number, start: number, stride: number): PyValue => {
    if (axis === elements.shape.length) return toPython(values[start] ?? 0, dtype);
    const size = elements.shape[axis] ?? 1;
    const step = stride / Math.max(size, 1);
    return new PyList(Array.from({ length: size }, (_, at) => build(axis + 1, start + at * step, step)));
  };
  return build(0, 0, values.length);
}

function truth(rt: Runtime, self: TensorObject): PyValue {
  const count = elementCount(self.shape);
  if (count === 0n) return false;
  if (count > 1n)
    return rt.raise('RuntimeError', 'Boolean value of Tensor with more than one value is ambiguous');
  const value = itemOf(rt, self);
  return value !== null && typeof value === 'object' ? value : rt.truth(value);
}

function refuseMany(rt: Runtime, self: TensorObject): void {
  if (elementCount(self.shape) !== 1n)
    rt.raise('ValueError', 'only one element tensors can be converted to Python scalars');
}

function asFloat(rt: Runtime, self: TensorObject): PyValue {
  refuseMany(rt, self);
  const value = itemOf(rt, self);
  return typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : value;
}

function asInt(rt: Runtime, self: TensorObject): PyValue {
  refuseMany(rt, self);
  const value = itemOf(rt, self);
  if (typeof value === 'boolean') return BigInt(value);
  if (typeof value !== 'number') return value;
  return Number.isFinite(value)
    ? BigInt(Math.trunc(value))
    : rt.raise('ValueError', 'cannot convert float to integer');
}

/** As PyTorch prints a small tensor, four digits after the point; beyond that only what it is. */
function shown(self: TensorObject): string {
  const { known, shape, dtype } = self;
  const prefix = self.isParameter ? 'Parameter containing:\n' : '';
  const type = dtype === 'float32' || dtype === 'int64' || dtype === 'bool' ? '' : `, dtype=torch.${dtype}`;
  const tail = self.computed ? ', grad_fn=<...>' : self.requiresGrad ? ', requires_grad=True' : '';
  if (known === undefined || known.count > 1000)
    return `${prefix}tensor(..., size=${formatShape(shape)}${type}${tail})`;
  const values = known.toArray();
  const whole = values.every(Number.isInteger);
  const text = (value: number): string => {
    if (dtype === 'bool') return value === 0 ? 'False' : 'True';
    if (DTYPES[dtype].category === 'integer') return `${value}`;
    if (!Number.isFinite(value)) return floatRepr(value);
    return whole ? `${value}.` : value.toFixed(4);
  };
  const width = Math.max(0, ...[...values].map((value) => text(value).length));
  const build = (axis: number, start: number, stride: number): string => {
    if (axis === shape.length)
      return shape.length === 0 ? text(values[start] ?? 0) : text(values[start] ?? 0).padStart(width);
    const size = shape[axis] ?? 1;
    const step = stride / Math.max(size, 1);
    const parts = Array.from({ length: size }, (_, at) => build(axis + 1, start + at * step, step));
    const indent = `,${'\n'.repeat(Math.max(1, shape.length - axis - 1))}${' '.repeat(8 + axis)}`;
    return `[${parts.join(axis === shape.length - 1 ? ', ' : indent)}]`;
  };
  return `${prefix}tensor(${build(0, 0, values.length)}${type}${tail})`;
}

/** A tensor as numbers, a truth value or text of the program. */
extendClass(tensorClass, {
  payload: TensorObject,
  methods: {
    'item()': (rt, self) => itemOf(rt, self),
    'tolist()': (rt, self) =>
      self.known === undefined ? rt.unknown('the values of a tensor') : nested(rt, self.known, self.dtype),
    '__bool__()': (rt, self) => truth(rt, self),
    '__int__()': (rt, self) => asInt(rt, self),
    '__float__()': (rt, self) => asFloat(rt, self),
    '__index__()': (rt, self) => {
      if (DTYPES[self.dtype].category !== 'integer' || elementCount(self.shape) !== 1n)
        return rt.raise('TypeError', 'only integer tensors of a single element can be converted to an index');
      return asInt(rt, self);
    },
    '__format__(spec)': (rt, self, spec) => {
      if (self.shape.length > 0 && (spec ?? '') !== '')
        return rt.raise('TypeError', `unsupported format string passed to ${typeOf(self).name}.__format__`);
      if (self.shape.length > 0 || self.known === undefined) return shown(self);
      const value = itemOf(rt, self);
      return rt.call(rt.bind(typeOf(value).lookup('__format__') ?? null, value), [spec ?? '']);
    },
    '__repr__()': (_rt, self) => shown(self),
    '__iter__()': (rt, self) => {
      if (self.shape.length === 0) return rt.raise('TypeError', 'iteration over a 0-d tensor');
      let at = 0;
      const getItem = tensorClass.lookup('__getitem__') ?? null;
      return new NativeIterator('iterator', (now) =>
        at < (self.shape[0] ?? 0) ? now.call(getItem, [self, BigInt(at++)]) : undefined,
      );
    },
  },
});
