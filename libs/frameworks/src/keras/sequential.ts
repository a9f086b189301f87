import { defineClass, PyList, PyTuple, PyUnknown, repr, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { isSequence } from '@tensormark/network';
import type { Argument } from '@tensormark/network';
import { InputLayerObject } from './input-layer.js';
import { defineInitialiser } from './layer.js';
import { declare, extend, initialiseModel, modelClass } from './model.js';
import { KerasObject } from './object.js';
import { kerasTensorsIn } from './tree-of-tensors.js';
import { KerasTensor } from './tensor.js';

export const sequentialClass = defineClass({
  name: 'Sequential',
  module: 'keras',
  written: 'python',
  bases: [modelClass],
  payload: KerasObject,
  allocate: (cls) => new KerasObject(cls),
  unknowns: 'accept',
  methods: {
    'add(layer)': (rt, self, layer) => {
      add(rt, self, layer ?? null);
      return null;
    },
    'pop()': (rt, self) => {
      const gone = self.sequence?.pop();
      if (gone === undefined) return rt.raise('TypeError', 'There are no layers in the model.');
      for (const { key, value } of self.registries?.modules.entries() ?? [])
        if (value === gone) self.registries?.modules.delete(rt, key);
      if (self.declared !== undefined) {
        self.current = self.declared;
        for (const layer of self.sequence ?? []) extend(rt, self, layer);
      }
      return null;
    },
  },
});

defineInitialiser(sequentialClass, 'model', (rt, self, args, given) => {
  initialiseModel(rt, self, given);
  self.sequence = [];
  const layers = given?.get('layers') ?? args[0] ?? null;
  if (layers instanceof PyList || layers instanceof PyTuple)
    for (const layer of layers.items) add(rt, self, layer);
  else if (layers instanceof PyUnknown) self.unreadable = layers;
  else if (layers !== null) add(rt, self, layers);
});

/** `model.add(layer)` */
function add(rt: Runtime, self: KerasObject, layer: PyValue): void {
  rt.step(5);
  const sequence = (self.sequence ??= []);
  if (layer instanceof PyUnknown) {
    self.unreadable ??= layer;
    return;
  }
  if (layer instanceof KerasTensor && layer.isInput) {
    if (sequence.length === 0) declare(rt, self, layer);
    return;
  }
  if (layer instanceof InputLayerObject) {
    if (sequence.length === 0 && layer.input !== undefined) declare(rt, self, layer.input);
    return;
  }
  if (!(layer instanceof KerasObject))
    rt.raise(
      'TypeError',
      `The added layer must be an instance of class Layer. Found: ${repr(rt, layer)} (of type ${typeOf(layer).module}.${typeOf(layer).name})`,
    );
  const { modules } = self.registries ?? self.initialise(rt);
  const name = layer.label.replaceAll('.', '_');
  const isKnown = modules.get(rt, name) !== undefined;
  let key = name;
  while (modules.get(rt, key) !== undefined && modules.get(rt, key) !== layer) key = `${key}_`;
  if (isKnown)
    rt.raise(
      'ValueError',
      `All layers added to a Sequential model should have unique names. Name "${name}" is already the name of a layer in this model. Update the \`name\` argument to pass a unique name.`,
    );
  modules.set(rt, key, layer);
  sequence.push(layer);
  if (sequence.length === 1 && self.declared === undefined) {
    const input = inputOf(layer);
    if (input !== undefined) {
      declare(rt, self, input);
      return;
    }
  }
  if (self.declared !== undefined) extend(rt, self, layer);
}

/** What the first layer says of the input: `input_shape=`, `input_dim=`, or what it begins with itself. */
function inputOf({ layer, declared, graph, told: outer, declaredBy }: KerasObject): KerasTensor | undefined {
  const within = declared ?? (graph && kerasTensorsIn(graph.inputs)[0]);
  if (within !== undefined) return new KerasTensor(within, within.open);
  const given = outer && sizesTold(outer);
  if (given !== undefined) return given;
  if (layer === undefined) return declaredBy && inputOf(declaredBy);
  const { written } = layer;
  const told = sizesTold(written);
  if (told !== undefined) return told;
  const length = written['input_length'] ?? null;
  const lengths = isSequence(length) ? length.map(sizeOf) : [sizeOf(length)];
  // A table of vectors says of its input at most how long it is.
  if (layer.type === 'keras.Embedding')
    return length === null ? undefined : KerasTensor.of([null, ...lengths], 'int32');
  const width = written['input_dim'] ?? null;
  if (typeof width !== 'bigint') return undefined;
  return KerasTensor.of(
    /RNN|LSTM|GRU|1D/.test(layer.type) ? [null, ...lengths, Number(width)] : [null, Number(width)],
  );
}

function sizesTold(written: Readonly<Record<string, Argument>>): KerasTensor | undefined {
  const whole = written['batch_input_shape'] ?? written['batch_shape'] ?? null;
  if (isSequence(whole)) return KerasTensor.of(whole.map(sizeOf));
  const shape = written['input_shape'] ?? null;
  if (isSequence(shape)) return KerasTensor.of([null, ...shape.map(sizeOf)]);
  if (typeof shape === 'bigint') return KerasTensor.of([null, Number(shape)]);
  return undefined;
}

function sizeOf(value: Argument): number | null {
  return typeof value === 'bigint' ? Number(value) : null;
}
