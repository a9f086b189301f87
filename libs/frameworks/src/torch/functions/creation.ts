import { asNumber, NdArray, plainInteger, PyUnknown, rest, typeOf } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { formatShape } from '@tensormark/network';
import type { DType, Start, TensorType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { asCount, asDType, asSizes } from '../arguments.js';
import { readDevice } from '../objects/device.js';
import { dtypeObject } from '../objects/dtype.js';
import { fromArray, typeOfArray } from '../tensor/arrays.js';
import { placeDrawn } from '../tensor/drawing.js';
import { countNamed, drawnIntegers, invalid, refuseDrawing, sizesOf } from './creation-arguments.js';
import { elementsFromNested } from '../tensor/nested.js';
import { TensorObject } from '../tensor/tensor.js';
import { filled, identity, ranged, rangeLength, spaced } from '../values/creation.js';
import { elementsOf } from '../values/elements.js';
import { affordsElements, countElementWork } from '../values/work.js';
import type { Elements } from '../values/elements.js';

/** The keywords that every creating function takes. */
const OPTIONS = 'dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False';

interface Options {
  readonly dtype: PyValue;
  readonly device: PyValue;
  readonly requiresGrad: PyValue;
}

function make(rt: Runtime, type: TensorType, all: Elements | undefined, options: Options): TensorObject {
  for (const size of type.shape)
    if (size < 0)
      rt.raise(
        'RuntimeError',
        `Trying to create tensor with negative dimension ${size}: ${formatShape(type.shape)}`,
      );
  const elements = affordsElements(rt, all?.count ?? 0) ? all : undefined;
  const tensor = TensorObject.holding(elements, type);
  rt.allocate(elements === undefined ? 200 : 200 + elements.count * 8);
  countElementWork(rt, [tensor]);
  tensor.device = readDevice(rt, options.device);
  if (rt.truth(options.requiresGrad)) {
    if (!type.dtype.startsWith('float') && !type.dtype.startsWith('complex') && type.dtype !== 'bfloat16')
      rt.raise('RuntimeError', 'Only Tensors of floating point and complex dtype can require gradients');
    tensor.requiresGrad = true;
  }
  return tensor;
}

function fill(name: string, value: number | undefined): NativeImplementation {
  return (rt, args, size, dtype, _layout, device, requiresGrad) => {
    const shape = sizesOf(rt, name, args ?? null, size ?? null);
    const type = { shape, dtype: asDType(rt, dtype ?? null, 'float32') };
    const elements = value === undefined ? undefined : filled(shape, value, type.dtype);
    return make(rt, type, elements, options(dtype, device, requiresGrad));
  };
}

function options(dtype?: PyValue, device?: PyValue, requiresGrad?: PyValue): Options {
  return { dtype: dtype ?? null, device: device ?? null, requiresGrad: requiresGrad ?? false };
}

const UNIT: Start = { kind: 'uniform', low: 0, high: 1 };
const STANDARD: Start = { kind: 'normal', mean: 0, deviation: 1 };

/** Random tensors are remembered: a program's `torch.randn(1, 3, 32, 32)` tells what its network takes. */
function random(name: 'rand' | 'randn', start: Start): NativeImplementation {
  return (rt, args, size, given, _layout, device, requiresGrad) => {
    const shape = sizesOf(rt, name, args ?? null, size ?? null);
    const dtype = asDType(rt, given ?? null, 'float32');
    refuseDrawing(rt, name, dtype);
    readingOf(rt).made.push({ shape, integral: false });
    const made = make(rt, { shape, dtype }, undefined, options(given, device, requiresGrad));
    return drawn(rt, made, start);
  };
}

function drawn(rt: Runtime, made: PyValue, start: Start): PyValue {
  if (!(made instanceof TensorObject)) return made;
  made.start = start;
  placeDrawn(rt, made);
  return made;
}

function numberOf(value: PyValue | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

function like(value: number | undefined): NativeImplementation {
  return (rt, input, dtype, _layout, device, requiresGrad) => {
    if (!(input instanceof TensorObject)) return notTensor(rt, input ?? null);
    const type = { shape: input.shape, dtype: asDType(rt, dtype ?? null, input.dtype) };
    const elements = value === undefined ? undefined : filled(type.shape, value, type.dtype);
    return make(rt, type, elements, options(dtype, device ?? input.device, requiresGrad));
  };
}

function drawnLike(name: 'rand_like' | 'randn_like', start: Start): NativeImplementation {
  return (rt, input, dtype, layout, device, requiresGrad) => {
    if (input instanceof TensorObject) refuseDrawing(rt, name, asDType(rt, dtype ?? null, input.dtype));
    const made = like(undefined)(
      rt,
      input ?? null,
      dtype ?? null,
      layout ?? null,
      device ?? null,
      requiresGrad ?? null,
    );
    return drawn(rt, made, start);
  };
}

function notTensor(rt: Runtime, value: PyValue): never {
  return rt.raise('TypeError', `argument 'input' (position 1) must be Tensor, not ${typeOf(value).name}`);
}

/** The type a Python number gives a tensor. */
function typeOfNumber(...values: readonly PyValue[]): DType {
  if (
    values.some(
      (value) =>
        typeof value === 'number' || (value instanceof TensorObject && value.dtype.startsWith('float')),
    )
  )
    return 'float32';
  return 'int64';
}

function arange(rt: Runtime, args: readonly PyValue[], given: readonly PyValue[], opts: Options): PyValue {
  const [start, end, step] =
    args.length === 1
      ? [0n, args[0] ?? 0n, given[2] ?? 1n]
      : [args[0] ?? given[0] ?? 0n, args[1] ?? given[1] ?? 0n, args[2] ?? given[2] ?? 1n];
  const values = [start, end, step].map((value) => asNumber(rt, value ?? 1n));
  const [from = 0, to = 0, by = 1] = values;
  if (by === 0) return rt.raise('RuntimeError', 'step must be nonzero');
  if ((to - from) * by < 0)
    return rt.raise('RuntimeError', 'upper bound and lower bound inconsistent with step sign');
  const count = rangeLength(from, to, by);
  const dtype = asDType(rt, opts.dtype, typeOfNumber(start, end, step));
  return make(rt, { shape: [count], dtype }, ranged(from, by, count, dtype), opts);
}

function fromData(rt: Runtime, data: PyValue, opts: Options, keep: boolean): PyValue {
  if (data instanceof PyUnknown) return data;
  if (data instanceof TensorObject && keep && opts.dtype === null) return data;
  if (data instanceof NdArray)
    return fromData(
      rt,
      fromArray(data),
      { ...opts, dtype: opts.dtype ?? dtypeObject(typeOfArray(data) ?? 'float64') },
      false,
    );
  const found = elementsFromNested(rt, data);
  if (found === undefined) return rt.unknown('a tensor made of unknown values');
  const dtype = asDType(rt, opts.dtype, found.dtype);
  const elements =
    found.elements === undefined || dtype === found.dtype
      ? found.elements
      : elementsOf(found.shape, found.elements.toArray().slice(), dtype);
  return make(rt, { shape: found.shape, dtype }, elements, opts);
}

/** Functions of `torch` that make tensors from none. */
export const creation: Readonly<Record<string, NativeImplementation>> = {
  [`zeros(*args, size=None, ${OPTIONS}, out=None)`]: fill('zeros', 0),
  [`ones(*args, size=None, ${OPTIONS}, out=None)`]: fill('ones', 1),
  [`empty(*args, size=None, ${OPTIONS}, out=None, memory_format=None)`]: fill('empty', undefined),
  [`rand(*args, size=None, ${OPTIONS}, generator=None, out=None)`]: random('rand', UNIT),
  [`randn(*args, size=None, ${OPTIONS}, generator=None, out=None)`]: random('randn', STANDARD),
  [`full(size, fill_value, *, ${OPTIONS}, out=None)`]: (
    rt,
    size,
    value,
    dtype,
    _layout,
    device,
    requiresGrad,
  ) => {
    const shape = asSizes(rt, [size ?? null]);
    if (value === null || typeof value === 'string')
      return rt.raise(
        'TypeError',
        `full(): argument 'fill_value' (position 2) must be Number, not ${typeOf(value).name}`,
      );
    const otherwise =
      typeof value === 'boolean' ? 'bool' : plainInteger(value ?? null) === undefined ? 'float32' : 'int64';
    const type = { shape, dtype: asDType(rt, dtype ?? null, otherwise) };
    return make(
      rt,
      type,
      filled(shape, asNumber(rt, value ?? null), type.dtype),
      options(dtype, device, requiresGrad),
    );
  },
  [`zeros_like(input, *, ${OPTIONS}, memory_format=None)`]: like(0),
  [`ones_like(input, *, ${OPTIONS}, memory_format=None)`]: like(1),
  [`empty_like(input, *, ${OPTIONS}, memory_format=None)`]: like(undefined),
  [`rand_like(input, *, ${OPTIONS}, memory_format=None)`]: drawnLike('rand_like', UNIT),
  [`randn_like(input, *, ${OPTIONS}, memory_format=None)`]: drawnLike('randn_like', STANDARD),
  [`full_like(input, fill_value, *, ${OPTIONS}, memory_format=None)`]: (
    rt,
    input,
    value,
    dtype,
    _l,
    device,
    grad,
  ) =>
    like(asNumber(rt, value ?? null))(rt, input ?? null, dtype ?? null, null, device ?? null, grad ?? false),
  [`randint(low=None, high=None, size=None, *, generator=None, ${OPTIONS}, out=None)`]: (
    rt,
    least,
    most,
    sizes,
    _g,
    dtype,
    _l,
    device,
    grad,
  ) => {
    // `randint(high=10, size=(2,))` names the one bound.
    const isNamed = least === null && most !== null;
    const [low, high, size] = isNamed ? [most, sizes, null] : [least, most, sizes];
    const { shape, from, to } = drawnIntegers(rt, low ?? null, high ?? null, size ?? null);
    if (from >= to)
      return rt.raise(
        'RuntimeError',
        `random_ expects 'from' to be less than 'to', but got from=${from} >= to=${to}`,
      );
    readingOf(rt).made.push({ shape, integral: true });
    return make(
      rt,
      { shape, dtype: asDType(rt, dtype ?? null, 'int64') },
      undefined,
      options(dtype, device, grad),
    );
  },
  [`randperm(n, *more, generator=None, ${OPTIONS}, out=None)`]: (
    rt,
    n,
    more,
    _g,
    dtype,
    _l,
    device,
    grad,
  ) => {
    if (rest(more ?? null).length > 0) return invalid(rt, 'randperm', [n ?? null, ...rest(more ?? null)]);
    const shape = [countNamed(rt, 'randperm', "'n' (position 1)", n ?? null)];
    const type = asDType(rt, dtype ?? null, 'int64');
    return make(rt, { shape, dtype: type }, undefined, options(dtype, device, grad));
  },
  [`normal(mean, std=1.0, size=None, *, generator=None, ${OPTIONS}, out=None)`]: (
    rt,
    mean,
    std,
    size,
    _g,
    dtype,
    _l,
    device,
    grad,
  ) => {
    const shape = mean instanceof TensorObject ? mean.shape : asSizes(rt, [size ?? null]);
    const type = { shape, dtype: asDType(rt, dtype ?? null, 'float32') };
    const made = make(rt, type, undefined, options(dtype, device, grad));
    const [middle, deviation] = [numberOf(mean), numberOf(std)];
    if (middle === undefined || deviation === undefined) return made;
    return drawn(rt, made, { kind: 'normal', mean: middle, deviation });
  },
  [`arange(*args, start=None, end=None, step=None, ${OPTIONS}, out=None)`]: (
    rt,
    args,
    start,
    end,
    step,
    dtype,
    _l,
    device,
    grad,
  ) =>
    arange(rt, rest(args ?? null), [start ?? null, end ?? null, step ?? null], options(dtype, device, grad)),
  [`range(start, end=None, step=1, *, ${OPTIONS})`]: (rt, start, end, step, dtype, _l, device, grad) => {
    const [from, to, by] = [
      end === null ? 0 : asNumber(rt, start ?? null),
      asNumber(rt, end ?? start ?? null),
      asNumber(rt, step ?? 1n),
    ];
    const count = Math.floor((to - from) / by) + 1;
    const type = asDType(rt, dtype ?? null, 'float32');
    return make(
      rt,
      { shape: [count], dtype: type },
      ranged(from, by, count, type),
      options(dtype, device, grad),
    );
  },
  [`linspace(start, end=None, steps=None, *more, ${OPTIONS}, out=None)`]: (
    rt,
    start,
    end,
    steps,
    more,
    dtype,
    _l,
    device,
    grad,
  ) => {
    if (end === null || steps === null || rest(more ?? null).length > 0)
      return invalid(rt, 'linspace', [start ?? null, end ?? null, steps ?? null]);
    const count = countNamed(rt, 'linspace', "'steps' (position 3)", steps ?? null);
    const type = asDType(rt, dtype ?? null, 'float32');
    const elements = spaced(asNumber(rt, start ?? null), asNumber(rt, end ?? null), count, type);
    return make(rt, { shape: [count], dtype: type }, elements, options(dtype, device, grad));
  },
  [`logspace(start, end, steps, base=10.0, *, ${OPTIONS}, out=None)`]: (
    rt,
    start,
    end,
    steps,
    base,
    dtype,
    _l,
    device,
    grad,
  ) => {
    const count = asCount(rt, steps ?? null);
    const type = asDType(rt, dtype ?? null, 'float32');
    const powers = spaced(asNumber(rt, start ?? null), asNumber(rt, end ?? null), count, 'float64');
    const by = asNumber(rt, base ?? 10);
    const elements =
      powers &&
      elementsOf(
        [count],
        powers.toArray().map((power) => by ** power),
        type,
      );
    return make(rt, { shape: [count], dtype: type }, elements, options(dtype, device, grad));
  },
  [`eye(n, m=None, *more, ${OPTIONS}, out=None)`]: (rt, n, m, more, dtype, _l, device, grad) => {
    if (rest(more ?? null).length > 0 || (m !== null && plainInteger(m ?? null) === undefined))
      return invalid(rt, 'eye', [n ?? null, m ?? null, ...rest(more ?? null)]);
    const rows = countNamed(rt, 'eye', "'n' (position 1)", n ?? null);
    if (rows < 0) return rt.raise('RuntimeError', `n must be greater or equal to 0, got ${rows}`);
    const columns = m === null ? rows : asCount(rt, m ?? null);
    const type = asDType(rt, dtype ?? null, 'float32');
    return make(
      rt,
      { shape: [rows, columns], dtype: type },
      identity(rows, columns, type),
      options(dtype, device, grad),
    );
  },
  'tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False)': (
    rt,
    data,
    dtype,
    device,
    grad,
  ) => fromData(rt, data ?? null, options(dtype, device, grad), false),
  'as_tensor(data, dtype=None, device=None)': (rt, data, dtype, device) =>
    fromData(rt, data ?? null, options(dtype, device), true),
  'asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False)': (rt, data, dtype, device) =>
    fromData(rt, data ?? null, options(dtype, device), true),
  'scalar_tensor(s, *, dtype=None, device=None)': (rt, data, dtype, device) =>
    fromData(rt, data ?? null, { ...options(dtype, device), dtype: dtype ?? dtypeObject('float32') }, false),
  'from_numpy(ndarray)': (rt, array) =>
    array instanceof NdArray
      ? fromArray(array)
      : rt.raise('TypeError', `expected np.ndarray (got ${typeOf(array ?? null).name})`),
};
