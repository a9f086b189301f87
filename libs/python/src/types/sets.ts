import { ABSENT, NOT_IMPLEMENTED } from '../objects/classes.js';
import { frozensetClass, PyList, PySet, setClass } from '../objects/containers.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { countWork } from '../objects/work.js';
import { PyUnknown, unknownArising } from '../objects/unknown.js';
import { extendClass } from '../native/classes.js';
import type { MethodDefinition } from '../native/classes.js';
import { rest } from '../operations/conversion.js';
import { hashByKey } from '../operations/hash.js';
import { forEach, tableIterator, toArray } from '../operations/iteration.js';
import { joinReprs, showOnce } from '../operations/text.js';
import { aliasOf } from './generic.js';
import { keyError, PyDictView } from './mappings.js';

type Choose = (inLeft: boolean, inRight: boolean) => boolean;
const UNION: Choose = () => true;
const INTERSECTION: Choose = (left, right) => left && right;
const DIFFERENCE: Choose = (left, right) => left && !right;
const SYMMETRIC: Choose = (left, right) => left !== right;

function combined(rt: Runtime, left: PySet, right: PySet, choose: Choose, cls: PyClass): PySet {
  const result = new PySet(cls);
  rt.step(left.size + right.size);
  for (const item of left.values()) if (choose(true, right.has(rt, item))) result.add(rt, item);
  for (const item of right.values()) if (!left.has(rt, item) && choose(false, true)) result.add(rt, item);
  result.unknownEntries ??= left.unknownEntries ?? right.unknownEntries;
  return result;
}

function asSet(rt: Runtime, value: PyValue): PySet {
  if (value instanceof PySet) return value;
  return value instanceof PyUnknown
    ? ofUnknowns(value)
    : leftOpen(rt, PySet.from(rt, toArray(rt, value)), value);
}

/** A set of which nothing is known. */
function ofUnknowns(unknown: PyUnknown): PySet {
  const set = new PySet();
  set.unknownEntries = unknown;
  return set;
}

/** A set of the items of something of which nobody may know how many it has. */
function leftOpen(rt: Runtime, set: PySet, of: PyValue): PySet {
  if (of instanceof PyList && of.grownByUnknown)
    set.unknownEntries ??= unknownArising(rt, 'an item of a list of which nobody knows how long it is');
  return set;
}

function builtinOf(self: PySet): PyClass {
  return self.cls.isSubclassOf(frozensetClass) ? frozensetClass : setClass;
}

const operator =
  (choose: Choose): MethodDefinition<PySet> =>
  (rt, self, other) => {
    if (other instanceof PyDictView) return combined(rt, self, asSet(rt, other), choose, builtinOf(self));
    return other instanceof PySet ? combined(rt, self, other, choose, builtinOf(self)) : NOT_IMPLEMENTED;
  };

const method =
  (choose: Choose): MethodDefinition<PySet> =>
  (rt, self, others) => {
    let result = combined(rt, self, self, UNION, builtinOf(self));
    for (const other of rest(others))
      result = combined(rt, result, asSet(rt, other), choose, builtinOf(self));
    return result;
  };

function replace(rt: Runtime, self: PySet, other: PySet, choose: Choose): void {
  const result = combined(rt, self, other, choose, setClass);
  self.table.clear();
  self.unknownEntries = result.unknownEntries;
  for (const item of result.values()) self.add(rt, item);
}

const update =
  (choose: Choose): MethodDefinition<PySet> =>
  (rt, self, others) => {
    for (const other of rest(others)) replace(rt, self, asSet(rt, other), choose);
    return null;
  };

const inPlace =
  (choose: Choose): MethodDefinition<PySet> =>
  (rt, self, other) => {
    if (!(other instanceof PySet) && !(other instanceof PyDictView)) return NOT_IMPLEMENTED;
    replace(rt, self, asSet(rt, other), choose);
    return self;
  };

function includesAll(rt: Runtime, self: PySet, other: PySet): boolean {
  rt.step(other.size);
  for (const item of other.values()) if (!self.has(rt, item)) return false;
  return true;
}

const relation =
  (holds: (rt: Runtime, self: PySet, other: PySet) => boolean): MethodDefinition<PySet> =>
  (rt, self, other) =>
    other instanceof PySet
      ? (self.unknownEntries ?? other.unknownEntries ?? holds(rt, self, other))
      : NOT_IMPLEMENTED;

