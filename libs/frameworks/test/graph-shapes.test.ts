import { describe, expect, it } from '@jest/globals';
import { graphShape, openProgramReader } from '../src/index.js';

const SETTING = `
import tensorflow as tf
from keras import ops
K = tf.keras.backend
x = tf.zeros([2, 3, 4])
i = tf.constant([0, 1, 0])
p = tf.zeros([1, 8, 12, 4])
f = tf.zeros([3, 3, 4, 5])
j = tf.constant([0, 1])
l = tf.zeros([2, 5])
`;

const reader = openProgramReader();

/** The shape that an expression of TensorFlow's has; undefined where it is not known. */
function shapeOf(expression: string): unknown {
  const program = reader.read(`${SETTING}${expression}\n`, { filename: 'graph.py' });
  const last = program.events.findLast((event) => event.kind === 'call');
  return last?.kind === 'call' ? graphShape(last.result) : undefined;
}

describe('shapes of tensors of TensorFlow', () => {
  // Truth: TensorFlow 2.21 with Keras 3.15.
  it.each([
    ['power-of-a-number', 'tf.pow(2.0, x)', [2, 3, 4]],
    ['choice-of-numbers', 'tf.where(x > 0, 1.0, 0.0)', [2, 3, 4]],
    ['choice-of-one-number', 'tf.where(x > 0, x, 0.0)', [2, 3, 4]],
    ['flattened-by-the-backend', 'K.flatten(x)', [24]],
    ['flattened-by-examples', 'K.batch_flatten(x)', [2, 12]],
    ['largest-of-the-backend-along-an-axis', 'K.argmax(x, axis=1)', [2, 4]],
    ['largest-of-tensorflow', 'tf.argmax(x)', [3, 4]],
    ['taken-along-an-axis', 'ops.take(x, i, axis=1)', [2, 3, 4]],
    ['gathered', 'tf.gather(x, i)', [3, 3, 4]],
    ['axes-by-another-name', 'ops.transpose(x, axes=(0, 2, 1))', [2, 4, 3]],
    ['axes-turned', 'ops.transpose(x)', [4, 3, 2]],
    ['classes-in-front', 'tf.one_hot(i, 5, axis=0)', [5, 3]],
    ['classes', 'tf.one_hot(i, 5)', [3, 5]],
    ['resized', 'tf.image.resize(p, [4, 6])', [1, 4, 6, 4]],
    [
      'patches',
      "tf.image.extract_patches(p, [1, 3, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')",
      [1, 3, 5, 36],
    ],
    [
      'patches-with-holes',
      "tf.image.extract_patches(p, [1, 3, 3, 1], [1, 2, 2, 1], [1, 2, 2, 1], 'VALID')",
      [1, 2, 4, 36],
    ],
    ['convolution', "tf.nn.conv2d(p, f, [1, 1, 1, 1], 'VALID')", [1, 6, 10, 5]],
    [
      'dilated-convolution',
      "tf.nn.conv2d(p, f, [1, 1, 1, 1], 'VALID', dilations=[1, 2, 2, 1])",
      [1, 4, 8, 5],
    ],
    [
      'dilated-convolution-padded',
      "tf.nn.conv2d(p, f, [1, 1, 1, 1], 'SAME', dilations=[1, 2, 2, 1])",
      [1, 8, 12, 5],
    ],
    ['both-ways', 'tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(5))(x)', [2, 10]],
    [
      'both-ways-in-sum',
      "tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(5), merge_mode='sum')(x)",
      [2, 5],
    ],
    ['both-ways-by-place', "tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(5), 'ave')(x)", [2, 5]],
    ['loss-of-classes', 'tf.nn.sparse_softmax_cross_entropy_with_logits(labels=j, logits=l)', [2]],
  ])('%s', (_name, expression, shape) => {
    expect(shapeOf(expression)).toEqual(shape);
  });

  // What they are hangs on defaults that TensorFlow and Keras have differently, or on what the picture is.
  it.each([
    ['largest-of-the-backend', 'K.argmax(x)'],
    ['largest-of-all', 'ops.argmax(x)'],
    ['taken-of-all', 'ops.take(x, i)'],
    ['loss-by-place', 'tf.nn.sparse_softmax_cross_entropy_with_logits(j, l)'],
  ])('%s-left-open', (_name, expression) => {
    expect(shapeOf(expression)).toBeUndefined();
  });
});
