import { defineClass, PyList, PyUnknown, toArray } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../trace/reading.js';
import { callKeras } from './call.js';
import { putTogether } from './functional.js';
import { countTold, defineInitialiser, initialiseLayer, layerClass, shapesWithin } from './layer.js';
import { KerasObject, kerasModelsMade } from './object.js';
import { shapesFrom } from './shapes.js';
import { summaryOf } from './summary.js';
import { childLayers, followTracked, settleTrainable } from './tracking.js';

const MOST_REMEMBERED = 10_000;

/** What training and evaluating give: nothing that a network rests on. */
function told(what: string) {
  return (rt: Runtime, self: KerasObject): PyValue => {
    self.compiled = true;
    return rt.unknown(what);
  };
}

export const modelClass = defineClass({
  name: 'Model',
  module: 'keras',
  written: 'python',
  bases: [layerClass],
  payload: KerasObject,
  allocate: (cls) => new KerasObject(cls),
  unknowns: 'accept',
  methods: {
    'build(input_shape=None)': (rt, self, shape) => {
      const inputs = shapesFrom(rt, shape ?? null);
      if (inputs !== undefined) buildFor(rt, self, inputs);
      return null;
    },
    'compile(*args, **kwargs)': (_rt, self) => {
      self.compiled = true;
      return null;
    },
    'fit(*args, **kwargs)': told('the history of a training'),
    'fit_generator(*args, **kwargs)': told('the history of a training'),
    'evaluate(*args, **kwargs)': told('the result of an evaluation'),
    'evaluate_generator(*args, **kwargs)': told('the result of an evaluation'),
    'predict(*args, **kwargs)': (rt) => rt.unknown('predictions'),
    'predict_classes(*args, **kwargs)': (rt) => rt.unknown('predictions'),
    'predict_generator(*args, **kwargs)': (rt) => rt.unknown('predictions'),
    'predict_on_batch(*args, **kwargs)': (rt) => rt.unknown('predictions'),
    'train_on_batch(*args, **kwargs)': told('the loss of a batch'),
    'test_on_batch(*args, **kwargs)': told('the loss of a batch'),
    'save(*args, **kwargs)': () => null,
    'save_weights(*args, **kwargs)': () => null,
    'load_weights(*args, **kwargs)': () => null,
    'export(*args, **kwargs)': () => null,
    'to_json(*args, **kwargs)': (rt) => rt.unknown('a model as JSON'),
    'reset_states()': () => null,
    'summary(*args, **kwargs)': (rt, self) => {
      settled(rt, self);
      rt.print(summaryOf(rt, self));
      return null;
    },
    'count_params()': (rt, self) => {
      followTracked(rt, self);
      return countTold(self);
    },
    'get_layer(name=None, index=None)': (rt, self, name, index) =>
      layerNamed(rt, self, name ?? null, index ?? null),
  },
  properties: {
    layers: (rt, self) => {
      followTracked(rt, self);
      return new PyList(self.sequence ?? childLayers(self));
    },
    inputs: (rt, self) =>
      self.graph === undefined && self.declared === undefined && self.unreadable !== undefined
        ? self.unreadable
        : new PyList([...inputsOf(rt, self)]),
    outputs: (_rt, self) => {
      const value = self.graph?.outputs ?? self.unreadable ?? self.current;
      if (value instanceof PyUnknown) return value;
      return value instanceof PyList ? value : new PyList([value]);
    },
    input: inputOfModel,
    output: outputOfModel,
    input_shape: (rt, self) => shapesWithin(inputOfModel(rt, self)),
    output_shape: (rt, self) => shapesWithin(outputOfModel(rt, self)),
    stop_training: { get: () => false, set: () => undefined },
    optimizer: (rt) => rt.unknown('the optimizer of a model'),
    metrics_names: (rt) => rt.unknown('the names of metrics'),
  },
});

function inputOfModel(rt: Runtime, self: KerasObject): PyValue {
  return self.graph?.inputs ?? self.declared ?? self.unreadable ?? never(rt, self, self.lastInput);
}

