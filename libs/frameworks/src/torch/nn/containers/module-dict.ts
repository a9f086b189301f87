import { asString, defineClass, PyTuple, unseenAttribute } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { addModule, moduleClass } from '../module.js';
import { entriesOf, ModuleObject } from '../module-object.js';
import { generatorOf } from '../module-traversal.js';
import { pairsOf } from './mapping.js';

function update(rt: Runtime, self: ModuleObject, modules: PyValue): null {
  for (const [key, module] of pairsOf(rt, modules)) addModule(rt, self, key, module);
  return null;
}

/** A layer that is not there, if it was not put in under a name that nobody knows. */
function missing(rt: Runtime, self: ModuleObject, key: PyValue): PyValue {
  return unseenAttribute(self, asString(key)) ?? rt.raise('KeyError', asString(key));
}

export const moduleDictClass = defineClass({
  written: 'python',
  name: 'ModuleDict',
  module: 'torch.nn.modules.container',
  bases: [moduleClass],
  payload: ModuleObject,
  unknowns: 'accept',
  methods: {
    '__init__(modules=None)': (rt, self, modules) => {
      self.initialise(rt);
      return modules === null ? null : update(rt, self, modules ?? null);
    },
    '__getitem__(key)': (rt, self, key) =>
      self.registries?.modules.get(rt, key ?? null) ?? missing(rt, self, key ?? null),
    '__setitem__(key, module)': (rt, self, key, module) => addModule(rt, self, key ?? null, module ?? null),
    '__delitem__(key)': (rt, self, key) =>
      self.registries?.modules.delete(rt, key ?? null) === undefined ? missing(rt, self, key ?? null) : null,
    '__len__()': (_rt, self) => BigInt(self.registries?.modules.size ?? 0),
    '__iter__()': (_rt, self) => generatorOf(entriesOf(self).map(([name]) => name)),
    '__contains__(key)': (rt, self, key) => self.registries?.modules.get(rt, key ?? null) !== undefined,
    'clear()': (rt, self) => {
      for (const [name] of entriesOf(self)) self.registries?.modules.delete(rt, name);
      return null;
    },
    'pop(key)': (rt, self, key) =>
      self.registries?.modules.delete(rt, asString(key ?? null)) ?? missing(rt, self, key ?? null),
    'keys()': (_rt, self) => generatorOf(entriesOf(self).map(([name]) => name)),
    'values()': (_rt, self) => generatorOf(entriesOf(self).map(([, child]) => child)),
    'items()': (_rt, self) => generatorOf(entriesOf(self).map(([name, child]) => new PyTuple([name, child]))),
    'update(modules)': (rt, self, modules) => update(rt, self, modules ?? null),
  },
});
