import { ABSENT, builtinClass, NOT_IMPLEMENTED } from '../objects/classes.js';
import { dictClass, PyDict, PySet, PyTuple } from '../objects/containers.js';
import { equals } from '../objects/equality.js';
import { exceptionClass, PyException, PyRaise, raise } from '../objects/exceptions.js';
import { NativeIterator } from '../objects/iterators.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import type { Entry } from '../objects/containers.js';
import { PyUnknown } from '../objects/unknown.js';
import { extendClass } from '../native/classes.js';
import { specialMethod } from '../operations/attributes.js';
import { forEach, tableIterator, toArray } from '../operations/iteration.js';
import { getItem } from '../operations/subscripts.js';
import { joinReprs, repr, showOnce } from '../operations/text.js';
import { aliasOf } from './generic.js';

/** Raises KeyError with the key itself as its argument. */
export function keyError(key: PyValue): never {
  throw new PyRaise(new PyException(exceptionClass('KeyError'), [key]));
}

/** What `dict(...)` and `dict.update(...)` take: a mapping or pairs, and keywords. */
export function updateDict(
  rt: Runtime,
  self: PyDict,
  other: PyValue | undefined,
  keywords: PyValue | undefined,
): void {
  if (other instanceof PyDict) {
    rt.step(other.size);
    for (const { key, value } of Array.from(other.entries())) self.set(rt, key, value);
  } else if (other instanceof PyUnknown) {
    // Also where a single key was not known before: now there are entries that are not listed.
    self.unknownEntries = other;
    rt.note('other', `entries of a dict are unknown: ${other.reason}`);
    self.set(rt, other, other);
  } else if (other !== undefined && other !== ABSENT) updateFrom(rt, self, other);
  if (keywords instanceof PyDict) for (const { key, value } of keywords.entries()) self.set(rt, key, value);
}

function updateFrom(rt: Runtime, self: PyDict, other: PyValue): void {
  const keys = specialMethod(rt, other, 'keys');
  if (keys !== undefined) {
    forEach(rt, rt.call(keys, []), (key) => self.set(rt, key, getItem(rt, other, key)));
    return;
  }
  let index = 0;
  forEach(rt, other, (item) => {
    if (specialMethod(rt, item, '__iter__') === undefined) {
      raise('TypeError', `cannot convert dictionary update sequence element #${index} to a sequence`);
    }
    const pair = toArray(rt, item);
    if (pair.length !== 2) {
      raise(
        'ValueError',
        `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`,
      );
    }
    self.set(rt, pair[0] ?? null, pair[1] ?? null);
    index++;
  });
}

function showDict(rt: Runtime, self: PyDict): string {
  const pieces: string[] = [];
  for (const { key, value } of self.entries()) {
    rt.step();
    pieces.push(`${repr(rt, key)}: ${repr(rt, value)}`);
  }
  return `{${pieces.join(', ')}}`;
}

/** Whether two dicts hold equal values under equal keys. */
export function sameDicts(rt: Runtime, self: PyDict, other: PyDict): boolean {
  if (self.size !== other.size) return false;
  for (const { key, value } of self.entries()) {
    rt.step();
    const mate = other.get(rt, key);
    if (mate === undefined || !equals(rt, value, mate)) return false;
  }
  return true;
}

/** `dict[key]`, with `__missing__` of subclasses. */
function lookUp(rt: Runtime, self: PyDict, key: PyValue): PyValue {
  const found = self.get(rt, key);
  if (found !== undefined) return found;
  const missing = self.cls.lookup('__missing__');
  if (missing === undefined) return self.unknownEntries ?? self.others ?? keyError(key);
  return rt.call(rt.bind(missing, self), [key]);
}

