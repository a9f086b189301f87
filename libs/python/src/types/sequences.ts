import { ABSENT, NOT_IMPLEMENTED, typeOf } from '../objects/classes.js';
import {
  listClass,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  rangeClass,
  sliceClass,
  tupleClass,
} from '../objects/containers.js';
import { equals } from '../objects/equality.js';
import { raise } from '../objects/exceptions.js';
import { NativeIterator, SequenceIterator } from '../objects/iterators.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { countWork } from '../objects/work.js';
import { extendClass } from '../native/classes.js';
import { includes, orderSequences } from '../operations/comparison.js';
import { asInteger, plainInteger } from '../operations/conversion.js';
import { hashByKey } from '../operations/hash.js';
import { checkLength, getIterator, limitLength, toArray } from '../operations/iteration.js';
import { sequenceIndex, sliceBounds, sliceItems, slicePositions } from '../operations/subscripts.js';
import { slicedList } from './list-slices.js';
import { varying } from '../operations/open-lists.js';
import { joinReprs, showOnce } from '../operations/text.js';
import { specialMethod } from '../operations/attributes.js';
import { aliasOf } from './generic.js';
import { assignSlice, extend, listLike, outside, putAt } from './list-parts.js';
import { sortValues } from './sorting.js';

function repeat(rt: Runtime, items: readonly PyValue[], count: PyValue): PyValue[] | undefined {
  const times =
    plainInteger(count) ??
    (specialMethod(rt, count, '__index__') === undefined ? undefined : asInteger(rt, count));
  if (times === undefined) return undefined;
  const turns = times < 0n ? 0 : Number(times);
  checkLength(rt, items.length * turns);
  const result: PyValue[] = [];
  for (let turn = 0; turn < turns && items.length > 0; turn++) for (const item of items) result.push(item);
  return result;
}

function sameItems(rt: Runtime, a: readonly PyValue[], b: readonly PyValue[]): boolean {
  if (a.length !== b.length) return false;
  rt.step(a.length);
  return a.every((item, index) => equals(rt, item, b[index] ?? null));
}

function indexOf(
  rt: Runtime,
  items: readonly PyValue[],
  value: PyValue,
  start: PyValue,
  stop: PyValue,
  message: string,
): PyValue {
  const bounds = sliceBounds(rt, new PySlice(start, stop, null), items.length);
  for (let index = bounds.start; index < bounds.stop; index++) {
    rt.step();
    if (equals(rt, items[index] ?? null, value)) return BigInt(index);
  }
  // Where not all is known, it may well be among them.
  if (value instanceof PyUnknown || items.some((item) => item instanceof PyUnknown))
    return rt.unknown('where something is in a list whose items are not all known');
  return raise('ValueError', message);
}

function count(rt: Runtime, items: readonly PyValue[], value: PyValue): bigint {
  let total = 0n;
  for (const item of items) {
    rt.step();
    if (equals(rt, item, value)) total++;
  }
  return total;
}

/** So many elements of which any may be the one that was written over. */
function anyOf(rt: Runtime, count: number): PyValue[] {
  rt.step(count / 4);
  return Array.from({ length: count }, () =>
    rt.unknown('an element of a list that was written into somewhere'),
  );
}

/** A key that is no integer and no slice. */
function badIndex(kind: string, key: PyValue): never {
  return raise('TypeError', `${kind} indices must be integers or slices, not ${typeOf(key).name}`);
}

function isIndex(rt: Runtime, key: PyValue): boolean {
  return plainInteger(key) !== undefined || specialMethod(rt, key, '__index__') !== undefined;
}

function ordering(symbol: '<' | '<=' | '>' | '>=') {
  return (rt: Runtime, self: PyList | PyTuple, other: PyValue): PyValue => {
    const mate = self instanceof PyList ? other instanceof PyList : other instanceof PyTuple;
    return mate && (other instanceof PyList || other instanceof PyTuple)
      ? orderSequences(rt, symbol, self.items, other.items)
      : NOT_IMPLEMENTED;
  };
}

