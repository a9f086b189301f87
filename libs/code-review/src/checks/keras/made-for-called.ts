import {
  application,
  foreignCall,
  inputTensorShape,
  isValue,
  kerasOf,
  layerOf,
} from '@tensormark/frameworks';
import type { Datum, Moment, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { layersMade } from '../../ask/keras-calls.js';
import { callsOf, classesOf, statementAt, targetsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

const MERGES = /^(Concatenate|Add|Multiply|Average|Maximum|Minimum|Subtract)$/;
const HOLDS_LAYERS = /^(TimeDistributed|Bidirectional|RNN|StackedRNNCells|Wrapper|Lambda|Merge)$/;

/** A layer that is made with the tensors that it is to be called on. */
export const madeForCalledInKeras: KerasPart = {
  why: 'The first parentheses make the layer and take its settings; what it works on goes into a second pair.',
  instead: 'Make the layer first: Concatenate()([a, b]), Flatten()(x).',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.wrappers.scikit_learn import KerasClassifier
def build():
    model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
    model.compile(loss='categorical_crossentropy', optimizer='adam')
    return model
learner = KerasClassifier(build_fn=build(), epochs=100)  # <--
`,
    `
from keras.layers import Concatenate, Dense
from keras.models import Sequential
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Sequential([Dense(8, input_dim=6, activation='relu')])
both = Sequential()
both.add(Concatenate([left, right]))  # <--
`,
    `
from keras.layers import Dense, Flatten, Input
x = Input(shape=(28, 28))
flat = Flatten(x)  # <--
y = Dense(10, activation='softmax')(flat)
`,
    `
from tensorflow.keras import layers, Model
class Head(layers.Layer):
    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.last = layers.Dense(units)
    def call(self, x):
        return self.last(x)
given = layers.Input((32,))
h = layers.Dense(8, activation='relu')(given)
both = layers.Concatenate()([h, Head(h)])  # <--
model = Model(given, layers.Dense(3, activation='softmax')(both))
`,
  ],
  right: [
    `
from keras.layers import Concatenate, Dense, Flatten, Input, TimeDistributed
x = Input(shape=(28, 28))
rows = TimeDistributed(Dense(4))(x)
both = Concatenate()([Flatten()(x), Flatten()(rows)])
y = Dense(10, activation='softmax')(both)
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* builtForWrapper(program);
    const own = [...ownMade(program)];
    yield* own;
    for (const { layer, moment } of layersMade(program)) {
      if (moment.span === undefined || HOLDS_LAYERS.test(layer.name)) continue;
      const [given] = layer.args.positional;
      const isList =
        MERGES.test(layer.name) && Array.isArray(given) && given.some((one: Datum) => isValue(one));
      if (!isList && !isTensor(given)) continue;
      if (own.some(({ at }) => isWithin(moment, at))) continue;
      // What the program's own class asks of the layer that it derives from.
      if (moment.span.text.includes('super(')) continue;
      yield {
        at: moment.span,
        message: `${layer.name} is made here with what it is to be called on.`,
        severity: 'error',
        evidence: [],
      };
    }
  },
};

/** `Head(x)` of the program's own class of layers, of which nothing is called afterwards. */
function* ownMade(program: Program): Generator<Found> {
  const own = classesOf(program).filter(({ bases }) =>
    bases.some(({ span }) => /(^|\.)Layer$/.test(span.text)),
  );
  if (own.length === 0) return;
  const said = new Set<number>();
  for (const { args, moment } of callsNamed(program, '__new__')) {
    const { span } = moment;
    const name = /^(\w+)\(/.exec(span?.text ?? '')?.[1];
    if (span === undefined || said.has(span.start) || !own.some((one) => one.name === name)) continue;
    if (!isTensor(args.positional[1]) || isCalledLater(program, span)) continue;
    said.add(span.start);
    yield {
      at: span,
      message: `${name ?? 'The layer'} is made here with what it is to be called on.`,
      severity: 'error',
      evidence: [],
    };
  }
}

/** Whether something happens in what a call runs. */
function isWithin({ activation }: Moment, call: Span): boolean {
  let current = activation;
  while (current !== undefined && current.calledAt?.start !== call.start) current = current.outer;
  return current !== undefined;
}

/** Whether an object is called: at once, or under the name that it is given. */
function isCalledLater(program: Program, made: Span): boolean {
  const statement = statementAt(program, made);
  const names = statement === undefined ? [] : targetsOf(statement);
  return callsOf(program).some(
    ({ callee }) =>
      (callee.span.start === made.start && callee.span.end === made.end) ||
      (callee.kind === 'Name' && names.includes(callee.id)) ||
      (callee.kind === 'Attribute' &&
        (names.includes(callee.value.span.text) || callee.value.span.start === made.start)),
  );
}

/** What an Input or the call of a layer gives. */
function isTensor(datum: Datum | undefined): boolean {
  return inputTensorShape(datum) !== undefined || layerOf(application(datum)?.callee) !== undefined;
}

/** `KerasClassifier(build_fn=build())`: a network where the function is taken that makes one. */
function* builtForWrapper(program: Program): Generator<Found> {
  if (!program.source.includes('scikit_learn')) return;
  for (const { result, moment } of eventsOf(program, 'call')) {
    const call = foreignCall(result);
    if (
      call === undefined ||
      !/\bkeras\.wrappers\.scikit_learn\.Keras(Classifier|Regressor)$/.test(call.name)
    )
      continue;
    const given = call.args.named.get('build_fn') ?? call.args.positional[0];
    if (moment.span === undefined || !kerasOf(program).models.some(({ value }) => value === given)) continue;
    yield {
      at: moment.span,
      message: 'build_fn is given a network, and takes the function that makes one: without the parentheses.',
      why: 'The wrapper calls what it is given, without arguments, for each fit: a network called so raises an error.',
      instead: 'build_fn=build',
      severity: 'error',
      evidence: [],
    };
  }
}
