import { argument, graphShape, isValue, shownShape } from '@tensormark/frameworks';
import type { Datum, GraphShape, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { graphCall, graphCalls, shortName } from '../../ask/graphs.js';
import { maybeOfTwo } from '../../ask/graph-versions.js';
import type { GraphCall } from '../../ask/graphs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

interface Taken {
  readonly argument: string;
  readonly at: number;
  readonly rank: number;
  readonly words: string;
  /** Others that it takes since TensorFlow 2. */
  readonly later?: readonly number[];
}

const PICTURES = '(batch, height, width, channels)';

/** How many dimensions functions of TensorFlow take. */
const TAKEN: Readonly<Record<string, Taken>> = {
  'nn.conv2d': { argument: 'input', at: 0, rank: 4, words: PICTURES, later: [5, 6] },
  'nn.max_pool': { argument: 'value', at: 0, rank: 4, words: PICTURES, later: [3, 5] },
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
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20, 8])
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
outputs, state = tf.nn.dynamic_rnn(cell, tf.unstack(x, 20, 1), dtype=tf.float32)  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20, 8])
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
outputs, state = tf.nn.static_rnn(cell, x, dtype=tf.float32)  # <--
`,
    `
import tensorflow as tf
pictures = tf.placeholder(tf.float32, [None, 28, 28, 3])
kernel = tf.Variable(tf.truncated_normal([5], stddev=0.1))
maps = tf.nn.conv2d(pictures, kernel, strides=[1, 1, 1, 1], padding='SAME')  # <--
`,
    `
import tensorflow as tf
words = [tf.placeholder(tf.int32, [None], name='word%d' % i) for i in range(6)]
spoken = [tf.placeholder(tf.int32, [None]) for i in range(4)]
cell = tf.contrib.rnn.BasicLSTMCell(64)
outputs, state = tf.contrib.legacy_seq2seq.basic_rnn_seq2seq(words, spoken, cell)  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 8])
y = tf.placeholder(tf.int64, [None, 1])
scores = tf.layers.dense(x, 5)
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores)  # <--
`,
    `
import tensorflow as tf
words = tf.placeholder(tf.int32, [100, 20])
cell = tf.contrib.rnn.BasicLSTMCell(50)
state = cell.zero_state(100, tf.float32)
for i in range(20):
    output, state = cell(words[:, i], state)  # <--
`,
    `
import tensorflow as tf
from tensorflow.contrib import layers
x = tf.placeholder(tf.float32, [None, 3, 4])
y = tf.placeholder(tf.float32, [None, 1])
out = layers.fully_connected(inputs=x, num_outputs=1, activation_fn=None)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(out, y))  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 28, 28, 1])
y = tf.placeholder(tf.float32, [None, 10])
maps = tf.layers.conv2d(x, 32, 5, activation=tf.nn.relu)
loss = tf.losses.softmax_cross_entropy(y, tf.layers.dense(maps, 10))  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 8])
y = tf.placeholder(tf.int32, [None, 3])
loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.one_hot(y, 5), logits=tf.layers.dense(x, 5))  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.ones((2, 8, 4))
pooled = tf.nn.max_pool(x, 2, 2, 'SAME')
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant([0, 1]), tf.ones((2, 3))).numpy()
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w = tf.Variable(tf.truncated_normal([5, 5, 1, 32], stddev=0.1))
maps = tf.nn.conv2d(tf.reshape(x, [-1, 28, 28, 1]), w, strides=[1, 1, 1, 1], padding='SAME')
steps = tf.placeholder(tf.float32, [None, 20])
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
one, state = cell(steps[:, 4:5], cell.zero_state(8, tf.float32))
outputs, state = tf.nn.dynamic_rnn(cell, tf.expand_dims(steps, -1), dtype=tf.float32)
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20, 8])
y = tf.placeholder(tf.int64, [None])
columns = tf.placeholder(tf.float32, [None, 5])
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
outputs, state = tf.nn.static_rnn(cell, tf.unstack(x, 20, 1), dtype=tf.float32)
ids = [tf.placeholder(tf.int32, [None]) for i in range(6)]
said = tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(ids, ids, cell, 90, 90, 16)
vectors = [tf.placeholder(tf.float32, [None, 16]) for i in range(6)]
told = tf.contrib.legacy_seq2seq.basic_rnn_seq2seq(vectors, vectors, cell)
scores = tf.layers.dense(x[:, -1], 5)
first = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores)
second = tf.nn.softmax_cross_entropy_with_logits(labels=columns, logits=scores)
shares = tf.placeholder(tf.float32, [None, 1])
third = tf.nn.softmax_cross_entropy_with_logits(labels=shares, logits=scores)
classes = tf.placeholder(tf.int32, [None, 1])
fourth = tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.one_hot(classes, 5), logits=scores)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const call of graphCalls(program)) {
      const { args, name, value } = call;
      if (value.span === undefined) continue;
      const other = refusal(call);
      if (other !== undefined) yield { at: value.span, ...other };
      const taken = other === undefined ? TAKEN[name] : undefined;
      if (taken === undefined) continue;
      const given = argument(args, taken.argument, taken.at);
      const shape = graphShape(given);
      if (shape === undefined || shape.length === taken.rank) continue;
      if (taken.later?.includes(shape.length) === true && maybeOfTwo(program)) continue;
      yield {
        at: value.span,
        message: `${shortName(call)} takes ${taken.words}, and is given ${shownShape(shape)}.`,
        evidence: [places(['what it is given', spanOf(given)])],
      };
    }
    yield* cellsGivenOther(program);
  },
};

