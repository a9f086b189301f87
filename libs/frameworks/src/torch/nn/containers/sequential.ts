import { defineClass, PyDict, PySlice, PyUnknown, repr, rest, toArray, typeOf } from '@tensormark/python';
import type { PyClass, PyValue, Runtime } from '@tensormark/python';
import { addModule, moduleClass } from '../module.js';
import { ModuleObject } from '../module-object.js';
import { generatorOf } from '../module-traversal.js';
import { childAt, count, insertAt, items, keyAt, removeAt, slicedEntries, takeOut } from './indexed.js';

function append(rt: Runtime, self: ModuleObject, module: PyValue): void {
  addModule(rt, self, `${count(self)}`, module);
}

/** A new Sequential of the same class's children; made without the class's own constructor. */
export function sequentialOf(rt: Runtime, children: readonly (readonly [string, PyValue])[]): ModuleObject {
  const made = new ModuleObject(sequentialClass);
  made.initialise(rt);
  for (const [name, child] of children) addModule(rt, made, name, child);
  return made;
}

function joined(rt: Runtime, left: readonly PyValue[], right: readonly PyValue[]): ModuleObject {
  return sequentialOf(
    rt,
    [...left, ...right].map((child, at) => [`${at}`, child]),
  );
}

export const sequentialClass: PyClass = defineClass({
  written: 'python',
  name: 'Sequential',
  module: 'torch.nn.modules.container',
  bases: [moduleClass],
  payload: ModuleObject,
  unknowns: 'accept',
  methods: {
    '__init__(*args)': (rt, self, args) => {
      self.initialise(rt);
      if (args instanceof PyUnknown) {
        self.unreadable = args;
        return null;
      }
      const given = rest(args ?? null);
      const [only] = given;
      if (given.length === 1 && only instanceof PyDict) {
        for (const { key, value } of only.entries()) addModule(rt, self, key, value);
      } else {
        for (const [at, module] of given.entries()) addModule(rt, self, `${at}`, module);
      }
      return null;
    },
    'forward(input)': (rt, self, input) => {
      if (self.unreadable !== undefined) return self.unreadable;
      let value = input ?? null;
      for (const { value: child } of self.registries?.modules.entries() ?? [])
        value = rt.call(child, [value]);
      return value;
    },
    '__getitem__(idx)': (rt, self, index) =>
      index instanceof PySlice
        ? sequentialOf(rt, slicedEntries(rt, self, index))
        : (self.unreadable ?? childAt(rt, self, index ?? null)),
    '__setitem__(idx, module)': (rt, self, index, module) =>
      addModule(rt, self, keyAt(rt, self, index ?? null), module ?? null),
    '__delitem__(idx)': (rt, self, index) => {
      removeAt(rt, self, index ?? null);
      return null;
    },
    '__len__()': (_rt, self) => self.unreadable ?? BigInt(count(self)),
    '__iter__()': (_rt, self) => self.unreadable ?? generatorOf(items(self)),
    '__add__(other)': (rt, self, other) => {
      if (other instanceof ModuleObject && other.cls.isSubclassOf(sequentialClass))
        return joined(rt, items(self), items(other));
      return rt.raise(
        'ValueError',
        `add operator supports only objects of Sequential class, but ${repr(rt, typeOf(other ?? null))} is given.`,
      );
    },
    '__iadd__(other)': (rt, self, other) => {
      for (const module of toArray(rt, other ?? null)) append(rt, self, module);
      return self;
    },
    '__mul__(other)': (rt, self, other) => {
      if (typeof other !== 'bigint')
        return rt.raise(
          'TypeError',
          `unsupported operand type(s) for *: ${typeOf(self).name} and ${typeOf(other ?? null).name}`,
        );
      const all = Array.from({ length: Math.min(Number(other), 10_000) }, () => items(self)).flat();
      return joined(rt, all, []);
    },
    'append(module)': (rt, self, module) => {
      append(rt, self, module ?? null);
      return self;
    },
    'insert(index, module)': (rt, self, index, module) => {
      insertAt(rt, self, index ?? null, module ?? null);
      return self;
    },
    'extend(sequential)': (rt, self, sequential) => {
      for (const module of toArray(rt, sequential ?? null)) append(rt, self, module);
      return self;
    },
    'pop(key)': (rt, self, key) => takeOut(rt, self, key ?? null),
  },
});
