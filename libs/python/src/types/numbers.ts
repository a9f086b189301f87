import {
  ABSENT,
  boolClass,
  floatClass,
  intClass,
  NOT_IMPLEMENTED,
  noneClass,
  PyBoxed,
  typeOf,
  unbox,
} from '../objects/classes.js';
import { PyBytes } from '../objects/bytes.js';
import { PyTuple } from '../objects/containers.js';
import { primitivesEqual } from '../objects/equality.js';
import { raise } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { countWork } from '../objects/work.js';
import { extendValues } from '../native/classes.js';
import { onNumbers, OPERATORS } from '../operations/binary.js';
import { ORDERINGS, primitiveOrder } from '../operations/comparison.js';
import { asInteger, asNumber, asString, plainInteger } from '../operations/conversion.js';
import { specialMethod } from '../operations/attributes.js';
import { formatPrimitive } from '../operations/format.js';
import { hashOf } from '../operations/hash.js';
import { bitLength, checkBits, powerModulo, roundHalfEven } from '../operations/numbers.js';
import { exactDecimal, floatRepr, integerText, toFixedExact } from '../text/numbers.js';
import { parseFloatText, parseHexFloat, parseInteger } from '../text/parse-number.js';

type NumberValue = bigint | number;
type Methods = Record<string, (rt: Runtime, self: NumberValue, ...args: PyValue[]) => PyValue>;

/** The other number, where it is of a class that this one's operators know: what is boxed else answers itself. */
function mate(self: NumberValue, other: PyValue): PyValue {
  if (!(other instanceof PyBoxed)) return other;
  const isKnown =
    other.cls.isSubclassOf(intClass) || (typeof self === 'number' && other.cls.isSubclassOf(floatClass));
  return isKnown ? other.primitive : other;
}

/** The special methods of the operators, which programs rarely name but subclasses and `super()` do. */
function operatorMethods(): Methods {
  const methods: Methods = {};
  for (const op of OPERATORS.values()) {
    if (op.integers === undefined) continue;
    methods[`${op.method}(other)`] = (rt, self, other) =>
      onNumbers(rt, op, self, mate(self, other)) ?? NOT_IMPLEMENTED;
    methods[`${op.reflected}(other)`] = (rt, self, other) =>
      onNumbers(rt, op, mate(self, other), self) ?? NOT_IMPLEMENTED;
  }
  for (const { method, holds } of ORDERINGS.values()) {
    methods[`${method}(other)`] = (_rt, self, other) => {
      const plain = mate(self, other);
      const sign = primitiveOrder(self, plain);
      return sign === undefined || typeof plain === 'string'
        ? NOT_IMPLEMENTED
        : !Number.isNaN(sign) && holds(sign);
    };
  }
  return {
    ...methods,
    '__eq__(other)': (_rt, self, other) => {
      const plain = unbox(other);
      return isNumeric(plain) ? primitivesEqual(self, plain) : NOT_IMPLEMENTED;
    },
    '__ne__(other)': (_rt, self, other) => {
      const plain = unbox(other);
      return isNumeric(plain) ? !primitivesEqual(self, plain) : NOT_IMPLEMENTED;
    },
    '__hash__()': (rt, self) => hashOf(rt, self),
    '__bool__()': (_rt, self) => self !== 0n && self !== 0,
    '__neg__()': (_rt, self) => -self,
    '__pos__()': (_rt, self) => self,
    '__abs__()': (_rt, self) => (typeof self === 'bigint' ? (self < 0n ? -self : self) : Math.abs(self)),
    '__float__()': (rt, self) => asNumber(rt, self),
    '__format__(spec)': (rt, self, spec) => formatPrimitive(rt, self, asString(spec)),
    '__divmod__(other)': (rt, self, other) => divmod(rt, self, mate(self, other)),
    '__rdivmod__(other)': (rt, self, other) => divmod(rt, mate(self, other), self),
    'conjugate()': (_rt, self) => self,
  };
}

function isNumeric(value: PyValue): boolean {
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';
}

/** `divmod` of two numbers, or NotImplemented. */
export function divmod(rt: Runtime, left: PyValue, right: PyValue): PyValue {
  const [floor, modulo] = [OPERATORS.get('//'), OPERATORS.get('%')];
  if (floor === undefined || modulo === undefined) return NOT_IMPLEMENTED;
  if ((typeof left === 'number' || typeof right === 'number') && Number(right) === 0)
    return raise('ZeroDivisionError', 'float divmod()');
  const quotient = onNumbers(rt, floor, left, right);
  const remainder = onNumbers(rt, modulo, left, right);
  return quotient === undefined || remainder === undefined
    ? NOT_IMPLEMENTED
    : new PyTuple([quotient, remainder]);
}

const integer = (value: NumberValue): bigint =>
  typeof value === 'bigint' ? value : BigInt(Math.trunc(value));

