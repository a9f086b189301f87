import { defineClass, PyList, PyTuple, PyUnknown, rawFunction } from '@tensormark/python';
import type { Keywords, PyClass, PyValue, Runtime } from '@tensormark/python';
import { buildLayerAgain } from './copies.js';
import { callKeras } from './call.js';
import { compute, operationComputation, tell } from './compute.js';
import { defineInitialiser, initialiseLayer, layerClass } from './layer.js';
import { KerasObject } from './object.js';
import { KerasTensor } from './tensor.js';

function wrapper(
  name: string,
  start: (rt: Runtime, self: KerasObject, inner: KerasObject, given: Keywords | undefined) => void,
  call: (rt: Runtime, self: KerasObject, args: readonly PyValue[], keywords: Keywords | undefined) => PyValue,
): PyClass {
  const cls = defineClass({
    name,
    module: 'keras.layers',
    bases: [layerClass],
    payload: KerasObject,
    unknowns: 'accept',
  });
  defineInitialiser(cls, name, (rt, self, args, given) => {
    initialiseLayer(rt, self, given);
    const inner = given?.get('layer') ?? args[0] ?? null;
    if (inner instanceof PyUnknown) self.unreadable = inner;
    else if (inner instanceof KerasObject) start(rt, self, inner, given);
    else rt.raise('ValueError', `Please initialize \`${name}\` layer with a \`Layer\` instance.`);
  });
  cls.define(
    'call',
    rawFunction(
      'call',
      (rt, [self, ...args], keywords?: Keywords) =>
        self instanceof KerasObject ? call(rt, self, args, keywords) : null,
      { binds: true },
    ),
  );
  return cls;
}

function put(rt: Runtime, self: KerasObject, name: string, inner: KerasObject): void {
  (self.registries ?? self.initialise(rt)).modules.set(rt, name, inner);
}

function inside(rt: Runtime, self: KerasObject, name: string): KerasObject | undefined {
  const found = self.registries?.modules.get(rt, name);
  return found instanceof KerasObject ? found : undefined;
}

/** The layer there and back, each with weights of its own. */
const Bidirectional = wrapper(
  'Bidirectional',
  (rt, self, inner, given) => {
    const backward = given?.get('backward_layer');
    const merge = given?.has('merge_mode') === true ? (given.get('merge_mode') ?? null) : 'concat';
    self.attributes ??= new Map();
    self.attributes.set('merge_mode', merge);
    self.declaredBy = inner;
    put(rt, self, 'forward_layer', inner);
    put(rt, self, 'backward_layer', backward instanceof KerasObject ? backward : buildLayerAgain(rt, inner));
  },
  (rt, self, args, keywords) => {
    const manner = { span: self.origin, quiet: false };
    const [forward, backward] = ['forward_layer', 'backward_layer'].map((name) => inside(rt, self, name));
    if (forward === undefined || backward === undefined) return rt.unknown('what a Bidirectional gives');
    const one = callKeras(rt, forward, args, keywords, manner);
    const other = callKeras(rt, backward, args, keywords, { ...manner, quiet: true });
    const mode = self.attributes?.get('merge_mode') ?? null;
    const [first = null, ...states] = one instanceof PyTuple ? one.items : [one];
    const [second = null, ...others] = other instanceof PyTuple ? other.items : [other];
    const output = merged(rt, self, mode, first, second);
    if (states.length === 0) return output;
    return new PyList([...(output instanceof PyList ? output.items : [output]), ...states, ...others]);
  },
);

const MERGES: Readonly<Record<string, string>> = { sum: 'add', mul: 'mul', ave: 'add' };

function merged(rt: Runtime, self: KerasObject, mode: PyValue, one: PyValue, other: PyValue): PyValue {
  if (one instanceof PyUnknown) return one;
  if (mode === null) return new PyList([one, other]);
  const how = { span: self.origin, quiet: true, training: self.training };
  if (mode === 'concat')
    return compute(rt, operationComputation('cat'), [new PyList([one, other]), -1n], undefined, how).value;
  const operation = typeof mode === 'string' ? MERGES[mode] : undefined;
  return operation === undefined
    ? rt.unknown('how a Bidirectional merges')
    : compute(rt, operationComputation(operation), [one, other], undefined, how).value;
}

/** The layer at each step of a sequence: at all of them at once, the steps taken for rows of the batch. */
const TimeDistributed = wrapper(
  'TimeDistributed',
  (rt, self, inner) => {
    self.declaredBy = inner;
    put(rt, self, 'layer', inner);
  },
  (rt, self, args) => {
    const inner = inside(rt, self, 'layer');
    const [input] = args;
    if (inner === undefined || !(input instanceof KerasTensor))
      return rt.unknown('what a TimeDistributed gives');
    const manner = { span: self.origin, quiet: false };
    const [batch = null, steps = null, ...rest] = input.sizes;
    if (input.shape.length < 3) {
      const message = `\`TimeDistributed\` Layer should be passed an \`input_shape\` with at least 3 dimensions, received: (${input.sizes.map((size) => size ?? 'None').join(', ')})`;
      tell(rt, { type: 'ValueError', message, exact: false }, self.origin);
      return callKeras(rt, inner, [input], undefined, manner);
    }
    const rows = batch === null || steps === null ? null : batch * steps;
    const each = callKeras(rt, inner, [reshaped(rt, self, input, [rows, ...rest])], undefined, manner);
    if (!(each instanceof KerasTensor)) return each;
    return reshaped(rt, self, each, [batch, steps, ...each.sizes.slice(1)]);
  },
);

/** Another shape of as many elements: in the network being traced, where no size is open, an operation of its own. */
function reshaped(
  rt: Runtime,
  self: KerasObject,
  tensor: KerasTensor,
  sizes: readonly (number | null)[],
): PyValue {
  const known = sizes.filter((size): size is number => size !== null);
  if (known.length < sizes.length) return KerasTensor.of(sizes, tensor.dtype);
  const how = { span: self.origin, quiet: true, training: self.training };
  const shape = new PyTuple(known.map(BigInt));
  return compute(rt, operationComputation('reshape'), [tensor, shape], undefined, how).value;
}

export const wrapperClasses: readonly PyClass[] = [Bidirectional, TimeDistributed];
