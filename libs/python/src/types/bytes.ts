import { ABSENT, NOT_IMPLEMENTED, typeOf, unbox } from '../objects/classes.js';
import { bytearrayClass, bytesClass, PyBytes } from '../objects/bytes.js';
import { PySlice } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { NativeIterator } from '../objects/iterators.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { extendClass } from '../native/classes.js';
import type { MethodDefinition } from '../native/classes.js';
import { specialMethod } from '../operations/attributes.js';
import { asInteger, asString, plainInteger } from '../operations/conversion.js';
import { hashByKey } from '../operations/hash.js';
import { checkStringLength, limitStringLength, toArray } from '../operations/iteration.js';
import { sequenceIndex, sliceBounds, sliceItems, slicePositions } from '../operations/subscripts.js';
import { bytesTextMethods, dataOf, latin, like, unlatin } from './bytes-text.js';
import { decodeBytes, encodeText } from '../text/codecs.js';

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

function byteOf(rt: Runtime, value: PyValue, range = 'byte must be in range(0, 256)'): number {
  const number = asInteger(rt, value);
  return number < 0n || number > 255n ? raise('ValueError', range) : Number(number);
}

function isIndex(rt: Runtime, key: PyValue): boolean {
  return plainInteger(key) !== undefined || specialMethod(rt, key, '__index__') !== undefined;
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
  if (specialMethod(rt, source, '__iter__') === undefined)
    return raise('TypeError', `cannot convert '${typeOf(source).name}' object to ${fallback.name}`);
  return new PyBytes(
    Uint8Array.from(toArray(rt, source), (item) => byteOf(rt, item, 'bytes must be in range(0, 256)')),
    own,
  );
}

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
      : isIndex(rt, item)
        ? self.data.includes(byteOf(rt, item))
        : raise('TypeError', `a bytes-like object is required, not '${typeOf(item).name}'`),
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
  '__rmul__(count)': (rt, self, count) => rt.call(rt.bind(self.cls.lookup('__mul__') ?? null, self), [count]),
  '__mod__(values)': (rt) => rt.unknown('bytes that are formatted with %'),
  '__eq__(other)': compared((sign) => sign === 0),
  '__lt__(other)': compared((sign) => sign < 0),
  '__le__(other)': compared((sign) => sign <= 0),
  '__gt__(other)': compared((sign) => sign > 0),
  '__ge__(other)': compared((sign) => sign >= 0),
  "decode(encoding='utf-8', errors='strict')": (_rt, self, encoding, errors) =>
    decodeBytes(self.data, asString(encoding), asString(errors)),
  'hex()': (_rt, self) => Array.from(self.data, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  ...bytesTextMethods,
  'join(iterable, /)': (rt, self, iterable) => {
    const parts = toArray(rt, iterable).map(dataOf);
    const size = parts.reduce((total, part) => total + part.length + self.data.length, 0);
    checkStringLength(rt, size);
    rt.step(size);
    const text = parts.map(latin).join(latin(self.data));
    return like(self, unlatin(text));
  },
  'replace(old, new, count=-1, /)': (rt, self, old, fresh, count) => {
    const [text, from, to] = [latin(self.data), latin(dataOf(old)), latin(dataOf(fresh))];
    const pieces = from === '' ? ['', ...text, ''] : text.split(from);
    const most = Number(asInteger(rt, count));
    const times = most < 0 ? pieces.length - 1 : Math.min(most, pieces.length - 1);
    checkStringLength(rt, text.length + times * to.length);
    rt.step(text.length);
    const rest = pieces.slice(times).join(from);
    return like(self, unlatin([...pieces.slice(0, times), rest].join(to)));
  },
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
  const bytes: number[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    for (const digit of [at, at + 1])
      if (!/[\da-fA-F]/.test(text.charAt(digit)))
        return raise('ValueError', `non-hexadecimal number found in fromhex() arg at position ${digit}`);
    bytes.push(Number.parseInt(text.slice(at, at + 2), 16));
    at += 2;
  }
  return Uint8Array.from(bytes);
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

/** Puts other bytes in the place of some. */
function splice(rt: Runtime, self: PyBytes, at: number, gone: number, fresh: Iterable<number>): void {
  const bytes = [...self.data.subarray(0, at), ...fresh, ...self.data.subarray(at + gone)];
  limitStringLength(rt, bytes.length);
  rt.step(bytes.length / 4);
  self.data = Uint8Array.from(bytes);
}

function bytesOf(rt: Runtime, iterable: PyValue): Iterable<number> {
  return iterable instanceof PyBytes ? iterable.data : toArray(rt, iterable).map((item) => byteOf(rt, item));
}

extendClass(bytearrayClass, {
  payload: PyBytes,
  methods: {
    ...counted(shared),
    '__repr__()': (_rt, self) => `bytearray(${showBytes(self.data)})`,
    '__setitem__(key, value)': (rt, self, key, value) => {
      if (key instanceof PySlice) {
        const { start, stop, step } = sliceBounds(rt, key, self.data.length);
        if (step !== 1)
          return raise('ValueError', 'only slices without a step are assigned to in bytes here');
        splice(rt, self, start, Math.max(stop - start, 0), bytesOf(rt, value));
        return null;
      }
      self.data[sequenceIndex(rt, key, self.data.length, 'bytearray index out of range')] = byteOf(rt, value);
      return null;
    },
    'append(item, /)': (rt, self, item) => {
      splice(rt, self, self.data.length, 0, [byteOf(rt, item)]);
      return null;
    },
    'insert(index, item, /)': (rt, self, index, item) => {
      const { length } = self.data;
      const at = Number(asInteger(rt, index));
      splice(rt, self, Math.min(at < 0 ? Math.max(at + length, 0) : at, length), 0, [byteOf(rt, item)]);
      return null;
    },
    'pop(index=-1, /)': (rt, self, index) => {
      if (self.data.length === 0) return raise('IndexError', 'pop from empty bytearray');
      const at = sequenceIndex(rt, index, self.data.length, 'pop index out of range');
      const byte = self.data[at] ?? 0;
      splice(rt, self, at, 1, []);
      return BigInt(byte);
    },
    'remove(value, /)': (rt, self, value) => {
      const at = self.data.indexOf(byteOf(rt, value));
      if (at < 0) return raise('ValueError', 'value not found in bytearray');
      splice(rt, self, at, 1, []);
      return null;
    },
    'reverse()': (_rt, self) => {
      self.data.reverse();
      return null;
    },
    'clear()': (_rt, self) => {
      self.data = new Uint8Array(0);
      return null;
    },
    'copy()': (_rt, self) => like(self, self.data.slice()),
    'extend(iterable, /)': (rt, self, iterable) => {
      splice(rt, self, self.data.length, 0, bytesOf(rt, iterable));
      return null;
    },
    '__iadd__(other)': (rt, self, other) => {
      splice(rt, self, self.data.length, 0, dataOf(other));
      return self;
    },
    '__delitem__(key)': (rt, self, key) => {
      if (key instanceof PySlice) {
        const gone = new Set(slicePositions(rt, key, self.data.length));
        rt.step(self.data.length);
        self.data = self.data.filter((_, at) => !gone.has(at));
      } else
        splice(rt, self, sequenceIndex(rt, key, self.data.length, 'bytearray index out of range'), 1, []);
      return null;
    },
  },
  staticMethods: {
    "__new__(cls, source?, encoding?, errors='strict')": (rt, cls, source, encoding, errors) =>
      make(rt, cls, bytearrayClass, source, encoding, errors),
  },
  constants: { __hash__: null },
});
