import { defineClass } from '../../native/classes.js';
import { NOT_IMPLEMENTED } from '../../objects/classes.js';
import { dictClass, PyDict, PyTuple } from '../../objects/containers.js';
import { equals } from '../../objects/equality.js';
import { raise } from '../../objects/exceptions.js';
import type { PyClass, PyValue, Runtime } from '../../objects/object.js';
import { toArray } from '../../operations/iteration.js';
import { repr, showOnce } from '../../operations/text.js';
import { rest } from '../../operations/conversion.js';
import { keyError, sameDicts, updateDict } from '../../types/mappings.js';
import type { Entry } from '../../objects/containers.js';

/** Puts an entry at one end of a dict. */
function moveToEnd(rt: Runtime, dict: PyDict, entry: Entry, last: boolean): void {
  dict.delete(rt, entry.key);
  if (last) {
    dict.set(rt, entry.key, entry.value);
    return;
  }
  const entries = [...dict.entries()];
  rt.step(entries.length);
  dict.table.clear();
  dict.set(rt, entry.key, entry.value);
  for (const { key, value } of entries) dict.set(rt, key, value);
}

export const orderedDictClass: PyClass = defineClass({
  name: 'OrderedDict',
  written: 'c-named-with-module',
  module: 'collections',
  bases: [dictClass],
  payload: PyDict,
  allocate: (cls) => new PyDict(cls),
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) =>
      showOnce(rt, self, '...', () => {
        const items = [...self.entries()].map(({ key, value }) => repr(rt, new PyTuple([key, value])));
        return `${self.cls.name}(${items.length === 0 ? '' : `[${items.join(', ')}]`})`;
      }),
    '__eq__(other)': (rt, self, other) => {
      if (!(other instanceof PyDict)) return NOT_IMPLEMENTED;
      if (!sameDicts(rt, self, other)) return false;
      if (!other.cls.isSubclassOf(orderedDictClass)) return true;
      const mates = other.entries();
      return [...self.entries()].every((entry) => equals(rt, entry.key, mates.next().value?.key ?? null));
    },
    'move_to_end(key, last=True)': (rt, self, key, last) => {
      const entry = self.table.find(rt, key);
      if (entry === undefined) return keyError(key);
      moveToEnd(rt, self, entry, rt.truth(last));
      return null;
    },
    'popitem(last=True)': (rt, self, last) => {
      const entries = [...self.entries()];
      const entry = rt.truth(last) ? entries.at(-1) : entries[0];
      if (entry === undefined) return keyError('dictionary is empty');
      self.delete(rt, entry.key);
      return new PyTuple([entry.key, entry.value]);
    },
    'copy()': (rt, self) => {
      const result = new PyDict(self.cls);
      updateDict(rt, result, self, undefined);
      return result;
    },
  },
  constants: { __hash__: null },
});
orderedDictClass.open = true;

/** `collections.defaultdict`: makes what is missing. */
export class PyDefaultDict extends PyDict {
  factory: PyValue = null;

  override copyPayload(source: PyDict): void {
    if (source instanceof PyDefaultDict) this.factory = source.factory;
  }
}

export const defaultDictClass = defineClass({
  name: 'defaultdict',
  written: 'c-named-with-module',
  module: 'collections',
  bases: [dictClass],
  payload: PyDefaultDict,
  allocate: (cls) => new PyDefaultDict(cls),
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': (rt, self, args, kwargs) => {
      const [factory = null, other] = rest(args);
      if (factory !== null && typeof factory !== 'object')
        return raise('TypeError', 'first argument must be callable or None');
      self.factory = factory;
      updateDict(rt, self, other, kwargs);
      return null;
    },
    '__missing__(key)': (rt, self, key) => {
      if (self.factory === null) return keyError(key);
      const value = rt.call(self.factory, []);
      self.set(rt, key, value);
      return value;
    },
    '__repr__()': (rt, self) =>
      showOnce(rt, self, 'defaultdict(...)', () => {
        const items = [...self.entries()].map(({ key, value }) => `${repr(rt, key)}: ${repr(rt, value)}`);
        return `defaultdict(${repr(rt, self.factory)}, {${items.join(', ')}})`;
      }),
    'copy()': (rt, self) => {
      const result = new PyDefaultDict(self.cls);
      result.factory = self.factory;
      for (const item of toArray(rt, self)) result.set(rt, item, self.get(rt, item) ?? null);
      return result;
    },
  },
  properties: {
    default_factory: {
      get: (_rt, self) => self.factory,
      set: (_rt, self, value) => {
        self.factory = value;
      },
    },
  },
  constants: { __hash__: null },
});
