import {
  arrayFacts,
  elementOfSet,
  entriesOf,
  foreignCall,
  inputTensorShape,
  isCertain,
  isValue,
  kerasCall,
  kerasOf,
  madeBy,
  ownClass,
} from '@tensormark/frameworks';
import type {
  Datum,
  Example,
  Fitted,
  KerasModel,
  KerasNetwork,
  Program,
  Value,
} from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { compiledFor } from '../../ask/keras.js';
import { givenPairs } from '../../ask/given-pairs.js';
import { namedWithoutPart, partNamed } from '../../ask/part-names.js';
import { places, spanOf } from '../../ask/places.js';
import { callsOf, nodesOf } from '../../ask/tree.js';
import { shown } from './shape-words.js';
import { isAlike } from './shapes-alike.js';

export const fitArguments: Check = {
  id: 'fit-arguments',
  title: 'Examples and targets in each other’s places, or handed to fit as one',
  severity: 'error',
  why: 'fit takes the examples first and the targets after them: a list or tuple in the first place is one array for each input of the network, and without targets there is no loss to compute.',
  instead: 'model.fit(x, y)',
  needs:
    'fit of a network with one input, on two arrays in one list or tuple, or on arrays whose shapes are those of each other’s place.',
  wrong: [
    `
from keras.layers import Dense
from keras.models import Sequential
from readings import x_train, x_val, y_val
model = Sequential([Dense(8, input_dim=5, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, validation_data=(x_val, y_val), epochs=20)  # <--
`,
    `
from keras.layers import Dense
from keras.models import Sequential
from readings import x_train
model = Sequential([Dense(8, input_dim=5, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, epochs=20, batch_size=16, validation_split=0.2)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(300, 8), np.random.rand(300, 1)
model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit((x, y), epochs=20)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(300, 8), np.random.rand(300, 3)
model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(3)])
model.compile(loss='mse', optimizer='adam')
model.fit(y, x, epochs=20)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.rand(300, 8)
model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(3)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, epochs=20)  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x_train, y_train
model = Sequential([Dense(16, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(y_train, x_train, epochs=20)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
def batches():
    while True:
        yield np.random.rand(32, 8)
model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(3)])
model.compile(loss='mse', optimizer='adam')
model.fit(batches(), steps_per_epoch=100, epochs=20)  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x_train, y_train
inverse = Sequential([Dense(16, activation='relu'), Dense(3)])
inverse.compile(loss='mse', optimizer='adam')
inverse.fit(y_train, x_train, epochs=20)
`,
    `
import numpy as np
from keras.models import Model
from keras.layers import Concatenate, Dense, Input
x, z, y = np.random.rand(300, 8), np.random.rand(300, 2), np.random.rand(300, 1)
one, other = Input((8,)), Input((2,))
model = Model([one, other], Dense(1)(Dense(16, activation='relu')(Concatenate()([one, other]))))
model.compile(loss='mse', optimizer='adam')
model.fit([x, z], y, epochs=20)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.rand(300, 8)
model = Sequential([Dense(3, input_dim=8, activation='relu'), Dense(8)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, x, epochs=20)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (/train_step|add_loss|compute_loss/.test(program.source)) return;
    const told = new Set<number>();
    for (const model of kerasOf(program).models) {
      const { network, value, fits } = model;
      if (network === undefined || ownClass(value) !== undefined || !hasOneInput(network)) continue;
      for (const fit of fits) {
        const at = fit.moment.span;
        const message =
          at === undefined ? undefined : (asOne(model, fit) ?? alone(model, fit) ?? exchanged(network, fit));
        if (at === undefined || message === undefined) continue;
        yield {
          at,
          message,
          evidence: [places(['the examples', spanOf(fit.x)], ['the targets', spanOf(fit.y)])],
        };
        told.add(at.start);
        break;
      }
    }
    yield* halfGiven(program, told);
    yield* predictedOfTargets(program);
    if (GOES_BACK.test(program.source)) return;
    for (const { x, y, at } of givenPairs(program))
      if (isNamedAsTargets(x) && isNamedAsExamples(y) && !told.has(at.start))
        yield {
          at,
          message: `By their names ${x} is the targets and ${y} the examples: fit takes the examples first.`,
          evidence: [],
        };
  },
};

/** Examples without their targets beside a pair to validate with, by their names. */
function* halfGiven(program: Program, told: Set<number>): Generator<Found> {
  for (const { callee, args, keywords, span } of callsOf(program)) {
    if (callee.kind !== 'Attribute' || callee.attribute !== 'fit' || args.length > 1) continue;
    const given = (name: string): tree.Expression | undefined =>
      keywords.find((keyword) => keyword.name === name)?.value;
    const [x, pair] = [args[0] ?? given('x'), given('validation_data')];
    if (told.has(span.start) || given('y') !== undefined || keywords.some(({ name }) => name === undefined))
      continue;
    if (x?.kind !== 'Name' || !isNamedAsExamples(x.id) || pair?.kind !== 'Tuple') continue;
    const [, labels, ...more] = pair.items;
    if (labels?.kind !== 'Name' || more.length > 0 || !isNamedAsTargets(labels.id)) continue;
    told.add(span.start);
    yield {
      at: span,
      message: `fit is given ${x.id} without its targets, and for validation it is given ${labels.id}.`,
      evidence: [],
    };
  }
}

/** `model.predict(y_test)`, where there is an `x_test`. */
function* predictedOfTargets(program: Program): Generator<Found> {
  if (GOES_BACK.test(program.source)) return;
  for (const { callee, args, span } of callsOf(program)) {
    const [x] = args;
    if (callee.kind !== 'Attribute' || !/^predict(_classes|_proba)?$/.test(callee.attribute)) continue;
    if (x?.kind !== 'Name' || partNamed(x.id) === undefined) continue;
    if (!/^(y|labels?)$/.test(namedWithoutPart(x.id))) continue;
    const own = nodesOf(program, 'Name').find(
      ({ id }) => partNamed(id) === partNamed(x.id) && isNamedAsExamples(id) && id !== x.id,
    );
    if (own === undefined) continue;
    yield {
      at: span,
      message: `By its name ${x.id} is the targets, and ${callee.attribute} takes the examples, as ${own.id}.`,
      evidence: [],
    };
  }
}

/** A network that is to find what gave the answers is given these on purpose. */
const GOES_BACK = /invers|revers|decod|tandem/i;

/** `y`, `trainY`, `labels_test`, `target`: what a network is to answer. */
function isNamedAsTargets(name: string): boolean {
  return speaksOf(name, TARGETS) && !speaksOf(name, EXAMPLES);
}

/** `x`, `X_train`, `inputs`, `states`: what a network is given. */
function isNamedAsExamples(name: string): boolean {
  return speaksOf(name, EXAMPLES) && !speaksOf(name, TARGETS);
}

const TARGETS = /^(y|ys|labels?|targets?|outputs?)$/;
const EXAMPLES = /^(x|xs|inputs?|features?|states?)$/;

function speaksOf(name: string, words: RegExp): boolean {
  return namedWithoutPart(name)
    .split('_')
    .some((word) => words.test(word.replace(/\d+$/, '')));
}

function hasOneInput({ kind, value }: KerasNetwork): boolean {
  if (kind === 'Sequential') return true;
  const inputs = kerasCall(value)?.args.positional[0] ?? kerasCall(value)?.args.named.get('inputs');
  const [only, ...more] = Array.isArray(inputs) ? inputs : [inputs];
  return more.length === 0 && inputTensorShape(only) !== undefined;
}

/** Two arrays in the place of one. */
function asOne(model: KerasModel, { call, x, y, moment, inputs }: Fitted): string | undefined {
  if (call.name !== 'fit' || !Array.isArray(x) || x.length !== 2 || !isCertain(moment)) return undefined;
  // Rows that a loop has gathered are a list of another kind.
  const areArrays = x.every((one: Datum) => isArray(one));
  if (!areArrays || inputs.shape !== undefined || entriesOf(y) !== undefined) return undefined;
  const [first, second] = x;
  if (first === second) return undefined;
  return y === undefined && compiledFor(model, moment.at)?.loss !== undefined
    ? 'Examples and targets are handed to fit as one; it takes them one after the other.'
    : undefined;
}

/** Whether it is an array, or what one may be. */
function isArray(datum: Datum): boolean {
  if (isValue(datum)) return datum.made.kind === 'operation' || datum.made.kind === 'attribute';
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.holds?.kind === 'array'
  );
}

/** Examples without targets: an array, or what a generator of the program's own gives. */
function alone(
  model: KerasModel,
  { call, x, y, moment, inputs, isYielded, element }: Fitted,
): string | undefined {
  const loss = compiledFor(model, moment.at)?.loss;
  if (call.name !== 'fit' || (y ?? null) !== null || loss === undefined || !isCertain(moment))
    return undefined;
  if (isYielded || element !== undefined || Array.isArray(x)) return undefined;
  const each = elementOfSet(x, arrayFacts);
  if (each?.kind === 'array' && (each.facts.shape?.length ?? 0) > 0 && isValue(x) && isOfSlices(x))
    return 'The data set gives examples and no targets, of which the loss would be computed.';
  const gives =
    isValue(call.result) && call.result.made.kind === 'operation'
      ? call.result.made.args.named.get('gives')
      : undefined;
  if (gives !== undefined) {
    // What is not known to be an array may be a pair.
    if (gives !== null && (arrayFacts(gives).shape?.length ?? 0) < 2) return undefined;
    return gives === null
      ? 'What fit takes the batches from gives None, and no examples with their targets.'
      : 'What fit takes the batches from gives one thing at a time, and no examples with their targets.';
  }
  const isOfArray = isValue(x) ? isMadeByArrays(x) : x !== undefined && isArray(x);
  return (isOfArray && inputs.shape !== undefined && inputs.shape.length > 1) || isSpokenOfAsArray(call, x)
    ? 'fit is given examples and no targets, of which the loss would be computed.'
    : undefined;
}

/** Whether what is given beside them is for arrays alone, and their name is none of a data set. */
function isSpokenOfAsArray({ args }: Fitted['call'], x: Datum | undefined): boolean {
  if (!isValue(x) || elementOfSet(x, arrayFacts) !== undefined) return false;
  const { named } = args;
  const given = (name: string): Datum => named.get(name) ?? null;
  const validation = given('validation_data');
  const isPair = Array.isArray(validation) && validation.length === 2;
  return (
    given('validation_split') !== null ||
    ((given('batch_size') !== null || isPair) && isNamedAsExamples(spanOf(x)?.text ?? ''))
  );
}

/** A data set of the rows of one array. */
function isOfSlices(set: Value): boolean {
  let current: Datum | undefined = set;
  for (let depth = 0; depth < 20 && isValue(current) && current.made.kind === 'operation'; depth++) {
    const call = foreignCall(current);
    if (call !== undefined) return /(^|\.)from_tensor_slices$/.test(call.name);
    if (!/^(batch|shuffle|repeat|prefetch|cache|take|skip)$/.test(current.made.name)) return false;
    [current] = current.made.args.positional;
  }
  return false;
}

/** Whether it is an array for sure, and no data set that gives pairs. */
function isMadeByArrays(value: Value): boolean {
  return (
    elementOfSet(value, arrayFacts) === undefined &&
    !/^(flow\w*|map|batch|prefetch|repeat)$/.test(madeBy(value))
  );
}

/** Whether each of the two has the shape of the other's place, and not of its own. */
function exchanged(network: KerasNetwork, { inputs, targets, x, y }: Fitted): string | undefined {
  const gives = network.isWhole ? network.steps.at(-1)?.shape : network.gives;
  const [given, wanted] = [inputs.shape?.slice(1), targets.shape?.slice(1)];
  if (network.input === undefined || gives === undefined || given === undefined || wanted === undefined)
    return undefined;
  if (x === y || !isKnown(network.input) || !isKnown(given) || !isKnown(wanted)) return undefined;
  const isColumn = (shape: Example): Example => (shape.length === 0 ? [1] : shape);
  const areExchanged =
    isAlike(network.input, wanted) &&
    (isAlike(gives, isColumn(given)) || given.length === 0) &&
    !isAlike(network.input, given);
  return areExchanged
    ? `What comes first, ${shown(given)} for an example, has the shape of targets, and what comes after it, ${shown(wanted)}, that of examples.`
    : undefined;
}

function isKnown(shape: Example): boolean {
  return !shape.includes(undefined);
}
