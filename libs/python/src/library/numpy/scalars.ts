import { ELEMENT_ATTRIBUTES } from './attribute-names.js';
import { extendClass } from '../../native/classes.js';
import type { MethodDefinition } from '../../native/classes.js';
import { boolClass, floatClass, intClass, NOT_IMPLEMENTED, PyBoxed } from '../../objects/classes.js';
import type { PyClass } from '../../objects/object.js';
import { PyTuple } from '../../objects/containers.js';
import {
  BY_NAME,
  dtypeObject,
  FLOAT32,
  FLOAT64,
  numberOf,
  readDType,
  scalarOf,
  scalarTypes,
  typeOfScalar,
} from './dtypes.js';
import type { DType } from './dtypes.js';
import { applyBinary, applyUnary, BINARY, divideWithRest, roundTo, UNARY } from './elementwise.js';
import { guardedMethods } from './giving-up.js';
import { isOperand } from './methods.js';
import { shortestSingle } from './text.js';
import { floatRepr } from '../../text/numbers.js';
import { asInteger, asString } from '../../operations/conversion.js';
import { formatValue } from '../../operations/format.js';
import { hashOf } from '../../operations/hash.js';
import { toInteger } from '../../types/numbers.js';

const ARITHMETIC = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow'];
const COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];
const BITS = ['and', 'or', 'xor'];

function typeOf(self: PyBoxed): DType {
  return typeOfScalar(self) ?? FLOAT64;
}

type Methods = Record<string, MethodDefinition<PyBoxed>>;

function operators(names: readonly string[]): Methods {
  const methods: Methods = {};
  for (const name of names) {
    const operation = BINARY[name];
    if (operation === undefined) continue;
    methods[`__${name}__(other)`] = (rt, self, other) =>
      isOperand(other) ? applyBinary(rt, operation, self, other) : NOT_IMPLEMENTED;
    if (!COMPARISONS.includes(name))
      methods[`__r${name}__(other)`] = (rt, self, other) =>
        isOperand(other) ? applyBinary(rt, operation, other, self) : NOT_IMPLEMENTED;
  }
  return methods;
}

function unary(name: string): MethodDefinition<PyBoxed> {
  const operation = UNARY[name];
  if (operation === undefined) throw new Error(`no such operation: ${name}`);
  return (rt, self) => applyUnary(rt, operation, self);
}

function shown(self: PyBoxed): string {
  const { primitive } = self;
  if (typeof primitive === 'boolean') return primitive ? 'True' : 'False';
  if (typeof primitive !== 'number') return String(primitive);
  return typeOf(self) === FLOAT32 ? shortestSingle(primitive) : floatRepr(primitive);
}

/** What elements have as Python's own numbers do, though they are none. */
const AS_PYTHONS: Readonly<Record<DType['kind'], readonly [PyClass, string]>> = {
  bool: [boolClass, ''],
  integer: [
    intClass,
    '__int__ __index__ __float__ __bool__ __hash__ __format__ __trunc__ __floor__ __ceil__',
  ],
  float: [
    floatClass,
    '__int__ __float__ __bool__ __hash__ __format__ __trunc__ __floor__ __ceil__ is_integer',
  ],
};

/** Names that elements have beside an array's. */
const OF_NUMBERS: Readonly<Record<DType['kind'], readonly string[]>> = {
  bool: ['__array__'],
  integer: ['__array__', 'bit_count', 'denominator', 'is_integer', 'numerator'],
  float: ['__array__', 'as_integer_ratio'],
};

/** What of a truth value its class has no base to take from. */
const OF_TRUTH_VALUES: Methods = {
  '__bool__()': (_rt, self) => self.primitive === true,
  '__invert__()': unary('logical_not'),
  '__int__()': (_rt, self) => BigInt(self.primitive),
  '__float__()': (_rt, self) => Number(self.primitive),
  '__hash__()': (rt, self) => hashOf(rt, self),
  '__format__(spec)': (rt, self, spec) => formatValue(rt, self.primitive, asString(spec)),
};

const inverted: MethodDefinition<PyBoxed> = (rt, self) =>
  applyUnary(rt, { apply: (x) => -x - 1, type: (own) => own }, self);

function ownMethods(kind: DType['kind']): Methods {
  if (kind === 'bool') return { ...operators(BITS), ...OF_TRUTH_VALUES };
  return kind === 'integer' ? { ...operators([...BITS, 'lshift', 'rshift']), '__invert__()': inverted } : {};
}

/** What single elements do: arithmetic stays NumPy's, so that dividing by zero is no error. */
for (const [name, cls] of Object.entries(scalarTypes)) {
  const type = BY_NAME.get(name) ?? FLOAT64;
  const [python, shared] = AS_PYTHONS[type.kind];
  for (const method of shared.split(' ')) {
    const own = python.lookup(method);
    if (own !== undefined) cls.define(method, own);
  }
  extendClass(cls, {
    payload: PyBoxed,
    methods: guardedMethods<PyBoxed>({
      ...operators([...ARITHMETIC, ...COMPARISONS]),
      ...ownMethods(type.kind),
      '__divmod__(other)': (rt, self, other) =>
        isOperand(other) ? divideWithRest(rt, self, other) : NOT_IMPLEMENTED,
      '__rdivmod__(other)': (rt, self, other) =>
        isOperand(other) ? divideWithRest(rt, other, self) : NOT_IMPLEMENTED,
      '__round__(ndigits=None)': (rt, self, digits) =>
        digits === null && type.kind !== 'bool'
          ? toInteger(rt, roundTo(rt, self, 0))
          : roundTo(rt, self, digits === null ? 0 : Number(asInteger(rt, digits))),
      '__neg__()': unary('negative'),
      '__pos__()': unary('positive'),
      '__abs__()': unary('absolute'),
      'item()': (_rt, self) => self.primitive,
      'tolist()': (_rt, self) => self.primitive,
      'astype(dtype)': (rt, self, dtype) => {
        const other = readDType(rt, dtype) ?? typeOf(self);
        return scalarOf(other, other.fit(numberOf(self) ?? 0));
      },
      'round(decimals=0)': (rt, self, decimals) => roundTo(rt, self, Number(asInteger(rt, decimals))),
      'reshape(*shape)': (rt, self) => rt.unknown(`an array of ${rt.show(self)}`),
      '__repr__()': (_rt, self) => shown(self),
    }),
    properties: {
      dtype: (_rt, self) => dtypeObject(typeOf(self)),
      shape: () => new PyTuple([]),
      ndim: () => 0n,
      size: () => 1n,
      T: (_rt, self) => self,
      real: (_rt, self) => self,
    },
    unfollowed: new Set([...ELEMENT_ATTRIBUTES, ...OF_NUMBERS[type.kind]]),
  });
}