extendClass(dictClass, {
  payload: PyDict,
  unknowns: 'accept',
  methods: {
    '__init__(other?, /, **kwargs)': (rt, self, other, kwargs) => {
      updateDict(rt, self, other, kwargs);
      return null;
    },
    '__repr__()': (rt, self) => showOnce(rt, self, '{...}', () => showDict(rt, self)),
    '__len__()': (_rt, self) => self.unknownEntries ?? BigInt(self.size),
    '__iter__()': (rt, self) =>
      tableIterator(rt, 'dict_keyiterator', 'dictionary', self.table, (entry) => entry.key),
    '__reversed__()': (rt, self) =>
      reversedEntries(rt, 'dict_reversekeyiterator', self, (entry) => entry.key),
    '__contains__(key)': (rt, self, key) =>
      key instanceof PyUnknown ? key : self.get(rt, key) !== undefined || (self.unknownEntries ?? false),
    '__getitem__(key)': (rt, self, key) => (key instanceof PyUnknown ? key : lookUp(rt, self, key)),
    '__setitem__(key, value)': (rt, self, key, value) => {
      self.set(rt, key, value);
      return null;
    },
    '__delitem__(key)': (rt, self, key) => {
      if (self.delete(rt, key) === undefined && self.others === undefined) return keyError(key);
      return null;
    },
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyDict ? sameDicts(rt, self, other) : NOT_IMPLEMENTED,
    '__or__(other)': (rt, self, other) =>
      other instanceof PyDict ? merged(rt, self, other) : NOT_IMPLEMENTED,
    '__ror__(other)': (rt, self, other) =>
      other instanceof PyDict ? merged(rt, other, self) : NOT_IMPLEMENTED,
    '__ior__(other)': (rt, self, other) => {
      updateDict(rt, self, other, undefined);
      return self;
    },
    'get(key, default?, /)': (rt, self, key, fallback) => {
      if (key instanceof PyUnknown) return key;
      const found = self.get(rt, key);
      if (found !== undefined) return found;
      return self.unknownEntries ?? (fallback === ABSENT ? (self.others ?? null) : fallback);
    },
    'setdefault(key, default=None, /)': (rt, self, key, fallback) => {
      const found = self.get(rt, key);
      if (found !== undefined) return found;
      self.set(rt, key, fallback);
      return fallback;
    },
    'pop(key, default?, /)': (rt, self, key, fallback) => {
      const found = self.delete(rt, key);
      if (found !== undefined) return found;
      return fallback === ABSENT ? (self.unknownEntries ?? self.others ?? keyError(key)) : fallback;
    },
    'popitem()': (rt, self) => {
      rt.step(self.size / 16);
      let last: Entry | undefined;
      for (const entry of self.entries()) last = entry;
      if (last === undefined) return keyError('popitem(): dictionary is empty');
      self.delete(rt, last.key);
      return new PyTuple([last.key, last.value]);
    },
    'update(other?, /, **kwargs)': (rt, self, other, kwargs) => {
      updateDict(rt, self, other, kwargs);
      return null;
    },
    'clear()': (_rt, self) => {
      self.table.clear();
      return null;
    },
    'copy()': (rt, self) => {
      const copy = merged(rt, self, new PyDict());
      copy.others = self.others;
      return copy;
    },
    'keys()': (_rt, self) => new PyDictView(self, 'keys'),
    'values()': (_rt, self) => new PyDictView(self, 'values'),
    'items()': (_rt, self) => new PyDictView(self, 'items'),
  },
  classMethods: {
    '__class_getitem__(item)': (_rt, cls, item) => aliasOf(cls, item, cls.name),
    'fromkeys(iterable, value=None, /)': (rt, cls, iterable, value) => {
      const dict = rt.call(cls, []);
      if (dict instanceof PyDict) forEach(rt, iterable, (key) => dict.set(rt, key, value));
      return dict;
    },
  },
  constants: { __hash__: null },
});

function merged(rt: Runtime, first: PyDict, second: PyDict): PyDict {
  const result = new PyDict();
  rt.step(first.size + second.size);
  for (const { key, value } of first.entries()) result.set(rt, key, value);
  for (const { key, value } of second.entries()) result.set(rt, key, value);
  return result;
}

type Part = 'keys' | 'values' | 'items';

const viewClasses: Record<Part, PyClass> = {
  keys: builtinClass('dict_keys'),
  values: builtinClass('dict_values'),
  items: builtinClass('dict_items'),
};

