import { isCertain, isValue, kerasCall, kerasOf, ownClass } from '@tensormark/frameworks';
import type { Datum, KerasModel, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { applications, kerasCalls } from '../../ask/keras-calls.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { layersOf } from '../../ask/keras.js';
import { places, spanOf } from '../../ask/places.js';

const BEGINNING = `
from tensorflow.keras import backend as K
from tensorflow.keras.models import Sequential, load_model
from tensorflow.keras.layers import Dense
from data import x, y
def rmse(y_true, y_pred):
    return K.sqrt(K.mean(K.square(y_pred - y_true)))
model = Sequential([Dense(8, activation='relu', input_dim=4), Dense(1)])
model.compile(loss=rmse, optimizer='adam')
model.fit(x, y, epochs=50)
model.save('model.h5')
`;

export const ownObjectsMissing: Check = {
  id: 'own-objects-missing',
  title: 'A network loaded without the functions and classes of its own',
  severity: 'error',
  why: 'A file keeps of a loss, metric or layer of the program’s own no more than its name: load_model raises an error about a name that it does not know.',
  instead:
    'Name them: load_model(path, custom_objects={"rmse": rmse}), or load it with compile=False where it is only to predict.',
  needs:
    'load_model of the file that the program has saved a network in, which is compiled with a function of the program’s own.',
  wrong: [
    `${BEGINNING}
again = load_model('model.h5')  # <--
`,
    `
from tensorflow import keras
class Twice(keras.layers.Layer):
    def call(self, x):
        return 2 * x
given = keras.Input((4,))
model = keras.Model(given, keras.layers.Dense(1)(Twice()(given)))
model.save('twice.keras')
again = keras.models.load_model('twice.keras')  # <--
`,
    `${BEGINNING.replace('loss=rmse', "loss='mse', metrics=[rmse]")}
print(load_model('model.h5').predict(x))  # <--
`,
  ],
  right: [
    `${BEGINNING}
again = load_model('model.h5', custom_objects={'rmse': rmse})
other = load_model('model.h5', compile=False)
third = load_model('elsewhere.h5')
`,
  ],
  *run(program) {
    if (!program.source.includes('load_model')) return;
    if (
      /register_keras_serializable|get_custom_objects|custom_object_scope|CustomObjectScope/.test(
        program.source,
      )
    )
      return;
    for (const { name, args, moment } of kerasCalls(program)) {
      if (name !== 'load_model' || moment.span === undefined) continue;
      const { named, positional } = args;
      const path = positional[0] ?? named.get('filepath');
      const compile = named.get('compile') ?? positional[2] ?? true;
      if (positional.length > 1 || named.has('custom_objects') || typeof path !== 'string') continue;
      for (const model of kerasOf(program).models) {
        const own = savedIn(program, model, path, moment.at)
          ? (ownLayerIn(program, model) ?? ownIn(model, compile === true))
          : undefined;
        if (own === undefined) continue;
        yield {
          at: moment.span,
          message: `The network in this file has ${own.name} of the program's own, which is not named here.`,
          evidence: [places(['it is given it here', own.at])],
        };
        break;
      }
    }
  },
};

/** Whether a network is saved under that path before, by itself or by a checkpoint of its fit. */
function savedIn(program: Program, { value, fits }: KerasModel, path: string, before: number): boolean {
  const isSaved = callsNamed(program, 'save').some(
    ({ args, moment }) => args.positional[0] === value && args.positional[1] === path && moment.at < before,
  );
  return (
    isSaved ||
    fits.some(({ call }) => {
      const callbacks = call.args.named.get('callbacks');
      return (Array.isArray(callbacks) ? callbacks : [callbacks]).some((callback: Datum | undefined) => {
        const made = kerasCall(callback);
        return (
          made?.name === 'ModelCheckpoint' &&
          (made.args.positional[0] ?? made.args.named.get('filepath')) === path &&
          made.args.named.get('save_weights_only') !== true
        );
      });
    })
  );
}

interface Own {
  readonly name: string;
  readonly at: ReturnType<typeof spanOf>;
}

/** A layer of the program's own class, called on the way to what a network gives. */
function ownLayerIn(program: Program, { value }: KerasModel): Own | undefined {
  if (ownClass(value) !== undefined) return undefined;
  for (const { callee, result } of applications(program)) {
    const own = ownClass(callee);
    if (own !== undefined && comesOf(value, (one) => one === result))
      return { name: `the layer ${own}`, at: result.span };
  }
  return undefined;
}

/** A function or class of the program's own that a network is compiled with or made of. */
function ownIn({ compiles, network }: KerasModel, isCompiled: boolean): Own | undefined {
  for (const { network: within, layer, span } of network === undefined ? [] : layersOf(network)) {
    const own = layer === undefined && within === undefined ? undefined : ownClass(layer?.value);
    if (own !== undefined) return { name: `the layer ${own}`, at: span };
  }
  const compiled = compiles.at(-1);
  if (!isCompiled || compiled === undefined || !isCertain(compiled.moment)) return undefined;
  const metrics = compiled.call.args.named.get('metrics');
  const given = [compiled.lossGiven, ...(Array.isArray(metrics) ? metrics : [metrics])];
  const own = given.find((one: Datum | undefined) => isOwnFunction(one));
  if (own === undefined) return undefined;
  return { name: own === compiled.lossGiven ? 'a loss' : 'a metric', at: compiled.moment.span };
}

function isOwnFunction(datum: Datum | undefined): boolean {
  return (
    !isValue(datum) &&
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'function'
  );
}
