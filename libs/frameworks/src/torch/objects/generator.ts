import { asInteger, defineClass, PyObject } from '@tensormark/python';
import type { PyClass } from '@tensormark/python';
import { CPU } from './device.js';

/** `torch.Generator`: where random numbers come from; which ones come is not followed. */
export class GeneratorObject extends PyObject {
  seed = 67280421310721n;
}

export const generatorClass: PyClass = defineClass({
  name: 'Generator',
  module: 'torch._C',
  payload: GeneratorObject,
  written: 'c-named-with-module',
  allocate: (cls) => new GeneratorObject(cls),
  methods: {
    '__init__(device=None)': () => null,
    'manual_seed(seed)': (rt, self, seed) => {
      self.seed = asInteger(rt, seed ?? null);
      return self;
    },
    'initial_seed()': (_rt, self) => self.seed,
    'seed()': (rt) => rt.unknown('a random seed'),
    'get_state()': (rt) => rt.unknown('the state of a random generator'),
    'set_state(new_state)': () => null,
    'clone_state()': (_rt, self) => self,
  },
  properties: { device: () => CPU },
});
