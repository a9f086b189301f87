import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const BEGINNING = `
from keras.models import load_model
from keras.preprocessing.image import ImageDataGenerator
from sklearn.metrics import confusion_matrix
model = load_model('pets.h5')
pictures = ImageDataGenerator(rescale=1 / 255)
`;

/** Predictions of pictures in an order of chance, beside their classes in the order of the folders. */
export const shuffledApartInKeras: KerasPart = {
  why: 'The generator gives the pictures in an order of chance, and its classes are in that of the folders: each prediction stands beside the class of another picture.',
  instead: 'Make the generator that is predicted from with shuffle=False.',
  wrong: [
    `${BEGINNING}
kept = pictures.flow_from_directory('test', class_mode='categorical')  # <--
chosen = model.predict(kept).argmax(axis=1)
print(confusion_matrix(kept.classes, chosen))
`,
    `${BEGINNING}
from keras.layers import Dense, Flatten
from keras.models import Sequential
from keras.utils import to_categorical
seen = pictures.flow_from_directory('train', class_mode=None, shuffle=True)  # <--
found = model.predict(seen)
top = Sequential([Flatten(input_shape=(7, 7, 512)), Dense(3, activation='softmax')])
top.compile(loss='categorical_crossentropy', optimizer='adam')
top.fit(found, to_categorical(seen.classes, 3), epochs=20)
`,
  ],
  right: [
    `${BEGINNING}
kept = pictures.flow_from_directory('test', class_mode='categorical', shuffle=False)
chosen = model.predict(kept).argmax(axis=1)
print(confusion_matrix(kept.classes, chosen))
`,
    `${BEGINNING}
kept = pictures.flow_from_directory('test', class_mode='categorical')
model.fit(kept, epochs=3)
print(kept.classes, model.evaluate(kept))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/\.classes\b/.test(program.source) || /\.shuffle\s*=/.test(program.source)) return;
    const calls = eventsOf(program, 'call');
    for (const predicted of calls) {
      if (!/^predict(_generator|_proba|_classes)?$/.test(predicted.name)) continue;
      const from = predicted.args.positional[1] ?? predicted.args.named.get('x');
      const { result } = predicted;
      if (!isValue(from) || !isValue(result) || from.span === undefined || !isShuffled(from)) continue;
      const beside = calls.find(({ args }) => {
        const given = [...args.positional, ...args.named.values()];
        return (
          given.some((datum) => isClassesOf(datum, from)) &&
          given.some((datum) => isValue(datum) && comesOf(datum, (value) => value === result))
        );
      });
      if (beside === undefined) continue;
      yield {
        at: from.span,
        message:
          'The pictures come in an order of chance, and what is predicted is compared with their classes in order.',
        evidence: [places(['predicted here', predicted.moment.span], ['compared here', beside.moment.span])],
      };
    }
  },
};

function isShuffled({ made }: Value): boolean {
  if (made.kind !== 'operation' || !/^flow_from_(directory|dataframe)$/.test(made.name)) return false;
  const shuffle = made.args.named.get('shuffle');
  return shuffle === undefined || shuffle === true;
}

/** What leaves the classes in their order: columns of them, an array of them. */
const IN_ORDER = /(^|\.)(to_categorical|one_hot|array|asarray|astype)$/;

function isClassesOf(datum: Datum | undefined, generator: Value): boolean {
  if (isValue(datum) && datum.made.kind === 'operation') {
    const call = foreignCall(datum);
    const [of] = call?.args.positional ?? datum.made.args.positional;
    return IN_ORDER.test(call?.name ?? datum.made.name) && isClassesOf(of, generator);
  }
  return (
    isValue(datum) &&
    datum.made.kind === 'attribute' &&
    /^(classes|labels)$/.test(datum.made.name) &&
    datum.inputs[0] === generator
  );
}
