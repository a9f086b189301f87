import { argument, isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { graphCall, graphCalls } from '../../ask/graphs.js';
import { places } from '../../ask/places.js';

const GRAPH = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 10])
labels = tf.placeholder(tf.float32, [None, 7])
`;

export const variableShapeless: Check = {
  id: 'variable-shapeless',
  title: 'A variable whose shape is a tensor',
  severity: 'error',
  why: 'tf.shape gives a tensor, known only when the graph runs; a variable must have its shape when it is made, and TensorFlow refuses one without.',
  instead: 'Ask for the shape as numbers: x.get_shape().as_list()[1], or x.shape[1].value.',
  needs: 'A variable that starts with a tensor whose shape comes of tf.shape.',
  wrong: [
    `${GRAPH}
size = tf.shape(x)[1]
w = tf.Variable(tf.truncated_normal(tf.stack([size, 7]), stddev=0.1))  # <--
`,
  ],
  right: [
    `${GRAPH}
size = x.get_shape().as_list()[1]
w = tf.Variable(tf.truncated_normal([size, 7], stddev=0.1))
noise = tf.random_normal(tf.shape(labels))
`,
  ],
  *run(program) {
    if (!program.source.includes('placeholder')) return;
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      if (call.name !== 'Variable' || span === undefined || call.args.named.has('validate_shape')) continue;
      const start = graphCall(argument(call.args, 'initial_value', 0));
      const shape = start && MAKES.test(start.name) ? argument(start.args, 'shape', 0) : undefined;
      const sizes: readonly Datum[] = Array.isArray(shape) ? shape : shape === undefined ? [] : [shape];
      const from = sizes.find((size) => isOfTensor(size));
      if (from === undefined) continue;
      yield {
        at: span,
        message: 'The shape of this variable is a tensor that only a run of the graph knows.',
        evidence: [places(['the shape', isValue(from) ? from.span : undefined])],
      };
    }
  },
};

const MAKES =
  /^(zeros|ones|random_normal|truncated_normal|random_uniform|random\.(normal|uniform|truncated_normal))$/;

function isOfTensor(datum: Datum): boolean {
  return isValue(datum) && comesOf(datum, (one) => graphCall(one)?.name === 'shape');
}
