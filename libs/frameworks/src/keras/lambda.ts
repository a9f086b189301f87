import { defineClass, PyUnknown, rawFunction } from '@tensormark/python';
import { defineInitialiser, initialiseLayer, layerClass } from './layer.js';
import { KerasObject } from './object.js';

const FUNCTION = 'function';

/** `Lambda(lambda x: …)`: the function is read where the layer is called. */
export const lambdaClass = defineClass({
  name: 'Lambda',
  module: 'keras.layers',
  bases: [layerClass],
  payload: KerasObject,
  unknowns: 'accept',
});

defineInitialiser(lambdaClass, 'Lambda', (rt, self, args, given) => {
  initialiseLayer(rt, self, given);
  const of = given?.get(FUNCTION) ?? args[0] ?? null;
  if (of instanceof PyUnknown) self.unreadable = of;
  self.attributes ??= new Map();
  self.attributes.set(FUNCTION, of);
  const further = given?.get('arguments');
  if (further !== undefined) self.attributes.set('arguments', further);
  self.built = true;
});

lambdaClass.define(
  'call',
  rawFunction(
    'call',
    (rt, [self, ...args]) => {
      if (!(self instanceof KerasObject)) return null;
      const further = self.attributes?.get('arguments') ?? null;
      if (further !== null) return rt.unknown('what a Lambda with further arguments gives');
      return rt.call(self.attributes?.get(FUNCTION) ?? null, args);
    },
    { binds: true },
  ),
);
