import { kerasOf, turnsOf } from '@tensormark/frameworks';
import type { Fitted, KerasModel, Loop } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { holds, loopsOf } from '../../ask/tree.js';

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
for learned, kept in folds.split(x):
    model.fit(x[learned], y[learned], epochs=100, verbose=0)  # <--
    scores.append(model.evaluate(x[kept], y[kept], verbose=0))
print(np.mean(scores))
`,
  ],
  right: [
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
    if (!/Fold|ShuffleSplit/.test(program.source)) return;
    const loops = loopsOf(program).filter(
      (loop): loop is tree.For =>
        loop.kind === 'For' &&
        /\.split\(/.test(loop.iterable.span.text) &&
        !/\bbreak\b/.test(loop.span.text) &&
        !BEGINS_AGAIN.test(loop.span.text),
    );
    for (const loop of loops)
      for (const model of kerasOf(program).models) {
        const run = model.fits.map((fit) => loopRun(fit, loop.span.start)).find((one) => one !== undefined);
        if (run === undefined) continue;
        const within = model.fits.filter(({ moment }) => turnsOf(moment).some((turn) => turn.loop === run));
        const turns = new Set(
          within.map(({ moment }) => turnsOf(moment).find((turn) => turn.loop === run)?.index),
        );
        const [first] = within;
        const at = first?.moment.span;
        if (turns.size < 2 || at === undefined || !isMeasured(model, first, loop.span)) continue;
        yield {
          at,
          message: 'The same network learns from every fold, and is tested on what it learned in others.',
          evidence: [
            places(['the network is made here', model.network?.span], ['the folds', loop.iterable.span]),
          ],
        };
      }
  },
};

/** The run of the loop that begins at a place, which a network is fitted in. */
function loopRun({ moment }: Fitted, start: number): Loop | undefined {
  return turnsOf(moment).find(({ loop }) => loop.span.start === start)?.loop;
}

/** Whether a network's score is taken in the loop, by itself or as it learns. */
function isMeasured({ uses }: KerasModel, fit: Fitted | undefined, loop: Loop['span']): boolean {
  return (
    fit?.validation !== undefined ||
    uses.some(({ moment }) => moment.span !== undefined && holds(loop, moment.span))
  );
}
