import { ABSENT, NOT_IMPLEMENTED, typeOf, unbox } from '../objects/classes.js';
import { bytearrayClass, bytesClass, PyBytes } from '../objects/bytes.js';
import { PyList, PySlice } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { NativeIterator } from '../objects/iterators.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { extendClass } from '../native/classes.js';
import type { MethodDefinition } from '../native/classes.js';
import { asInteger, asString, plainInteger } from '../operations/conversion.js';
import { hashByKey } from '../operations/hash.js';
import { checkStringLength, limitStringLength, toArray } from '../operations/iteration.js';
import { sequenceIndex, sliceItems } from '../operations/subscripts.js';
import { decodeBytes, encodeText } from '../text/codecs.js';
import { splitAt, splitAtSpace, strip } from '../text/split.js';

/** Bytes as a text of code points below 256, so that text algorithms serve them too. */
const latin = (data: Uint8Array): string => Array.from(data, (byte) => String.fromCharCode(byte)).join('');
const unlatin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

function showBytes(data: Uint8Array): string {
  const text = latin(data);
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = `b${mark}`;
  for (const byte of data) {
    const char = String.fromCharCode(byte);
    if (char === mark || char === '\\') result += `\\${char}`;
    else if (char === '\n') result += '\\n';
    else if (char === '\r') result += '\\r';
    else if (char === '\t') result += '\\t';
    else result += byte >= 32 && byte < 127 ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return result + mark;
}

function byteOf(rt: Runtime, value: PyValue): number {
  const number = asInteger(rt, value);
  return number < 0n || number > 255n
    ? raise('ValueError', 'bytes must be in range(0, 256)')
    : Number(number);
}

function make(
  rt: Runtime,
  cls: PyValue,
  fallback: PyClass,
  source: PyValue,
  encoding: PyValue,
  errors: PyValue,
): PyBytes {
  const own = cls instanceof PyClass ? cls : fallback;
  if (source === undefined || source === ABSENT) return new PyBytes(new Uint8Array(0), own);
  const text = unbox(source);
  if (typeof text === 'string') {
    if (encoding === ABSENT || encoding === undefined)
      return raise('TypeError', 'string argument without an encoding');
    return new PyBytes(encodeText(text, asString(encoding), asString(errors)), own);
  }
  if (source instanceof PyBytes) return new PyBytes(source.data.slice(), own);
  const count = plainInteger(source);
  if (count !== undefined) {
    if (count < 0n) return raise('ValueError', 'negative count');
    checkStringLength(rt, Number(count));
    return new PyBytes(new Uint8Array(Number(count)), own);
  }
  return new PyBytes(
    Uint8Array.from(toArray(rt, source), (item) => byteOf(rt, item)),
    own,
  );
}

const like = (self: PyBytes, data: Uint8Array): PyBytes =>
  new PyBytes(data, self.cls.isSubclassOf(bytearrayClass) ? bytearrayClass : bytesClass);

function dataOf(value: PyValue): Uint8Array {
  return value instanceof PyBytes
    ? value.data
    : raise('TypeError', `a bytes-like object is required, not '${typeOf(value).name}'`);
}

const textMethod =
  (change: (text: string) => string): MethodDefinition<PyBytes> =>
  (_rt, self) =>
    like(self, unlatin(change(latin(self.data))));

function compared(holds: (sign: number) => boolean): MethodDefinition<PyBytes> {
  return (_rt, self, other) => {
    if (!(other instanceof PyBytes)) return NOT_IMPLEMENTED;
    const [a, b] = [latin(self.data), latin(other.data)];
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };
}

const shared: Record<string, MethodDefinition<PyBytes>> = {
  '__len__()': (_rt, self) => BigInt(self.data.length),
  '__iter__()': (_rt, self) => {
    let index = 0;
    return new NativeIterator('bytes_iterator', () => {
      const byte = self.data[index++];
      return byte === undefined ? undefined : BigInt(byte);
    });
  },
  '__getitem__(key)': (rt, self, key) => {
    if (key instanceof PySlice) {
      checkStringLength(rt, self.data.length);
      return like(self, Uint8Array.from(sliceItems(rt, key, [...self.data])));
    }
    return BigInt(self.data[sequenceIndex(rt, key, self.data.length, 'index out of range')] ?? 0);
  },
  '__contains__(item)': (rt, self, item) =>
    item instanceof PyBytes
      ? latin(self.data).includes(latin(item.data))
      : self.data.includes(byteOf(rt, item)),
  '__add__(other)': (rt, self, other) => {
    if (!(other instanceof PyBytes)) return NOT_IMPLEMENTED;
    checkStringLength(rt, self.data.length + other.data.length);
    return like(self, Uint8Array.from([...self.data, ...other.data]));
  },
  '__mul__(count)': (rt, self, count) => {
    const times = plainInteger(count);
    if (times === undefined) return NOT_IMPLEMENTED;
    checkStringLength(rt, self.data.length * Number(times));
    return like(self, unlatin(latin(self.data).repeat(Math.max(0, Number(times)))));
  },
  '__eq__(other)': compared((sign) => sign === 0),
  '__lt__(other)': compared((sign) => sign < 0),
  '__le__(other)': compared((sign) => sign <= 0),
  '__gt__(other)': compared((sign) => sign > 0),
  '__ge__(other)': compared((sign) => sign >= 0),
  "decode(encoding='utf-8', errors='strict')": (_rt, self, encoding, errors) =>
    decodeBytes(self.data, asString(encoding), asString(errors)),
  'hex()': (_rt, self) => Array.from(self.data, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  'upper()': textMethod((text) => text.replaceAll(/[a-z]/g, (char) => char.toUpperCase())),
  'lower()': textMethod((text) => text.replaceAll(/[A-Z]/g, (char) => char.toLowerCase())),
  'strip(chars=None, /)': (_rt, self, chars) =>
    like(
      self,
      unlatin(strip(latin(self.data), chars instanceof PyBytes ? latin(chars.data) : undefined, 'both')),
    ),
  'split(sep=None, maxsplit=-1)': (rt, self, separator, limit) => {
    const most = Number(asInteger(rt, limit));
    const parts =
      separator instanceof PyBytes
        ? splitAt(latin(self.data), latin(separator.data), most, false)
        : splitAtSpace(latin(self.data), most, false);
    return new PyList(parts.map((part) => like(self, unlatin(part))));
  },
  'join(iterable, /)': (rt, self, iterable) => {
    const parts = toArray(rt, iterable).map(dataOf);
    const size = parts.reduce((total, part) => total + part.length + self.data.length, 0);
    checkStringLength(rt, size);
    rt.step(size);
    const text = parts.map(latin).join(latin(self.data));
    return like(self, unlatin(text));
  },
  'replace(old, new, count=-1, /)': (rt, self, old, fresh) => {
    checkStringLength(rt, (self.data.length + 1) * Math.max(1, dataOf(fresh).length));
    const text = latin(self.data).replaceAll(latin(dataOf(old)), latin(dataOf(fresh)));
    return like(self, unlatin(text));
  },
  'find(sub, /)': (_rt, self, piece) => BigInt(latin(self.data).indexOf(latin(dataOf(piece)))),
  'count(sub, /)': (_rt, self, piece) => {
    const part = typeof piece === 'bigint' ? String.fromCharCode(Number(piece)) : latin(dataOf(piece));
    const whole = latin(self.data);
    return BigInt(part === '' ? whole.length + 1 : whole.split(part).length - 1);
  },
  'startswith(prefix, /)': (_rt, self, prefix) => latin(self.data).startsWith(latin(dataOf(prefix))),
  'endswith(suffix, /)': (_rt, self, suffix) => latin(self.data).endsWith(latin(dataOf(suffix))),
};

/** Methods that do not go over the bytes. */
const FREE = new Set(['__len__', '__iter__', '__getitem__']);

/** The same methods, each counting steps for the bytes it goes over. */
function counted(
  table: Record<string, MethodDefinition<PyBytes>>,
): Record<string, MethodDefinition<PyBytes>> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, method]) => {
      if (FREE.has(signature.slice(0, signature.indexOf('(')))) return [signature, method];
      const counting: MethodDefinition<PyBytes> = (rt, self, ...args) => {
        rt.step(self.data.length);
        return method(rt, self, ...args);
      };
      return [signature, counting];
    }),
  );
}

