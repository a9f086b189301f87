import { argument, combines, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { graphCall, graphCalls } from '../../ask/graphs.js';
import { places, spanOf } from '../../ask/places.js';

const GRAPH = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 10])
labels = tf.placeholder(tf.float32, [None, 7])
`;

export const variableShapeless: Check = {
  id: 'variable-shapeless',
  title: 'A variable whose shape is not known',
  severity: 'error',
  why: 'tf.shape gives a tensor, known only when the graph runs; a variable must have its shape when it is made, and TensorFlow refuses one without.',
  instead: 'Ask for the shape as numbers: x.get_shape().as_list()[1], or x.shape[1].value.',
  needs:
    'A variable that starts with a tensor whose shape comes of tf.shape, or of a placeholder without a shape.',
  wrong: [
    `${GRAPH}
size = tf.shape(x)[1]
w = tf.Variable(tf.truncated_normal(tf.stack([size, 7]), stddev=0.1))  # <--
`,
    `
shape = tf.pack([tf.shape(inputs)[1], 7])
self.weights = tf.Variable(tf.truncated_normal(shape, stddev=0.1))  # <--
`,
    `
import tensorflow as tf
width = tf.placeholder(tf.float32)
w = tf.Variable(tf.random_uniform((10, 7), -width, width))  # <--
`,
  ],
  right: [
    `${GRAPH}
size = x.get_shape().as_list()[1]
w = tf.Variable(tf.truncated_normal([size, 7], stddev=0.1))
noise = tf.random_normal(tf.shape(labels))
`,
    `
import tensorflow as tf
width = tf.placeholder(tf.float32, [])
w = tf.Variable(tf.random_uniform((10, 7), -width, width))
kept = tf.Variable(tf.placeholder(tf.float32), validate_shape=False)
start = tf.truncated_normal(tf.stack([7, tf.shape(w)[1]]))
start.set_shape([7, w.get_shape()[1]])
told = tf.Variable(start)
`,
    `
import tensorflow as tf
state = tf.Variable(tf.random.normal(tf.shape(tf.constant([[1.0, 2.0]]))))
`,
  ],
  *run(program) {
    const isGraph = program.source.includes('placeholder');
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      if (call.name !== 'Variable' || span === undefined || call.args.named.has('validate_shape')) continue;
      const initial = argument(call.args, 'initial_value', 0);
      if (callsNamed(program, 'set_shape').some(({ args }) => args.positional[0] === initial)) continue;
      const start = graphCall(initial);
      const shape = start && MAKES.test(start.name) ? argument(start.args, 'shape', 0) : undefined;
      const sizes: readonly Datum[] = Array.isArray(shape) ? shape : shape === undefined ? [] : [shape];
      // Where TensorFlow runs at once, tf.shape gives numbers; there are no functions of these names then.
      const from =
        isGraph || OF_GRAPHS.test(start?.name ?? '') ? sizes.find((size) => isOfTensor(size)) : undefined;
      const open = from === undefined ? shapelessIn(initial) : undefined;
      if (from === undefined && open === undefined) continue;
      const isMade = open !== undefined && MAKES.test(start?.name ?? '');
      yield {
        at: span,
        message:
          open === undefined
            ? 'The shape of this variable is a tensor that only a run of the graph knows.'
            : `This variable starts with what a placeholder without a shape gives: its shape is not known${isMade ? ' to TensorFlow before 1.15' : ''}.`,
        ...(isMade && { severity: 'design' }),
        ...(open && { instead: 'Give the placeholder its shape: [] for a number.' }),
        evidence: [places(['the shape', spanOf(from)], ['the placeholder', open?.span])],
      };
    }
  },
};

const OF_GRAPHS = /^(random_normal|truncated_normal|random_uniform)$/;

/** The placeholder without a shape that a value takes its shape of. */
function shapelessIn(datum: Datum | undefined, depth = 0): Value | undefined {
  if (!isValue(datum) || depth > 20) return undefined;
  const call = graphCall(datum);
  const within = (parts: readonly (Datum | undefined)[]): Value | undefined => {
    for (const part of parts) {
      const found = shapelessIn(part, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  if (call?.name === 'placeholder') return argument(call.args, 'shape', 1) === undefined ? datum : undefined;
  if (call !== undefined && MAKES.test(call.name))
    return within([
      ...call.args.positional.slice(1, 3),
      ...['minval', 'maxval', 'mean', 'stddev'].map((name) => call.args.named.get(name)),
    ]);
  if (datum.made.kind === 'operation' && datum.made.name === 'neg') return within(datum.made.args.positional);
  return within(combines(datum) ?? []);
}

const MAKES =
  /^(zeros|ones|random_normal|truncated_normal|random_uniform|random\.(normal|uniform|truncated_normal))$/;

function isOfTensor(datum: Datum): boolean {
  return isValue(datum) && comesOf(datum, (one) => graphCall(one)?.name === 'shape');
}
