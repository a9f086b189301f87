import { ALL_ARRAY_ATTRIBUTES, ARRAY_ATTRIBUTES } from './attribute-names.js';
import { extendClass } from '../../native/classes.js';
import type { MethodDefinition } from '../../native/classes.js';
import { NOT_IMPLEMENTED, unbox } from '../../objects/classes.js';
import { PyList, PySlice, PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { getIterator } from '../../operations/iteration.js';
import { asInteger, rest } from '../../operations/conversion.js';
import { asArray, checkSize, GiveUp, makeArray, NdArray, ndarrayClass, readShape, sizeOf } from './array.js';
import { BOOL, dtypeObject, INT64, readDType } from './dtypes.js';
import { applyBinary, applyUnary, BINARY, divideWithRest, roundTo, UNARY } from './elementwise.js';
import type { Binary } from './elementwise.js';
import { FlatElements } from './flat.js';
import { guardedMethods, orUnknown } from './giving-up.js';
import { getElements, reshape, rowsOf, setElements, toLists } from './indexing.js';
import { accumulate, reduce, REDUCTIONS, withoutDegrees } from './reductions.js';
import { matmul, sorted, squeeze, transpose } from './shaping.js';
import { arrayText } from './text.js';

type Methods = Record<string, MethodDefinition<NdArray>>;

export function isOperand(value: PyValue): boolean {
  return (
    value instanceof NdArray ||
    value instanceof PyList ||
    value instanceof PyTuple ||
    ['number', 'bigint', 'boolean'].includes(typeof unbox(value))
  );
}

function operators(): Methods {
  const methods: Methods = {};
  const comparisons = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
  for (const [name, operation] of Object.entries(BINARY)) {
    if (name.endsWith('imum')) continue;
    methods[`__${name}__(other)`] = (rt, self, other) => {
      if (isOperand(other)) return applyBinary(rt, operation, self, other);
      // No element is None.
      return other === null && (name === 'eq' || name === 'ne')
        ? makeArray(rt, self.shape, BOOL, () => Number(name === 'ne'))
        : NOT_IMPLEMENTED;
    };
    if (comparisons.has(name)) continue;
    methods[`__r${name}__(other)`] = (rt, self, other) =>
      isOperand(other) ? applyBinary(rt, operation, other, self) : NOT_IMPLEMENTED;
    methods[`__i${name}__(other)`] = (rt, self, other) => inPlace(rt, operation, self, other);
  }
  return methods;
}

/** `a += b`: writes into the array itself, so that views see it. */
function inPlace(rt: Runtime, operation: Binary, self: NdArray, other: PyValue): PyValue {
  const result = applyBinary(rt, operation, self, other);
  if (result instanceof NdArray && result.dtype.kind === 'float' && self.dtype.kind !== 'float') {
    return raise(
      'TypeError',
      `Cannot cast ufunc output from dtype('${result.dtype.name}') to dtype('${self.dtype.name}') with casting rule 'same_kind'`,
    );
  }
  setElements(rt, self, new PyTuple([]), result);
  return self;
}

function unary(name: string): MethodDefinition<NdArray> {
  const operation = UNARY[name];
  if (operation === undefined) throw new Error(`no such operation: ${name}`);
  return (rt, self) => applyUnary(rt, operation, self);
}

function reductions(): Methods {
  return Object.fromEntries(
    Object.keys(REDUCTIONS)
      .filter((name) => name !== 'median' && name !== 'count_nonzero')
      .map((name): [string, MethodDefinition<NdArray>] =>
        name === 'var' || name === 'std'
          ? [
              `${name}(axis=None, dtype=None, out=None, ddof=0, keepdims=False)`,
              (rt, self, axis, _dtype, _out, ddof, keep) => {
                withoutDegrees(name, ddof);
                return reduce(rt, name, self, axis, rt.truth(keep));
              },
            ]
          : [
              `${name}(axis=None, dtype=None, out=None, keepdims=False)`,
              (rt, self, axis, _dtype, _out, keep) => reduce(rt, name, self, axis, rt.truth(keep)),
            ],
      ),
  );
}

function only(rt: Runtime, self: NdArray, what: string): PyValue {
  return self.size === 1
    ? self.dtype.toPython(self.values()[0] ?? 0)
    : rt.raise(
        what === 'item' ? 'ValueError' : 'TypeError',
        what === 'item'
          ? 'can only convert an array of size 1 to a Python scalar'
          : 'only size-1 arrays can be converted to Python scalars',
      );
}

/** `resize` changes the array itself, and gives nothing. */
function resize(rt: Runtime, self: NdArray, shape: readonly number[]): null {
  if (shape.some((length) => length < 0)) return raise('ValueError', 'negative dimensions not allowed');
  checkSize(rt, shape);
  if (!self.isContiguous) return raise('ValueError', 'resize only works on single-segment arrays');
  if (sizeOf(shape) === self.size) self.takeShape(shape);
  else if (self.offset === 0 && self.buffer.length === self.size) self.resize(shape);
  else return raise('ValueError', 'cannot resize this array: it does not own its data');
  return null;
}

/** `reshape(2, 3)` and `reshape((2, 3))` */
function shapeFrom(rt: Runtime, args: PyValue): number[] {
  const items = rest(args);
  const [first] = items;
  return items.length === 1 && first !== undefined ? readShape(rt, first) : readShape(rt, new PyTuple(items));
}

/** The rows of an array whose elements are not known. */
function unknownRows(rt: Runtime, array: NdArray): PyValue[] {
  return array.shape.length > 1
    ? rowsOf(array)
    : Array.from({ length: array.size }, () => rt.unknown('an element that is not known'));
}

function holdsUnknown(value: PyValue, depth = 0): boolean {
  if (value instanceof PyUnknown) return true;
  if (value instanceof PySlice)
    return [value.start, value.stop, value.step].some((part) => holdsUnknown(part));
  const isNested = value instanceof PyList || value instanceof PyTuple;
  return isNested && depth < 3 && value.items.some((item) => holdsUnknown(item, depth + 1));
}

extendClass(ndarrayClass, {
  payload: NdArray,
  unknowns: 'accept',
  // Of arrays nothing is without an answer; asked of the class, what nothing here follows would be.
  unfollowed: new Set([...ARRAY_ATTRIBUTES, '__array__']),
  methods: {
    // What is written, or where, may not be known: then nothing is known of what stands there.
    '__setitem__(key, value)': (rt, self, key, value) => {
      if (holdsUnknown(key ?? null) || holdsUnknown(value ?? null)) self.forget();
      else
        try {
          setElements(rt, self, key ?? null, value ?? null);
          if (value instanceof NdArray && !value.isKnown) self.forget();
        } catch (thrown) {
          if (!(thrown instanceof GiveUp)) throw thrown;
          self.forget();
        }
      return null;
    },
  },
});

extendClass(ndarrayClass, {
  payload: NdArray,
  methods: guardedMethods<NdArray>({
    ...operators(),
    ...reductions(),
    '__divmod__(other)': (rt, self, other) =>
      isOperand(other) ? divideWithRest(rt, self, other) : NOT_IMPLEMENTED,
    '__rdivmod__(other)': (rt, self, other) =>
      isOperand(other) ? divideWithRest(rt, other, self) : NOT_IMPLEMENTED,
    '__neg__()': unary('negative'),
    '__pos__()': unary('positive'),
    '__abs__()': unary('absolute'),
    '__invert__()': (rt, self) =>
      self.dtype.kind === 'bool'
        ? unary('logical_not')(rt, self)
        : applyUnary(rt, { apply: (x) => -x - 1, type: (own) => own }, self),
    '__matmul__(other)': (rt, self, other) => matmul(rt, self, asArray(rt, other)),
    '__rmatmul__(other)': (rt, self, other) => matmul(rt, asArray(rt, other), self),
    '__len__()': (_rt, self) => {
      const [length] = self.shape;
      return length === undefined ? raise('TypeError', 'len() of unsized object') : BigInt(length);
    },
    '__iter__()': (rt, self) =>
      self.shape.length === 0
        ? raise('TypeError', 'iteration over a 0-d array')
        : getIterator(rt, new PyList(self.isKnown ? rowsOf(self) : unknownRows(rt, self))),
    '__getitem__(key)': (rt, self, key) => getElements(rt, self, key),
    '__contains__(item)': (rt, self, item) => {
      const [wanted] = asArray(rt, item).values();
      return self.values().includes(wanted ?? NaN);
    },
    '__bool__()': (_rt, self) =>
      self.size > 1
        ? raise(
            'ValueError',
            'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
          )
        : (self.values()[0] ?? 0) !== 0,
    '__int__()': (rt, self) => {
      const value = only(rt, self, 'int');
      return typeof value === 'number' ? BigInt(Math.trunc(value)) : asInteger(rt, value);
    },
    '__float__()': (rt, self) => {
      const value = only(rt, self, 'float');
      return typeof value === 'number' ? value : Number(value);
    },
    '__index__()': (rt, self) =>
      self.dtype.kind === 'integer' && self.size === 1
        ? only(rt, self, 'index')
        : raise('TypeError', 'only integer scalar arrays can be converted to a scalar index'),
    '__repr__()': (rt, self) => arrayText(rt, self, true),
    '__str__()': (rt, self) => arrayText(rt, self, false),
    '__copy__()': (_rt, self) => self.as(self.dtype),
    '__deepcopy__(memo)': (_rt, self) => self.as(self.dtype),
    'copy()': (_rt, self) => self.as(self.dtype),
    'tolist()': (_rt, self) => toLists(self),
    'item(*args)': (rt, self, args) => {
      const keys = rest(args);
      return keys.length === 0 ? only(rt, self, 'item') : getElements(rt, self, new PyTuple(keys));
    },
    'astype(dtype, copy=True)': (rt, self, dtype) => self.as(readDType(rt, dtype) ?? self.dtype),
    'reshape(*shape)': (rt, self, shape) => reshape(rt, self, shapeFrom(rt, shape)),
    'resize(*new_shape, refcheck=True)': (rt, self, given) => resize(rt, self, shapeFrom(rt, given)),
    'transpose(*axes)': (rt, self, axes) => {
      const items = rest(axes);
      const [first] = items;
      const single =
        items.length === 1 && (first instanceof PyTuple || first instanceof PyList || first === null);
      return transpose(rt, self, single ? (first ?? null) : items.length === 0 ? null : axes);
    },
    'flatten()': (_rt, self) => self.as(self.dtype).reshaped([self.size]),
    'ravel()': (_rt, self) => self.reshaped([self.size]),
    'squeeze(axis=None)': (rt, self, axis) => squeeze(rt, self, axis),
    'round(decimals=0)': (rt, self, decimals) => roundTo(rt, self, Number(asInteger(rt, decimals))),
    'cumsum(axis=None)': (rt, self, axis) => accumulate(rt, 'cumsum', self, axis),
    'cumprod(axis=None)': (rt, self, axis) => accumulate(rt, 'cumprod', self, axis),
    'dot(other)': (rt, self, other) => matmul(rt, self, asArray(rt, other)),
    'argsort(axis=-1, kind=None)': (rt, self, axis) => sorted(rt, self, axis, true),
    'fill(value)': (rt, self, value) => {
      setElements(rt, self, new PyTuple([]), value);
      return null;
    },
    'sort(axis=-1, kind=None)': (rt, self, axis) => {
      setElements(rt, self, new PyTuple([]), sorted(rt, self, axis, false));
      return null;
    },
    'clip(min=None, max=None)': (rt, self, low, high) => {
      const { maximum, minimum } = BINARY;
      let result: PyValue = self;
      if (maximum !== undefined && low !== null) result = applyBinary(rt, maximum, result, low);
      if (minimum !== undefined && high !== null) result = applyBinary(rt, minimum, result, high);
      return result;
    },
    'nonzero()': (rt, self) => {
      if (self.shape.length !== 1) return rt.unknown('nonzero over several dimensions is not read');
      const hits = self.values().flatMap((value, index) => (value === 0 ? [] : [index]));
      return new PyTuple([new NdArray(hits, [hits.length], INT64)]);
    },
    '__getattr__(name)': (rt, self, name) => {
      if (typeof name === 'string' && name !== '__array__' && !ALL_ARRAY_ATTRIBUTES.has(name))
        return raise('AttributeError', `'numpy.ndarray' object has no attribute '${name}'`);
      return rt.unknown(
        `ndarray.${typeof name === 'string' ? name : '?'} of ${self.shape.length} dimensions is not known here`,
      );
    },
  }),
  properties: {
    shape: {
      get: (_rt, self) => new PyTuple(self.shape.map(BigInt)),
      set: (rt, self, value) => {
        orUnknown(rt, () => {
          const { shape } = reshape(rt, self, readShape(rt, value));
          if (!self.isContiguous)
            return raise(
              'AttributeError',
              'Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.',
            );
          self.takeShape(shape);
          return null;
        });
      },
    },
    size: (_rt, self) => BigInt(self.size),
    ndim: (_rt, self) => BigInt(self.shape.length),
    dtype: (_rt, self) => dtypeObject(self.dtype),
    itemsize: (_rt, self) => BigInt(self.dtype.size),
    nbytes: (_rt, self) => BigInt(self.dtype.size * self.size),
    T: (rt, self) => orUnknown(rt, () => transpose(rt, self, null)),
    flat: (_rt, self) => new FlatElements(self),
  },
  constants: { __hash__: null, __array_priority__: 0 },
});
