import type { Check } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';

/** Words that Keras 1 alone has, in which a convolution took the height and the width of its kernel one by one. */
const OF_KERAS_1 =
  /\b(nb_epoch|nb_filter|nb_row|border_mode|subsample|samples_per_epoch|dim_ordering|W_regularizer)\b|\binit\s*=\s*['"]/;
const SINCE_KERAS_2 =
  /\b(epochs|padding|strides|kernel_size|kernel_initializer|steps_per_epoch)\s*=|\btensorflow\.keras\b|\btf\.keras\b/;

export const kernelAsStride: Check = {
  id: 'kernel-as-stride',
  title: 'The width of the kernel is taken for the strides of a convolution',
  severity: 'warning',
  why: 'Since Keras 2 the second argument is the size of the kernel, a number or a pair, and the third the strides: the kernel moves by its whole width, and the pictures shrink to a third or a fifth.',
  instead: 'Give the kernel as a pair, such as Conv2D(32, (3, 3)), and strides by their name.',
  needs: 'Two equal numbers above 1 after the filters, in a program of Keras 2 or later.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
model = Sequential()
model.add(Conv2D(32, 3, 3, padding='same', activation='relu', input_shape=(64, 64, 3)))  # <--
model.add(Flatten())
model.add(Dense(5, activation='softmax'))
`,
    `
import tensorflow as tf
kernel = (5, 5)
maps = tf.keras.layers.Convolution2D(16, kernel[0], kernel[1], activation='relu')  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten
model = Sequential()
model.add(Conv2D(32, 4, 2, padding='same', activation='relu', input_shape=(64, 64, 3)))
model.add(Conv2D(32, (3, 3), activation='relu'))
model.add(MaxPooling2D(2, 2))
model.add(Conv2D(32, 3, 1, activation='relu'))
`,
    `
from keras.layers import Convolution2D
maps = Convolution2D(32, 3, 3, border_mode='same', activation='relu')
`,
  ],
  *run(program) {
    if (OF_KERAS_1.test(program.source) || !SINCE_KERAS_2.test(program.source)) return;
    const told = new Set<number>();
    for (const { name, args, moment } of kerasCalls(program)) {
      const { span } = moment;
      const [, kernel, strides] = args.positional;
      if (!/^Conv(olution)?2D$/.test(name) || span === undefined || told.has(span.start)) continue;
      if (typeof kernel !== 'bigint' || kernel < 2n || kernel !== strides) continue;
      told.add(span.start);
      yield {
        at: span,
        message: `This kernel of ${kernel} by ${kernel} moves by ${strides}: the third argument is the strides, not the width of the kernel.`,
        evidence: [],
      };
    }
  },
};
