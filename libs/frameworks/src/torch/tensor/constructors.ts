import {
  defineClass,
  extendClass,
  NdArray,
  PyClass,
  PyRange,
  PyUnknown,
  rest,
  typeOf,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { DTYPES, isFloatingPoint } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { asSizes, isSequence } from '../arguments.js';
import { readDevice } from '../objects/device.js';
import { elementsOf } from '../values/elements.js';
import { fromArray } from './arrays.js';
import { elementsFromNested } from './nested.js';
import { bufferClass, parameterClass, tensorClass, TensorObject } from './tensor.js';
import { LEGACY } from './legacy-types.js';

/** `nn.Parameter(data)`: a leaf of its own with the data's shape. */
function parameter(rt: Runtime, cls: PyValue, data: PyValue, requiresGrad: PyValue): PyValue {
  if (data instanceof PyUnknown) return data;
  if (data !== null && !(data instanceof TensorObject))
    return rt.raise('AttributeError', `'${typeOf(data).name}' object has no attribute 'detach'`);
  const made = new TensorObject(
    data ?? { shape: [0], dtype: 'float32' },
    cls instanceof PyClass ? cls : parameterClass,
  );
  made.requiresGrad = rt.truth(requiresGrad);
  if (made.requiresGrad && !isFloatingPoint(made.dtype) && DTYPES[made.dtype].category !== 'complex')
    rt.raise('RuntimeError', 'Only Tensors of floating point and complex dtype can require gradients');
  if (data !== null) {
    made.elements = data.elements;
    made.device = data.device;
    made.start = data.start;
    made.dataOf = data;
  }
  rt.allocate(300);
  return made;
}

/** `torch.Tensor(2, 3)` makes one of that shape, `torch.Tensor([2, 3])` one of these values. */
function legacy(rt: Runtime, dtype: DType, args: readonly PyValue[], device: PyValue): PyValue {
  const place = readDevice(rt, device);
  if (place.type !== 'cpu')
    return rt.raise(
      'RuntimeError',
      `legacy constructor expects device type: cpu but device type: ${place.type} was passed`,
    );
  const [first] = args;
  if (first instanceof PyUnknown) return first;
  if (args.length === 0) return new TensorObject({ shape: [0], dtype });
  if (args.length > 1 || (first !== undefined && typeof first === 'bigint'))
    return new TensorObject({ shape: asSizes(rt, args), dtype });
  const source = first instanceof NdArray ? fromArray(first) : first;
  if (source instanceof TensorObject)
    return TensorObject.holding(source.elements, { shape: source.shape, dtype });
  if (first === undefined || (!isSequence(first) && !(first instanceof PyRange)))
    return rt.raise('TypeError', `new(): data must be a sequence (got ${typeOf(first ?? null).name})`);
  if (first.cls.name === 'Size') return new TensorObject({ shape: asSizes(rt, [first]), dtype });
  const found = elementsFromNested(rt, first);
  if (found === undefined) return rt.unknown('a tensor made of unknown values');
  const elements = found.elements && elementsOf(found.shape, found.elements.toArray().slice(), dtype);
  return TensorObject.holding(elements, { shape: found.shape, dtype });
}

extendClass(parameterClass, {
  payload: TensorObject,
  unknowns: 'accept',
  methods: { '__init__(*args, **kwargs)': () => null },
  staticMethods: {
    '__new__(cls, data=None, requires_grad=True)': (rt, cls, data, requiresGrad) =>
      parameter(rt, cls ?? null, data ?? null, requiresGrad ?? true),
  },
});

extendClass(bufferClass, {
  payload: TensorObject,
  unknowns: 'accept',
  methods: { '__init__(*args, **kwargs)': () => null },
  staticMethods: {
    '__new__(cls, data=None, *, persistent=True)': (rt, _cls, data, persistent) => {
      const made = parameter(rt, bufferClass, data ?? null, false);
      if (made instanceof TensorObject) {
        made.requiresGrad = data instanceof TensorObject && data.requiresGrad;
        made.attributes = new Map([['persistent', persistent ?? true]]);
      }
      return made;
    },
  },
});

extendClass(tensorClass, {
  payload: TensorObject,
  unknowns: 'accept',
  methods: { '__init__(*args, **kwargs)': () => null },
  staticMethods: {
    '__new__(cls, *args, device=None)': (rt, _cls, args, device) =>
      legacy(rt, 'float32', rest(args ?? null), device ?? null),
  },
});

/** `torch.FloatTensor` and its like: callable classes that make plain tensors. */
export const legacyClasses: readonly PyClass[] = Object.entries(LEGACY).map(([name, dtype]) =>
  defineClass({
    name,
    module: 'torch',
    payload: TensorObject,
    bases: [tensorClass],
    unknowns: 'accept',
    staticMethods: {
      '__new__(cls, *args, device=None)': (rt, _cls, args, device) =>
        legacy(rt, dtype, rest(args ?? null), device ?? null),
    },
  }),
);
