import { kerasName, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, nodesOf } from '../../ask/tree.js';

export const callbackClass: Check = {
  id: 'callback-class',
  title: 'The class of a callback where one of its objects is taken',
  severity: 'error',
  why: 'fit calls the methods of objects: of a class that was never called there is no object, and the first call raises a TypeError.',
  instead: 'Call the class: callbacks=[EarlyStopping(monitor="val_loss")].',
  needs: 'fit with a list of callbacks, of which one is a class of Keras or derived from Callback.',
  wrong: [
    `
from keras.callbacks import EarlyStopping
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=50, validation_split=0.2, callbacks=[EarlyStopping])  # <--
`,
    `
import tensorflow as tf
from data import x, y
class Told(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(epoch, logs)
def train(model):
    model.fit(x, y, epochs=50, callbacks=[Told])  # <--
`,
  ],
  right: [
    `
from keras.callbacks import EarlyStopping, TensorBoard
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
from ours import Told
stop = EarlyStopping(patience=3)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=50, validation_split=0.2, callbacks=[stop, TensorBoard('logs'), Told])
`,
  ],
  *run(program) {
    if (!program.source.includes('callbacks')) return;
    const own = ownCallbacks(program);
    const said = new Set<number>();
    for (const { fits } of kerasOf(program).models)
      for (const { call, moment } of fits) {
        const given = call.args.named.get('callbacks');
        const name = Array.isArray(given)
          ? given.map(classNamed).find((one) => one !== undefined)
          : undefined;
        if (name === undefined || moment.span === undefined) continue;
        said.add(moment.span.start);
        yield {
          at: moment.span,
          message: messageOf(name),
          evidence: [places(['trained here', moment.span])],
        };
      }
    for (const { callee, keywords, span } of nodesOf(program, 'Call')) {
      const list = keywords.find(({ name }) => name === 'callbacks')?.value;
      if (callee.kind !== 'Attribute' || !callee.attribute.startsWith('fit') || said.has(span.start))
        continue;
      const name =
        list?.kind === 'List'
          ? list.items.flatMap((item) => (item.kind === 'Name' && own.has(item.id) ? [item.id] : []))[0]
          : undefined;
      if (name !== undefined) yield { at: span, message: messageOf(name), evidence: [] };
    }
  },
};

function messageOf(name: string): string {
  return `${name} is a class and was not called: fit takes an object of it.`;
}

function classNamed(datum: Datum): string | undefined {
  const named = kerasName(datum);
  return named?.group === 'callbacks' && /^[A-Z]/.test(named.name) ? named.name : undefined;
}

/** Classes of the program that derive from Keras's Callback, and that nothing else goes by the name of. */
function ownCallbacks(program: Program): ReadonlySet<string> {
  const names = classesOf(program)
    .filter(({ bases }) => bases.some(({ span }) => /(^|\.)Callback$/.test(span.text)))
    .map(({ name }) => name);
  return new Set(names.filter((name) => !new RegExp(String.raw`^\s*${name}\s*=`, 'm').test(program.source)));
}