/** `int(x)`: truncation, `__int__`, `__index__`, `__trunc__`, or a text in some base. */
export function toInteger(rt: Runtime, value: PyValue): bigint {
  const plain = unbox(value);
  if (typeof plain === 'number') {
    if (Number.isNaN(plain)) return raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(plain)) return raise('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(Math.trunc(plain));
  }
  if (typeof plain === 'string') return parseInteger(rt, plain, 10);
  const known = plainInteger(value);
  if (known !== undefined) return known;
  if (value instanceof PyBytes)
    return parseInteger(rt, String.fromCharCode(...value.data.slice(0, 5000)), 10);
  for (const name of ['__int__', '__index__', '__trunc__']) {
    const method = specialMethod(rt, value, name);
    if (method !== undefined) return asInteger(rt, rt.call(method, []));
  }
  return raise(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${typeOf(value).name}'`,
  );
}

function boxedUnless(cls: PyValue, builtin: PyClass, value: bigint | number): PyValue {
  return cls instanceof PyClass && cls !== builtin ? new PyBoxed(cls, value) : value;
}

extendValues<NumberValue>(
  intClass,
  (value) => {
    const plain = unbox(value);
    return typeof plain === 'boolean' ? BigInt(plain) : typeof plain === 'bigint' ? plain : undefined;
  },
  {
    methods: {
      ...operatorMethods(),
      '__repr__()': (_rt, self) => integerText(integer(self)),
      '__invert__()': (_rt, self) => ~integer(self),
      '__int__()': (_rt, self) => self,
      '__index__()': (_rt, self) => self,
      '__trunc__()': (_rt, self) => self,
      '__floor__()': (_rt, self) => self,
      '__ceil__()': (_rt, self) => self,
      '__round__(ndigits=None)': (rt, self, digits) =>
        roundInteger(integer(self), digits === null || digits === undefined ? 0n : asInteger(rt, digits)),
      'bit_length()': (_rt, self) => BigInt(bitLength(integer(self))),
      'bit_count()': (_rt, self) =>
        BigInt([...integer(self).toString(2)].filter((bit) => bit === '1').length),
      'is_integer()': () => true,
      'as_integer_ratio()': (_rt, self) => new PyTuple([self, 1n]),
      "to_bytes(length=1, byteorder='big', *, signed=False)": (rt, self, length, order, signed) =>
        toBytes(rt, integer(self), Number(asInteger(rt, length)), asString(order), rt.truth(signed)),
    },
    properties: {
      real: (_rt, self) => self,
      imag: () => 0n,
      numerator: (_rt, self) => self,
      denominator: () => 1n,
    },
    staticMethods: {
      '__new__(cls, x?, /, base?)': (rt, cls, x, base) => {
        if (x === ABSENT || x === undefined) return boxedUnless(cls, intClass, 0n);
        if (base === ABSENT || base === undefined) return boxedUnless(cls, intClass, toInteger(rt, x));
        const text = unbox(x);
        if (typeof text !== 'string')
          return raise('TypeError', "int() can't convert non-string with explicit base");
        const radix = Number(asInteger(rt, base));
        if (radix !== 0 && (radix < 2 || radix > 36))
          return raise('ValueError', 'int() base must be >= 2 and <= 36, or 0');
        return boxedUnless(cls, intClass, parseInteger(rt, text, radix));
      },
    },
    classMethods: {
      "from_bytes(bytes, byteorder='big', *, signed=False)": (rt, _cls, bytes, order, signed) =>
        bytes instanceof PyBytes
          ? fromBytes(rt, bytes.data, asString(order), rt.truth(signed))
          : raise('TypeError', 'cannot convert to bytes'),
    },
  },
);

