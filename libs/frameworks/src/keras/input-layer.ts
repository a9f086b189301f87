import { defineClass, keywords, PyObject, rest } from '@tensormark/python';
import { makeInput } from './input.js';
import type { KerasTensor } from './tensor.js';

/** `keras.layers.InputLayer`: what a `Sequential` may begin with. */
export class InputLayerObject extends PyObject {
  input: KerasTensor | undefined = undefined;
}

export const inputLayerClass = defineClass({
  name: 'InputLayer',
  module: 'keras.layers',
  payload: InputLayerObject,
  allocate: (cls) => new InputLayerObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': (rt, self, args, kwargs) => {
      self.input = makeInput(rt, rest(args ?? null), keywords(kwargs ?? null));
      return null;
    },
  },
  properties: {
    output: (rt, self) => self.input ?? rt.unknown('an input whose shape is not known'),
  },
});
