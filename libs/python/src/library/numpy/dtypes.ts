import { defineClass } from '../../native/classes.js';
import {
  ABSENT,
  boolClass,
  floatClass,
  intClass,
  NOT_IMPLEMENTED,
  PyBoxed,
  unbox,
} from '../../objects/classes.js';
import { raise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { hashOf } from '../../operations/hash.js';

/** One kind of element: how a number is brought into its range, and how programs see it. */
export interface DType {
  readonly name: string;
  readonly kind: 'bool' | 'integer' | 'float';
  /** Bytes of an element. */
  readonly size: number;
  /** Rounds or wraps a number to the type's own; undefined where the exact result does not fit a double. */
  readonly fit: (value: number) => number;
  /** The element as Python has it. */
  readonly toPython: (value: number) => PyValue;
}

function integer(name: string, size: number, fit: (value: number) => number): DType {
  return { name, kind: 'integer', size, fit, toPython: (value) => BigInt(Math.trunc(value)) };
}

/** Beyond the integers a double holds exactly, int64 is not computed here. */
export class InexactInteger {
  constructor(readonly value: number | bigint) {}
}

function exact(value: number): number {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  throw new InexactInteger(value);
}

function float(name: string, size: number, fit: (value: number) => number): DType {
  return { name, kind: 'float', size, fit, toPython: (value) => value };
}

export const BOOL: DType = {
  name: 'bool',
  kind: 'bool',
  size: 1,
  fit: (value) => (value === 0 ? 0 : 1),
  toPython: (value) => value !== 0,
};
export const UINT8 = integer('uint8', 1, (value) => value & 0xff);
export const INT8 = integer('int8', 1, (value) => (value << 24) >> 24);
export const INT16 = integer('int16', 2, (value) => (value << 16) >> 16);
export const INT32 = integer('int32', 4, (value) => exact(value) | 0);
export const INT64 = integer('int64', 8, exact);
export const FLOAT32 = float('float32', 4, Math.fround);
export const FLOAT64 = float('float64', 8, (value) => value);

function named(type: DType, names: string): (readonly [string, DType])[] {
  return names.split(' ').map((name) => [name, type] as const);
}

const ALL = [BOOL, UINT8, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64];
export const BY_NAME: ReadonlyMap<string, DType> = new Map<string, DType>([
  ...ALL.map((type) => [type.name, type] as const),
  ['int', INT64],
  ['float', FLOAT64],
  ...named(FLOAT64, 'double f8 d'),
  ...named(FLOAT32, 'single f4 f'),
  ...named(BOOL, 'bool_ b1 ?'),
  ...named(INT64, 'int_ long longlong intp i8 l q p n'),
  ...named(INT32, 'intc i4 i'),
  ...named(INT16, 'short i2 h'),
  ...named(INT8, 'byte i1 b'),
  ...named(UINT8, 'ubyte u1 B'),
]);

/** The type of what two types make together. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a.kind === 'bool') return b;
  if (b.kind === 'bool') return a;
  if (a.kind === 'float' && b.kind === 'float') return FLOAT64;
  if (a.kind === 'integer' && b.kind === 'integer') {
    if (a === UINT8 || b === UINT8) {
      const other = a === UINT8 ? b : a;
      return other === INT8 ? INT16 : other;
    }
    return a.size > b.size ? a : b;
  }
  const [whole, real] = a.kind === 'integer' ? [a, b] : [b, a];
  return whole.size >= 4 ? FLOAT64 : real;
}

/** `array.dtype` */
export class PyDType extends PyObject {
  constructor(readonly type: DType) {
    super(dtypeClass);
  }
}

const objects = new Map<DType, PyDType>();

export function dtypeObject(type: DType): PyDType {
  let object = objects.get(type);
  if (object === undefined) {
    object = new PyDType(type);
    objects.set(type, object);
  }
  return object;
}

/** `np.float32` and its like: they convert when called, name the type everywhere else, and are what elements are of. */
const scalarClasses = new Map<PyClass, DType>();
const classOfType = new Map<DType, PyClass>();

function abstractClass(name: string, base?: PyClass): PyClass {
  return defineClass({
    name,
    module: 'numpy',
    payload: PyObject,
    ...(base === undefined ? {} : { bases: [base] }),
  });
}

export const genericClass = abstractClass('generic');
const numberClass = abstractClass('number', genericClass);
export const integerClass = abstractClass('integer', numberClass);
const signedClass = abstractClass('signedinteger', integerClass);
const unsignedClass = abstractClass('unsignedinteger', integerClass);
const inexactClass = abstractClass('inexact', numberClass);
export const floatingClass = abstractClass('floating', inexactClass);
/** What elements are said to be of without saying how large they are. */
export const abstractClasses = [
  genericClass,
  numberClass,
  integerClass,
  signedClass,
  unsignedClass,
  inexactClass,
  floatingClass,
];

/** Of all elements only those of float64 are numbers of Python's own. */
function basesOf(type: DType): readonly PyClass[] {
  if (type.kind === 'bool') return [genericClass];
  if (type.kind === 'integer') return [type === UINT8 ? unsignedClass : signedClass];
  return type === FLOAT64 ? [floatClass, floatingClass] : [floatingClass];
}

function scalarClass(type: DType, name: string): PyClass {
  const cls = defineClass({
    name,
    written: 'c-named-with-module',
    module: 'numpy',
    bases: [...basesOf(type)],
    payload: PyObject,
    staticMethods: {
      '__new__(cls, value=0)': (rt, _cls, value) => {
        try {
          const number = numberOf(value ?? null);
          return number === undefined
            ? rt.unknown(`numpy.${name} of something that is no number`)
            : scalarOf(type, type.fit(type.kind === 'integer' ? Math.trunc(number) : number));
        } catch (thrown) {
          if (!(thrown instanceof InexactInteger)) throw thrown;
          return rt.unknown(`the integer ${thrown.value} is too large to be exact`);
        }
      },
    },
  });
  scalarClasses.set(cls, type);
  classOfType.set(type, cls);
  return cls;
}

/** A single element as programs meet it: a number or truth value that knows its type. */
export function scalarOf(type: DType, value: number): PyValue {
  const plain = type.toPython(value);
  const cls = classOfType.get(type);
  return cls === undefined || plain === null || plain instanceof PyObject ? plain : new PyBoxed(cls, plain);
}

/** The type of an element; undefined for any other value. */
export function typeOfScalar(value: PyValue): DType | undefined {
  return value instanceof PyBoxed ? scalarClasses.get(value.cls) : undefined;
}

/** The name of a single element's type: `float64`; undefined for any other value. */
export function numericType(value: PyValue): string | undefined {
  return typeOfScalar(value)?.name;
}

/** A Python number as an element; undefined for anything else. */
export function numberOf(given: PyValue): number | undefined {
  const value = unbox(given);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(54, value) !== value) throw new InexactInteger(value);
    return Number(value);
  }
  return typeof value === 'boolean' ? Number(value) : undefined;
}

