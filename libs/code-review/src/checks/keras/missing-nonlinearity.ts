import { activationIn, isActivation, isLinear, kerasOf, unitsOf } from '@tensormark/frameworks';
import type { KerasLayer, KerasNetwork, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { hiddenIn, hiddenInAll, layersOf, towards } from '../../ask/keras.js';
import type { Hidden } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { Fix } from '../../finding.js';
import type { KerasPart } from './in-keras.js';

/** Two layers with weights and nothing between them that is not linear. */
export const missingNonlinearityInKeras: KerasPart = {
  instead: "Give the hidden layer an activation, such as activation='relu'.",
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8))  # <--
model.add(Dense(32, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
`,
    `
from tensorflow import keras
model = keras.Sequential([
    keras.layers.Conv2D(32, 3, input_shape=(28, 28, 1)),  # <--
    keras.layers.Dropout(0.2),
    keras.layers.Flatten(),
    keras.layers.Dense(10, activation='softmax'),
])
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, LeakyReLU, BatchNormalization
model = Sequential()
model.add(Dense(64, input_dim=8))
model.add(BatchNormalization())
model.add(LeakyReLU())
model.add(Dense(1, activation='sigmoid'))
`,
    `
from keras import Input, Model, Sequential
from keras.layers import Dense
painter = Sequential([Dense(64, activation='relu', input_dim=100), Dense(784, activation='tanh')])
painter.trainable = False
start = Input((100,))
picture = painter(Dense(100)(start))
nearest = Model(start, [picture, Dense(3)(picture)])
`,
    `
from keras.models import Sequential
from keras.layers import Dense
autoencoder = Sequential([
    Dense(64, activation='relu', input_dim=784),
    Dense(2),
    Dense(64, activation='relu'),
    Dense(784, activation='sigmoid'),
])
`,
    `
from keras import Input, Model
from keras.layers import Conv2D, Dense, Flatten, LeakyReLU
x = inputs = Input((32, 32, 3))
for filters in (32, 64):
    x = LeakyReLU(0.2)(x)
    x = Conv2D(filters, 5, strides=2, padding='same')(x)
judge = Model(inputs, Dense(1, activation='sigmoid')(Flatten()(x)))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { network } of kerasOf(program).models) {
      if (network === undefined) continue;
      const layers = layersOf(network);
      const inline = new Set(
        towards(network).flatMap((one) => hiddenIn(one).map(({ layer }) => layer.value)),
      );
      for (const hidden of hiddenInAll(network)) {
        const { layer, activation, at, next, between } = hidden;
        const isOfBranch = !inline.has(layer.value);
        if (activation !== 'linear' || at === undefined || !isLinear(layer) || !isLinear(next)) continue;
        // A network that is used as it is may not learn any more, and what is put before it is all that does.
        if (innermost(network, layer) !== innermost(network, next)) continue;
        // Where activations come before the convolutions, the last of these has none behind it.
        if (next.type === 'Dense' && hasActivationFirst(innermost(network, layer))) continue;
        if (
          isCode(
            hidden,
            layers.map((step) => step.layer),
          ) ||
          between.some(({ type }) => /^(Lambda|Reshape)$/.test(type))
        )
          continue;
        const isPooled = between.some(({ type }) => /Max/.test(type));
        const isAverage = between.some(({ type }) => /Average/.test(type));
        const isSeparable =
          layer.type === 'DepthwiseConv2D' ||
          next.type === 'DepthwiseConv2D' ||
          layer.type === 'Conv2DTranspose';
        if (isSeparable) continue;
        const fix = activated(at.text, layer.args.named.has('activation'), hidden);
        yield {
          at,
          message: `Nothing that is not linear comes between this ${layer.type} and the next ${next.type}: the two amount to one.`,
          evidence: [places(['the next one', next.span])],
          // Of a head of several layers that is linear much is published, and learns: it is only no more than one layer is.
          ...((isOfBranch || (layer.type === 'Dense' && isBentElsewhere(layers))) && {
            severity: 'design' as const,
          }),
          ...((isPooled || isAverage) && {
            severity: 'design' as const,
            message: `Only pooling comes between this ${layer.type} and the next ${next.type}; it has no activation.`,
          }),
          ...(fix && { fix }),
        };
      }
    }
  },
};

/** Whether anything in the network but its last layer is not linear. */
function isBentElsewhere(layers: ReturnType<typeof layersOf>): boolean {
  return layers.slice(0, -1).some(({ layer }) => {
    const activation = layer === undefined ? undefined : activationIn(layer);
    return activation !== undefined && activation !== 'linear';
  });
}

/** The network that a layer is in itself: where networks are put after one another, one of them. */
function innermost(network: KerasNetwork, layer: KerasLayer): KerasNetwork {
  const within = [...towards(network), ...(network.paths ?? [])]
    .flatMap(({ steps }) => steps)
    .find(
      (step) =>
        step.network !== undefined && layersOf(step.network).some((one) => one.layer?.value === layer.value),
    )?.network;
  return within === undefined ? network : innermost(within, layer);
}

function hasActivationFirst(network: KerasNetwork): boolean {
  const first = layersOf(network).find(
    ({ layer }) => layer !== undefined && (isActivation(layer) || isLinear(layer)),
  );
  return first?.layer !== undefined && isActivation(first.layer);
}

/** The narrow layer in the middle of an autoencoder is often left linear. */
function isCode({ layer, next }: Hidden, layers: readonly ({ type: string } | undefined)[]): boolean {
  if (layer.type !== 'Dense') return false;
  const dense = layers.filter((one): one is Hidden['layer'] => one?.type === 'Dense' && 'args' in one);
  const at = dense.indexOf(layer);
  const before = dense[at - 1];
  const [mine, wide, after] = [unitsOf(layer), before && unitsOf(before), unitsOf(next)];
  return (
    mine !== undefined &&
    wide !== undefined &&
    after !== undefined &&
    mine < wide &&
    mine < after &&
    activationIn(layer) === 'linear'
  );
}

/** `activation='relu'` as the last argument of a layer that is written on its own. */
function activated(text: string, isGiven: boolean, { layer, at }: Hidden): Fix | undefined {
  if (isGiven || at === undefined || !text.endsWith(')') || !text.includes(layer.type)) return undefined;
  const end = at.end - 1;
  const { line, column, endLine, endColumn } = at.source.place(end, end);
  return {
    what: 'an activation is added',
    line,
    column,
    endLine,
    endColumn,
    text: `${text.at(-2) === '(' ? '' : ', '}activation='relu'`,
  };
}
