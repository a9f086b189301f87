import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { graphCall, graphCalls } from '../../ask/graphs.js';
import { places } from '../../ask/places.js';

export const graphConstants: Check = {
  id: 'graph-constants',
  title: 'A constant or variable made of what only a run of the graph knows',
  severity: 'error',
  why: 'tf.constant takes numbers that are known when the graph is made, and a variable that starts from another may be initialised before it.',
  instead: 'Compute with the tensor itself; start a variable from other.initialized_value().',
  needs: 'A graph of TensorFlow that a session runs.',
  wrong: [
    `
import tensorflow as tf
wide = tf.constant(40)
wider = tf.constant(wide + 2)  # <--
with tf.Session() as sess:
    print(sess.run(wider))
`,
    `
import tensorflow as tf
first = tf.Variable(tf.zeros([3]))
second = tf.Variable(first)  # <--
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
`,
  ],
  right: [
    `
import tensorflow as tf
wide = tf.constant(40)
wider = wide + 2
first = tf.Variable(tf.zeros([3]))
second = tf.Variable(first.initialized_value())
third = tf.Variable(tf.constant(0.1, shape=[5]))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(wider))
`,
  ],
  *run(program) {
    if (!/\bSession\(/.test(program.source) || /enable_eager|\.contrib\.eager/.test(program.source)) return;
    for (const { name, args, value } of graphCalls(program)) {
      const [given] = args.positional;
      if (value.span === undefined) continue;
      if (name === 'constant' && isTensor(argument(args, 'value', 0)))
        yield {
          at: value.span,
          message: 'A constant takes numbers, and is given a tensor.',
          evidence: [places(['the tensor', isValue(given) ? given.span : undefined])],
        };
      if (name === 'Variable' && graphCall(given)?.name === 'Variable')
        yield {
          at: value.span,
          severity: 'warning',
          message:
            'This variable starts from another, and nothing says that the other is initialised before it.',
          evidence: [places(['the other', isValue(given) ? given.span : undefined])],
        };
    }
  },
};

/** A placeholder, constant or variable, or what operators make of one. */
function isTensor(datum: Datum | undefined, depth = 0): boolean {
  if (!isValue(datum) || depth > 8) return false;
  const name = graphCall(datum)?.name;
  if (name !== undefined) return /^(placeholder|constant|Variable)$/.test(name);
  return isOperator(datum) && datum.inputs.some((one) => isTensor(one, depth + 1));
}

function isOperator({ made }: Value): boolean {
  return made.kind === 'operation' && /^(add|sub|mul|div|neg)$/.test(made.name);
}
