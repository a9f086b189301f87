import {
  asString,
  defineClass,
  keywords,
  PyDict,
  PyList,
  PyTuple,
  PyUnknown,
  rawFunction,
  rest,
  setOwnAttribute,
} from '@tensormark/python';
import type { Keywords, PyClass, PyValue, Runtime } from '@tensormark/python';
import { elementCount, snakeCase } from '@tensormark/network';
import { toArgument } from '../torch/convert.js';
import { namedModules } from '../torch/nn/module-object.js';
import { callKeras } from './call.js';
import { KerasObject, uniqueName } from './object.js';
import { dtypeFrom, shapeFrom, unknownWithin } from './shapes.js';
import { KerasTensor, shapeTuple } from './tensor.js';
import { childLayers, weightsOf } from './tracking.js';

/** What Keras calls a weight that is given no name. */
const UNNAMED = 'variable';

/** Defines the `__init__` of a class that takes its arguments as they come; `noun` is what it says it needs to be called on. */
export function defineInitialiser(
  cls: PyClass,
  noun: string,
  initialise: (rt: Runtime, self: KerasObject, args: readonly PyValue[], given: Keywords | undefined) => void,
): void {
  const init = (rt: Runtime, [self, ...args]: readonly PyValue[], given?: Keywords): PyValue => {
    if (!(self instanceof KerasObject)) return rt.raise('TypeError', `a ${noun} is needed`);
    initialise(rt, self, args, given);
    return null;
  };
  cls.define('__init__', rawFunction('__init__', init, { binds: true }));
}

/** What every layer is told of itself: its name, whether it is trained. */
export function initialiseLayer(rt: Runtime, self: KerasObject, given: Keywords | undefined): void {
  self.initialise(rt);
  self.origin ??= rt.span;
  // What a network of `keras.applications` is made of stands in no file of the program's.
  if (self.origin?.source.file.startsWith('<') === true) self.origin = undefined;
  const name = given?.get('name');
  self.label = typeof name === 'string' ? name : uniqueName(rt, snakeCase(self.cls.name));
  if (given?.get('trainable') === false) self.trainable = false;
  const told = ['input_shape', 'batch_input_shape', 'input_dim'].flatMap((key) => {
    const value = given?.get(key);
    return value === undefined || unknownWithin(value) !== undefined
      ? []
      : [[key, toArgument(rt, value, (tensor) => tensor)] as const];
  });
  if (told.length > 0) self.told = Object.fromEntries(told);
}

/** `self.name = value`: layers and weights are followed, as Keras follows them. */
export function assign(rt: Runtime, self: KerasObject, name: string, value: PyValue): void {
  const { registries } = self;
  if (value instanceof KerasObject) {
    const { modules } = registries ?? self.initialise(rt);
    self.attributes?.delete(name);
    modules.set(rt, name, value);
    return;
  }
  registries?.modules.delete(rt, name);
  if (value instanceof KerasTensor && registries !== undefined)
    renameWeight(rt, registries.parameters, name, value);
  setOwnAttribute(rt, self, name, value);
}

/** A weight that was made without a name goes by the attribute that holds it. */
function renameWeight(rt: Runtime, parameters: PyDict, name: string, weight: KerasTensor): void {
  for (const { key, value } of parameters.entries())
    if (value === weight && typeof key === 'string' && key.startsWith(UNNAMED)) {
      parameters.delete(rt, key);
      parameters.set(rt, name, weight);
      return;
    }
}

/** Freezes or thaws a layer with all below it. */
export function setTrainable(self: KerasObject, trainable: boolean): void {
  for (const { module } of namedModules(self))
    if (module instanceof KerasObject) module.trainable = trainable;
}

/** How many elements the weights below have, each once. */
export function countOf(self: KerasObject, which: (tensor: KerasTensor) => boolean = () => true): bigint {
  return weightsOf(self)
    .filter(which)
    .reduce((total, { shape }) => total + elementCount(shape), 0n);
}