extendClass(listClass, {
  payload: PyList,
  unknowns: 'accept',
  methods: {
    '__init__(iterable?, /)': (rt, self, iterable) => {
      self.items = [];
      if (iterable !== ABSENT && iterable !== undefined) {
        self.items = toArray(rt, iterable);
        listLike(self, iterable);
      }
      return null;
    },
    '__repr__()': (rt, self) => showOnce(rt, self, '[...]', () => `[${joinReprs(rt, self.items)}]`),
    '__len__()': (_rt, self) => BigInt(self.items.length),
    '__iter__()': (_rt, self) => new SequenceIterator('list_iterator', self),
    '__reversed__()': (_rt, self) => reversed('list_reverseiterator', self.items),
    '__contains__(item)': (rt, self, item) => includes(rt, self.items, item),
    '__getitem__(key)': (rt, self, key) => {
      if (key instanceof PySlice) return slicedList(rt, self, key);
      if (!isIndex(rt, key)) return badIndex('list', key);
      return self.items[sequenceIndex(rt, key, self.items.length, 'list index out of range')] ?? null;
    },
    '__setitem__(key, value)': (rt, self, key, value) => {
      if (key instanceof PySlice) assignSlice(rt, self, key, value);
      else if (key instanceof PyUnknown) self.items = anyOf(rt, self.items.length);
      else if (!isIndex(rt, key)) badIndex('list', key);
      else putAt(rt, self, key, value);
      return null;
    },
    '__delitem__(key)': (rt, self, key) => {
      countWork(rt, self.items.length);
      if (key instanceof PySlice) {
        const positions = new Set(slicePositions(rt, key, self.items.length));
        rt.step(self.items.length / 4);
        self.items = self.items.filter((_, index) => !positions.has(index));
      } else if (key instanceof PyUnknown) self.items = anyOf(rt, Math.max(0, self.items.length - 1));
      else if (!isIndex(rt, key)) badIndex('list', key);
      else if (!self.grownByUnknown || !outside(rt, self, key))
        self.items.splice(sequenceIndex(rt, key, self.items.length, 'list assignment index out of range'), 1);
      return null;
    },
    '__add__(other)': (rt, self, other) => {
      if (!(other instanceof PyList)) return NOT_IMPLEMENTED;
      checkLength(rt, self.items.length + other.items.length);
      return listLike(new PyList([...self.items, ...other.items]), self, other);
    },
    '__iadd__(other)': (rt, self, other) => {
      extend(rt, self, other);
      return self;
    },
    '__mul__(count)': (rt, self, times) => {
      const items = repeat(rt, self.items, times);
      return items === undefined ? NOT_IMPLEMENTED : listLike(new PyList(items), self);
    },
    '__rmul__(count)': (rt, self, times) => {
      const items = repeat(rt, self.items, times);
      return items === undefined ? NOT_IMPLEMENTED : listLike(new PyList(items), self);
    },
    '__imul__(count)': (rt, self, times) => {
      const items = repeat(rt, self.items, times);
      if (items === undefined) return NOT_IMPLEMENTED;
      self.items = items;
      return self;
    },
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyList ? sameItems(rt, self.items, other.items) : NOT_IMPLEMENTED,
    '__lt__(other)': ordering('<'),
    '__le__(other)': ordering('<='),
    '__gt__(other)': ordering('>'),
    '__ge__(other)': ordering('>='),
    'append(object, /)': (rt, self, item) => {
      if (self.items.length >= rt.budgets.collectionLength) limitLength(rt, self.items.length + 1);
      self.items.push(item);
      return null;
    },
    'extend(iterable, /)': (rt, self, iterable) => {
      extend(rt, self, iterable);
      return null;
    },
    'insert(index, object, /)': (rt, self, index, item) => {
      countWork(rt, self.items.length);
      if (self.items.length >= rt.budgets.collectionLength) limitLength(rt, self.items.length + 1);
      self.items.splice(Number(asInteger(rt, index)), 0, item);
      return null;
    },
    'pop(index=-1, /)': (rt, self, index) => {
      if (self.grownByUnknown && outside(rt, self, index))
        return varying(rt, 'an item of a list of which nobody knows how long it is');
      if (self.items.length === 0) return raise('IndexError', 'pop from empty list');
      const position = sequenceIndex(rt, index, self.items.length, 'pop index out of range');
      if (position === self.items.length - 1) return self.items.pop() ?? null;
      countWork(rt, self.items.length - position);
      return self.items.splice(position, 1)[0] ?? null;
    },
    'remove(value, /)': (rt, self, value) => {
      const index = indexOf(rt, self.items, value, null, null, 'list.remove(x): x not in list');
      if (typeof index === 'bigint') self.items.splice(Number(index), 1);
      return null;
    },
    'clear()': (_rt, self) => {
      self.items = [];
      return null;
    },
    'copy()': (rt, self) => {
      checkLength(rt, self.items.length);
      return listLike(new PyList([...self.items]), self);
    },
    'reverse()': (rt, self) => {
      countWork(rt, self.items.length);
      self.items.reverse();
      return null;
    },
    'index(value, start=0, stop=9223372036854775807, /)': (rt, self, value, start, stop) =>
      indexOf(rt, self.items, value, start, stop, `${rt.show(value)} is not in list`),
    'count(value, /)': (rt, self, value) => count(rt, self.items, value),
    'sort(*, key=None, reverse=False)': (rt, self, key, reverse) => {
      // While it is sorted a list is empty, and must still be afterwards.
      const { items } = self;
      self.items = [];
      let sorted = items;
      try {
        sorted = sortValues(rt, items, key, rt.truth(reverse));
      } finally {
        const changed = self.items.length > 0;
        self.items = sorted;
        if (changed && sorted !== items) raise('ValueError', 'list modified during sort');
      }
      return null;
    },
  },
  classMethods: { '__class_getitem__(item)': (_rt, cls, item) => aliasOf(cls, item, cls.name) },
  constants: { __hash__: null },
});

