import { defineClass, PyObject } from '@tensormark/python';
import type { MethodDefinition, PyValue } from '@tensormark/python';
import type { ModuleObject } from './module-object.js';

/** What registering a hook gives: removing it takes the hook out of its list. */
class RemovableHandle extends PyObject {
  constructor(
    readonly hooks: PyValue[],
    readonly hook: PyValue,
  ) {
    super(removableHandleClass);
  }

  remove(): null {
    const at = this.hooks.indexOf(this.hook);
    if (at >= 0) this.hooks.splice(at, 1);
    return null;
  }
}

const removableHandleClass = defineClass({
  name: 'RemovableHandle',
  module: 'torch.utils.hooks',
  payload: RemovableHandle,
  methods: {
    'remove()': (_rt, self) => self.remove(),
    '__enter__()': (_rt, self) => self,
    '__exit__(*args)': (_rt, self) => self.remove(),
  },
});

function register(hooks: PyValue[], hook: PyValue): PyValue {
  hooks.push(hook);
  return new RemovableHandle(hooks, hook);
}

/** Forward hooks are called; backward ones are kept and never reached. */
export const hooks: Readonly<Record<string, MethodDefinition<ModuleObject>>> = {
  'register_forward_hook(hook, *, prepend=False, with_kwargs=False, always_call=False)': (_rt, self, hook) =>
    register(self.forwardHooks, hook ?? null),
  'register_forward_pre_hook(hook, *, prepend=False, with_kwargs=False)': (_rt, self, hook) =>
    register(self.forwardPreHooks, hook ?? null),
  'register_backward_hook(hook)': (_rt, _self, hook) => register([], hook ?? null),
  'register_full_backward_hook(hook, prepend=False)': (_rt, _self, hook) => register([], hook ?? null),
  'register_full_backward_pre_hook(hook, prepend=False)': (_rt, _self, hook) => register([], hook ?? null),
};