/** What `count_params()` gives: an unknown where a layer below could not be read, whose weights would be left out. */
export function countTold(self: KerasObject): PyValue {
  const lost = [self, ...namedModules(self).map(({ module }) => module)].find(
    ({ unreadable }) => unreadable !== undefined,
  );
  return lost?.unreadable ?? countOf(self);
}

export const layerClass = defineClass({
  name: 'Layer',
  module: 'keras.layers',
  written: 'python',
  payload: KerasObject,
  allocate: (cls) => new KerasObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': (rt, self, _args, kwargs) => {
      initialiseLayer(rt, self, keywords(kwargs ?? null));
      return null;
    },
    '__setattr__(name, value)': (rt, self, name, value) => {
      assign(rt, self, asString(name ?? null), value ?? null);
      return null;
    },
    '__getattr__(name)': (rt, self, name) => attribute(rt, self, asString(name ?? null)),
    '__delattr__(name)': (rt, self, name) => {
      const key = asString(name ?? null);
      if (self.registries?.modules.delete(rt, key) === undefined && self.attributes?.delete(key) !== true)
        rt.raise('AttributeError', `'${self.cls.name}' object has no attribute '${key}'`);
      return null;
    },
    'build(input_shape)': (_rt, self) => {
      self.built = true;
      return null;
    },
    'call(*args, **kwargs)': (rt, self, args) =>
      self.layer === undefined
        ? rt.raise(
            'NotImplementedError',
            `Layer ${self.cls.name} does not have a \`call()\` method implemented.`,
          )
        : callKeras(rt, self, rest(args ?? null), undefined),
    'add_weight(*args, **kwargs)': (rt, self, args, kwargs) =>
      addWeight(rt, self, rest(args ?? null), keywords(kwargs ?? null)),
    'add_variable(*args, **kwargs)': (rt, self, args, kwargs) =>
      addWeight(rt, self, rest(args ?? null), keywords(kwargs ?? null)),
    'count_params()': (_rt, self) => countTold(self),
    'get_weights()': (rt) => rt.unknown('the values of weights'),
    'set_weights(weights)': () => null,
    'get_config()': (rt, self) =>
      PyDict.from(rt, [
        ['name', self.label],
        ['trainable', self.trainable],
      ]),
    'add_loss(*args, **kwargs)': () => null,
    'add_metric(*args, **kwargs)': () => null,
    'compute_output_shape(input_shape)': (rt, self, shape) => outputShape(rt, self, shape ?? null),
    'adapt(*args, **kwargs)': () => null,
  },
  properties: {
    name: {
      get: (_rt, self) => self.label,
      set: (_rt, self, value) => {
        if (typeof value === 'string') self.label = value;
      },
    },
    _name: {
      get: (_rt, self) => self.label,
      set: (_rt, self, value) => {
        if (typeof value === 'string') self.label = value;
      },
    },
    trainable: {
      get: (_rt, self) => self.trainable,
      set: (rt, self, value) => {
        if (!(value instanceof PyUnknown)) setTrainable(self, rt.truth(value));
      },
    },
    built: {
      get: (_rt, self) => self.built,
      set: (rt, self, value) => {
        if (!(value instanceof PyUnknown)) self.built = rt.truth(value);
      },
    },
    weights: (_rt, self) => new PyList(weightsOf(self)),
    variables: (_rt, self) => new PyList(weightsOf(self)),
    trainable_weights: (_rt, self) => new PyList(weightsOf(self).filter(({ requiresGrad }) => requiresGrad)),
    trainable_variables: (_rt, self) =>
      new PyList(weightsOf(self).filter(({ requiresGrad }) => requiresGrad)),
    non_trainable_weights: (_rt, self) =>
      new PyList(weightsOf(self).filter(({ requiresGrad }) => !requiresGrad)),
    non_trainable_variables: (_rt, self) =>
      new PyList(weightsOf(self).filter(({ requiresGrad }) => !requiresGrad)),
    input: (rt, self) => ofCall(rt, self, self.lastInput),
    output: (rt, self) => ofCall(rt, self, self.lastOutput),
    input_shape: (rt, self) => self.unreadable ?? shapesWithin(ofCall(rt, self, self.lastInput)),
    output_shape: (rt, self) => self.unreadable ?? shapesWithin(ofCall(rt, self, self.lastOutput)),
    losses: () => new PyList([]),
    _layers: (_rt, self) => new PyList(childLayers(self)),
  },
});

