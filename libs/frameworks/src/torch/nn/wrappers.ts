import { defineClass, getAttribute, keywords, rest } from '@tensormark/python';
import type { PyClass } from '@tensormark/python';
import { assign, moduleClass } from './module.js';
import { ModuleObject } from './module-object.js';

/** Modules that hand everything on to the one they hold as `module`. */
function wrapper(name: string, module: string): PyClass {
  return defineClass({
    name,
    module,
    bases: [moduleClass],
    payload: ModuleObject,
    unknowns: 'accept',
    methods: {
      '__init__(module, *args, **kwargs)': (rt, self, wrapped) => {
        self.initialise(rt);
        assign(rt, self, 'module', wrapped ?? null);
        return null;
      },
      'forward(*inputs, **kwargs)': (rt, self, inputs, kwargs) =>
        rt.call(getAttribute(rt, self, 'module'), rest(inputs ?? null), keywords(kwargs ?? null)),
    },
  });
}

export const dataParallelClass = wrapper('DataParallel', 'torch.nn.parallel.data_parallel');
export const distributedDataParallelClass = wrapper(
  'DistributedDataParallel',
  'torch.nn.parallel.distributed',
);
export const wrapperClasses: readonly PyClass[] = [dataParallelClass];
