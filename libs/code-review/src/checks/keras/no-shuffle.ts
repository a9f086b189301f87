import { argument, foreignCall, isValue, kerasOf, rangeOf } from '@tensormark/frameworks';
import type { Datum, Fitted, Program, Range, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Classes one after the other, learned from or split in that order. */
export const noShuffleInKeras: KerasPart = {
  why: 'Data that come class by class pull the weights one way after the other, and the last part of them has classes that the rest has not.',
  instead: 'Leave shuffle=True, and shuffle data before validation_split takes their last part.',
  wrong: [
    `
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler
from keras.utils import to_categorical
from keras.models import Sequential
from keras.layers import Dense
iris = load_iris()
X = StandardScaler().fit_transform(iris.data)
Y = to_categorical(iris.target)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(X, Y, epochs=100, validation_split=0.2)  # <--
`,
    `
import tensorflow as tf
(x, y), _ = tf.keras.datasets.mnist.load_data()
data = tf.data.Dataset.from_tensor_slices((x / 255, y)).batch(64).shuffle(1000)  # <--
model = tf.keras.Sequential([tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(data, epochs=5)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import cats, dogs
x = np.concatenate([cats, dogs])
y = np.concatenate([np.zeros(len(cats)), np.ones(len(dogs))])
model = Sequential([Dense(16, activation='relu', input_dim=8), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, validation_split=0.2)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import cats, dogs
x = np.concatenate([cats, dogs])
y = np.concatenate([np.zeros(len(cats)), np.ones(len(dogs))])
order = np.random.permutation(len(x))
x, y = x[order], y[order]
model = Sequential([Dense(16, activation='relu', input_dim=8), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, validation_split=0.2)
`,
    `
import tensorflow as tf
(x, y), _ = tf.keras.datasets.mnist.load_data()
data = tf.data.Dataset.from_tensor_slices((x / 255, y)).shuffle(60000).batch(64).shuffle(10).prefetch(2)
model = tf.keras.Sequential([tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(data, epochs=5)
`,
    `
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.utils import to_categorical
from keras.models import Sequential
from keras.layers import Dense
iris = load_iris()
X = StandardScaler().fit_transform(iris.data)
X, X_test, Y, Y_test = train_test_split(X, to_categorical(iris.target))
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(X, Y, epochs=100, validation_split=0.2)
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* shuffledInBatches(program);
    yield* neverShuffled(program);
    for (const { fits } of kerasOf(program).models)
      for (const fit of fits) {
        const at = fit.moment.span;
        if (at === undefined) continue;
        const isSorted = isInOrder(fit);
        const isSplit = (fit.validationSplit ?? 0) > 0;
        if (isSorted && isSplit)
          yield {
            at,
            severity: 'warning',
            message: 'These data come class by class, and the part to validate with is their last.',
            evidence: [places(['the labels', spanOf(fit)])],
          };
        else if (
          fit.shuffle === false &&
          (isSorted || fit.targets.targets?.kind === 'one-hot' || fit.targets.targets?.kind === 'classes')
        )
          yield {
            at,
            severity: isSorted ? 'warning' : 'design',
            message: 'The examples are learned from in the same order every epoch.',
            evidence: [places(['the labels', spanOf(fit)])],
          };
      }
  },
};

function spanOf({ y }: Fitted): Found['at'] | undefined {
  return typeof y === 'object' && y !== null && 'span' in y ? y.span : undefined;
}

function isInOrder({ targets: { set, split, isShuffled }, y }: Fitted): boolean {
  return (
    (set?.of.isSorted === true && (split === undefined || isShuffled === false) && isShuffled !== true) ||
    isOneAfterOther(y)
  );
}

/** `np.concatenate([np.ones(n), np.zeros(m)])`, `[0] * n + [1] * m`: all of one class, then all of the other. */
function isOneAfterOther(datum: Datum | undefined, depth = 0): boolean {
  if (!isValue(datum) || datum.made.kind !== 'operation' || depth > 6) return false;
  const name = (foreignCall(datum)?.name ?? datum.made.name).split('.').at(-1) ?? '';
  const given = foreignCall(datum)?.args.positional ?? datum.made.args.positional;
  const [first, second] = given;
  if (/^(to_categorical|array|asarray|astype|reshape|cast)$/.test(name))
    return isOneAfterOther(first, depth + 1);
  const parts: readonly (Datum | undefined)[] | undefined = /^(concatenate|concat|hstack|vstack|r_)$/.test(
    name,
  )
    ? Array.isArray(first)
      ? first
      : undefined
    : name === 'append'
      ? [first, second]
      : undefined;
  if (parts === undefined || parts.length < 2) return false;
  const ranges = parts.map((part) => oneNumber(part));
  return (
    ranges.every((range) => range !== undefined && range.low === range.high) &&
    new Set(ranges.map((range) => range?.low)).size === ranges.length
  );
}

/** The one number that an array is filled with. */
function oneNumber(datum: Datum | undefined): Range | undefined {
  const call = foreignCall(datum);
  if (call !== undefined && /^numpy\.full$/.test(call.name))
    return rangeOf(argument(call.args, 'fill_value', 1));
  return rangeOf(datum);
}

const HANDS_ON = /^(map|cache|prefetch|repeat|take|skip|with_options)$/;

/** `data.batch(32).shuffle(1000)`: the batches change places, and have the same examples in them for ever. */
function* shuffledInBatches(program: Program): Generator<Found> {
  if (!/\.shuffle\(/.test(program.source)) return;
  const said = new Set<number>();
  for (const { fits } of kerasOf(program).models)
    for (const { x, moment } of fits) {
      let shuffled: Value | undefined;
      let batched: Value | undefined;
      let current: Datum | undefined = x;
      for (let depth = 0; depth < 12 && isValue(current) && current.made.kind === 'operation'; depth++) {
        const made: Extract<Value['made'], { kind: 'operation' }> = current.made;
        if (made.name === 'shuffle' && batched !== undefined) break;
        if (made.name === 'shuffle') shuffled = current;
        else if (made.name === 'batch') batched = current;
        else if (!HANDS_ON.test(made.name)) {
          const isMade = /\.from_tensor_slices$|^from_tensor_slices$/.test(
            foreignCall(current)?.name ?? made.name,
          );
          const at = shuffled?.span;
          if (isMade && batched !== undefined && at !== undefined && !said.has(at.start)) {
            said.add(at.start);
            yield {
              at,
              severity: 'design',
              why: 'Batches that always have the same examples in them, in the order of the data, leave out most of what chance does for gradient descent; of data that come class by class each batch is one class.',
              instead: 'Shuffle before: .shuffle(n).batch(size).',
              message: 'Batches are put in another order here, not the examples: shuffle comes after batch.',
              evidence: [places(['the batches', batched.span], ['learned from here', moment.span])],
            };
          }
          break;
        }
        [current] = made.args.positional;
      }
    }
}

/** A data set of all examples of one class and then all of the other, that is learned from batch by batch as it comes. */
function* neverShuffled(program: Program): Generator<Found> {
  if (!/from_tensor_slices/.test(program.source)) return;
  for (const { fits } of kerasOf(program).models)
    for (const { x, moment } of fits) {
      let current: Datum | undefined = x;
      let batched: Value | undefined;
      for (let depth = 0; depth < 12 && isValue(current) && current.made.kind === 'operation'; depth++) {
        const made: Extract<Value['made'], { kind: 'operation' }> = current.made;
        if (made.name === 'batch') batched = current;
        else if (!HANDS_ON.test(made.name)) break;
        [current] = made.args.positional;
      }
      const call = foreignCall(current);
      const [given] = call?.args.positional ?? [];
      const isMade = /(^|\.)from_tensor_slices$/.test(call?.name ?? '');
      const labels: Datum | undefined = Array.isArray(given) && given.length === 2 ? given[1] : undefined;
      const at = isValue(current) ? current.span : undefined;
      if (!isMade || batched === undefined || at === undefined || !isOneAfterOther(labels)) continue;
      yield {
        at: batched.span ?? at,
        severity: 'warning',
        message: 'These data come class by class, and nothing shuffles them before they are put in batches.',
        instead: 'Shuffle before: .shuffle(n).batch(size), with n as large as there are examples.',
        evidence: [places(['the data', at], ['learned from here', moment.span])],
      };
      return;
    }
}
