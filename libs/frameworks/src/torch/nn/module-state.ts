import { asString, defineClass, PyDict, PyObject, PyTuple, PyList, unknownArising } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import { formatSize } from '@tensormark/network';
import { report } from '../../trace/reading.js';
import { TensorObject } from '../tensor/tensor.js';
import { joinPath, namedModules, tensorsOf } from './module-object.js';
import type { ModuleObject } from './module-object.js';
import { hasUnknownPart } from './module-traversal.js';

/** Every parameter and persistent buffer by path; shared ones under each of their names. */
function stateOf(rt: Runtime, self: ModuleObject, prefix: string): PyDict {
  const state = new PyDict();
  for (const { path, module } of namedModules(self, '', false, rt)) {
    for (const [name, tensor] of tensorsOf(module, 'parameters'))
      state.set(rt, prefix + joinPath(path, name), tensor);
    for (const [name, tensor] of tensorsOf(module, 'buffers'))
      if (!module.nonPersistent.has(name)) state.set(rt, prefix + joinPath(path, name), tensor);
    // Parts that are not known have tensors under names that are not.
    if (hasUnknownPart(module))
      state.unknownEntries ??= unknownArising(rt, 'what a part of a network that is not known keeps');
  }
  return state;
}

/** What is loaded must have the module's names, and tensors of the sizes it has. */
function checkLoaded(rt: Runtime, self: ModuleObject, given: PyDict, strict: boolean): void {
  const own = tensorsByName(stateOf(rt, self, ''));
  const loaded = tensorsByName(given);
  rt.step(own.size + loaded.size);
  const missing =
    given.unknownEntries === undefined ? [...own.keys()].filter((name) => !loaded.has(name)) : [];
  // Layers that could not be made have tensors that are not known.
  const open = [...namedModules(self, '', false, rt)].filter(({ module }) => hasUnknownPart(module));
  const isOpen = (name: string): boolean =>
    open.some(({ path }) => path === '' || name.startsWith(`${path}.`));
  const unexpected = [...loaded.keys()].filter((name) => !own.has(name) && !isOpen(name));
  const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  const faults: string[] = [];
  if (strict && unexpected.length > 0)
    faults.push(`Unexpected key(s) in state_dict: ${quoted(unexpected)}. `);
  if (strict && missing.length > 0) faults.unshift(`Missing key(s) in state_dict: ${quoted(missing)}. `);
  for (const [name, tensor] of own) {
    const value = loaded.get(name);
    if (
      tensor instanceof TensorObject &&
      value instanceof TensorObject &&
      value.shape.join() !== tensor.shape.join()
    )
      faults.push(
        `size mismatch for ${name}: copying a param with shape ${formatSize(value.shape)} from checkpoint, the shape in current model is ${formatSize(tensor.shape)}.`,
      );
  }
  if (faults.length === 0) return;
  report(rt, {
    type: 'RuntimeError',
    message: `Error(s) in loading state_dict for ${self.cls.name}:\n\t${faults.join('\n\t')}`,
    exact: true,
  });
}

function tensorsByName(state: PyDict): Map<string, PyValue> {
  const found = new Map<string, PyValue>();
  for (const { key, value } of state.entries()) if (typeof key === 'string') found.set(key, value);
  return found;
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
    if (state.unknownEntries !== undefined) destination.unknownEntries ??= state.unknownEntries;
    return destination;
  },
  // Values are never followed, so loading them changes nothing that is read here.
  'load_state_dict(state_dict, strict=True, assign=False)': (rt, self, given, strict) => {
    if (given instanceof PyDict) checkLoaded(rt, self, given, rt.truth(strict ?? true));
    return new IncompatibleKeys();
  },
  '_register_load_state_dict_pre_hook(*args, **kwargs)': () => null,
  '_register_state_dict_hook(*args, **kwargs)': () => null,
  '_load_from_state_dict(*args, **kwargs)': () => null,
  'register_state_dict_pre_hook(*args, **kwargs)': () => null,
  'register_load_state_dict_post_hook(*args, **kwargs)': () => null,
  'register_load_state_dict_pre_hook(*args, **kwargs)': () => null,
};
