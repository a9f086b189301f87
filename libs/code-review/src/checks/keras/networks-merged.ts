import { application, inputTensorShape, isValue, kerasCall, layerOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import { places, spanOf } from '../../ask/places.js';

const MERGES = /^(concatenate|add|multiply|average|maximum|minimum|subtract|dot)$/i;
const NETWORKS = /^(Sequential|Model)$/;

export const networksMerged: Check = {
  id: 'networks-merged',
  title: 'Networks and tensors of Keras in each other’s place',
  severity: 'error',
  why: 'A Sequential holds layers and networks, each called on what the one before gives; what merges takes tensors, which are what calling a layer gives, and gives one. Keras raises an error for one in place of the other.',
  instead:
    'Merge the outputs of the networks, and go on with layers that are called: y = Dense(8)(concatenate([a.output, b.output])), Model([a.input, b.input], y).',
  needs:
    'A merging of networks, a tensor among the layers of a Sequential, or one among what Merge is given.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, concatenate
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Sequential([Dense(8, input_dim=6, activation='relu')])
both = concatenate([left, right])  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Add, Dense
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Sequential([Dense(8, input_dim=6, activation='relu')])
both = Sequential()
both.add(Add()([left, right]))  # <--
both.add(Dense(3, activation='softmax'))
`,
    `
from keras.models import Sequential
from keras.layers import Dense, Input, concatenate
a, b = Input(shape=(4,)), Input(shape=(6,))
both = Sequential([
    concatenate([a, b]),  # <--
    Dense(3, activation='softmax'),
])
`,
    `
from keras.models import Sequential
from keras.layers import Dense, Input, Merge
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Input(shape=(3,))
both = Sequential()
both.add(Merge([left, right], mode='concat'))  # <--
both.add(Dense(3, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Model, Sequential
from keras.layers import Dense, Input, InputLayer, concatenate
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Sequential([Input(shape=(6,)), Dense(8, activation='relu')])
both = concatenate([left.output, right.output])
both = Dense(3, activation='softmax')(both)
model = Model([left.input, right.input], both)
given = Input(shape=(4,))
tower = Sequential([left, Dense(3)])
both = concatenate([left(given), tower(given)])
`,
    `
from keras.models import Sequential
from keras.layers import Dense, Merge
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Sequential([Dense(8, input_dim=6, activation='relu')])
both = Sequential()
both.add(Merge([left, right], mode='concat'))
both.add(Dense(3, activation='softmax'))
`,
  ],
  *run(program) {
    const told = new Set<number>();
    for (const { at, message, of } of faults(program)) {
      if (told.has(at.line)) continue;
      told.add(at.line);
      yield { at, message, evidence: [places(['made here', spanOf(of)])] };
    }
  },
};

interface Fault {
  readonly at: Span;
  readonly message: string;
  readonly of: Datum;
}

function* faults(program: Program): Generator<Fault> {
  for (const { result, moment } of eventsOf(program, 'call')) {
    const name = mergingOf(result);
    const network = name === undefined ? undefined : partsOf(result).find(isNetwork);
    if (name !== undefined && network !== undefined && moment.span !== undefined)
      yield { at: moment.span, message: `${name} takes tensors, and is given networks here.`, of: network };
  }
  for (const { name, args, moment } of kerasCalls(program)) {
    const [given] = args.positional;
    const items = Array.isArray(given) ? given : [];
    const tensor =
      name === 'Sequential'
        ? items.find(isComputed)
        : name === 'Merge'
          ? items.find((item: Datum) => isComputed(item) || inputTensorShape(item) !== undefined)
          : undefined;
    const at = name === 'Merge' ? moment.span : (spanOf(tensor) ?? moment.span);
    if (tensor !== undefined && at !== undefined)
      yield { at, message: `${name} takes layers or networks, and is given a tensor here.`, of: tensor };
  }
  for (const { args, moment } of callsNamed(program, 'add')) {
    const [to, layer] = args.positional;
    if (kerasCall(to)?.name === 'Sequential' && isComputed(layer) && moment.span !== undefined)
      yield { at: moment.span, message: 'add takes a layer, and is given a tensor here.', of: layer };
  }
}

/** The word for what merges tensors to a value: the function, or the layer that was called. */
function mergingOf(datum: Datum | undefined): string | undefined {
  const applied = application(datum);
  const name =
    applied === undefined
      ? /^[a-z]/.exec(kerasCall(datum)?.name ?? '') && kerasCall(datum)?.group.startsWith('layers')
        ? kerasCall(datum)?.name
        : undefined
      : layerOf(applied.callee)?.name;
  return name !== undefined && MERGES.test(name) ? name : undefined;
}

function partsOf(datum: Datum | undefined): readonly Datum[] {
  const args = application(datum)?.args ?? kerasCall(datum)?.args;
  const given = args?.positional[0] ?? args?.named.get('inputs');
  return Array.isArray(given) ? given : [];
}

function isNetwork(datum: Datum): boolean {
  const call = kerasCall(datum);
  return call !== undefined && NETWORKS.test(call.name);
}

/** What merging gives, or calling a layer. */
function isComputed(datum: Datum | undefined): datum is Datum {
  if (!isValue(datum)) return false;
  const applied = application(datum);
  return mergingOf(datum) !== undefined || (applied !== undefined && layerOf(applied.callee) !== undefined);
}
