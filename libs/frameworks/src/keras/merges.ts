import { keywords, nativeFunction, rest } from '@tensormark/python';
import type { NativeFunction, PyValue } from '@tensormark/python';
import { layerClasses } from './layer-classes.js';

/** Functions that make a merging layer and call it at once: `keras.layers.concatenate([a, b], axis=-1)`. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  add: 'Add',
  subtract: 'Subtract',
  multiply: 'Multiply',
  average: 'Average',
  maximum: 'Maximum',
  minimum: 'Minimum',
  concatenate: 'Concatenate',
  dot: 'Dot',
};

function merge(name: string, className: string): NativeFunction {
  const cls = layerClasses.find((known) => known.name === className);
  return nativeFunction(
    `${name}(inputs, *args, **kwargs)`,
    (rt, inputs, args, kwargs) => {
      if (cls === undefined) return rt.unknown(`${name} is not interpreted`);
      const layer = rt.call(cls, rest(args ?? null), keywords(kwargs ?? null));
      return rt.call(layer, [inputs ?? null]);
    },
    { unknowns: 'accept' },
  );
}

export const merges: Readonly<Record<string, PyValue>> = Object.fromEntries(
  Object.entries(FUNCTIONS).map(([name, className]) => [name, merge(name, className)]),
);
