import { graphShape, isValue, shownShape, staticSizes } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

export const setShape: Check = {
  id: 'set-shape',
  title: 'set_shape with a shape that the tensor cannot have',
  severity: 'error',
  why: 'set_shape tells TensorFlow what it does not know of a shape; it moves nothing, and refuses what goes against what is known.',
  instead: 'Lay the elements out with tf.reshape.',
  needs: 'set_shape of a tensor of a graph whose number of axes is known, with a shape that is written down.',
  wrong: [
    `
import tensorflow as tf
pixels = tf.placeholder(tf.float32, [None])
picture = tf.identity(pixels)
picture.set_shape([60, 80, 3])  # <--
`,
    `
import tensorflow as tf
rows = tf.placeholder(tf.float32, [None, 12])
rows.set_shape([None, 3, 4])  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
rows = tf.placeholder(tf.float32, [None, None])
rows.set_shape([None, 12])
picture = tf.reshape(rows, [-1, 3, 4])
picture.set_shape([90, 3, 4])
words = tf.py_func(cut, [rows], tf.float32)
words.set_shape([5, 3, 4])
`,
  ],
  *run(program) {
    for (const { args, moment } of callsNamed(program, 'set_shape')) {
      const [tensor, given] = args.positional;
      const has = isValue(tensor) ? graphShape(tensor) : undefined;
      const said = staticSizes(given, graphShape);
      if (moment.span === undefined || has === undefined || said === undefined) continue;
      const isFine =
        has.length === said.length &&
        has.every((size, axis) => size === undefined || (said[axis] ?? size) === size);
      if (isFine) continue;
      yield {
        at: moment.span,
        message: `The tensor is ${shownShape(has)}, and cannot be said to be ${shownShape(said)}.`,
        evidence: [places(['the tensor', spanOf(tensor)])],
      };
    }
  },
};