function reversed(typeName: string, items: readonly PyValue[]): NativeIterator {
  let index = items.length;
  return new NativeIterator(typeName, () => (index > 0 ? items[--index] : undefined));
}

extendClass(tupleClass, {
  payload: PyTuple,
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) =>
      showOnce(
        rt,
        self,
        '(...)',
        () => `(${joinReprs(rt, self.items)}${self.items.length === 1 ? ',' : ''})`,
      ),
    '__len__()': (_rt, self) => BigInt(self.items.length),
    '__iter__()': (_rt, self) => new SequenceIterator('tuple_iterator', self),
    '__contains__(item)': (rt, self, item) => includes(rt, self.items, item),
    '__getitem__(key)': (rt, self, key) => {
      if (key instanceof PySlice) return new PyTuple(sliceItems(rt, key, self.items));
      if (!isIndex(rt, key)) return badIndex('tuple', key);
      return self.items[sequenceIndex(rt, key, self.items.length, 'tuple index out of range')] ?? null;
    },
    '__add__(other)': (rt, self, other) => {
      if (!(other instanceof PyTuple)) return NOT_IMPLEMENTED;
      checkLength(rt, self.items.length + other.items.length);
      return new PyTuple([...self.items, ...other.items]);
    },
    '__mul__(count)': (rt, self, times) => {
      const items = repeat(rt, self.items, times);
      return items === undefined ? NOT_IMPLEMENTED : new PyTuple(items);
    },
    '__rmul__(count)': (rt, self, times) => {
      const items = repeat(rt, self.items, times);
      return items === undefined ? NOT_IMPLEMENTED : new PyTuple(items);
    },
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyTuple ? sameItems(rt, self.items, other.items) : NOT_IMPLEMENTED,
    '__lt__(other)': ordering('<'),
    '__le__(other)': ordering('<='),
    '__gt__(other)': ordering('>'),
    '__ge__(other)': ordering('>='),
    '__hash__()': (rt, self) => hashByKey(self.encodeKey(rt)),
    'index(value, start=0, stop=9223372036854775807, /)': (rt, self, value, start, stop) =>
      indexOf(rt, self.items, value, start, stop, 'tuple.index(x): x not in tuple'),
    'count(value, /)': (rt, self, value) => count(rt, self.items, value),
  },
  staticMethods: {
    '__new__(cls, iterable?, /)': (rt, cls, iterable) => {
      const own = cls instanceof PyClass ? cls : tupleClass;
      if (iterable instanceof PyTuple && iterable.cls === tupleClass && own === tupleClass) return iterable;
      return new PyTuple(iterable === ABSENT || iterable === undefined ? [] : toArray(rt, iterable), own);
    },
  },
  classMethods: { '__class_getitem__(item)': (_rt, cls, item) => aliasOf(cls, item, cls.name) },
});

