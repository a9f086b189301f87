import { argument, isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { graphCalls } from '../../ask/graphs.js';
import { SINCE_ONE } from '../../ask/graph-versions.js';
import { places, spanOf } from '../../ask/places.js';

export const cellRepeated: Check = {
  id: 'cell-repeated',
  title: 'One recurrent cell in the place of several',
  severity: 'warning',
  why: '[cell] * n is the same cell n times: since TensorFlow 1.1 its layers share their weights, which fit the width of the first layer alone, and are refused where another is given.',
  instead: 'Make a cell for each layer: [make_cell() for _ in range(n)].',
  needs:
    'MultiRNNCell with one cell several times, in a program that uses what TensorFlow has had since 1.0.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 30, 4])
cell = tf.contrib.rnn.BasicLSTMCell(64)
cells = tf.contrib.rnn.MultiRNNCell([cell] * 2)  # <--
outputs, state = tf.nn.dynamic_rnn(cells, x, dtype=tf.float32)
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 30, 4])
cells = tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.BasicLSTMCell(64) for _ in range(2)])
outputs, state = tf.nn.dynamic_rnn(cells, x, dtype=tf.float32)
`,
  ],
  *run(program) {
    if (!SINCE_ONE.test(program.source)) return;
    for (const { name, args, value } of graphCalls(program)) {
      if (!/(^|\.)MultiRNNCell$/.test(name) || value.span === undefined) continue;
      const cells = argument(args, 'cells', 0);
      const [first, ...more] = Array.isArray(cells) ? cells : [];
      if (more.length === 0 || !isValue(first) || !more.every((one: Datum) => one === first)) continue;
      yield {
        at: value.span,
        message: `The ${more.length + 1} layers are one and the same cell.`,
        evidence: [places(['the cell', spanOf(first)])],
      };
    }
  },
};