const CELL = /(^|\.)(rnn|rnn_cell)\.(Basic(LSTM|RNN)Cell|LSTMCell|GRUCell|LayerNormBasicLSTMCell)$/;

/** Cells of recurrent networks called step by step on what is no row for each example. */
function* cellsGivenOther(program: Program): Generator<Found> {
  if (!program.source.includes('Cell')) return;
  const said = new Set<number>();
  for (const { callee, args, moment } of applications(program)) {
    const at = moment.span;
    const given = argument(args, 'inputs', 0);
    if (at === undefined || given === undefined || said.has(at.start)) continue;
    const cell = graphCall(callee);
    const shape = cell !== undefined && CELL.test(cell.name) ? graphShape(given) : undefined;
    if (cell === undefined || shape === undefined || shape.length === 2) continue;
    said.add(at.start);
    yield {
      at,
      message: `${shortName(cell)} takes (batch, features) for a step, and is given ${shownShape(shape)}.`,
      instead:
        'Give each step a row of numbers an example: words as tf.nn.embedding_lookup or tf.one_hot give them.',
      evidence: [places(['the cell', cell.value.span], ['what it is given', spanOf(given)])],
    };
  }
}

type Refusal = Pick<Found, 'message' | 'instead' | 'evidence' | 'severity' | 'why'>;

/** Recurrent networks that take a list with a tensor for each step. */
const OF_STEPS = /^(nn|contrib\.rnn|models\.rnn\.rnn)\.(static_rnn|rnn)$|(^|\.)(basic|tied)_rnn_seq2seq$/;

