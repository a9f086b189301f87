import type { Check } from '../../check.js';
import { graphCalls } from '../../ask/graphs.js';
import { SINCE_ONE } from '../../ask/graph-versions.js';

/** What TensorFlow had before its version 1.0, and what has taken its place. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['merge_all_summaries', 'tf.summary.merge_all'],
  ['merge_summary', 'tf.summary.merge'],
  ['scalar_summary', 'tf.summary.scalar'],
  ['histogram_summary', 'tf.summary.histogram'],
  ['image_summary', 'tf.summary.image'],
  ['audio_summary', 'tf.summary.audio'],
  ['train.SummaryWriter', 'tf.summary.FileWriter'],
  ['pack', 'tf.stack'],
  ['unpack', 'tf.unstack'],
  ['mul', 'tf.multiply'],
  ['sub', 'tf.subtract'],
  ['neg', 'tf.negative'],
  ['select', 'tf.where'],
  ['batch_matmul', 'tf.matmul'],
  ['inv', 'tf.reciprocal'],
  ['complex_abs', 'tf.abs'],
]);

export const graphNames: Check = {
  id: 'graph-names',
  title: 'A function that TensorFlow no longer has',
  severity: 'error',
  why: 'Version 1.0 gave these functions other names: the old ones raise an AttributeError.',
  instead: 'Use the new name.',
  needs: 'A name from before version 1.0, in a program that uses what there has been since.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.layers.dense(x, 2)
z = tf.mul(y, 2.0)  # <--
`,
    `
import tensorflow as tf
assert tf.__version__ >= '1.0'
everything = tf.merge_all_summaries()  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
z = tf.multiply(tf.layers.dense(x, 2), 2.0)
everything = tf.summary.merge_all()
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
z = tf.mul(x, 2.0)
tf.histogram_summary('z', z)
`,
  ],
  *run(program) {
    if (!SINCE_ONE.test(program.source)) return;
    for (const { name, value } of graphCalls(program)) {
      const now = RENAMED.get(name);
      if (now === undefined || value.span === undefined) continue;
      yield { at: value.span, message: `tf.${name} is ${now} since version 1.0.`, evidence: [] };
    }
  },
};