const fromHex = (text: string): Uint8Array => {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^(?:[\da-fA-F]{2})*$/.test(digits))
    return raise('ValueError', 'non-hexadecimal number found in fromhex() arg at position 0');
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
};

extendClass(bytesClass, {
  payload: PyBytes,
  methods: {
    ...counted({
      ...shared,
      '__repr__()': (_rt, self) => showBytes(self.data),
      '__hash__()': (_rt, self) => hashByKey(self.encodeKey()),
    }),
  },
  staticMethods: {
    "__new__(cls, source?, encoding?, errors='strict')": (rt, cls, source, encoding, errors) =>
      make(rt, cls, bytesClass, source, encoding, errors),
  },
  classMethods: { 'fromhex(string, /)': (_rt, _cls, text) => new PyBytes(fromHex(asString(text))) },
});

extendClass(bytearrayClass, {
  payload: PyBytes,
  methods: {
    ...counted(shared),
    '__repr__()': (_rt, self) => `bytearray(${showBytes(self.data)})`,
    '__setitem__(key, value)': (rt, self, key, value) => {
      self.data[sequenceIndex(rt, key, self.data.length, 'bytearray index out of range')] = byteOf(rt, value);
      return null;
    },
    'append(item, /)': (rt, self, item) => {
      limitStringLength(rt, self.data.length + 1);
      rt.step(self.data.length / 4);
      self.data = Uint8Array.from([...self.data, byteOf(rt, item)]);
      return null;
    },
    'extend(iterable, /)': (rt, self, iterable) => {
      const added =
        iterable instanceof PyBytes
          ? [...iterable.data]
          : toArray(rt, iterable).map((item) => byteOf(rt, item));
      checkStringLength(rt, self.data.length + added.length);
      self.data = Uint8Array.from([...self.data, ...added]);
      return null;
    },
  },
  staticMethods: {
    "__new__(cls, source?, encoding?, errors='strict')": (rt, cls, source, encoding, errors) =>
      make(rt, cls, bytearrayClass, source, encoding, errors),
  },
  constants: { __hash__: null },
});