/** A list of steps for one tensor of all, or the other way round; a filter and labels that do not go with what comes. */
function refusal(call: GraphCall): Refusal | undefined {
  const { args, name } = call;
  if (/^nn\.(bidirectional_)?dynamic_rnn$/.test(name)) {
    const given = argument(args, 'inputs', name === 'nn.dynamic_rnn' ? 1 : 2);
    return isSteps(given)
      ? {
          message: `${shortName(call)} takes one tensor, (batch, steps, features), and is given a list of steps.`,
          instead: 'Hand on the tensor as it was before tf.unstack; a list is what static_rnn takes.',
          evidence: [places(['the list', spanOf(given)])],
        }
      : undefined;
  }
  if (OF_STEPS.test(name)) {
    const isTurned = name.endsWith('_seq2seq');
    const given = isTurned ? argument(args, 'encoder_inputs', 0) : argument(args, 'inputs', 1);
    const step = Array.isArray(given) ? graphShape(given[0]) : undefined;
    if (step !== undefined && step.length !== 2)
      return {
        message: `${shortName(call)} takes (batch, features) for each step, and is given ${shownShape(step)}.`,
        instead:
          'Give each step a row of numbers an example: words as tf.nn.embedding_lookup or tf.one_hot give them.',
        evidence: [places(['the first step', Array.isArray(given) ? spanOf(given[0]) : undefined])],
      };
    return !isTurned && isValue(given) && graphCall(given)?.name === 'placeholder'
      ? {
          message: `${shortName(call)} takes a list with a tensor for each step, and is given one tensor.`,
          instead: 'Hand on tf.unstack(x, steps, 1), or use tf.nn.dynamic_rnn.',
          evidence: [places(['the tensor', spanOf(given)])],
        }
      : undefined;
  }
  if (name === 'nn.conv2d') {
    const filter = argument(args, 'filter', 1) ?? args.named.get('filters');
    const shape = graphShape(filter);
    return shape !== undefined && shape.length !== 4
      ? {
          message: `The filter of conv2d is (height, width, channels in, channels out), and this is ${shownShape(shape)}.`,
          instead: 'Make a variable of four sizes, as [5, 5, 3, 32].',
          evidence: [places(['the filter', spanOf(filter)])],
        }
      : undefined;
  }
  return name.includes('cross_entropy_with_logits') || name === 'losses.softmax_cross_entropy'
    ? labelsRefused(call)
    : undefined;
}

function labelsRefused(call: GraphCall): Refusal | undefined {
  const { args } = call;
  const isSparse = shortName(call).startsWith('sparse_');
  const [scores, labels] = call.name.startsWith('losses.')
    ? [argument(args, 'logits', 1), argument(args, 'onehot_labels', 0)]
    : // Before TensorFlow 1.0 the scores came first.
      [args.named.get('logits') ?? args.positional[0], args.named.get('labels') ?? args.positional[1]];
  const [given, taken] = [graphShape(scores), graphShape(labels)];
  if (given === undefined || taken === undefined || given.length === 0) return undefined;
  const wanted = isSparse ? given.slice(0, -1) : given;
  // Columns for class numbers and the other way round are what entropy-arguments speaks of.
  const isOtherKind = isSparse
    ? taken.length === given.length && taken.at(-1) === given.at(-1)
    : taken.length === given.length - 1 && !shortName(call).startsWith('sigmoid');
  if (isOtherKind) return undefined;
  // The softmax stretches one column to as many as there are.
  const isStretched = !isSparse && shortName(call).startsWith('softmax');
  const isAlike =
    (isStretched && !call.name.startsWith('losses.') && areFlattenedAlike(given, taken)) ||
    (wanted.length === taken.length &&
      wanted.every(
        (size, axis) =>
          size === undefined ||
          taken[axis] === undefined ||
          size === taken[axis] ||
          (isStretched && (size === 1 || taken[axis] === 1)),
      ));
  return isAlike
    ? undefined
    : {
        message: `The scores are ${shownShape(given)}, for which ${shortName(call)} takes labels of ${shownShape(wanted)}; these are ${shownShape(taken)}.`,
        instead: isSparse
          ? 'Give it one class number an example, without a dimension of its own.'
          : 'Give it a column for each class, as tf.one_hot makes them.',
        evidence: [places(['the scores', spanOf(scores)], ['the labels', spanOf(labels)])],
      };
}

/** The softmax of `tf.nn` makes rows of all dimensions but the last, of the scores and of the labels for themselves. */
function areFlattenedAlike(scores: GraphShape, labels: GraphShape): boolean {
  const [one, other] = [scores.at(-1), labels.at(-1)];
  if (one !== undefined && other !== undefined && one !== other && other !== 1) return false;
  const [rows, others] = [rowsOf(scores), rowsOf(labels)];
  return rows.unknown === others.unknown && rows.known === others.known;
}

function rowsOf(shape: GraphShape): { readonly known: number; readonly unknown: number } {
  const outer = shape.slice(0, -1);
  return {
    known: outer.reduce<number>((product, size) => product * (size ?? 1), 1),
    unknown: outer.filter((size) => size === undefined).length,
  };
}

function isSteps(datum: Datum | undefined): boolean {
  return /^(unstack|unpack|split)$/.test(graphCall(datum)?.name ?? '');
}