const pick: Record<Part, (entry: Entry) => PyValue> = {
  keys: (entry) => entry.key,
  values: (entry) => entry.value,
  items: (entry) => new PyTuple([entry.key, entry.value]),
};

function reversedEntries(
  rt: Runtime,
  typeName: string,
  dict: PyDict,
  choose: (entry: Entry) => PyValue,
): NativeIterator {
  rt.step(dict.size / 8);
  const entries = [...dict.entries()];
  return new NativeIterator(typeName, () => {
    const entry = entries.pop();
    return entry && choose(entry);
  });
}

/** `dict.keys()`, `.values()` and `.items()`: live views. */
export class PyDictView extends PyObject {
  constructor(
    readonly dict: PyDict,
    readonly part: Part,
  ) {
    super(viewClasses[part]);
  }

  values(rt: Runtime): PyValue[] {
    rt.step(this.dict.size / 2);
    return [...this.dict.entries()].map(pick[this.part]);
  }
}

function viewContains(rt: Runtime, view: PyDictView, item: PyValue): boolean {
  if (view.part === 'keys') return view.dict.get(rt, item) !== undefined;
  if (view.part === 'values') return view.values(rt).some((value) => equals(rt, value, item));
  if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
  const found = view.dict.get(rt, item.items[0] ?? null);
  return found !== undefined && equals(rt, found, item.items[1] ?? null);
}

function asSet(rt: Runtime, value: PyValue): PySet | undefined {
  if (value instanceof PySet) return value;
  return specialMethod(rt, value, '__iter__') === undefined ? undefined : PySet.from(rt, toArray(rt, value));
}

function combine(choose: (inLeft: boolean, inRight: boolean) => boolean) {
  return (rt: Runtime, self: PyDictView, other: PyValue): PyValue => {
    const right = asSet(rt, other);
    if (right === undefined) return NOT_IMPLEMENTED;
    const left = PySet.from(rt, self.values(rt));
    const result = new PySet();
    for (const item of left.values()) if (choose(true, right.has(rt, item))) result.add(rt, item);
    for (const item of right.values()) if (!left.has(rt, item) && choose(false, true)) result.add(rt, item);
    return result;
  };
}

for (const part of ['keys', 'values', 'items'] as const) {
  extendClass(viewClasses[part], {
    payload: PyDictView,
    unknowns: 'accept',
    methods: {
      '__repr__()': (rt, self) =>
        showOnce(rt, self, '...', () => `dict_${part}([${joinReprs(rt, self.values(rt))}])`),
      '__len__()': (_rt, self) => self.dict.unknownEntries ?? BigInt(self.dict.size),
      '__iter__()': (rt, self) =>
        tableIterator(
          rt,
          `dict_${part === 'keys' ? 'key' : part === 'values' ? 'value' : 'item'}iterator`,
          'dictionary',
          self.dict.table,
          pick[part],
        ),
      '__reversed__()': (rt, self) =>
        reversedEntries(rt, `dict_reverse${part.slice(0, -1)}iterator`, self.dict, pick[part]),
      '__contains__(item)': (rt, self, item) => viewContains(rt, self, item),
      ...(part === 'values'
        ? {}
        : {
            '__eq__(other)': (rt: Runtime, self: PyDictView, other: PyValue) => {
              const size =
                other instanceof PyDictView ? other.dict.size : other instanceof PySet ? other.size : -1;
              return (
                size === self.dict.size && toArray(rt, other).every((item) => viewContains(rt, self, item))
              );
            },
            '__and__(other)': combine((left, right) => left && right),
            '__or__(other)': combine(() => true),
            '__sub__(other)': combine((left, right) => left && !right),
            '__xor__(other)': combine((left, right) => left !== right),
            'isdisjoint(other, /)': (rt: Runtime, self: PyDictView, other: PyValue) =>
              !toArray(rt, other).some((item) => viewContains(rt, self, item)),
          }),
    },
    properties: { mapping: (_rt, self) => self.dict },
  });
}