extendClass(rangeClass, {
  payload: PyRange,
  methods: {
    '__repr__()': (_rt, self) =>
      self.step === 1n
        ? `range(${self.start}, ${self.stop})`
        : `range(${self.start}, ${self.stop}, ${self.step})`,
    '__len__()': (_rt, self) => self.length,
    '__iter__()': (rt, self) => getIterator(rt, self),
    '__bool__()': (_rt, self) => self.length > 0n,
    '__contains__(item)': (rt, self, item) => positionInRange(rt, self, item) !== undefined,
    '__getitem__(key)': (rt, self, key) => {
      if (key instanceof PySlice) {
        const { start, stop, step } = sliceBounds(rt, key, Number(self.length));
        return new PyRange(
          self.start + BigInt(start) * self.step,
          self.start + BigInt(stop) * self.step,
          self.step * BigInt(step),
        );
      }
      if (!isIndex(rt, key)) return badIndex('range', key);
      const given = asInteger(rt, key);
      const index = given < 0n ? given + self.length : given;
      if (index < 0n || index >= self.length) return raise('IndexError', 'range object index out of range');
      return self.start + index * self.step;
    },
    '__reversed__()': (rt, self) => {
      const last = self.start + (self.length - 1n) * self.step;
      return getIterator(rt, new PyRange(last, self.start - self.step, -self.step));
    },
    '__eq__(other)': (_rt, self, other) =>
      other instanceof PyRange ? self.encodeKey().key === other.encodeKey().key : NOT_IMPLEMENTED,
    '__hash__()': (_rt, self) => hashByKey(self.encodeKey()),
    'index(value, /)': (rt, self, value) =>
      positionInRange(rt, self, value) ?? raise('ValueError', `${rt.show(value)} is not in range`),
    'count(value, /)': (rt, self, value) => (positionInRange(rt, self, value) === undefined ? 0n : 1n),
  },
  properties: {
    start: (_rt, self) => self.start,
    stop: (_rt, self) => self.stop,
    step: (_rt, self) => self.step,
  },
  staticMethods: {
    '__new__(cls, start, stop?, step=1, /)': (rt, _cls, start, stop, step) => {
      const first = asInteger(rt, start);
      if (stop === ABSENT || stop === undefined) return new PyRange(0n, first, 1n);
      const stride = asInteger(rt, step);
      if (stride === 0n) return raise('ValueError', 'range() arg 3 must not be zero');
      return new PyRange(first, asInteger(rt, stop), stride);
    },
  },
});

function positionInRange(rt: Runtime, range: PyRange, value: PyValue): bigint | undefined {
  const number =
    plainInteger(value) ?? (typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined);
  if (number === undefined) return undefined;
  rt.step();
  const offset = number - range.start;
  if (offset % range.step !== 0n) return undefined;
  const index = offset / range.step;
  return index >= 0n && index < range.length ? index : undefined;
}

extendClass(sliceClass, {
  payload: PySlice,
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) => `slice(${joinReprs(rt, [self.start, self.stop, self.step])})`,
    '__eq__(other)': (rt, self, other) =>
      other instanceof PySlice
        ? sameItems(rt, [self.start, self.stop, self.step], [other.start, other.stop, other.step])
        : NOT_IMPLEMENTED,
    'indices(length, /)': (rt, self, length) => {
      const { start, stop, step } = sliceBounds(rt, self, Number(asInteger(rt, length)));
      return new PyTuple([BigInt(start), BigInt(stop), BigInt(step)]);
    },
  },
  properties: {
    start: (_rt, self) => self.start,
    stop: (_rt, self) => self.stop,
    step: (_rt, self) => self.step,
  },
  staticMethods: {
    '__new__(cls, start, stop?, step=None, /)': (_rt, _cls, start, stop, step) =>
      stop === ABSENT || stop === undefined ? new PySlice(null, start, null) : new PySlice(start, stop, step),
  },
  constants: { __hash__: null },
});