export const scalarTypes: Readonly<Record<string, PyClass>> = Object.fromEntries([
  ...ALL.filter((type) => type !== BOOL).map((type) => [type.name, scalarClass(type, type.name)] as const),
  ['bool_', scalarClass(BOOL, 'bool_')],
]);

/** Thrown for types of elements that NumPy has and arrays here do not: halves, complex numbers, texts, objects, records. */
export class OtherType {
  constructor(readonly named: string) {}
}

/** Names of such types, those of older versions among them; texts, times and records are told by how they begin or are put together. */
const OTHER_NAMES = new Set(
  (
    'float16 half e f2 uint16 uint32 uint64 ushort uintc uint ulong ulonglong uintp u2 u4 u8 H I L Q P N ' +
    'longdouble longfloat float128 g complex cfloat complex_ complex64 complex128 complex256 csingle cdouble clongdouble ' +
    'c8 c16 c32 F D G object object_ O str str_ unicode unicode_ string string_ bytes bytes_ float_ bool8 int0 uint0 ' +
    'void void0 bfloat16 Float32 Float64 Int32 Int64'
  ).split(' '),
);
const OTHER_FORM = /^([SUVac]\d*|[mM]8?(\[.*\])?|(datetime|timedelta)64(\[.*\])?|.*[,(].*|\d.*)$/;

/** The type that a text names; `'other'` for one that arrays here do not have, undefined for what names none. */
function typeNamed(text: string): DType | 'other' | undefined {
  const name = text.replace(/^[<>=|]/, '');
  return BY_NAME.get(name) ?? (OTHER_NAMES.has(name) || OTHER_FORM.test(name) ? 'other' : undefined);
}

const PLAIN_CLASSES = new Map<PyClass, DType>([
  [intClass, INT64],
  [floatClass, FLOAT64],
  [boolClass, BOOL],
]);

function typeOfArgument(rt: Runtime, value: PyValue): DType | 'other' {
  if (value instanceof PyDType) return value.type;
  // Of any class but a number's the elements are objects.
  if (value instanceof PyClass) return scalarClasses.get(value) ?? PLAIN_CLASSES.get(value) ?? 'other';
  if (typeof value === 'string')
    return typeNamed(value) ?? raise('TypeError', `data type ${rt.show(value)} not understood`);
  if (typeof value === 'bigint' || typeof value === 'number')
    return raise('TypeError', `Cannot interpret '${rt.show(value)}' as a data type`);
  return 'other';
}

/** The type a dtype argument names; undefined where it names none. Throws {@link OtherType}. */
export function readDType(rt: Runtime, value: PyValue): DType | undefined {
  if (value === null || value === ABSENT) return undefined;
  const type = typeOfArgument(rt, value);
  if (type === 'other') throw new OtherType(rt.show(value));
  return type;
}

export const dtypeClass: PyClass = defineClass({
  name: 'dtype',
  unfollowed:
    'alignment base byteorder char descr fields flags hasobject isalignedstruct isbuiltin isnative ' +
    'metadata names ndim newbyteorder num shape str subdtype type',
  written: 'c-named-with-module',
  module: 'numpy',
  payload: PyDType,
  staticMethods: {
    '__new__(cls, dtype=None, align=False, copy=False, *, metadata=None)': (rt, _cls, value) => {
      const type = value === null || value === ABSENT ? FLOAT64 : typeOfArgument(rt, value);
      return type === 'other'
        ? rt.unknown(`the type ${rt.show(value)} is not one of arrays here`)
        : dtypeObject(type);
    },
  },
  methods: {
    '__repr__()': (_rt, self) => `dtype('${self.type.name}')`,
    '__str__()': (_rt, self) => self.type.name,
    '__eq__(other)': (rt, self, other) => {
      if (other instanceof PyDType) return other.type === self.type;
      if (typeof other === 'string') return typeNamed(other) === self.type;
      return other instanceof PyClass ? typeOfArgument(rt, other) === self.type : NOT_IMPLEMENTED;
    },
    '__hash__()': (rt, self) => hashOf(rt, self.type.name),
    '__call__(value)': (rt, self, value) => {
      const number = numberOf(value);
      return number === undefined
        ? rt.unknown('a conversion of no number')
        : scalarOf(self.type, self.type.fit(number));
    },
  },
  properties: {
    name: (_rt, self) => self.type.name,
    itemsize: (_rt, self) => BigInt(self.type.size),
    kind: (_rt, self) =>
      self.type.kind === 'float' ? 'f' : self.type.kind === 'bool' ? 'b' : self.type === UINT8 ? 'u' : 'i',
  },
});
