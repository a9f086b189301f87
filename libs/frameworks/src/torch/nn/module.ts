import { DTYPES, Raised } from '@tensormark/network';
import {
  asString,
  defineClass,
  getAttribute,
  getOwnAttribute,
  keywords,
  PyDict,
  PyObject,
  PyUnknown,
  UNKNOWN_BASE,
  rawFunction,
  rest,
  setOwnAttribute,
  typeOf,
  unknownBase,
  mayHaveAny,
  unseenAttribute,
  unfollowedAttribute,
  PyClass,
} from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { callModule } from './call.js';
import { layerAttribute, layerAttributeChanged } from './layer-attributes.js';
import { ModuleObject } from './module-object.js';
import type { Registries } from './module-object.js';
import { moduleRepr } from './module-repr.js';
import { conversions } from './module-conversions.js';
import { traversals } from './module-traversal.js';
import { states } from './module-state.js';
import { hooks } from './module-hooks.js';
import { TensorObject } from '../tensor/tensor.js';

function registries(rt: Runtime, self: ModuleObject, what: string): Registries {
  return self.registries ?? rt.raise('AttributeError', `cannot assign ${what} before Module.__init__() call`);
}

function checkName(rt: Runtime, self: ModuleObject, name: PyValue, what: string): string {
  if (typeof name !== 'string')
    return rt.raise('TypeError', `${what} name should be a string. Got ${typeOf(name).name}`);
  if (name.includes('.'))
    return rt.raise('KeyError', `${what} name can't contain "."${what === 'module' ? `, got: ${name}` : ''}`);
  if (name === '') return rt.raise('KeyError', `${what} name can't be empty string ""`);
  return name;
}

/** `self.name = value`, as `nn.Module.__setattr__` sorts it. */
export function assign(rt: Runtime, self: ModuleObject, name: string, value: PyValue): void {
  const { registries: own } = self;
  if (value instanceof TensorObject && value.isParameter) {
    const { parameters, buffers, modules } = registries(rt, self, 'parameters');
    forget(rt, self, name, buffers, modules);
    parameters.set(rt, name, value);
    return;
  }
  if (own?.parameters.get(rt, name) !== undefined) {
    if (value !== null && !(value instanceof PyUnknown))
      rt.raise(
        'TypeError',
        `cannot assign '${typeName(value)}' as parameter '${name}' (torch.nn.Parameter or None expected)`,
      );
    own.parameters.set(rt, name, value);
    return;
  }
  if (value instanceof ModuleObject) {
    const { parameters, buffers, modules } = registries(rt, self, 'module');
    forget(rt, self, name, parameters, buffers);
    value.origin ??= rt.span;
    modules.set(rt, name, value);
    return;
  }
  if (own?.modules.get(rt, name) !== undefined) {
    if (value !== null && !(value instanceof PyUnknown))
      rt.raise(
        'TypeError',
        `cannot assign '${typeName(value)}' as child module '${name}' (torch.nn.Module or None expected)`,
      );
    own.modules.set(rt, name, value);
    return;
  }
  if (value instanceof TensorObject && value.isBuffer) {
    const { buffers } = registries(rt, self, 'buffer');
    self.attributes?.delete(name);
    buffers.set(rt, name, value);
    if (rt.truth(value.attributes?.get('persistent') ?? true)) self.nonPersistent.delete(name);
    else self.nonPersistent.add(name);
    return;
  }
  if (own?.buffers.get(rt, name) !== undefined) {
    if (value !== null && !(value instanceof TensorObject) && !(value instanceof PyUnknown))
      rt.raise(
        'TypeError',
        `cannot assign '${typeName(value)}' as buffer '${name}' (torch.Tensor or None expected)`,
      );
    own.buffers.set(rt, name, value);
    return;
  }
  if (self.layer !== undefined) layerAttributeChanged(rt, self, name, value);
  setOwnAttribute(rt, self, name, value);
}

function forget(rt: Runtime, self: ModuleObject, name: string, ...others: readonly PyDict[]): void {
  self.attributes?.delete(name);
  for (const dict of others) dict.delete(rt, name);
}

