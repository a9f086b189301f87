import { kerasOf } from '@tensormark/frameworks';
import type { KerasLayer, KerasNetwork, Step } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

const BEGINNING = `
from keras.applications import VGG16
from keras.layers import Conv1D, Conv2D, Dense, Flatten, GlobalAveragePooling2D, Input, MaxPooling1D
from keras.models import Model, Sequential
`;

export const flattenOpen: Check = {
  id: 'flatten-open',
  title: 'Flatten of maps or sequences whose size is left open',
  severity: 'error',
  why: 'A Dense layer has a weight for each number that it is given: of pictures or sequences of any size Flatten gives a row of any length, and Keras refuses it.',
  instead:
    'Say the size (input_shape), or pool over all of it in place of Flatten: GlobalAveragePooling2D, GlobalMaxPooling1D.',
  needs: 'Flatten and then Dense, in a network that begins with None, or with no size at all.',
  wrong: [
    `${BEGINNING}
model = Sequential()
model.add(Conv1D(8, 3, activation='relu', input_shape=(None, 4)))
model.add(MaxPooling1D(2))
model.add(Flatten())  # <--
model.add(Dense(3, activation='softmax'))
`,
    `${BEGINNING}
base = VGG16(include_top=False)
code = Flatten()(base.output)  # <--
model = Model(base.input, Dense(3, activation='softmax')(code))
`,
    `${BEGINNING}
given = Input((None, None, 3))
code = Flatten()(Conv2D(8, 3, activation='relu')(given))  # <--
model = Model(given, Dense(3, activation='softmax')(code))
`,
  ],
  right: [
    `${BEGINNING}
base = VGG16(include_top=False)
code = GlobalAveragePooling2D()(base.output)
model = Model(base.input, Dense(3, activation='softmax')(code))
other = VGG16(include_top=False, input_shape=(64, 64, 3))
model = Model(other.input, Dense(3, activation='softmax')(Flatten()(other.output)))
given = Input((None, None, 3))
maps = Model(given, Conv2D(1, 1, activation='sigmoid')(Conv2D(8, 3, activation='relu')(given)))
`,
  ],
  *run(program) {
    if (!program.source.includes('Flatten')) return;
    const said = new Set<number>();
    for (const { network } of kerasOf(program).models) {
      if (network === undefined) continue;
      const steps = layersOf(network);
      const at = steps.findIndex(({ layer }) => layer?.type === 'Flatten');
      const flat = steps[at]?.layer?.span;
      const isTaken = steps.slice(at + 1).find(({ layer }) => !PASSES.test(layer?.type ?? ''));
      if (at < 1 || flat === undefined || isTaken?.layer?.type !== 'Dense' || said.has(flat.start)) continue;
      const before = steps.slice(0, at);
      if (!isOpen(network, before[0]) || !before.slice(1).every(({ layer }) => layer && keepsOpen(layer)))
        continue;
      said.add(flat.start);
      yield {
        at: flat,
        message: 'The size of what is flattened here is left open, and the Dense after it needs to know it.',
        evidence: [places(['the network begins here', network.inputSpan ?? before[0]?.span])],
      };
    }
  },
};

const PASSES = /^(Dropout|Activation|LeakyReLU|ReLU)$/;

const KEEPS =
  /^((Separable|Depthwise)?Conv[123]D|(Max|Average)Pooling[123]D|MaxPool[123]D|AveragePool[123]D|(Spatial)?Dropout([123]D)?|Activation|LeakyReLU|ReLU|BatchNormalization|ZeroPadding[123]D|UpSampling[123]D|Masking)$/;

function keepsOpen({ type, args }: KerasLayer): boolean {
  return (
    KEEPS.test(type) || (/^(LSTM|GRU|SimpleRNN)$/.test(type) && args.named.get('return_sequences') === true)
  );
}

/** Whether a network begins with a size that is written as None, or with none where there has to be one. */
function isOpen({ inputSpan }: KerasNetwork, first: Step | undefined): boolean {
  if (inputSpan !== undefined && /\bNone\b/.test(inputSpan.text) && first?.layer !== undefined)
    return keepsOpen(first.layer);
  const layer = first?.layer;
  if (layer === undefined)
    return (
      OPEN.test(first?.span?.text ?? '') &&
      !/input_shape|input_tensor|pooling|\*\*/.test(first?.span?.text ?? '')
    );
  const { named } = layer.args;
  const shape = named.get('input_shape');
  if (!keepsOpen(layer)) return false;
  if (Array.isArray(shape)) return shape.includes(null);
  return (
    shape === undefined &&
    typeof named.get('input_dim') === 'bigint' &&
    !named.has('input_length') &&
    !named.has('batch_input_shape')
  );
}

/** `VGG16(include_top=False)` */
const OPEN =
  /^([\w.]+\.)?(VGG1[69]|ResNet\w*|MobileNet\w*|DenseNet\w*|Inception\w*|Xception|EfficientNet\w*|NASNet\w*)\([^()]*include_top\s*=\s*False/;
