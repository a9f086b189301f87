import { eachNode, handedOn, isCertain, isValue, kerasOf, ownClass } from '@tensormark/frameworks';
import type { KerasModel, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { changedInFunctions } from './changed-in-function.js';
import type { Check } from '../../check.js';
import { callsOfUnknown } from '../../ask/events.js';
import { compiledFor } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const compileMissing: Check = {
  id: 'compile-missing',
  title: 'A network is trained that was never compiled',
  severity: 'error',
  why: 'Without compile there is no loss and no optimiser: fit raises an error.',
  instead: 'Call model.compile(optimizer=…, loss=…) before fit.',
  needs: 'A network that the program makes itself, on which fit is called.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.fit(x, y, epochs=50)  # <--
`,
  ],
  right: [
    `
import keras
from keras import layers
from team import prepare, x, y
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(3)
    def call(self, inputs):
        return self.out(inputs)
model = Own()
prepare(model)
model.fit(x, y, epochs=20)
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y, prepared
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
prepared(model)
model.fit(x, y, epochs=50)
`,
  ],
  *run(program) {
    if (program.cutShort) return;
    for (const model of kerasOf(program).models) {
      const [fit] = model.fits;
      const at = fit?.moment.span;
      if (fit === undefined || at === undefined || model.network === undefined || model.compiles.length > 0)
        continue;
      if (isHandedOver(program, model)) continue;
      yield {
        at,
        message: 'The network is trained here, and nothing compiles it.',
        evidence: [places(['the network', model.network.span])],
      };
    }
  },
};

/** Whether something unknown was given the network, and may have compiled it. */
function isHandedOver(program: Program, { value, network }: KerasModel): boolean {
  const own = ownClass(value);
  return callsOfUnknown(program).some((call) =>
    [...call.args.positional.slice(1), ...call.args.named.values()].some((given) => {
      if (isValue(given)) return given === value && network !== undefined;
      // Objects of the program's own classes are told apart by their class alone.
      return (
        own !== undefined &&
        typeof given === 'object' &&
        given !== null &&
        'kind' in given &&
        given.kind === 'other' &&
        given.type === own &&
        handedOn(call).includes(given)
      );
    }),
  );
}

export const compiledWithoutLoss: Check = {
  id: 'compiled-without-loss',
  title: 'A network is trained with no loss',
  severity: 'error',
  why: 'compile was given no loss, so that fit has nothing to make smaller: Keras raises an error.',
  instead: 'Give compile a loss that goes with the last layer and the targets.',
  needs:
    'compile with every argument written out and no loss among them, of a network of Keras’s own layers, and fit with targets.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(optimizer='adam', metrics=['mae'])  # <--
model.fit(x, y, epochs=50)
`,
  ],
  right: [
    `
from keras.models import Model
from keras.layers import Dense, Input
from data import x, y, distance
given = Input((4,))
out = Dense(4)(Dense(8, activation='relu')(given))
model = Model(given, out)
model.add_loss(distance(given, out))
model.compile(optimizer='adam')
model.fit(x, epochs=50)
`,
    `
import tensorflow as tf
class Own(tf.keras.Sequential):
    def train_step(self, data):
        return {}
from data import x, y
model = Own([tf.keras.layers.Dense(8, input_dim=4), tf.keras.layers.Dense(1)])
model.compile(optimizer='adam')
model.fit(x, y, epochs=50)
`,
  ],
  *run(program) {
    if (program.cutShort || /add_loss|train_step|compute_loss|_loss_tracker/.test(program.source)) return;
    for (const model of kerasOf(program).models) {
      const { network, fits } = model;
      if (network === undefined || ownClass(model.value) !== undefined) continue;
      for (const { y, moment } of fits) {
        const compiled = compiledFor(model, moment.at);
        const at = compiled?.moment.span;
        if (compiled === undefined || at === undefined || y === undefined || y === null) continue;
        const { named, positional } = compiled.call.args;
        if (compiled.call.name !== 'compile' || positional.length > 2 || at.text.includes('*')) continue;
        if ((named.get('loss') ?? null) !== null || !isCertain(moment) || !isCertain(compiled.moment))
          continue;
        yield {
          at,
          message: 'compile is given no loss, and the network is trained with it.',
          evidence: [places(['trained here', moment.span])],
        };
        break;
      }
    }
  },
};

