import { defineClass } from '../../native/classes.js';
import { ABSENT, NOT_IMPLEMENTED } from '../../objects/classes.js';
import { PySlice } from '../../objects/containers.js';
import { equals } from '../../objects/equality.js';
import { raise } from '../../objects/exceptions.js';
import { NativeIterator } from '../../objects/iterators.js';
import { PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { countWork } from '../../objects/work.js';
import { includes, orderSequences } from '../../operations/comparison.js';
import { asInteger } from '../../operations/conversion.js';
import { checkLength, forEach, limitLength, toArray } from '../../operations/iteration.js';
import { sequenceIndex } from '../../operations/subscripts.js';
import { joinReprs, repr, showOnce } from '../../operations/text.js';

/** `collections.deque` */
export class PyDeque extends PyObject {
  items: PyValue[] = [];
  limit: number | undefined = undefined;

  push(rt: Runtime, item: PyValue): void {
    rt.step();
    rt.allocate(8);
    limitLength(rt, this.items.length + 1);
    this.items.push(item);
    if (this.limit !== undefined && this.items.length > this.limit) {
      countWork(rt, this.items.length);
      this.items.shift();
    }
  }

  pushLeft(rt: Runtime, item: PyValue): void {
    rt.step();
    rt.allocate(8);
    countWork(rt, this.items.length);
    limitLength(rt, this.items.length + 1);
    this.items.unshift(item);
    if (this.limit !== undefined && this.items.length > this.limit) this.items.pop();
  }

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (!(source instanceof PyDeque)) return;
    this.items = source.items.map(copy);
    this.limit = source.limit;
  }
}

function indexIn(rt: Runtime, self: PyDeque, key: PyValue): number {
  if (key instanceof PySlice) return raise('TypeError', "sequence index must be integer, not 'slice'");
  return sequenceIndex(rt, key, self.items.length, 'deque index out of range');
}

function indexOf(rt: Runtime, self: PyDeque, item: PyValue): number {
  return self.items.findIndex((own) => {
    rt.step();
    return equals(rt, own, item);
  });
}

export const dequeClass = defineClass({
  name: 'deque',
  written: 'c-named-with-module',
  module: 'collections',
  payload: PyDeque,
  allocate: (cls) => new PyDeque(cls),
  unknowns: 'accept',
  methods: {
    '__init__(iterable?, maxlen=None)': (rt, self, iterable, limit) => {
      self.items = [];
      self.limit = limit === null ? undefined : Number(asInteger(rt, limit));
      if (self.limit !== undefined && self.limit < 0)
        return raise('ValueError', 'maxlen must be non-negative');
      if (iterable !== ABSENT) forEach(rt, iterable, (item) => self.push(rt, item));
      return null;
    },
    '__repr__()': (rt, self) =>
      showOnce(
        rt,
        self,
        '[...]',
        () =>
          `deque([${joinReprs(rt, self.items)}]${self.limit === undefined ? '' : `, maxlen=${self.limit}`})`,
      ),
    '__len__()': (_rt, self) => BigInt(self.items.length),
    '__iter__()': (_rt, self) => {
      const { length } = self.items;
      let index = 0;
      return new NativeIterator('_deque_iterator', () => {
        if (self.items.length !== length) return raise('RuntimeError', 'deque mutated during iteration');
        return self.items[index++];
      });
    },
    '__contains__(item)': (rt, self, item) => includes(rt, self.items, item),
    '__getitem__(key)': (rt, self, key) => self.items[indexIn(rt, self, key)] ?? null,
    '__setitem__(key, value)': (rt, self, key, value) => {
      self.items[indexIn(rt, self, key)] = value;
      return null;
    },
    '__delitem__(key)': (rt, self, key) => {
      countWork(rt, self.items.length);
      self.items.splice(indexIn(rt, self, key), 1);
      return null;
    },
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyDeque
        ? self.items.length === other.items.length &&
          self.items.every((item, index) => {
            rt.step();
            return equals(rt, item, other.items[index] ?? null);
          })
        : NOT_IMPLEMENTED,
    '__lt__(other)': (rt, self, other) =>
      other instanceof PyDeque ? orderSequences(rt, '<', self.items, other.items) : NOT_IMPLEMENTED,
    '__add__(other)': (rt, self, other) => {
      if (!(other instanceof PyDeque)) return NOT_IMPLEMENTED;
      const result = new PyDeque(self.cls);
      result.limit = self.limit;
      for (const item of [...self.items, ...other.items]) result.push(rt, item);
      return result;
    },
    '__iadd__(other)': (rt, self, other) => {
      for (const item of toArray(rt, other)) self.push(rt, item);
      return self;
    },
    'append(x, /)': (rt, self, item) => {
      self.push(rt, item);
      return null;
    },
    'appendleft(x, /)': (rt, self, item) => {
      self.pushLeft(rt, item);
      return null;
    },
    'extend(iterable, /)': (rt, self, iterable) => {
      for (const item of toArray(rt, iterable)) self.push(rt, item);
      return null;
    },
    'extendleft(iterable, /)': (rt, self, iterable) => {
      for (const item of toArray(rt, iterable)) self.pushLeft(rt, item);
      return null;
    },
    'pop()': (_rt, self) => {
      const item = self.items.pop();
      return item === undefined ? raise('IndexError', 'pop from an empty deque') : item;
    },
    'popleft()': (rt, self) => {
      countWork(rt, self.items.length);
      const item = self.items.shift();
      return item === undefined ? raise('IndexError', 'pop from an empty deque') : item;
    },
    'clear()': (_rt, self) => {
      self.items = [];
      return null;
    },
    'copy()': (rt, self) => {
      checkLength(rt, self.items.length);
      const result = new PyDeque(self.cls);
      result.copyPayload(self, (item) => item);
      return result;
    },
    'count(x, /)': (rt, self, item) => {
      rt.step(self.items.length);
      return BigInt(self.items.filter((own) => equals(rt, own, item)).length);
    },
    'index(x, /)': (rt, self, item) => {
      const index = indexOf(rt, self, item);
      return index < 0 ? raise('ValueError', `${rt.show(item)} is not in deque`) : BigInt(index);
    },
    'insert(i, x, /)': (rt, self, index, item) => {
      if (self.limit !== undefined && self.items.length >= self.limit)
        return raise('IndexError', 'deque already at its maximum size');
      countWork(rt, self.items.length);
      limitLength(rt, self.items.length + 1);
      self.items.splice(Number(asInteger(rt, index)), 0, item);
      return null;
    },
    'remove(value, /)': (rt, self, item) => {
      const index = indexOf(rt, self, item);
      if (index < 0) return raise('ValueError', `${repr(rt, item)} is not in deque`);
      self.items.splice(index, 1);
      return null;
    },
    'reverse()': (rt, self) => {
      countWork(rt, self.items.length);
      self.items.reverse();
      return null;
    },
    'rotate(n=1, /)': (rt, self, n) => {
      const { length } = self.items;
      if (length === 0) return null;
      countWork(rt, length);
      const turn = Number(((asInteger(rt, n) % BigInt(length)) + BigInt(length)) % BigInt(length));
      self.items = [...self.items.slice(length - turn), ...self.items.slice(0, length - turn)];
      return null;
    },
  },
  properties: { maxlen: (_rt, self) => (self.limit === undefined ? null : BigInt(self.limit)) },
  constants: { __hash__: null },
});