layerClass.define(
  '__call__',
  rawFunction(
    '__call__',
    (rt, [self, ...args], given?: Keywords) =>
      self instanceof KerasObject
        ? callKeras(rt, self, args, given)
        : rt.raise('TypeError', 'a layer is needed'),
    { binds: true },
  ),
);

function attribute(rt: Runtime, self: KerasObject, key: string): PyValue {
  for (const dict of [self.registries?.modules, self.registries?.parameters]) {
    const found = dict?.get(rt, key);
    if (found !== undefined) return found;
  }
  const argument = self.layer?.attributes()[key];
  if (argument !== undefined) {
    if (argument === null || typeof argument !== 'object') return argument;
    if (Array.isArray(argument))
      return new PyTuple(argument.filter((item) => item === null || typeof item !== 'object'));
  }
  if ((self.unreadable !== undefined || self.layer?.uninitialized === true) && !key.startsWith('__'))
    return self.unreadable ?? rt.unknown(`${self.label}.${key} before it is built`);
  return rt.raise('AttributeError', `'${self.cls.name}' object has no attribute '${key}'`);
}

function ofCall(rt: Runtime, self: KerasObject, value: PyValue): PyValue {
  return (
    value ??
    rt.raise(
      'AttributeError',
      `The layer "${self.label}" has never been called and thus has no defined output.`,
    )
  );
}

export function shapesWithin(value: PyValue): PyValue {
  if (value instanceof KerasTensor) return shapeTuple(value.sizes);
  if (value instanceof PyUnknown) return value;
  if (value instanceof PyList || value instanceof PyTuple) return new PyList(value.items.map(shapesWithin));
  return null;
}

function outputShape(rt: Runtime, self: KerasObject, shape: PyValue): PyValue {
  const sizes = shapeFrom(rt, shape);
  if (sizes === undefined) return rt.unknown('the shape that a layer gives');
  return shapesWithin(callKeras(rt, self, [KerasTensor.of(sizes)], undefined));
}

/** `add_weight(name, shape, …)` of Keras 2, `add_weight(shape, …, name=)` of Keras 3. */
function addWeight(
  rt: Runtime,
  self: KerasObject,
  args: readonly PyValue[],
  given: ReadonlyMap<string, PyValue>,
): PyValue {
  const name = given.get('name') ?? args.find((arg) => typeof arg === 'string');
  const shape =
    given.get('shape') ??
    args.find((arg) => arg instanceof PyTuple || arg instanceof PyList) ??
    new PyTuple([]);
  const sizes = typeof shape === 'bigint' ? [Number(shape)] : shapeFrom(rt, shape);
  const { parameters } = self.registries ?? self.initialise(rt);
  const wanted = typeof name === 'string' ? name.replaceAll('.', '_') : UNNAMED;
  let key = wanted;
  for (let copy = 1; parameters.get(rt, key) !== undefined; copy++) key = `${wanted}_${copy}`;
  const known = sizes?.filter((size): size is number => size !== null);
  if (sizes === undefined || known?.length !== sizes.length) {
    const unknown = shape instanceof PyUnknown ? shape : rt.unknown(`the shape of the weight ${key}`);
    parameters.set(rt, key, unknown);
    return unknown;
  }
  const weight = KerasTensor.of(known, dtypeFrom(given.get('dtype') ?? null));
  const trainable = given.get('trainable');
  weight.learns = trainable === undefined || trainable instanceof PyUnknown || rt.truth(trainable);
  weight.requiresGrad = weight.learns;
  weight.origin = rt.span;
  parameters.set(rt, key, weight);
  return weight;
}
