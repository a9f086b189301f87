import { clashOf, exampleOf, inputTensorShape, isValue, mergeIn } from '@tensormark/frameworks';
import type { Datum, Merge, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { isOtherOrder, shown } from './shape-words.js';

const DOWN = `
from keras.layers import Input, Conv2D, MaxPooling2D, UpSampling2D, Conv2DTranspose, concatenate, add
from keras.models import Model
`;

/** Maps that are put side by side and are not as high and wide as each other. */
export const catMismatchInKeras: KerasPart = {
  why: 'concatenate wants all sizes but the one along which it joins to be the same; others are refused when the network is put together.',
  instead:
    'Begin with sides that halve as often as there are poolings (256 for four), or crop or pad the larger one.',
  wrong: [
    `${DOWN}
given = Input((250, 250, 1))
one = Conv2D(8, 3, padding='same', activation='relu')(given)
two = Conv2D(16, 3, padding='same', activation='relu')(MaxPooling2D(2)(one))
three = Conv2D(32, 3, padding='same', activation='relu')(MaxPooling2D(2)(two))
up = concatenate([UpSampling2D(2)(three), two])  # <--
model = Model(given, Conv2D(1, 1, activation='sigmoid')(up))
`,
  ],
  right: [
    `${DOWN}
given = Input((256, 256, 1))
kept = {}
x = given
for level in range(3):
    x = Conv2D(8 * 2 ** level, 3, padding='same', activation='relu')(x)
    kept[level] = x
    x = MaxPooling2D(2)(x)
for level in reversed(range(3)):
    x = Conv2DTranspose(8 * 2 ** level, 3, strides=2, padding='same', activation='relu')(x)
    x = concatenate([x, kept[level]], axis=3)
model = Model(given, Conv2D(1, 1, activation='sigmoid')(x))
`,
  ],
  run: (program) => clashes(program, 'joined'),
};

/** Maps that are added to others of other sizes. */
export const residualMismatchInKeras: KerasPart = {
  why: 'Layers that combine tensors element by element want the same sizes, or 1; others are refused when the network is put together.',
  wrong: [
    `${DOWN}
given = Input((32, 32, 16))
x = Conv2D(32, 3, padding='same', activation='relu')(given)
x = add([x, given])  # <--
model = Model(given, x)
`,
  ],
  right: [
    `${DOWN}
given = Input((32, 32, 16))
x = Conv2D(32, 3, strides=2, padding='same', activation='relu')(given)
x = add([x, Conv2D(32, 1, strides=2)(given)])
model = Model(given, x)
`,
  ],
  run: (program) => clashes(program, 'combined'),
};

function* clashes(program: Program, kind: Merge['kind']): Generator<Found> {
  if (isOtherOrder(program) || !/concat|add|average|multiply|maximum|subtract|merge/i.test(program.source))
    return;
  const calls = eventsOf(program, 'call');
  if (calls.some(({ result }) => beginsWithChannels(result))) return;
  const said = new Set<number>();
  for (const { result } of calls) {
    const merge = isValue(result) ? mergeIn(result) : undefined;
    const at = isValue(result) ? result.span : undefined;
    if (merge?.kind !== kind || at === undefined || said.has(at.start)) continue;
    const clash = clashOf(
      merge,
      merge.parts.map((part) => exampleOf(part)),
    );
    if (clash === undefined) continue;
    said.add(at.start);
    yield {
      at,
      message: `${merge.name} is given ${shown(clash[0])} and ${shown(clash[1])}, which do not go together.`,
      severity: 'error',
      evidence: [places(...merge.parts.map((part) => ['one of them', part.span] as const))],
    };
  }
}

/** Pictures with channels first, as the first back ends of Keras took them. */
function beginsWithChannels(datum: Datum | undefined): boolean {
  const shape = inputTensorShape(datum);
  const [channels = 9, height = 0] = shape ?? [];
  return shape?.length === 3 && channels <= 4 && height > 4;
}
