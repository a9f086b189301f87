import { foreignCall, isInside, kerasOf, turnIn, turnsOf } from '@tensormark/frameworks';
import type { Fitted, KerasModel, Loop, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { callsMatching } from '../../ask/events.js';
import { graphCall } from '../../ask/graphs.js';
import { graphRuns, trainingSteps } from '../../ask/graph-runs.js';
import type { GraphRun } from '../../ask/graph-runs.js';
import { INITIALISERS, trains } from './graph-training.js';
import { places } from '../../ask/places.js';
import { areApart, rowsTaken } from '../../ask/folds.js';
import type { RowsTaken } from '../../ask/folds.js';
import { loopsOf } from '../../ask/tree.js';

const BEGINNING = `
import numpy as np
from sklearn.model_selection import KFold
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
def build():
    model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(1)])
    model.compile(loss='mae', optimizer='adam')
    return model
folds = KFold(n_splits=5, shuffle=True)
scores = []
`;

/** What gives a network its first weights again. */
const BEGINS_AGAIN =
  /set_weights|load_weights|clone_model|load_model|from_config|model_from_json|reset|global_variables_initializer|reinit/;

export const foldsOneModel: Check = {
  id: 'folds-one-model',
  title: 'One network for all folds of a cross-validation',
  severity: 'warning',
  why: 'The network goes on with what it learned in the folds before, and each fold is tested on examples that it has learned from already: the score rises from fold to fold and means nothing.',
  instead: 'Make and compile the network inside the loop, anew for every fold.',
  needs:
    'A loop over the folds that scikit-learn makes, which fits and measures the same network in every turn.',
  wrong: [
    `${BEGINNING}
model = build()
size = len(x) // 5
for number in range(5):
    kept, of_kept = x[number * size:(number + 1) * size], y[number * size:(number + 1) * size]
    learned = np.concatenate([x[:number * size], x[(number + 1) * size:]])
    of_learned = np.concatenate([y[:number * size], y[(number + 1) * size:]])
    model.fit(learned, of_learned, epochs=100, verbose=0)  # <--
    scores.append(model.evaluate(kept, of_kept, verbose=0))
`,
    `
import numpy as np
import tensorflow as tf
from sklearn.model_selection import KFold
from data import inputs, targets
x, y = tf.placeholder(tf.float32, [None, 8]), tf.placeholder(tf.float32, [None, 1])
loss = tf.reduce_mean(tf.abs(tf.layers.dense(tf.layers.dense(x, 16, tf.nn.relu), 1) - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for learned, kept in KFold(5).split(inputs):
        for step in range(1000):
            rows = learned[step % 10::10]
            sess.run(train, feed_dict={x: inputs[rows], y: targets[rows]})  # <--
        print(sess.run(loss, feed_dict={x: inputs[kept], y: targets[kept]}))
`,
    `${BEGINNING}
model = build()
for learned, kept in folds.split(x):
    model.fit(x[learned], y[learned], epochs=100, verbose=0)  # <--
    scores.append(model.evaluate(x[kept], y[kept], verbose=0))
print(np.mean(scores))
`,
  ],
  right: [
    `${BEGINNING}
numbers = np.arange(len(x)) % 5
for number in range(5):
    model = build()
    model.fit(x[numbers != number], y[numbers != number], epochs=100, verbose=0)
    scores.append(model.evaluate(x[numbers == number], y[numbers == number], verbose=0))
`,
    `${BEGINNING}
for learned, kept in folds.split(x):
    model = build()
    model.fit(x[learned], y[learned], epochs=100, verbose=0)
    scores.append(model.evaluate(x[kept], y[kept], verbose=0))
print(np.mean(scores))
`,
    `${BEGINNING}
model = build()
first = model.get_weights()
for learned, kept in folds.split(x):
    model.set_weights(first)
    model.fit(x[learned], y[learned], epochs=100, verbose=0)
    scores.append(model.evaluate(x[kept], y[kept], verbose=0))
print(np.mean(scores))
`,
    `${BEGINNING}
model = build()
for learned, kept in folds.split(x):
    for epoch in range(3):
        model.fit(x[learned], y[learned], epochs=1)
    break
print(model.evaluate(x[kept], y[kept]))
`,
  ],
  *run(program) {
    if (!/fit|train_on_batch|Session/.test(program.source)) return;
    yield* inGraphs(program);
    for (const model of kerasOf(program).models) {
      const said = new Set<number>();
      for (const fit of model.fits) {
        const loop = foldsAround(program, model, fit);
        const at = fit.moment.span;
        if (loop === undefined || at === undefined || said.has(loop.span.start)) continue;
        said.add(loop.span.start);
        yield {
          at,
          message: 'The same network learns from every fold, and is tested on what it learned in others.',
          evidence: [
            places(['the network is made here', model.network?.span], ['the folds', headOf(program, loop)]),
          ],
        };
      }
    }
  },
};

/** A graph whose variables start once, before the loop over folds that teaches and measures it in every turn. */
function* inGraphs(program: Program): Generator<Found> {
  if (!/Fold|ShuffleSplit/.test(program.source)) return;
  const steps = trainingSteps(program).map(({ result }) => result);
  const runs = graphRuns(program);
  const said = new Set<number>();
  for (const run of runs) {
    const at = run.call.moment.span;
    const fold = foldFed(run);
    if (at === undefined || fold === undefined || !trains(run, steps)) continue;
    const loop = turnsOf(run.call.moment).find(({ loop: around }) =>
      runs.some(
        (other) =>
          other.call.moment.span === at && isInside(other.call.moment, around) && foldFed(other) !== fold,
      ),
    )?.loop;
    if (loop === undefined || said.has(loop.span.start) || startsInside(program, loop)) continue;
    const measured = runs.find(
      (other) => !trains(other, steps) && isInside(other.call.moment, loop) && foldFed(other) === fold,
    );
    if (measured === undefined) continue;
    said.add(loop.span.start);
    yield {
      at,
      message:
        'The variables start once, before all folds: each fold is tested on what was learned in others.',
      evidence: [places(['the folds', headOf(program, loop)], ['tested here', measured.call.moment.span])],
    };
  }
}

/** Whether variables may be given their first values again in a loop. */
function startsInside(program: Program, loop: Loop): boolean {
  return (
    /\bbreak\b|\binit|initiali[sz]er|reset/.test(loop.span.text) ||
    callsMatching(program, /initiali[sz]e|Session$|^(restore|reset|load)|assign/).some(({ moment }) =>
      isInside(moment, loop),
    ) ||
    graphRuns(program).some(
      ({ call, fetched }) =>
        isInside(call.moment, loop) && fetched.some((one) => INITIALISERS.test(graphCall(one)?.name ?? '')),
    )
  );
}

/** The fold that what a run is fed is of. */
function foldFed({ fed }: GraphRun): Value | undefined {
  for (const [, value] of fed ?? []) {
    const taken = rowsTaken(value);
    if (taken?.kind === 'fold') return taken.fold;
  }
  return undefined;
}

/** The loop over folds that a fit stands in, where the network is measured in the same turns. */
function foldsAround(program: Program, model: KerasModel, fit: Fitted): Loop | undefined {
  return turnsOf(fit.moment).find(({ loop, index }) => {
    if (beginsAgain(program, loop)) return false;
    const others = model.fits.filter(
      (one) => one.moment.span === fit.moment.span && (turnIn(one.moment, loop) ?? index) !== index,
    );
    return (
      others.some((other) => isTestedApart(model, fit, loop, other)) ||
      (others.length > 0 && isOverFolds(program, loop) && isMeasured(model, fit, loop))
    );
  })?.loop;
}

/** Whether a loop is written to go over the folds that scikit-learn makes. */
function isOverFolds(program: Program, loop: Loop): boolean {
  return /Fold|ShuffleSplit/.test(program.source) && /\.split\(/.test(headOf(program, loop)?.text ?? '');
}

/** Whether a network's score is taken in the loop, by itself or as it learns. */
function isMeasured({ uses }: KerasModel, fit: Fitted, loop: Loop): boolean {
  return fit.validation !== undefined || uses.some(({ moment }) => isInside(moment, loop));
}

/** Whether what is left out of one turn's learning is tested in that turn, and the other turn learns from other rows. */
function isTestedApart(model: KerasModel, fit: Fitted, loop: Loop, other: Fitted): boolean {
  const learned = rowsTaken(fit.x);
  if (learned === undefined || !areOthers(learned, rowsTaken(other.x))) return false;
  // What is learned of one class alone, and tried on all others, is no fold.
  if (learned.kind === 'numbered' && learned.isEqual) return false;
  const tested = [
    ...model.uses.filter(({ moment }) => turnIn(moment, loop) === turnIn(fit.moment, loop)).map(({ x }) => x),
    ...(fit.validation === undefined ? [] : [fit.validation.x]),
  ];
  return tested.some((x) => areApart(learned, rowsTaken(x)));
}

/** Whether two turns take different rows, as far as can be told. */
function areOthers(one: RowsTaken, other: RowsTaken | undefined): boolean {
  if (one.kind === 'fold') return other?.kind === 'fold' && one.fold !== other.fold;
  if (one.kind === 'split')
    return other?.kind === 'split' && one.by !== other.by && !isSameDraw(one.by, other.by);
  return other?.kind === one.kind;
}

/** Whether two splits are one, as a fixed state of chance makes them. */
function isSameDraw(one: Value, other: Value): boolean {
  const [state, second] = [one, other].map((split) => foreignCall(split)?.args.named.get('random_state'));
  return typeof state === 'bigint' && state === second;
}

/** Whether a loop ends in its first turn, or gives what is learned its first values again. */
function beginsAgain(program: Program, { span }: Loop): boolean {
  return /\bbreak\b/.test(span.text) || BEGINS_AGAIN.test(span.text);
}

/** The iterable of a loop as it is written. */
function headOf(program: Program, { span }: Loop): Span | undefined {
  const loop = loopsOf(program).find((one) => one.span.start === span.start);
  return loop?.kind === 'For' ? loop.iterable.span : undefined;
}