function outputOfModel(rt: Runtime, self: KerasObject): PyValue {
  return (
    self.graph?.outputs ??
    self.unreadable ??
    (self.declared === undefined ? never(rt, self, self.lastOutput) : self.current)
  );
}

function never(rt: Runtime, self: KerasObject, value: PyValue): PyValue {
  return (
    value ??
    rt.raise(
      'AttributeError',
      `The layer "${self.label}" has never been called and thus has no defined input.`,
    )
  );
}

function inputsOf(rt: Runtime, self: KerasObject): readonly PyValue[] {
  const { graph, declared } = self;
  if (graph === undefined) return declared === undefined ? [] : [declared];
  return graph.inputs instanceof PyList
    ? graph.inputs.items
    : isIterable(graph.inputs)
      ? toArray(rt, graph.inputs)
      : [graph.inputs];
}

function isIterable(value: PyValue): boolean {
  return value !== null && typeof value === 'object' && 'items' in value;
}

/** Which weights are trained is settled by what the program has frozen. */
export function settled(rt: Runtime, self: KerasObject): void {
  followTracked(rt, self);
  settleTrainable(self);
}

/** `build(input_shape)`: the weights that calls on such inputs would give it. */
export function buildFor(rt: Runtime, self: KerasObject, inputs: NonNullable<KerasObject['calledOn']>): void {
  const [only] = inputs;
  self.calledOn = inputs;
  if (self.sequence !== undefined && self.declared === undefined && only !== undefined) {
    declare(rt, self, only);
    return;
  }
  readingOf(rt).depth++;
  try {
    callKeras(
      rt,
      self,
      [inputs.length === 1 && only !== undefined ? only : new PyList([...inputs])],
      undefined,
    );
  } finally {
    readingOf(rt).depth--;
  }
}

/** A `Sequential` learns what it is given, and with it what each layer of it is. */
export function declare(rt: Runtime, self: KerasObject, input: NonNullable<KerasObject['declared']>): void {
  input.isInput = true;
  self.declared = input;
  self.current = input;
  for (const layer of self.sequence ?? []) extend(rt, self, layer);
}

/** One more layer after what there is. */
export function extend(rt: Runtime, self: KerasObject, layer: KerasObject): void {
  const { errors } = readingOf(rt);
  const before = errors.length;
  self.current = callKeras(rt, layer, [self.current], undefined, {
    span: layer.origin ?? rt.span,
    quiet: false,
  });
  layer.refused = errors.length > before;
  self.built = true;
}

function layerNamed(rt: Runtime, self: KerasObject, name: PyValue, index: PyValue): PyValue {
  followTracked(rt, self);
  const layers = self.sequence ?? childLayers(self);
  if (name instanceof PyUnknown || index instanceof PyUnknown) return rt.unknown('a layer that is asked for');
  if (typeof index === 'bigint') {
    const found = layers.at(Number(index));
    return (
      found ??
      rt.raise(
        'ValueError',
        `Was asked to retrieve layer at index ${index} but model only has ${layers.length} layers.`,
      )
    );
  }
  return (
    layers.find(({ label }) => label === name) ??
    rt.raise(
      'ValueError',
      `No such layer: ${typeof name === 'string' ? name : 'None'}. Existing layers are: [${layers.map(({ label }) => `'${label}'`).join(', ')}].`,
    )
  );
}

defineInitialiser(modelClass, 'model', (rt, self, args, given) => {
  initialiseModel(rt, self, given);
  const inputs = given?.get('inputs') ?? given?.get('input') ?? args[0];
  const outputs = given?.get('outputs') ?? given?.get('output') ?? args[1];
  if (inputs !== undefined && outputs !== undefined) putTogether(rt, self, inputs, outputs);
});

/** A model is a layer that is remembered, so that the program's own can be found where no name holds it. */
export function initialiseModel(rt: Runtime, self: KerasObject, given: Keywords | undefined): void {
  initialiseLayer(rt, self, given);
  const models = kerasModelsMade(rt);
  if (models.length < MOST_REMEMBERED) models.push(self);
}
