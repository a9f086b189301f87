import { defineClass, findAttribute, PySlice, PyUnknown, toArray, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { addModule, moduleClass } from '../module.js';
import { ModuleObject } from '../module-object.js';
import { generatorOf } from '../module-traversal.js';
import { childAt, count, insertAt, items, keyAt, removeAt, slicedEntries, takeOut } from './indexed.js';

function extend(rt: Runtime, self: ModuleObject, modules: PyValue): ModuleObject {
  if (!(modules instanceof PyUnknown) && findAttribute(rt, modules, '__iter__') === undefined)
    return rt.raise(
      'TypeError',
      `ModuleList.extend should be called with an iterable, but got ${typeOf(modules).name}`,
    );
  for (const module of toArray(rt, modules)) addModule(rt, self, `${count(self)}`, module);
  return self;
}

export function moduleListOf(rt: Runtime, children: readonly PyValue[]): ModuleObject {
  const made = new ModuleObject(moduleListClass);
  made.initialise(rt);
  for (const [at, child] of children.entries()) addModule(rt, made, `${at}`, child);
  return made;
}

export const moduleListClass = defineClass({
  written: 'python',
  name: 'ModuleList',
  module: 'torch.nn.modules.container',
  bases: [moduleClass],
  payload: ModuleObject,
  unknowns: 'accept',
  methods: {
    '__init__(modules=None)': (rt, self, modules) => {
      self.initialise(rt);
      if (modules !== null) extend(rt, self, modules ?? null);
      return null;
    },
    '__getitem__(idx)': (rt, self, index) =>
      index instanceof PySlice
        ? moduleListOf(
            rt,
            slicedEntries(rt, self, index).map(([, child]) => child),
          )
        : childAt(rt, self, index ?? null),
    '__setitem__(idx, module)': (rt, self, index, module) => {
      self.registries?.modules.set(rt, keyAt(rt, self, index ?? null), module ?? null);
      return null;
    },
    '__delitem__(idx)': (rt, self, index) => {
      removeAt(rt, self, index ?? null);
      return null;
    },
    '__len__()': (_rt, self) => BigInt(count(self)),
    '__iter__()': (_rt, self) => generatorOf(items(self)),
    '__contains__(module)': (_rt, self, module) =>
      module instanceof ModuleObject && items(self).includes(module),
    '__add__(other)': (rt, self, other) => moduleListOf(rt, [...items(self), ...toArray(rt, other ?? null)]),
    '__iadd__(modules)': (rt, self, modules) => extend(rt, self, modules ?? null),
    'append(module)': (rt, self, module) => {
      addModule(rt, self, `${count(self)}`, module ?? null);
      return self;
    },
    'extend(modules)': (rt, self, modules) => extend(rt, self, modules ?? null),
    'insert(index, module)': (rt, self, index, module) => {
      insertAt(rt, self, index ?? null, module ?? null);
      return null;
    },
    'pop(key)': (rt, self, key) => takeOut(rt, self, key ?? null),
  },
});
