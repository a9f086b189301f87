import { argument, isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { graphCalls } from '../../ask/graphs.js';
import { graphShape, shortName, shownShape } from '../../ask/graph-shapes.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

interface Taken {
  readonly argument: string;
  readonly at: number;
  readonly rank: number;
  readonly words: string;
}

const PICTURES = '(batch, height, width, channels)';

/** How many dimensions functions of TensorFlow take. */
const TAKEN: Readonly<Record<string, Taken>> = {
  'nn.conv2d': { argument: 'input', at: 0, rank: 4, words: PICTURES },
  'nn.max_pool': { argument: 'value', at: 0, rank: 4, words: PICTURES },
  'layers.conv2d': { argument: 'inputs', at: 0, rank: 4, words: PICTURES },
  'layers.max_pooling2d': { argument: 'inputs', at: 0, rank: 4, words: PICTURES },
  'nn.dynamic_rnn': { argument: 'inputs', at: 1, rank: 3, words: '(batch, steps, features)' },
  'nn.bidirectional_dynamic_rnn': { argument: 'inputs', at: 2, rank: 3, words: '(batch, steps, features)' },
  confusion_matrix: { argument: 'labels', at: 0, rank: 1, words: 'one class number an example' },
  'math.confusion_matrix': { argument: 'labels', at: 0, rank: 1, words: 'one class number an example' },
  'image.non_max_suppression': { argument: 'boxes', at: 0, rank: 2, words: '(boxes, 4)' },
};

/** What functions of TensorFlow are given that has other dimensions than they take. */
export const layerRankInGraphs: KerasPart = {
  why: 'TensorFlow refuses it when the graph is made.',
  instead:
    'Add the dimension that is missing with tf.expand_dims or tf.reshape, or take away the one too many.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w = tf.Variable(tf.truncated_normal([5, 5, 1, 32], stddev=0.1))
maps = tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding='SAME')  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20])
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w = tf.Variable(tf.truncated_normal([5, 5, 1, 32], stddev=0.1))
maps = tf.nn.conv2d(tf.reshape(x, [-1, 28, 28, 1]), w, strides=[1, 1, 1, 1], padding='SAME')
steps = tf.placeholder(tf.float32, [None, 20])
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
outputs, state = tf.nn.dynamic_rnn(cell, tf.expand_dims(steps, -1), dtype=tf.float32)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const call of graphCalls(program)) {
      const { args, name, value } = call;
      const taken = TAKEN[name];
      if (taken === undefined || value.span === undefined) continue;
      const given = argument(args, taken.argument, taken.at);
      const shape = graphShape(given);
      if (shape === undefined || shape.length === taken.rank) continue;
      yield {
        at: value.span,
        message: `${shortName(call)} takes ${taken.words}, and is given ${shownShape(shape)}.`,
        evidence: [places(['what it is given', isValue(given) ? given.span : undefined])],
      };
    }
  },
};
