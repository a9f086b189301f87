import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { taughtIn, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { functionsAround, nodesOf } from '../../ask/tree.js';

export const inputsAsTargets: Check = {
  id: 'inputs-as-targets',
  title: 'Inputs in the place of the classes',
  severity: 'error',
  why: 'The network is told to answer with what it was given; where it ends in classes the shapes do not fit, or nothing of use is learned.',
  instead: 'Take the labels, not the data, for the targets.',
  needs:
    'fit with targets that are the inputs, or cut out of them as the inputs are, for a network that ends in a softmax.',
  wrong: [
    `
from keras.layers import Dense, Input
from keras.models import Model
from data import noisy, clean, noisy_kept, clean_kept
given = Input((784,))
model = Model(given, Dense(784, activation='sigmoid')(Dense(32, activation='relu')(given)))
model.compile(optimizer='adam', loss='binary_crossentropy')
model.fit(noisy, noisy, epochs=9, validation_data=(noisy_kept, clean_kept))  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import data, labels
x_train, x_test = data[:800], data[800:]
y_train, y_test = data[:800], labels[800:]  # <--
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=30)
`,
    `
from keras.layers import Dense, Embedding, LSTM
from keras.models import Sequential
from data import text, windows
x = windows(text[:-1])
y = windows(text[:-1])  # <--
model = Sequential([Embedding(90, 16), LSTM(32, return_sequences=True), Dense(90, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
  ],
  right: [
    `
from keras.layers import Dense, Embedding, LSTM
from keras.models import Sequential
from data import text, windows
x = windows(text[:-1])
y = windows(text[1:])
model = Sequential([Embedding(90, 16), LSTM(32, return_sequences=True), Dense(90, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
from keras.layers import Dense, Input
from keras.models import Model
from data import noisy, clean, noisy_kept, clean_kept
given = Input((784,))
model = Model(given, Dense(784, activation='sigmoid')(Dense(32, activation='relu')(given)))
model.compile(optimizer='adam', loss='binary_crossentropy')
model.fit(noisy, clean, epochs=9, validation_data=(noisy_kept, clean_kept))
model.fit(clean, clean, epochs=9, validation_data=(clean_kept, clean_kept))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import data, labels
x_train, x_test = data[:800], data[800:]
y_train, y_test = labels[:800], labels[800:]
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=30)
copy = Sequential([Dense(3, input_dim=8, activation='relu'), Dense(8)])
copy.compile(loss='mse', optimizer='adam')
copy.fit(x_train, x_train, epochs=30)
`,
  ],
  *run(program) {
    yield* validatedOtherwise(program);
    yield* notShifted(program);
    for (const trained of trainedIn(program)) {
      const { head, compiled } = trained;
      if (head.activation !== 'softmax' || compiled.loss?.name.endsWith('categorical_crossentropy') !== true)
        continue;
      for (const { x, y, moment, inputs } of taughtIn(trained)) {
        if (!isValue(x) || !isValue(y) || inputs.targets !== undefined || !isSame(x, y)) continue;
        const at = x === y ? moment.span : (y.span ?? moment.span);
        if (at === undefined) continue;
        yield {
          at,
          message: 'The targets that are learned here are the inputs themselves.',
          evidence: [places(['the inputs', x.span], ['trained here', moment.span])],
        };
        break;
      }
    }
  },
};

/** What is learned is to give back its inputs, and what is validated is to give something else, or the other way round. */
function* validatedOtherwise(program: Program): Generator<Found> {
  for (const { fits } of kerasOf(program).models)
    for (const { x, y, validation, moment } of fits) {
      if (!isValue(x) || !isValue(y) || moment.span === undefined) continue;
      if (!isValue(validation?.x) || !isValue(validation.y)) continue;
      const isBack = x === y;
      if (isBack === (validation.x === validation.y)) continue;
      yield {
        at: moment.span,
        severity: 'warning',
        message: isBack
          ? 'What is learned is to give back its inputs, and is validated against other targets.'
          : 'What is validated is to give back its inputs, and other targets are learned.',
        evidence: [places(['the targets', y.span])],
      };
    }
}

/** Whether two are the same, or made alike of the same. */
function isSame(one: Datum | undefined, other: Datum | undefined, depth = 0): boolean {
  if (one === other) return true;
  if (depth > 5 || one === undefined || other === undefined || one === null || other === null) return false;
  if (isValue(one) && isValue(other))
    return (
      one.made.kind === 'operation' &&
      other.made.kind === 'operation' &&
      one.made.name === other.made.name &&
      /^(getitem|neg|sub|add|mul|div|floor_divide|len)$/.test(one.made.name) &&
      areSame(one.made.args.positional, other.made.args.positional, depth + 1)
    );
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (Array.isArray(one) && Array.isArray(other)) return areSame(one, other, depth + 1);
  if ('kind' in one && 'kind' in other && one.kind === 'other' && other.kind === 'other') {
    const [left, right] = [one.holds, other.holds];
    return (
      left?.kind === 'slice' &&
      right?.kind === 'slice' &&
      areSame([left.start, left.stop, left.step], [right.start, right.stop, right.step], depth + 1)
    );
  }
  return false;
}

function areSame(one: readonly Datum[], other: readonly Datum[], depth: number): boolean {
  return one.length === other.length && one.every((item, at) => isSame(item, other[at], depth));
}

/** `x = windows(text[:-1])`, `y = windows(text[:-1])`: what comes next begins one later. */
function* notShifted(program: Program): Generator<Found> {
  if (!/\[:\s*-1\]/.test(program.source)) return;
  const made = nodesOf(program, 'Assign').filter(
    ({ targets, value }) =>
      targets.length === 1 && targets[0]?.kind === 'Name' && /\[:\s*-1\]/.test(value.span.text),
  );
  for (const one of made) {
    const [target] = one.targets;
    if (
      !/^(y|ys|targets?|labels?|outputs?)(_\w+)?$|_(targets?|labels?|y|out|output)$/i.test(
        target?.span.text ?? '',
      )
    )
      continue;
    const same = made.find(
      (other) =>
        other !== one &&
        other.value.span.text === one.value.span.text &&
        /^(x|xs|inputs?|source)(_\w+)?$|_(inputs?|x|in)$/i.test(other.targets[0]?.span.text ?? '') &&
        functionsAround(program, other.span).at(-1) === functionsAround(program, one.span).at(-1),
    );
    if (same === undefined || !isWritten(one.value.span.text)) continue;
    yield {
      at: one.span,
      message: 'The targets are cut as the inputs are: each is to give back itself, and not what comes next.',
      evidence: [places(['the inputs', same.span])],
    };
  }
}

/** Whether the cut is of the rows, and not of columns beside targets that are taken by themselves. */
function isWritten(text: string): boolean {
  return !/\[\s*:\s*,/.test(text);
}