function typeName(value: PyValue): string {
  // A tensor goes by the old name of its type where PyTorch tells what it was given.
  if (value instanceof TensorObject && !value.isParameter)
    return `torch.${DTYPES[value.dtype].scalarName}Tensor`;
  const { name, module } = typeOf(value);
  return module === 'builtins' || module === '' ? name : `${module}.${name}`;
}

/** What is registered under a name, `None` included; undefined where nothing is. */
export function registered(rt: Runtime, self: ModuleObject, name: string): PyValue | undefined {
  const { registries: own } = self;
  if (own === undefined) return undefined;
  for (const dict of [own.modules, own.parameters, own.buffers]) {
    const found = dict.get(rt, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function addModule(rt: Runtime, self: ModuleObject, name: PyValue, module: PyValue): null {
  // What derives from a base that is not known, as layers of other libraries are, may well be a module.
  const base =
    module instanceof PyObject && !(module instanceof ModuleObject)
      ? module.cls.lookup(UNKNOWN_BASE)
      : undefined;
  const unknown = module instanceof PyUnknown ? module : base;
  if (unknown instanceof PyUnknown) {
    registries(rt, self, 'module').modules.set(rt, asString(name), unknown);
    return null;
  }
  if (module !== null && !(module instanceof ModuleObject))
    return rt.raise('TypeError', `${shown(rt, module)} is not a Module subclass`);
  const { modules } = registries(rt, self, 'module');
  if (name instanceof PyUnknown) mayHaveAny(self, name);
  // Under whatever name, its weights are the network's.
  const key =
    name instanceof PyUnknown
      ? `a name that is not known, ${modules.size}`
      : checkName(rt, self, name, 'module');
  if (modules.get(rt, key) === undefined && getOwnAttribute(rt, self, key) !== undefined)
    return rt.raise('KeyError', `attribute '${key}' already exists`);
  if (module !== null) module.origin ??= rt.span;
  modules.set(rt, key, module);
  return null;
}

/** `torch.typename`: the full name of a function or of a value's type. */
function shown(rt: Runtime, value: PyValue): string {
  if (value instanceof PyClass) return `${value.module}.${value.name}`;
  const named = value instanceof PyObject ? getOwnAttribute(rt, value, '__qualname__') : undefined;
  if (typeof named === 'string') {
    const module = value instanceof PyObject ? value.attributes?.get('__module__') : undefined;
    return typeof module === 'string' ? `${module}.${named}` : typeName(value);
  }
  return typeName(value);
}

/** What `repr` shows of a layer's own arguments; an argument that was kept unseen may refuse to be shown. */
function extraRepr(rt: Runtime, { layer }: ModuleObject): string {
  try {
    return layer?.extraRepr() ?? '';
  } catch (raised) {
    if (!(raised instanceof Raised)) throw raised;
    return rt.raise(raised.error.type, raised.error.message);
  }
}

export const moduleClass = defineClass({
  written: 'python',
  name: 'Module',
  unfollowed:
    'T_destination get_extra_state ipu mtia register_state_dict_post_hook set_extra_state set_submodule',
  module: 'torch.nn.modules.module',
  payload: ModuleObject,
  allocate: (cls) => new ModuleObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': (rt, self, args, kwargs) => {
      const [unexpected] = keywords(kwargs ?? null).keys();
      if (unexpected !== undefined)
        rt.raise(
          'TypeError',
          `${self.cls.name}.__init__() got an unexpected keyword argument '${unexpected}'`,
        );
      const given = args instanceof PyUnknown ? 0 : rest(args ?? null).length;
      if (given > 0)
        rt.raise(
          'TypeError',
          `${self.cls.name}.__init__() takes 1 positional argument but ${given + 1} were given`,
        );
      self.initialise(rt);
      return null;
    },
    '__setattr__(name, value)': (rt, self, name, value) => {
      assign(rt, self, asString(name ?? null), value ?? null);
      return null;
    },
    '__getattr__(name)': (rt, self, name) => {
      const key = asString(name ?? null);
      const held = registered(rt, self, key);
      const found = held === undefined ? layerAttribute(self, key) : held;
      if (found !== undefined) return found;
      // A layer that could not be made would have had its parameters and arguments.
      if (self.unreadable !== undefined && !key.startsWith('__')) return self.unreadable;
      const unseen = unknownBase(rt, self) ?? unseenAttribute(self, key);
      if (unseen !== undefined && !key.startsWith('__')) return getAttribute(rt, unseen, key);
      return (
        unfollowedAttribute(rt, self, key) ??
        rt.raise('AttributeError', `'${self.cls.name}' object has no attribute '${key}'`)
      );
    },
    '__delattr__(name)': (rt, self, name) => {
      const key = asString(name ?? null);
      const { registries: own } = self;
      for (const dict of [own?.parameters, own?.buffers, own?.modules])
        if (dict?.delete(rt, key) !== undefined) return null;
      if (self.attributes?.delete(key) !== true)
        rt.raise('AttributeError', `'${self.cls.name}' object has no attribute '${key}'`);
      return null;
    },
    'forward(*input)': (rt, self) =>
      rt.raise('NotImplementedError', `Module [${self.cls.name}] is missing the required "forward" function`),
    'register_parameter(name, param)': (rt, self, name, param) => {
      const { parameters } = registries(rt, self, 'parameter');
      const key = checkName(rt, self, name ?? null, 'parameter');
      if (parameters.get(rt, key) === undefined && getOwnAttribute(rt, self, key) !== undefined)
        rt.raise('KeyError', `attribute '${key}' already exists`);
      if (
        param !== null &&
        !(param instanceof TensorObject && param.isParameter) &&
        !(param instanceof PyUnknown)
      )
        rt.raise(
          'TypeError',
          `cannot assign '${typeName(param ?? null)}' object to parameter '${key}' (torch.nn.Parameter or None required)`,
        );
      parameters.set(rt, key, param ?? null);
      return null;
    },
    'register_buffer(name, tensor, persistent=True)': (rt, self, name, tensor, persistent) => {
      const { buffers, parameters, modules } = registries(rt, self, 'buffer');
      const key = checkName(rt, self, name ?? null, 'buffer');
      const isTaken =
        getOwnAttribute(rt, self, key) !== undefined ||
        parameters.get(rt, key) !== undefined ||
        modules.get(rt, key) !== undefined;
      if (buffers.get(rt, key) === undefined && isTaken)
        rt.raise('KeyError', `attribute '${key}' already exists`);
      if (tensor !== null && !(tensor instanceof TensorObject) && !(tensor instanceof PyUnknown))
        rt.raise(
          'TypeError',
          `cannot assign '${typeName(tensor ?? null)}' object to buffer '${key}' (torch Tensor or None required)`,
        );
      buffers.set(rt, key, tensor ?? null);
      if (rt.truth(persistent ?? true)) self.nonPersistent.delete(key);
      else self.nonPersistent.add(key);
      return null;
    },
    'add_module(name, module)': (rt, self, name, module) => addModule(rt, self, name ?? null, module ?? null),
    'register_module(name, module)': (rt, self, name, module) =>
      addModule(rt, self, name ?? null, module ?? null),
    'extra_repr()': (rt, self) => extraRepr(rt, self),
    '_get_name()': (_rt, self) => self.cls.name,
    '__repr__()': (rt, self) => moduleRepr(rt, self),
    ...traversals,
    ...conversions,
    ...states,
    ...hooks,
  },
  properties: {
    training: {
      get: (_rt, self) => self.training,
      set: (rt, self, value) => {
        self.training = rt.truth(value);
      },
    },
    _modules: (rt, self) => registries(rt, self, 'module').modules,
    _parameters: (rt, self) => registries(rt, self, 'parameters').parameters,
    _buffers: (rt, self) => registries(rt, self, 'buffer').buffers,
  },
  constants: { dump_patches: false, call_super_init: false },
});

/** Calls go straight to the tracer, without the detour of binding `*args, **kwargs`. */
moduleClass.define(
  '__call__',
  rawFunction(
    '__call__',
    (rt, [self, ...args], keywords?: Keywords) =>
      self instanceof ModuleObject
        ? callModule(rt, self, args, keywords)
        : rt.raise('TypeError', 'a module is needed'),
    { binds: true },
  ),
);