function toBytes(rt: Runtime, value: bigint, length: number, order: string, signed: boolean): PyValue {
  if (length < 0) return raise('ValueError', 'length argument must be non-negative');
  checkBits(rt, length * 8);
  const bits = BigInt(length * 8);
  const low = signed ? -(1n << bits) / 2n : 0n;
  const high = signed ? (1n << bits) / 2n : 1n << bits;
  if (value < 0n && !signed) return raise('OverflowError', "can't convert negative int to unsigned");
  if (value < low || value >= high) return raise('OverflowError', 'int too big to convert');
  const digits = BigInt.asUintN(Number(bits), value)
    .toString(16)
    .padStart(length * 2, '0');
  const data = Uint8Array.from({ length }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
  return new PyBytes(order === 'little' ? data.toReversed() : data);
}

function fromBytes(rt: Runtime, data: Uint8Array, order: string, signed: boolean): bigint {
  checkBits(rt, data.length * 8);
  let digits = '0';
  for (const byte of order === 'little' ? data.toReversed() : data)
    digits += byte.toString(16).padStart(2, '0');
  const value = BigInt(`0x${digits}`);
  return signed ? BigInt.asIntN(data.length * 8, value) : value;
}

/** `round(int, ndigits)`: to tens, hundreds, ..., halves to the even one. */
function roundInteger(value: bigint, digits: bigint): bigint {
  if (digits >= 0n) return value;
  if (digits < -4096n) return 0n;
  const unit = 10n ** -digits;
  const half = unit / 2n;
  const remainder = ((value % unit) + unit) % unit;
  const floor = value - remainder;
  if (remainder < half) return floor;
  if (remainder > half) return floor + unit;
  return (floor / unit) % 2n === 0n ? floor : floor + unit;
}

/** `round(float, ndigits)`, rounded half to even on its exact value. */
function roundFloat(rt: Runtime, value: number, digits: PyValue): PyValue {
  if (digits === null) {
    if (Number.isNaN(value)) return raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(value)) return raise('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(roundHalfEven(value));
  }
  const places = Number(asInteger(rt, digits));
  if (!Number.isFinite(value) || places > 323) return value;
  if (places < -308) return value < 0 ? -0 : 0;
  const magnitude =
    places >= 0
      ? Number(toFixedExact(value, places))
      : Number(roundInteger(BigInt(Math.trunc(Math.abs(value))), BigInt(places))) || 0;
  if (!Number.isFinite(magnitude)) return raise('OverflowError', 'rounded value too large to represent');
  return value < 0 || Object.is(value, -0) ? -magnitude : magnitude;
}

const float = (value: NumberValue): number => (typeof value === 'number' ? value : Number(value));

extendValues<NumberValue>(
  floatClass,
  (value) => {
    const plain = unbox(value);
    return typeof plain === 'number' ? plain : undefined;
  },
  {
    methods: {
      ...operatorMethods(),
      '__repr__()': (_rt, self) => floatRepr(float(self)),
      '__int__()': (rt, self) => toInteger(rt, self),
      '__trunc__()': (rt, self) => toInteger(rt, self),
      '__floor__()': (rt, self) => toInteger(rt, Math.floor(float(self))),
      '__ceil__()': (rt, self) => toInteger(rt, Math.ceil(float(self))),
      '__round__(ndigits=None)': (rt, self, digits) => roundFloat(rt, float(self), digits),
      'is_integer()': (_rt, self) => Number.isInteger(float(self)),
      'as_integer_ratio()': (_rt, self) => integerRatio(float(self)),
      'hex()': (_rt, self) => hexText(float(self)),
    },
    properties: { real: (_rt, self) => self, imag: () => 0 },
    classMethods: {
      'fromhex(string, /)': (rt, cls, text) => {
        const value = parseHexFloat(asString(text));
        return cls === floatClass ? value : rt.call(cls, [value]);
      },
    },
    staticMethods: {
      '__new__(cls, x=0.0, /)': (rt, cls, x) => {
        const plain = unbox(x);
        if (typeof plain === 'string') {
          countWork(rt, plain.length * 4);
          return boxedUnless(cls, floatClass, parseFloatText(plain));
        }
        if (plain === null || (typeof plain === 'object' && !convertible(plain))) {
          return raise(
            'TypeError',
            `float() argument must be a string or a real number, not '${typeOf(plain).name}'`,
          );
        }
        return boxedUnless(cls, floatClass, asNumber(rt, plain));
      },
    },
  },
);

function convertible(value: PyValue): boolean {
  const cls = typeOf(value);
  return cls.lookup('__float__') !== undefined || cls.lookup('__index__') !== undefined;
}

function integerRatio(value: number): PyValue {
  if (Number.isNaN(value)) return raise('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) return raise('OverflowError', 'cannot convert Infinity to integer ratio');
  const { numerator, decimals } = exactDecimal(value);
  let top = numerator;
  let bottom = 10n ** BigInt(decimals);
  let [a, b] = [top, bottom];
  while (b !== 0n) [a, b] = [b, a % b];
  if (a !== 0n) {
    top /= a;
    bottom /= a;
  }
  return new PyTuple([value < 0 ? -top : top, bottom]);
}

function hexText(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? '' : '+'}${power}`;
}

extendValues<boolean>(boolClass, (value) => (typeof value === 'boolean' ? value : undefined), {
  methods: {
    '__repr__()': (_rt, self) => (self ? 'True' : 'False'),
    '__and__(other)': (_rt, self, other) => (typeof other === 'boolean' ? self && other : NOT_IMPLEMENTED),
    '__or__(other)': (_rt, self, other) => (typeof other === 'boolean' ? self || other : NOT_IMPLEMENTED),
    '__xor__(other)': (_rt, self, other) => (typeof other === 'boolean' ? self !== other : NOT_IMPLEMENTED),
  },
  staticMethods: { '__new__(cls, x=False, /)': (rt, _cls, x) => rt.truth(x) },
});

extendValues<null>(noneClass, (value) => (value === null ? null : undefined), {
  methods: { '__repr__()': () => 'None', '__bool__()': () => false, '__hash__()': (rt) => hashOf(rt, null) },
  staticMethods: { '__new__(cls)': () => null },
});

/** `pow(base, exponent, modulus)` */
export function powerWithModulus(rt: Runtime, base: PyValue, exponent: PyValue, modulus: PyValue): PyValue {
  const [a, b, m] = [base, exponent, modulus].map(plainInteger);
  if (a === undefined || b === undefined || m === undefined) {
    return raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
  }
  return powerModulo(rt, a, b, m);
}
