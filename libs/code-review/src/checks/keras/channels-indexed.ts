import { arrayFacts } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { scaledInPlace } from '../../ask/scaled-in-place.js';

export const channelsIndexed: Check = {
  id: 'channels-indexed',
  title: 'Columns of pictures scaled where channels are meant',
  severity: 'warning',
  why: 'The first axis of a batch of pictures counts the pictures, so that the channels are one axis further than in one picture. The index before it takes columns: three of them are scaled by the statistics of colours, and all the rest stays as it is.',
  instead: 'Index the last axis: x[..., i], or x[:, :, :, i].',
  needs:
    'A batch of pictures of known shape, of which the parts 0, 1 and 2 of an axis before the channels are scaled.',
  wrong: [
    `
from keras.datasets import cifar10
(x, y), _ = cifar10.load_data()
x = x.astype('float32')
mean = [125.3, 122.9, 113.9]
std = [63.0, 62.1, 66.7]
for i in range(3):
    x[:, :, i] = (x[:, :, i] - mean[i]) / std[i]  # <--
`,
  ],
  right: [
    `
from keras.datasets import cifar10
(x, y), _ = cifar10.load_data()
x = x.astype('float32')
mean = [125.3, 122.9, 113.9]
std = [63.0, 62.1, 66.7]
for i in range(3):
    x[:, :, :, i] = (x[:, :, :, i] - mean[i]) / std[i]
one = x[0]
for i in range(3):
    one[:, :, i] /= 2
`,
  ],
  *run(program) {
    const told = new Set<number>();
    for (const first of scaledInPlace(program)) {
      if (told.has(first.of.id)) continue;
      told.add(first.of.id);
      const parts = scaledInPlace(program).filter(({ of }) => of === first.of);
      const shape = arrayFacts(first.of).shape;
      const channels = shape?.at(-1);
      const axis = first.keys.length - 1;
      const side = shape?.[axis];
      if (shape?.length !== 4 || channels === undefined || channels < 2 || channels > 4) continue;
      if (axis < 1 || axis > 2 || side === undefined || side <= channels) continue;
      const indices = new Set(
        parts.map(({ keys }) => (keys.length === axis + 1 ? indexOf(keys) : undefined)),
      );
      const areChannels =
        indices.size === channels && [...indices].every((index) => index !== undefined && index < channels);
      if (!areChannels) continue;
      yield {
        at: first.at,
        message: `Of ${side} along this axis, ${channels} are scaled here: as many as there are channels, which are the axis after it.`,
        evidence: [places(['the pictures', first.of.span])],
      };
    }
  },
};

/** The index that comes after whole axes. */
function indexOf(keys: readonly Datum[]): number | undefined {
  const last = keys.at(-1);
  const areWhole = keys
    .slice(0, -1)
    .every(
      (key) =>
        typeof key === 'object' &&
        key !== null &&
        'kind' in key &&
        key.kind === 'other' &&
        key.holds?.kind === 'slice' &&
        key.holds.start === null &&
        key.holds.stop === null,
    );
  return areWhole && typeof last === 'bigint' ? Number(last) : undefined;
}
