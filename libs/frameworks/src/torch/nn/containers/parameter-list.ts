import {
  asInteger,
  defineClass,
  NativeIterator,
  PySlice,
  setAttribute,
  getAttribute,
  sliceBounds,
  toArray,
  typeOf,
} from '@tensormark/python';
import type { PyClass, PyObject, PyValue, Runtime } from '@tensormark/python';
import { parameterClass, TensorObject } from '../../tensor/tensor.js';
import { moduleClass } from '../module.js';
import { ModuleObject } from '../module-object.js';

/** Any value may be kept; tensors become parameters. Each is an attribute named by its position. */
class ParameterListObject extends ModuleObject {
  size = 0;

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    super.copyPayload(source, copy);
    if (source instanceof ParameterListObject) this.size = source.size;
  }
}

/** A tensor as a parameter of its own, as assigning it to a ParameterList makes it. */
export function asParameter(value: PyValue): PyValue {
  if (!(value instanceof TensorObject) || value.isParameter) return value;
  const parameter = new TensorObject(value, parameterClass);
  parameter.requiresGrad = true;
  return parameter;
}

function append(rt: Runtime, self: ParameterListObject, value: PyValue): ParameterListObject {
  setAttribute(rt, self, `${self.size++}`, asParameter(value));
  return self;
}

function extend(rt: Runtime, self: ParameterListObject, values: PyValue): ParameterListObject {
  for (const value of toArray(rt, values)) append(rt, self, value);
  return self;
}

function at(rt: Runtime, self: ParameterListObject, index: PyValue): string {
  const given = asInteger(rt, index);
  const size = BigInt(self.size);
  if (given < -size || given >= size) return rt.raise('IndexError', `index ${given} is out of range`);
  return `${given < 0n ? given + size : given}`;
}

export const parameterListClass: PyClass = defineClass({
  written: 'python',
  name: 'ParameterList',
  module: 'torch.nn.modules.container',
  bases: [moduleClass],
  payload: ParameterListObject,
  allocate: (cls) => new ParameterListObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(values=None)': (rt, self, values) => {
      self.initialise(rt);
      self.size = 0;
      if (values !== null) extend(rt, self, values ?? null);
      return null;
    },
    '__getitem__(idx)': (rt, self, index) => {
      if (!(index instanceof PySlice)) return getAttribute(rt, self, at(rt, self, index ?? null));
      const taken = new ParameterListObject(parameterListClass);
      taken.initialise(rt);
      const { start, stop, step } = sliceBounds(rt, index, self.size);
      for (let position = start; step > 0 ? position < stop : position > stop; position += step)
        append(rt, taken, getAttribute(rt, self, `${position}`));
      return taken;
    },
    '__setitem__(idx, param)': (rt, self, index, value) => {
      setAttribute(rt, self, at(rt, self, index ?? null), asParameter(value ?? null));
      return null;
    },
    '__call__(*args, **kwargs)': (rt) => rt.raise('RuntimeError', 'ParameterList should not be called.'),
    'extra_repr()': (rt, self) =>
      Array.from({ length: self.size }, (_, at) => {
        const value = getAttribute(rt, self, `${at}`);
        if (!(value instanceof TensorObject)) return `  (${at}): Object of type: ${typeOf(value).name}`;
        const kind = value.isParameter ? 'Parameter' : 'Tensor';
        return `  (${at}): ${kind} containing: [torch.${value.dtype} of size ${value.shape.join('x')}]`;
      }).join('\n'),
    '__len__()': (_rt, self) => BigInt(self.size),
    '__iter__()': (_rt, self) => {
      let position = 0;
      return new NativeIterator('iterator', (rt) =>
        position < self.size ? getAttribute(rt, self, `${position++}`) : undefined,
      );
    },
    '__iadd__(parameters)': (rt, self, values) => extend(rt, self, values ?? null),
    'append(value)': (rt, self, value) => append(rt, self, value ?? null),
    'extend(values)': (rt, self, values) => extend(rt, self, values ?? null),
  },
});
