import { places, spanOf } from '../../ask/places.js';
import type { Check } from '../../check.js';
import { reshapesIn } from './array-reshaped.js';

/** A picture has a side of so many pixels at least. */
const LEAST_SIDE = 8;

export const picturesReshaped: Check = {
  id: 'pictures-reshaped',
  title: 'Pictures that are reshaped where their colours are to be moved',
  severity: 'warning',
  why: 'reshape keeps the order of the numbers: rows and colours are mixed, and what comes of it is no picture.',
  instead: 'Move the dimension: np.transpose(x, (0, 3, 1, 2)), or np.moveaxis(x, -1, 1).',
  needs: 'A reshape of pictures of which the shape is known, to the same sizes with the colours elsewhere.',
  wrong: [
    `
from keras.datasets import cifar10
(x, y), (x_test, y_test) = cifar10.load_data()
x = x.reshape(x.shape[0], 3, 32, 32) / 255.0  # <--
`,
    `
from keras.datasets import cifar100
(x, y), (x_test, y_test) = cifar100.load_data()
x_test = x_test.astype('float32').reshape((-1, 3, 32, 32))  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.datasets import cifar10, mnist
(x, y), (x_test, y_test) = cifar10.load_data()
x = np.transpose(x, (0, 3, 1, 2)) / 255.0
x_test = x_test.reshape(x_test.shape[0], 32 * 32 * 3)
(digits, z), rest = mnist.load_data()
digits = digits.reshape(digits.shape[0], 1, 28, 28)
`,
  ],
  *run(program) {
    if (!program.source.includes('reshape')) return;
    const said = new Set<number>();
    for (const { at, of, given, wanted } of reshapesIn(program)) {
      if (given.length !== 4 || wanted.length !== 4 || said.has(at.start)) continue;
      if (!isMoved(given.slice(1), wanted.slice(1)) && !isMoved(wanted.slice(1), given.slice(1))) continue;
      said.add(at.start);
      yield {
        at,
        message:
          'The colours are to stand elsewhere among the dimensions, and reshape leaves the numbers where they are.',
        evidence: [places(['the pictures', spanOf(of)])],
      };
    }
  },
};

/** Rows, columns and colours of one picture, and the same with the colours first. */
function isMoved(
  [height, width, colours]: readonly (number | undefined)[],
  [first, second, third]: readonly (number | undefined)[],
): boolean {
  return (
    (colours === 3 || colours === 4) &&
    height !== undefined &&
    width !== undefined &&
    Math.min(height, width) >= LEAST_SIDE &&
    first === colours &&
    second === height &&
    third === width
  );
}
