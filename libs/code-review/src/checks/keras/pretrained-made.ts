import { kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { hasLearned, isFrozen, takenIn } from '../../ask/pretrained.js';
import type { Taken } from '../../ask/pretrained.js';
import type { KerasPart } from './in-keras.js';

const BEGINNING = `
from tensorflow.keras.applications import VGG16, ResNet50
from tensorflow.keras.layers import Dense, Flatten, GlobalAveragePooling2D
from tensorflow.keras.models import Model, Sequential
from data import x, y
`;

/** The side of the pictures that the learned top was made for. */
const SIDES: readonly (readonly [names: RegExp, side: number])[] = [
  [/^(VGG(16|19)|ResNet(50|101|152)(V2)?|DenseNet(121|169|201)|EfficientNetB0)$/, 224],
  [/^(InceptionV3|Xception|InceptionResNetV2)$/, 299],
];

export const pretrainedTop: Check = {
  id: 'pretrained-top',
  title: 'A pretrained network that cannot be made so',
  severity: 'error',
  why: 'The last layers of a network were learned for pictures of one size and for 1000 classes: with them (include_top=True, as it is unless said otherwise) Keras refuses any other.',
  instead: 'Give include_top=False and put layers of your own on top.',
  needs:
    'A network of keras.applications with its learned weights and its top, and a size or number of classes.',
  wrong: [
    `${BEGINNING}
base = VGG16(weights='imagenet', input_shape=(150, 150, 3))  # <--
model = Sequential([base, Dense(5, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
    `${BEGINNING}
model = ResNet50(weights='imagenet', classes=10)  # <--
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
  ],
  right: [
    `${BEGINNING}
base = VGG16(weights='imagenet', include_top=False, input_shape=(150, 150, 3))
base.trainable = False
model = Sequential([base, Flatten(), Dense(5, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=5)
whole = ResNet50(weights=None, classes=10, input_shape=(150, 150, 3))
whole.compile(optimizer='adam', loss='categorical_crossentropy')
whole.fit(x, y, epochs=5)
print(VGG16(input_shape=(224, 224, 3)).predict(x))
`,
  ],
  *run(program) {
    for (const taken of takenIn(program)) {
      const at = taken.value.span;
      if (at === undefined || !hasLearned(taken) || !hasTop(taken)) continue;
      const side = SIDES.find(([names]) => names.test(taken.name))?.[1];
      const shape = taken.args.named.get('input_shape') ?? taken.args.positional[3];
      const sides = Array.isArray(shape) ? shape.slice(0, 2) : [];
      const classes = taken.args.named.get('classes') ?? taken.args.positional[5];
      const isOther =
        side !== undefined &&
        sides.length === 2 &&
        sides.every((one: Datum) => typeof one === 'bigint') &&
        sides.some((one: Datum) => one !== BigInt(side));
      const isForOthers = typeof classes === 'bigint' && classes !== 1000n;
      if (!isOther && !isForOthers) continue;
      yield {
        at,
        message: isOther
          ? `With its top, ${taken.name} takes pictures of ${side} × ${side} and no others.`
          : `With its top, ${taken.name} gives 1000 classes, and is asked for ${String(classes)}.`,
        evidence: [places(['the network', at])],
      };
    }
  },
};

function hasTop({ args }: Taken): boolean {
  const top = args.named.has('include_top') ? args.named.get('include_top') : args.positional[0];
  return top === undefined || top === true;
}

export const frozenRandomInKeras: KerasPart = {
  why: 'weights=None makes the network with weights drawn at random, and what is frozen keeps them: the layers on top learn from features that mean nothing.',
  instead: "Take weights='imagenet', or let the network learn.",
  wrong: [
    `${BEGINNING}
base = VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))  # <--
base.trainable = False
model = Sequential([base, Flatten(), Dense(5, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
  ],
  right: [
    `${BEGINNING}
base = VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
base.load_weights('vgg16_notop.h5')
for layer in base.layers:
    layer.trainable = False
model = Sequential([base, Flatten(), Dense(5, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program) {
    if (/load_weights|set_weights|load_model|\.restore\(/.test(program.source)) return;
    for (const taken of takenIn(program)) {
      const at = taken.value.span;
      const { named, positional } = taken.args;
      const weights = named.has('weights') ? named.get('weights') : positional[1];
      if (weights !== null || at === undefined || !isFrozen(program, taken)) continue;
      // Thawed again, it may learn later.
      if (/\.trainable\s*=\s*True/.test(program.source)) continue;
      const fit = kerasOf(program).models.flatMap(({ fits }) => fits)[0];
      if (fit === undefined) continue;
      yield {
        at,
        message: `${taken.name} is made with weights drawn at random, and frozen so.`,
        evidence: [places(['learned from here', fit.moment.span])],
      };
    }
  },
};
