import {
  asString,
  defineClass,
  findAttribute,
  getAttribute,
  PyTuple,
  setAttribute,
  typeOf,
  deleteAttribute,
} from '@tensormark/python';
import { DTYPES } from '@tensormark/network';
import { TensorObject } from '../../tensor/tensor.js';
import type { PyObject, PyValue, Runtime } from '@tensormark/python';
import { moduleClass } from '../module.js';
import { ModuleObject } from '../module-object.js';
import { generatorOf } from '../module-traversal.js';
import { pairsOf } from './mapping.js';
import { asParameter } from './parameter-list.js';

/** Keys are attributes of the module; tensors given become parameters. */
class ParameterDictObject extends ModuleObject {
  readonly keys = new Set<string>();

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    super.copyPayload(source, copy);
    if (source instanceof ParameterDictObject) for (const key of source.keys) this.keys.add(key);
  }
}

function put(rt: Runtime, self: ParameterDictObject, key: PyValue, value: PyValue): void {
  const name = asString(key);
  self.keys.add(name);
  setAttribute(rt, self, name, asParameter(value));
}

function at(rt: Runtime, self: ParameterDictObject, key: PyValue): PyValue {
  const name = asString(key);
  return self.keys.has(name) ? getAttribute(rt, self, name) : rt.raise('KeyError', asString(key));
}

function remove(rt: Runtime, self: ParameterDictObject, key: PyValue): PyValue {
  const value = at(rt, self, key);
  self.keys.delete(asString(key));
  deleteAttribute(rt, self, asString(key));
  return value;
}

function update(rt: Runtime, self: ParameterDictObject, values: PyValue): null {
  for (const [key, value] of pairsOf(rt, values)) put(rt, self, key, value);
  return null;
}

export const parameterDictClass = defineClass({
  written: 'python',
  name: 'ParameterDict',
  module: 'torch.nn.modules.container',
  bases: [moduleClass],
  payload: ParameterDictObject,
  allocate: (cls) => new ParameterDictObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(parameters=None)': (rt, self, parameters) => {
      self.initialise(rt);
      return parameters === null ? null : update(rt, self, parameters ?? null);
    },
    '__getitem__(key)': (rt, self, key) => at(rt, self, key ?? null),
    '__setitem__(key, value)': (rt, self, key, value) => {
      put(rt, self, key ?? null, value ?? null);
      return null;
    },
    '__delitem__(key)': (rt, self, key) => {
      remove(rt, self, key ?? null);
      return null;
    },
    '__call__(input)': (rt) => rt.raise('RuntimeError', 'ParameterDict should not be called.'),
    'extra_repr()': (rt, self) =>
      [...self.keys]
        .map((key) => {
          const value = getAttribute(rt, self, key);
          if (!(value instanceof TensorObject)) return `  (${key}): Object of type: ${typeOf(value).name}`;
          const kind = value.isParameter ? 'Parameter' : 'Tensor';
          const type = `torch.${DTYPES[value.dtype].scalarName}Tensor`;
          return `  (${key}): ${kind} containing: [${type} of size ${value.shape.join('x')}]`;
        })
        .join('\n'),
    '__len__()': (_rt, self) => BigInt(self.keys.size),
    '__iter__()': (_rt, self) => generatorOf([...self.keys]),
    '__contains__(key)': (_rt, self, key) => typeof key === 'string' && self.keys.has(key),
    'get(key, default=None)': (rt, self, key, otherwise) =>
      typeof key === 'string' && self.keys.has(key)
        ? (findAttribute(rt, self, key) ?? null)
        : (otherwise ?? null),
    'pop(key)': (rt, self, key) => remove(rt, self, key ?? null),
    'clear()': (rt, self) => {
      for (const key of self.keys) remove(rt, self, key);
      return null;
    },
    'keys()': (_rt, self) => generatorOf([...self.keys]),
    'values()': (rt, self) => generatorOf([...self.keys].map((key) => getAttribute(rt, self, key))),
    'items()': (rt, self) =>
      generatorOf([...self.keys].map((key) => new PyTuple([key, getAttribute(rt, self, key)]))),
    'update(parameters)': (rt, self, parameters) => update(rt, self, parameters ?? null),
  },
});