const shared: Record<string, MethodDefinition<PySet>> = {
  '__repr__()': (rt, self) =>
    showOnce(rt, self, `${self.cls.name}(...)`, () => {
      if (self.size === 0) return `${self.cls.name}()`;
      const inside = `{${joinReprs(rt, self.values())}}`;
      return self.cls === setClass ? inside : `${self.cls.name}(${inside})`;
    }),
  '__len__()': (_rt, self) => self.unknownEntries ?? BigInt(self.size),
  '__iter__()': (rt, self) => tableIterator(rt, 'set_iterator', 'Set', self.table, (entry) => entry.key),
  '__contains__(item)': (rt, self, item) =>
    item instanceof PyUnknown ? item : self.has(rt, item) || (self.unknownEntries ?? false),
  '__eq__(other)': relation((rt, self, other) => self.size === other.size && includesAll(rt, self, other)),
  '__le__(other)': relation((rt, self, other) => includesAll(rt, other, self)),
  '__lt__(other)': relation((rt, self, other) => self.size < other.size && includesAll(rt, other, self)),
  '__ge__(other)': relation((rt, self, other) => includesAll(rt, self, other)),
  '__gt__(other)': relation((rt, self, other) => self.size > other.size && includesAll(rt, self, other)),
  '__and__(other)': operator(INTERSECTION),
  '__or__(other)': operator(UNION),
  '__sub__(other)': operator(DIFFERENCE),
  '__xor__(other)': operator(SYMMETRIC),
  '__rand__(other)': operator(INTERSECTION),
  '__ror__(other)': operator(UNION),
  '__rxor__(other)': operator(SYMMETRIC),
  'union(*others)': method(UNION),
  'intersection(*others)': method(INTERSECTION),
  'difference(*others)': method(DIFFERENCE),
  'symmetric_difference(*others)': method(SYMMETRIC),
  'issubset(other, /)': (rt, self, other) => includesAll(rt, asSet(rt, other), self),
  'issuperset(other, /)': (rt, self, other) => includesAll(rt, self, asSet(rt, other)),
  'isdisjoint(other, /)': (rt, self, other) => !toArray(rt, other).some((item) => self.has(rt, item)),
  'copy()': (rt, self) => combined(rt, self, self, UNION, builtinOf(self)),
};

extendClass(frozensetClass, {
  payload: PySet,
  unknowns: 'accept',
  methods: { ...shared, '__hash__()': (rt, self) => hashByKey(self.encodeKey(rt)) },
  staticMethods: {
    '__new__(cls, iterable?, /)': (rt, cls, iterable) => {
      const own = cls instanceof PyClass ? cls : frozensetClass;
      return PySet.from(rt, iterable === ABSENT || iterable === undefined ? [] : toArray(rt, iterable), own);
    },
  },
  classMethods: { '__class_getitem__(item)': (_rt, cls, item) => aliasOf(cls, item, cls.name) },
});

extendClass(setClass, {
  payload: PySet,
  unknowns: 'accept',
  methods: {
    ...shared,
    '__init__(iterable?, /)': (rt, self, iterable) => {
      self.table.clear();
      self.unknownEntries = undefined;
      if (iterable === ABSENT) return null;
      forEach(rt, iterable, (item) => self.add(rt, item));
      leftOpen(rt, self, iterable);
      return null;
    },
    'add(element, /)': (rt, self, item) => {
      self.add(rt, item);
      return null;
    },
    'discard(element, /)': (rt, self, item) => {
      self.table.delete(rt, item);
      return null;
    },
    'remove(element, /)': (rt, self, item) =>
      self.table.delete(rt, item) === undefined ? (self.unknownEntries ?? keyError(item)) : null,
    'pop()': (rt, self) => {
      countWork(rt, self.size / 8);
      const [first = null] = self.values();
      if (self.size === 0) return self.unknownEntries ?? keyError('pop from an empty set');
      self.table.delete(rt, first);
      return first;
    },
    'clear()': (_rt, self) => {
      self.table.clear();
      self.unknownEntries = undefined;
      return null;
    },
    'update(*others)': update(UNION),
    'intersection_update(*others)': update(INTERSECTION),
    'difference_update(*others)': update(DIFFERENCE),
    'symmetric_difference_update(*others)': update(SYMMETRIC),
    '__ior__(other)': inPlace(UNION),
    '__iand__(other)': inPlace(INTERSECTION),
    '__isub__(other)': inPlace(DIFFERENCE),
    '__ixor__(other)': inPlace(SYMMETRIC),
  },
  classMethods: { '__class_getitem__(item)': (_rt, cls, item) => aliasOf(cls, item, cls.name) },
  constants: { __hash__: null },
});
