import { application, argument, arrayFacts, isValue, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { Datum, Fitted, KerasNetwork, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, holds } from '../../ask/tree.js';

const TWO = `
from keras.layers import Dense, Input, concatenate
from keras.models import Model
words, numbers = Input(shape=(50,)), Input(shape=(8,))
model = Model(inputs=[words, numbers], outputs=Dense(1)(concatenate([words, numbers])))
model.compile(loss='mse', optimizer='adam')
`;

export const arraysCounted: Check = {
  id: 'arrays-counted',
  title: 'More or fewer arrays than the network has inputs or outputs',
  severity: 'error',
  why: 'A list is one array for each input or output of a network; fit refuses another number of them.',
  instead: 'Give one array for each input and one for each output, to learn from and to validate with.',
  needs: 'A network whose inputs and outputs are known, and lists that are written in the call itself.',
  wrong: [
    `${TWO}
model.fit([a_train, b_train], y_train, validation_data=(a_val, y_val), epochs=30)  # <--
`,
    `${TWO}
model.fit([a_train, b_train], [prices, ratings], epochs=30)  # <--
`,
    `${TWO}
model.fit([a_train, b_train, c_train], prices, epochs=30)  # <--
`,
    `
import numpy as np
from keras.layers import Dense, Input
from keras.models import Model
row = Input(shape=(9,))
wide = Dense(30, activation='relu')(row)
model = Model(row, [Dense(1)(wide), Dense(1)(wide)])
model.compile(loss='mse', optimizer='adam')
model.fit(np.random.rand(90, 9), [heights], epochs=30)  # <--
`,
    `${TWO}
import numpy as np
a_train = np.arange(18.0).reshape(2, 9)
model.fit(a_train, prices, epochs=30)  # <--
`,
  ],
  right: [
    `${TWO}
model.fit([a_train, b_train], y_train, validation_data=([a_val, b_val], y_val), epochs=30)
both_val = [a_val, b_val]
model.fit([a_train, b_train], y_train, validation_data=(both_val, y_val), epochs=30)
model.fit([a_train, b_train], y_train, validation_data=(kept, y_val), epochs=30)
model.fit([a_train, b_train], [y_train], epochs=30)
`,
    `
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
model = Sequential([Dense(1, input_dim=2)])
model.compile(loss='mse', optimizer='sgd')
model.fit(np.array([[1, 2], [3, 4]]), [5, 6], epochs=300)
model.train_on_batch([first, second], [1, 0])
`,
  ],
  *run(program) {
    for (const { network, fits } of kerasOf(program).models) {
      const wanted = network && countsOf(network);
      if (wanted === undefined) continue;
      for (const fit of fits) {
        const { span } = fit.moment;
        const call = span && writtenAt(program, fit.call.name, span);
        const message = call && faultOf(wanted, fit, call);
        if (span === undefined || message === undefined) continue;
        const found: Found = { at: span, message, evidence: [places(['the network', network?.span])] };
        yield found;
      }
    }
  },
};

interface Counts {
  readonly inputs: number;
  readonly outputs: number;
}

function countsOf(network: KerasNetwork): Counts | undefined {
  const call = kerasCall(network.value);
  if (call?.name !== 'Model') return undefined;
  const inputs = countOf(argument(call.args, 'inputs', 0) ?? call.args.named.get('input'));
  const outputs = countOf(argument(call.args, 'outputs', 1) ?? call.args.named.get('output'));
  return inputs === undefined || outputs === undefined ? undefined : { inputs, outputs };
}

/** How many tensors are written there; undefined where it may be another number. */
function countOf(given: Datum | undefined): number | undefined {
  if (!Array.isArray(given)) return isTensor(given) ? 1 : undefined;
  return given.length > 0 && given.every((one: Datum) => isTensor(one)) ? given.length : undefined;
}

/** What a layer or a function of Keras gave, or an Input. */
function isTensor(given: Datum | undefined): boolean {
  return isValue(given) && (kerasCall(given) ?? kerasCall(application(given)?.callee)) !== undefined;
}

function writtenAt(program: Program, name: string, span: Span): tree.Call | undefined {
  return callsOf(program).find(
    ({ callee, span: own }) =>
      callee.kind === 'Attribute' && callee.attribute === name && holds(span, own) && holds(own, span),
  );
}

function faultOf(wanted: Counts, { x, y, validation }: Fitted, call: tree.Call): string | undefined {
  const inputs = argumentOf(call, 'x', 0);
  const targets = argumentOf(call, 'y', 1);
  const [many, goals] = [itemsOf(inputs), itemsOf(targets)];
  if (many !== undefined && wanted.inputs > 1 && many.length !== wanted.inputs)
    return `The network has ${wanted.inputs} inputs, and is given ${arrays(many.length)}.`;
  if (wanted.inputs > 1 && inputs !== undefined && targets !== undefined && isArrayAlone(x))
    return `The network has ${wanted.inputs} inputs, and is given one array.`;
  if (goals !== undefined && goals.length !== wanted.outputs && areArrays(y, wanted, many))
    return `The network has ${outputs(wanted.outputs)}, and is given ${arrays(goals.length)} of targets.`;
  const pair = argumentOf(call, 'validation_data', undefined);
  const [own] = itemsOf(pair) ?? [];
  if (many === undefined || own === undefined || wanted.inputs < 2) return undefined;
  const given = itemsOf(own)?.length ?? (isLikeOne(own, many, validation?.x) ? 1 : wanted.inputs);
  return given === wanted.inputs || x === undefined
    ? undefined
    : `The network has ${wanted.inputs} inputs, and ${arrays(given)} is given to validate with.`;
}

function argumentOf(call: tree.Call, name: string, place: number | undefined): tree.Expression | undefined {
  if (call.args.some(({ kind }) => kind === 'Starred')) return undefined;
  return (
    call.keywords.find((keyword) => keyword.name === name)?.value ??
    (place === undefined ? undefined : call.args[place])
  );
}

/** What a list or tuple that is written there holds. */
function itemsOf(node: tree.Expression | undefined): readonly tree.Expression[] | undefined {
  if (node === undefined || (node.kind !== 'List' && node.kind !== 'Tuple')) return undefined;
  return node.items.some(({ kind }) => kind === 'Starred') ? undefined : node.items;
}

/** Whether they are arrays for outputs, and no targets of single examples. */
function areArrays(
  given: Datum | undefined,
  { inputs, outputs: wanted }: Counts,
  many: readonly unknown[] | undefined,
): boolean {
  if (!Array.isArray(given) || given.length === 0) return false;
  if (given.every((one: Datum) => (arrayFacts(one).shape?.length ?? 0) > 0)) return true;
  const areOpen = given.every((one: Datum) => isValue(one));
  return areOpen && (wanted > 1 || (inputs > 1 && many?.length === inputs));
}

/** `x_val` beside `[x_train, z_train]`: another part of one of them. */
function isLikeOne(
  own: tree.Expression,
  many: readonly tree.Expression[],
  given: Datum | undefined,
): boolean {
  if (Array.isArray(given)) return false;
  if (arrayFacts(given).shape !== undefined) return true;
  return own.kind === 'Name' && many.some((one) => one.kind === 'Name' && stemOf(one.id) === stemOf(own.id));
}

function stemOf(name: string): string {
  return name.replace(/_?(training|train|trn|validation|valid|val|testing|test|dev)_?/i, '').toLowerCase();
}

function arrays(count: number): string {
  return count === 1 ? 'one array' : `${count} arrays`;
}

function outputs(count: number): string {
  return count === 1 ? 'one output' : `${count} outputs`;
}

/** Whether it is an array, and nothing that gives the arrays for several inputs. */
function isArrayAlone(datum: Datum | undefined): boolean {
  if (arrayFacts(datum).shape === undefined) return false;
  if (!isValue(datum)) return typeof datum === 'object' && datum !== null && 'holds' in datum;
  return (
    datum.made.kind === 'operation' &&
    /^(reshape|astype|array|asarray|expand_dims|div)$/.test(datum.made.name)
  );
}
