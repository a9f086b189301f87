import { clashOf, exampleOf, inputTensorShape, isValue, mergeIn } from '@tensormark/frameworks';
import type { Datum, Merge, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { isOtherOrder, shown } from './shape-words.js';
import { oncePerProgram } from '../../ask/once.js';

const MERGES = /concat|\badd\(\[|Add\(|average|multiply|maximum|minimum|subtract|merge/i;

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
    `${DOWN}
from keras.layers import merge
given = Input((32, 32, 16))
x = merge([Conv2D(32, 3, padding='same', activation='relu')(given), given], 'concat')
model = Model(given, x)
`,
  ],
  run: (program) => clashes(program, 'combined'),
};

interface Clash {
  readonly merge: Merge;
  readonly at: Span;
  readonly pair: readonly [readonly (number | undefined)[], readonly (number | undefined)[]];
}

function* clashes(program: Program, kind: Merge['kind']): Generator<Found> {
  for (const { merge, at, pair } of clashesIn(program))
    if (merge.kind === kind)
      yield {
        at,
        message: `${merge.name} is given ${shown(pair[0])} and ${shown(pair[1])}, which do not go together.`,
        severity: 'error',
        evidence: [places(...merge.parts.map((part) => ['one of them', part.span] as const))],
      };
}

const clashesIn = oncePerProgram((program): readonly Clash[] => {
  if (!/\bInput\(/.test(program.source) || !MERGES.test(program.source) || isOtherOrder(program)) return [];
  const calls = eventsOf(program, 'call');
  const said = new Set<number>();
  const all: Clash[] = [];
  for (const { result, args } of calls) {
    // A merge is given a list, and what called it comes before that.
    if (!isValue(result) || !args.positional.concat([...args.named.values()]).some((one) => isList(one)))
      continue;
    const { span: at } = result;
    const merge = mergeIn(result);
    if (merge === undefined || at === undefined || said.has(at.start)) continue;
    const pair = clashOf(
      merge,
      merge.parts.map((part) => exampleOf(part)),
    );
    if (pair === undefined) continue;
    said.add(at.start);
    all.push({ merge, at, pair });
  }
  return all.length > 0 && calls.some(({ result }) => beginsWithChannels(result)) ? [] : all;
});

function isList(datum: Datum): boolean {
  return Array.isArray(datum) && datum.length > 1;
}

/** Pictures with channels first, as the first back ends of Keras took them. */
function beginsWithChannels(datum: Datum | undefined): boolean {
  const shape = inputTensorShape(datum);
  const [channels = 9, height = 0] = shape ?? [];
  return shape?.length === 3 && channels <= 4 && height > 4;
}
