import { ABSENT, NOT_IMPLEMENTED, PyBoxed, strClass, typeOf, unbox } from '../objects/classes.js';
import { PyBytes } from '../objects/bytes.js';
import { PyDict, PyList, PySlice, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { countWork } from '../objects/work.js';
import { extendValues } from '../native/classes.js';
import { specialMethod } from '../operations/attributes.js';
import { ORDERINGS } from '../operations/comparison.js';
import { asInteger, asString, plainInteger, rest } from '../operations/conversion.js';
import { formatPrimitive } from '../operations/format.js';
import { hashOf } from '../operations/hash.js';
import { checkStringLength, forEach, getIterator, limitStringLength } from '../operations/iteration.js';
import { formatPercent } from '../operations/percent.js';
import { sequenceIndex, sliceBounds, sliceItems } from '../operations/subscripts.js';
import { formatTemplate } from '../operations/template.js';
import { str } from '../operations/text.js';
import { capitalise, PREDICATES, swapCase, title } from '../text/case.js';
import { codePoints, compareText, indexingWork, isBasic, textLength } from '../text/code-points.js';
import { quote } from '../text/quote.js';
import { splitAt, splitAtSpace, splitLines, strip } from '../text/split.js';
import { decodeBytes, encodeText } from '../text/codecs.js';
import { keyError } from './mappings.js';
import { counted } from './text-work.js';
import type { TextMethods as Methods } from './text-work.js';

function repeat(rt: Runtime, text: string, count: PyValue): PyValue {
  const times =
    plainInteger(count) ??
    (specialMethod(rt, count, '__index__') === undefined ? undefined : asInteger(rt, count));
  if (times === undefined) return NOT_IMPLEMENTED;
  if (times <= 0n || text === '') return '';
  checkStringLength(rt, text.length * Number(times));
  return text.repeat(Number(times));
}

/** The part of a text between two positions, as `find`, `count` and `startswith` take them. */
function range(
  rt: Runtime,
  text: string,
  start: PyValue,
  stop: PyValue,
): { points: readonly string[] | string; start: number; stop: number } {
  const points = codePoints(text);
  const bounds = sliceBounds(rt, new PySlice(start, stop, null), points.length);
  return { points, start: bounds.start, stop: Math.max(bounds.start, bounds.stop) };
}

function find(
  rt: Runtime,
  text: string,
  sought: PyValue,
  start: PyValue,
  stop: PyValue,
  last: boolean,
): number {
  const part = range(rt, text, start, stop);
  const piece = textOf(sought);
  const points = part.points.slice(part.start, part.stop);
  const inside = typeof points === 'string' ? points : points.join('');
  const unit = last ? inside.lastIndexOf(piece) : inside.indexOf(piece);
  if (unit < 0) return -1;
  if (start !== null && Number(asInteger(rt, start)) > part.points.length) return -1;
  return part.start + (isBasic(inside) ? unit : textLength(inside.slice(0, unit)));
}

function affix(
  rt: Runtime,
  self: string,
  affixes: PyValue,
  start: PyValue,
  stop: PyValue,
  name: 'startswith' | 'endswith',
): boolean {
  const { points, start: from, stop: to } = range(rt, self, start, stop);
  const slice = points.slice(from, to);
  const part = typeof slice === 'string' ? slice : slice.join('');
  const test = (value: PyValue): boolean => {
    const piece = unbox(value);
    if (typeof piece !== 'string') {
      return raise('TypeError', `${name} first arg must be str or a tuple of str, not ${typeOf(value).name}`);
    }
    return name === 'startswith' ? part.startsWith(piece) : part.endsWith(piece);
  };
  return affixes instanceof PyTuple ? affixes.items.some(test) : test(affixes);
}

function justify(
  rt: Runtime,
  self: string,
  width: PyValue,
  fill: PyValue,
  where: 'left' | 'right' | 'centre',
): string {
  const wide = Number(asInteger(rt, width));
  if (typeof unbox(fill) !== 'string' && !(fill instanceof PyUnknown))
    return raise('TypeError', `The fill character must be a unicode character, not ${typeOf(fill).name}`);
  const char = asString(fill);
  if (textLength(char) !== 1)
    return raise('TypeError', 'The fill character must be exactly one character long');
  const missing = wide - textLength(self);
  if (missing <= 0) return self;
  checkStringLength(rt, wide);
  if (where === 'left') return self + char.repeat(missing);
  if (where === 'right') return char.repeat(missing) + self;
  const left = Math.floor(missing / 2) + (missing & wide & 1);
  return char.repeat(left) + self + char.repeat(missing - left);
}

/** A text that a method is given; what is none is refused in the words of that method. */
function textOf(value: PyValue, where = ''): string {
  const text = unbox(value);
  if (typeof text === 'string') return text;
  if (value instanceof PyUnknown) return asString(value);
  // Argument clinic's words for None are other than those of the older parser.
  const given = value === null && where !== '' ? 'None' : typeOf(value).name;
  return raise('TypeError', `${where}must be str, not ${given}`);
}

function limited(rt: Runtime, value: PyValue): number {
  return Number(asInteger(rt, value));
}

function split(rt: Runtime, self: string, separator: PyValue, limit: PyValue, fromRight: boolean): PyList {
  const most = limited(rt, limit);
  if (separator === null) return new PyList(splitAtSpace(self, most, fromRight));
  const mark = unbox(separator);
  if (typeof mark !== 'string')
    return raise('TypeError', `must be str or None, not ${typeOf(separator).name}`);
  if (mark === '') return raise('ValueError', 'empty separator');
  return new PyList(splitAt(self, mark, most, fromRight));
}

function join(rt: Runtime, self: string, iterable: PyValue): PyValue {
  const pieces: string[] = [];
  let total = 0;
  if (
    specialMethod(rt, iterable, '__iter__') === undefined &&
    specialMethod(rt, iterable, '__getitem__') === undefined
  ) {
    return raise('TypeError', 'can only join an iterable');
  }
  let isKnown = true;
  forEach(rt, iterable, (item) => {
    const piece = unbox(item);
    if (piece instanceof PyUnknown) isKnown = false;
    else if (typeof piece !== 'string') {
      raise('TypeError', `sequence item ${pieces.length}: expected str instance, ${typeOf(item).name} found`);
    } else {
      total += piece.length + self.length;
      if (total > 1024) limitStringLength(rt, total);
      pieces.push(piece);
    }
  });
  if (!isKnown) return rt.unknown('a text that is joined of parts that are not all known');
  checkStringLength(rt, total);
  return pieces.join(self);
}

function replace(rt: Runtime, self: string, old: string, fresh: string, count: number): string {
  if (count === 0) return self;
  const pieces = old === '' ? ['', ...self, ''] : self.split(old);
  const parts =
    count < 0 || pieces.length - 1 <= count
      ? pieces
      : [...pieces.slice(0, count), pieces.slice(count).join(old)];
  checkStringLength(rt, self.length + Math.max(0, fresh.length - old.length) * (parts.length - 1));
  return parts.join(fresh);
}

function translate(rt: Runtime, self: string, table: PyValue): string {
  let result = '';
  for (const char of self) {
    rt.step();
    limitStringLength(rt, result.length);
    const code = BigInt(char.codePointAt(0) ?? 0);
    const mapped = table instanceof PyDict ? table.get(rt, code) : undefined;
    if (mapped === undefined) result += char;
    else if (mapped !== null)
      result += typeof mapped === 'bigint' ? String.fromCodePoint(Number(mapped)) : asString(mapped);
  }
  return result;
}

function partition(self: string, separator: string, last: boolean): PyTuple {
  if (separator === '') return raise('ValueError', 'empty separator');
  const index = last ? self.lastIndexOf(separator) : self.indexOf(separator);
  if (index < 0) return new PyTuple(last ? ['', '', self] : [self, '', '']);
  return new PyTuple([self.slice(0, index), separator, self.slice(index + separator.length)]);
}

function countPieces(rt: Runtime, self: string, sought: PyValue, start: PyValue, stop: PyValue): bigint {
  const part = range(rt, self, start, stop);
  const piece = textOf(sought);
  const points = part.points.slice(part.start, part.stop);
  const inside = typeof points === 'string' ? points : points.join('');
  return BigInt(piece === '' ? textLength(inside) + 1 : inside.split(piece).length - 1);
}

function expandTabs(rt: Runtime, self: string, size: number): string {
  let column = 0;
  let result = '';
  for (const char of self) {
    if (char === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      limitStringLength(rt, result.length + width);
      checkStringLength(rt, width);
      result += ' '.repeat(width);
      column += width;
    } else {
      result += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

const predicates: Record<string, Methods[string]> = {};
for (const [name, holds] of PREDICATES) predicates[`${name}()`] = (_rt, self) => holds(self);
const orderings: Record<string, Methods[string]> = {};
for (const { method, holds } of ORDERINGS.values()) {
  orderings[`${method}(other)`] = (_rt, self, other) => {
    const mate = unbox(other);
    return typeof mate === 'string' ? holds(compareText(self, mate)) : NOT_IMPLEMENTED;
  };
}

const methods: Methods = {
  ...predicates,
  ...orderings,
  '__repr__()': (_rt, self) => quote(self),
  '__str__()': (_rt, self) => self,
  '__hash__()': (rt, self) => hashOf(rt, self),
  '__len__()': (rt, self) => {
    countWork(rt, indexingWork(self));
    return BigInt(textLength(self));
  },
  '__iter__()': (rt, self) => getIterator(rt, self),
  '__eq__(other)': (_rt, self, other) =>
    typeof unbox(other) === 'string' ? self === unbox(other) : NOT_IMPLEMENTED,
  '__ne__(other)': (_rt, self, other) =>
    typeof unbox(other) === 'string' ? self !== unbox(other) : NOT_IMPLEMENTED,
  '__contains__(item)': (_rt, self, item) => {
    const piece = unbox(item);
    if (typeof piece !== 'string')
      return raise('TypeError', `'in <string>' requires string as left operand, not ${typeOf(item).name}`);
    return self.includes(piece);
  },
  '__add__(other)': (rt, self, other) => {
    const mate = unbox(other);
    if (typeof mate !== 'string') return NOT_IMPLEMENTED;
    // Texts are joined without being copied: only the shorter one's size counts.
    limitStringLength(rt, self.length + mate.length);
    checkStringLength(rt, Math.min(self.length, mate.length));
    return self + mate;
  },
  '__mul__(count)': (rt, self, count) => repeat(rt, self, count),
  '__rmul__(count)': (rt, self, count) => repeat(rt, self, count),
  '__mod__(values)': (rt, self, values) => formatPercent(rt, self, values),
  '__format__(spec)': (rt, self, spec) => formatPrimitive(rt, self, asString(spec)),
  '__getitem__(key)': (rt, self, key) => {
    countWork(rt, indexingWork(self));
    const points = codePoints(self);
    if (key instanceof PySlice) {
      if (typeof points !== 'string') return sliceItems(rt, key, points).join('');
      const { start, stop, step } = sliceBounds(rt, key, points.length);
      if (step === 1) return points.slice(start, Math.max(start, stop));
      rt.step(points.length / 8);
      return sliceItems(rt, key, [...points]).join('');
    }
    if (plainInteger(key) === undefined && specialMethod(rt, key, '__index__') === undefined) {
      return raise('TypeError', `string indices must be integers, not '${typeOf(key).name}'`);
    }
    return points[sequenceIndex(rt, key, points.length, 'string index out of range')] ?? '';
  },
  'upper()': (_rt, self) => self.toUpperCase(),
  'lower()': (_rt, self) => self.toLowerCase(),
  'casefold()': (_rt, self) => self.toLowerCase().replaceAll('ß', 'ss'),
  'capitalize()': (_rt, self) => capitalise(self),
  'title()': (_rt, self) => title(self),
  'swapcase()': (_rt, self) => swapCase(self),
  'strip(chars=None, /)': (_rt, self, chars) => strip(self, optionalText(chars, 'strip'), 'both'),
  'lstrip(chars=None, /)': (_rt, self, chars) => strip(self, optionalText(chars, 'lstrip'), 'left'),
  'rstrip(chars=None, /)': (_rt, self, chars) => strip(self, optionalText(chars, 'rstrip'), 'right'),
  'split(sep=None, maxsplit=-1)': (rt, self, separator, limit) => split(rt, self, separator, limit, false),
  'rsplit(sep=None, maxsplit=-1)': (rt, self, separator, limit) => split(rt, self, separator, limit, true),
  'splitlines(keepends=False)': (rt, self, keep) => new PyList(splitLines(self, asInteger(rt, keep) !== 0n)),
  'join(iterable, /)': (rt, self, iterable) => join(rt, self, iterable),
  'replace(old, new, count=-1, /)': (rt, self, old, fresh, count) =>
    replace(
      rt,
      self,
      textOf(old, 'replace() argument 1 '),
      textOf(fresh, 'replace() argument 2 '),
      limited(rt, count),
    ),
  'find(sub, start=None, end=None, /)': (rt, self, piece, start, stop) =>
    BigInt(find(rt, self, piece, start, stop, false)),
  'rfind(sub, start=None, end=None, /)': (rt, self, piece, start, stop) =>
    BigInt(find(rt, self, piece, start, stop, true)),
  'index(sub, start=None, end=None, /)': (rt, self, piece, start, stop) =>
    found(find(rt, self, piece, start, stop, false)),
  'rindex(sub, start=None, end=None, /)': (rt, self, piece, start, stop) =>
    found(find(rt, self, piece, start, stop, true)),
  'count(sub, start=None, end=None, /)': (rt, self, piece, start, stop) =>
    countPieces(rt, self, piece, start, stop),
  'startswith(prefix, start=None, end=None, /)': (rt, self, prefix, start, stop) =>
    affix(rt, self, prefix, start, stop, 'startswith'),
  'endswith(suffix, start=None, end=None, /)': (rt, self, suffix, start, stop) =>
    affix(rt, self, suffix, start, stop, 'endswith'),
  'removeprefix(prefix, /)': (_rt, self, prefix) =>
    self.startsWith(textOf(prefix, 'removeprefix() argument '))
      ? self.slice(textOf(prefix, 'removeprefix() argument ').length)
      : self,
  'removesuffix(suffix, /)': (_rt, self, suffix) => {
    const end = textOf(suffix, 'removesuffix() argument ');
    return end !== '' && self.endsWith(end) ? self.slice(0, -end.length) : self;
  },
  "ljust(width, fillchar=' ', /)": (rt, self, width, fill) => justify(rt, self, width, fill, 'left'),
  "rjust(width, fillchar=' ', /)": (rt, self, width, fill) => justify(rt, self, width, fill, 'right'),
  "center(width, fillchar=' ', /)": (rt, self, width, fill) => justify(rt, self, width, fill, 'centre'),
  'zfill(width, /)': (rt, self, width) => {
    const sign = /^[-+]/.exec(self)?.[0] ?? '';
    return (
      sign + justify(rt, self.slice(sign.length), asInteger(rt, width) - BigInt(sign.length), '0', 'right')
    );
  },
  'partition(sep, /)': (_rt, self, separator) => partition(self, textOf(separator), false),
  'rpartition(sep, /)': (_rt, self, separator) => partition(self, textOf(separator), true),
  'expandtabs(tabsize=8)': (rt, self, size) => expandTabs(rt, self, limited(rt, size)),
  'translate(table, /)': (rt, self, table) => translate(rt, self, table),
  "encode(encoding='utf-8', errors='strict')": (_rt, self, encoding, errors) =>
    new PyBytes(encodeText(self, asString(encoding), asString(errors))),
  'format(*args, **kwargs)': (rt, self, args, kwargs) =>
    formatTemplate(rt, self, (name) => {
      if (/^\d+$/.test(name)) {
        const items = rest(args);
        if (Number(name) >= items.length)
          return raise('IndexError', `Replacement index ${name} out of range for positional args tuple`);
        return items[Number(name)] ?? null;
      }
      const value = kwargs instanceof PyDict ? kwargs.get(rt, name) : undefined;
      return value === undefined ? keyError(name) : value;
    }),
  'format_map(mapping, /)': (rt, self, mapping) =>
    formatTemplate(rt, self, (name) => rt.call(specialMethod(rt, mapping, '__getitem__') ?? null, [name])),
};

function optionalText(value: PyValue | undefined, method: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  const plain = unbox(value);
  return typeof plain === 'string' ? plain : raise('TypeError', `${method} arg must be None or str`);
}

function found(index: number): bigint {
  return index < 0 ? raise('ValueError', 'substring not found') : BigInt(index);
}

extendValues<string>(
  strClass,
  (value) => {
    const plain = unbox(value);
    return typeof plain === 'string' ? plain : undefined;
  },
  {
    methods: counted(methods),
    staticMethods: {
      "__new__(cls, object?, encoding?, errors='strict')": (rt, cls, object, encoding, errors) => {
        let text = '';
        if (object instanceof PyBytes && encoding !== ABSENT)
          text = decodeBytes(object.data, asString(encoding), asString(errors));
        else if (object !== ABSENT) text = str(rt, object);
        return cls instanceof PyClass && cls !== strClass ? new PyBoxed(cls, text) : text;
      },
      'maketrans(x, y?, z?, /)': (rt, x, y, z) => {
        const table = new PyDict();
        if (y === ABSENT || y === undefined) {
          if (!(x instanceof PyDict))
            return raise('TypeError', 'if you give only one argument to maketrans it must be a dict');
          for (const { key, value } of x.entries())
            table.set(rt, typeof key === 'string' ? BigInt(key.codePointAt(0) ?? 0) : key, value);
          return table;
        }
        const [from, to] = [[...asString(x)], [...asString(y)]];
        if (from.length !== to.length)
          return raise('ValueError', 'the first two maketrans arguments must have equal length');
        for (const [index, char] of from.entries())
          table.set(rt, BigInt(char.codePointAt(0) ?? 0), BigInt(to[index]?.codePointAt(0) ?? 0));
        if (z !== ABSENT && z !== undefined)
          for (const char of asString(z)) table.set(rt, BigInt(char.codePointAt(0) ?? 0), null);
        return table;
      },
    },
  },
);
