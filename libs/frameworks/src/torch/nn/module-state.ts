import { asString, defineClass, PyDict, PyObject, PyTuple, PyList } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import { joinPath, namedModules, tensorsOf } from './module-object.js';
import type { ModuleObject } from './module-object.js';

/** Every parameter and persistent buffer by path; shared ones under each of their names. */
function stateOf(rt: Runtime, self: ModuleObject, prefix: string): PyDict {
  const state = new PyDict();
  for (const { path, module } of namedModules(self, '', false, rt)) {
    for (const [name, tensor] of tensorsOf(module, 'parameters'))
      state.set(rt, prefix + joinPath(path, name), tensor);
    for (const [name, tensor] of tensorsOf(module, 'buffers'))
      if (!module.nonPersistent.has(name)) state.set(rt, prefix + joinPath(path, name), tensor);
  }
  return state;
}

class IncompatibleKeys extends PyObject {
  constructor() {
    super(incompatibleKeysClass);
  }
}

const incompatibleKeysClass = defineClass({
  name: '_IncompatibleKeys',
  module: 'torch.nn.modules.module',
  payload: IncompatibleKeys,
  methods: {
    '__repr__()': () => '<All keys matched successfully>',
    '__iter__()': (rt) => rt.call(rt.bind(listIterator, new PyTuple([new PyList([]), new PyList([])])), []),
  },
  properties: { missing_keys: () => new PyList([]), unexpected_keys: () => new PyList([]) },
});

const listIterator: PyValue = new PyTuple([]).cls.lookup('__iter__') ?? null;

export const states: Readonly<Record<string, MethodDefinition<ModuleObject>>> = {
  "state_dict(*, destination=None, prefix='', keep_vars=False)": (rt, self, destination, prefix) => {
    const state = stateOf(rt, self, asString(prefix ?? ''));
    if (!(destination instanceof PyDict)) return state;
    for (const { key, value } of state.entries()) destination.set(rt, key, value);
    return destination;
  },
  // Values are never followed, so loading them changes nothing that is read here.
  'load_state_dict(state_dict, strict=True, assign=False)': () => new IncompatibleKeys(),
  '_register_load_state_dict_pre_hook(*args, **kwargs)': () => null,
  '_register_state_dict_hook(*args, **kwargs)': () => null,
  '_load_from_state_dict(*args, **kwargs)': () => null,
  'register_state_dict_pre_hook(*args, **kwargs)': () => null,
  'register_load_state_dict_post_hook(*args, **kwargs)': () => null,
  'register_load_state_dict_pre_hook(*args, **kwargs)': () => null,
};
