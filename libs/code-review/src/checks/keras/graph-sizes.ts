import {
  apart,
  argument,
  combines,
  elementsOf,
  filterOf,
  graphShape,
  imagesOf,
  isValue,
  shownShape,
  sizeOf,
} from '@tensormark/frameworks';
import type { Datum, GraphShape, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { everyGraphCall, graphValues, operatorsBetween, shortName } from '../../ask/graphs.js';
import { columnsOf } from '../../ask/graph-columns.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const PICTURES = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 28, 28, 1])
w1 = tf.Variable(tf.truncated_normal([5, 5, 1, 32], stddev=0.1))
b1 = tf.Variable(tf.constant(0.1, shape=[32]))
h1 = tf.nn.relu(tf.nn.conv2d(x, w1, strides=[1, 1, 1, 1], padding='SAME') + b1)
p1 = tf.nn.max_pool(h1, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
`;

/** A reshape for a dense layer that does not take the maps as they are. */
export const flattenSizeInGraphs: KerasPart = {
  why: 'Where the width is not that of one example, the rows that -1 makes are parts of examples, or of two: their number no longer is that of the labels.',
  instead: 'Work out height × width × channels after the last pooling, or use tf.layers.flatten.',
  wrong: [
    `${PICTURES}
flat = tf.reshape(p1, [-1, 7 * 7 * 32])  # <--
`,
  ],
  right: [
    `${PICTURES}
flat = tf.reshape(p1, [-1, 14 * 14 * 32])
pixels = tf.reshape(p1, [-1, 32])
x_long = tf.placeholder(tf.float32, [None, 784])
images = tf.reshape(x_long, [-1, 28, 28, 1])
steps = tf.reshape(x_long, [-1, 28])
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const call of everyGraphCall(program)) {
      const { span } = call.value;
      if (shortName(call) !== 'reshape' || span === undefined || said.has(span.start)) continue;
      const of = argument(call.args, 'tensor', 0);
      const wanted = argument(call.args, 'shape', 1);
      const [whole, width] = [exampleOf(graphShape(of)), rowOf(wanted)];
      if (whole === undefined || width === undefined || !isTornApart(whole, width)) continue;
      said.add(span.start);
      yield {
        at: span,
        message: `One example is ${whole.join(' × ')} here, and this makes rows of ${width}.`,
        evidence: [places(['what comes', spanOf(of)])],
      };
    }
  },
};

/** One example of a batch whose size is open. */
function exampleOf(shape: GraphShape | undefined): readonly number[] | undefined {
  if (shape === undefined || shape.length < 2 || shape[0] !== undefined) return undefined;
  const sizes = shape.slice(1).filter((size) => size !== undefined);
  return sizes.length === shape.length - 1 ? sizes : undefined;
}

/** `[-1, n]` */
function rowOf(shape: Datum | undefined): number | undefined {
  if (!Array.isArray(shape) || shape[0] !== -1n || shape.length !== 2) return undefined;
  const size = sizeOf(shape[1]);
  return size !== undefined && size > 0 ? size : undefined;
}

/** Whether rows are no whole examples, nor all that is at one place of one. */
function isTornApart(example: readonly number[], width: number): boolean {
  const ends = example.map((_, axis) => elementsOf(example.slice(axis)));
  if (ends.includes(width)) return false;
  const whole = ends[0] ?? 0;
  if (width % whole === 0) return false;
  return whole % width !== 0 || example.length === 3;
}

/** A filter for other channels than come. */
export const convChannelsInGraphs: KerasPart = {
  instead: 'Make the third size of the filter the channels of what comes to it.',
  wrong: [
    `${PICTURES}
w2 = tf.Variable(tf.truncated_normal([5, 5, 64, 64], stddev=0.1))
h2 = tf.nn.conv2d(p1, w2, strides=[1, 1, 1, 1], padding='SAME')  # <--
`,
    `
w1 = tf.Variable(tf.truncated_normal([5, 5, 3, 32], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([5, 5, 64, 64], stddev=0.1))
h1 = tf.nn.relu(tf.nn.conv2d(images, w1, strides=[1, 1, 1, 1], padding='SAME'))
h2 = tf.nn.conv2d(h1, w2, strides=[1, 1, 1, 1], padding='SAME')  # <--
`,
  ],
  right: [
    `${PICTURES}
w2 = tf.Variable(tf.truncated_normal([5, 5, 32, 64], stddev=0.1))
h2 = tf.nn.conv2d(p1, w2, strides=[1, 1, 1, 1], padding='SAME')
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const call of everyGraphCall(program)) {
      const { span } = call.value;
      if (!/^nn\.conv[123]d$/.test(call.name) || span === undefined || said.has(span.start)) continue;
      if (call.args.named.has('data_format')) continue;
      const [given, filter] = [graphShape(imagesOf(call)), graphShape(filterOf(call))];
      const [channels, taken] = [columnsOf(imagesOf(call)), filter?.at(-2)];
      if (given !== undefined && given.length !== filter?.length) continue;
      if (channels === undefined || taken === undefined || channels === taken) continue;
      said.add(span.start);
      const from = filterOf(call);
      yield {
        at: span,
        message: `What comes to this convolution has ${channels} channels, and the filter takes ${taken}.`,
        evidence: [places(['the filter', spanOf(from)])],
      };
    }
  },
};

/** Two that are combined element by element and do not go together. */
export const residualMismatchInGraphs: KerasPart = {
  why: 'TensorFlow combines two tensors element by element: sizes must be equal or 1, counted from the last.',
  instead: 'Give both the same sizes.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w = tf.Variable(tf.truncated_normal([784, 64], stddev=0.1))
b = tf.Variable(tf.zeros([32]))
h = tf.nn.relu(tf.matmul(x, w) + b)  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 64])
y = tf.placeholder(tf.float32, [None, 32])
both = x + y  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w = tf.Variable(tf.truncated_normal([784, 64], stddev=0.1))
b = tf.Variable(tf.zeros([64]))
h = tf.nn.relu(tf.matmul(x, w) + b)
c = tf.add(h, tf.Variable(tf.zeros([1])))
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const value of [...graphValues(program), ...operatorsBetween(program, 'add', 'sub', 'mul', 'div')])
      for (const part of [value, ...value.inputs]) {
        const pair = part.span !== undefined && !said.has(part.span.start) ? combines(part) : undefined;
        if (pair === undefined || part.span === undefined) continue;
        const [one, other] = [graphShape(pair[0]), graphShape(pair[1])];
        if (one === undefined || other === undefined || apart(one, other) === undefined) continue;
        said.add(part.span.start);
        yield {
          at: part.span,
          message: `${shownShape(one)} and ${shownShape(other)} do not go together.`,
          evidence: [
            places(
              ['the one', isValue(pair[0]) ? pair[0].span : undefined],
              ['the other', isValue(pair[1]) ? pair[1].span : undefined],
            ),
          ],
        };
      }
  },
};