export const compileBeforeChange: Check = {
  id: 'compile-before-change',
  title: 'Compiled before the network was changed',
  severity: 'warning',
  why: 'Which weights are trained is settled when compile is called: what is frozen, thawed or added after it is not taken into account.',
  instead: 'Call compile again after the change.',
  needs: 'A change of trainable or of the layers between the last compile and fit.',
  wrong: [
    `
from keras.applications import VGG16
from keras.layers import Dense, Flatten
from keras.models import Model

def learn(x, y):
    base = VGG16(include_top=False, input_shape=(64, 64, 3))
    model = Model(base.input, Dense(1, activation='sigmoid')(Flatten()(base.output)))
    model.compile(loss='binary_crossentropy', optimizer='adam')
    for layer in base.layers:
        layer.trainable = False  # <--
    return model.fit(x, y, epochs=5)
`,
    `
from keras.applications import VGG16
from keras.layers import Dense, Flatten
from keras.models import Sequential
from data import x, y
base = VGG16(include_top=False, input_shape=(64, 64, 3))
model = Sequential([base, Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
base.trainable = False  # <--
model.fit(x, y, epochs=5)
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.compile(loss='mse', optimizer='adam')
model.add(Dense(1))  # <--
model.fit(x, y, epochs=50)
`,
  ],
  right: [
    `
from keras.applications import VGG16
from keras.layers import Dense, Flatten
from keras.models import Model

def learn(x, y):
    base = VGG16(include_top=False, input_shape=(64, 64, 3))
    model = Model(base.input, Dense(1, activation='sigmoid')(Flatten()(base.output)))
    model.compile(loss='binary_crossentropy', optimizer='adam')
    model.fit(x, y, epochs=5)
    for layer in base.layers[-4:]:
        layer.trainable = True
    model.compile(loss='binary_crossentropy', optimizer='adam')
    return model.fit(x, y, epochs=5)
`,
    `
from keras.applications import VGG16
from keras.layers import Dense, Flatten
from keras.models import Sequential
from data import x, y
base = VGG16(include_top=False, input_shape=(64, 64, 3))
base.trainable = False
model = Sequential([base, Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program) {
    const { models } = kerasOf(program);
    for (const model of models) {
      for (const { added } of model.network?.steps ?? []) {
        const compiled = added && compiledFor(model, added.moment.at);
        const fit = added && model.fits.find(({ moment }) => moment.at > added.moment.at);
        const at = added?.moment.span;
        if (added === undefined || compiled === undefined || fit === undefined || at === undefined) continue;
        if (!isCertain(added.moment) || compiledFor(model, fit.moment.at) !== compiled) continue;
        yield {
          at,
          message: 'A layer is added after the network was compiled.',
          evidence: [places(['compiled here', compiled.moment.span], ['trained here', fit.moment.span])],
        };
        break;
      }
    }
    const compiles = models.flatMap((model) => model.compiles);
    const fits = models.flatMap((model) => model.fits.map((fit) => ({ fit, model })));
    yield* changedInFunctions(program);
    for (const { span, at } of thawed(program)) {
      const next = fits.find(
        ({ fit }) =>
          fit.moment.turn === undefined &&
          isAtTop(fit.moment.activation) &&
          (fit.moment.span?.line ?? 0) > span.line,
      );
      const compiled = next && compiledFor(next.model, next.fit.moment.at);
      if (next !== undefined && isHandedOver(program, next.model)) continue;
      const line = compiled?.moment.span?.line;
      if (
        next === undefined ||
        compiled === undefined ||
        line === undefined ||
        line >= span.line ||
        !isAtTop(compiled.moment.activation)
      )
        continue;
      const between = compiles.some(
        ({ moment }) => (moment.span?.line ?? 0) > span.line && moment.at < next.fit.moment.at,
      );
      if (between || compiles.some(({ moment }) => !isAtTop(moment.activation))) continue;
      yield {
        at,
        message: 'Which layers are trained is changed after the network was compiled, and has no effect.',
        evidence: [places(['compiled here', compiled.moment.span], ['trained here', next.fit.moment.span])],
      };
    }
  },
};

function isAtTop(activation: unknown): boolean {
  return activation === undefined;
}

/** Where the program itself, in no function, sets `trainable`. */
function thawed(program: Program): { readonly span: Span; readonly at: Span }[] {
  const found: { span: Span; at: Span }[] = [];
  for (const statement of program.body) {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    const inside: tree.Statement[] = [];
    let trains = false;
    eachNode([statement], (node) => {
      if (
        node.kind === 'Assign' &&
        node.targets.some((target) => target.kind === 'Attribute' && target.attribute === 'trainable')
      )
        inside.push(node);
      if (node.kind === 'Attribute' && /^(fit|fit_generator|train_on_batch|compile)$/.test(node.attribute))
        trains = true;
    });
    if (!trains) for (const { span } of inside) found.push({ span: statement.span, at: span });
  }
  return found;
}
