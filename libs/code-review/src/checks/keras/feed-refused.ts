import { graphShape, isValue, shownShape } from '@tensormark/frameworks';
import type { Datum, GraphShape } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { differs, fedShape } from '../../ask/fed-shapes.js';
import { clashIn } from '../../ask/fed-graphs.js';
import { graphCall } from '../../ask/graphs.js';
import { graphRuns } from '../../ask/graph-runs.js';
import { places, spanOf } from '../../ask/places.js';

const GRAPH = `
import numpy as np
import tensorflow as tf
from tensorflow.examples.tutorials.mnist import input_data
x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
w = tf.Variable(tf.truncated_normal([784, 10], stddev=0.1))
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=tf.matmul(x, w), labels=y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`;

export const feedRefused: Check = {
  id: 'feed-refused',
  title: 'A placeholder that is fed what it does not take',
  severity: 'error',
  why: 'A placeholder takes arrays of its own shape, and no tensors; anything else raises an error.',
  instead:
    'Feed arrays of the shape that the placeholder was given: labels as one column a class where it has columns.',
  needs:
    'A feed_dict with an array whose shape is known and a placeholder of known shape, or one that is combined with what is of known shape; or a tensor that is fed.',
  wrong: [
    `${GRAPH}
mnist = input_data.read_data_sets('data', one_hot=False)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(1000):
        xs, ys = mnist.train.next_batch(100)
        sess.run(train, feed_dict={x: xs, y: ys})  # <--
`,
    `${GRAPH}
xs, ys = tf.train.shuffle_batch([np.random.rand(1000, 784), np.random.rand(1000, 10)], 16, 100, 50, enqueue_many=True)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(1000):
        sess.run(train, feed_dict={x: xs, y: ys})  # <--
`,
    `${GRAPH}
xs, ys = np.random.rand(90, 784), np.random.randint(0, 10, 90)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(1000):
        sess.run(train, feed_dict={x: xs, y: ys})  # <--
`,
    `${GRAPH}
xs, ys = np.random.rand(90, 784), np.eye(10)[np.random.randint(0, 10, 90)]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(len(xs)):
        one = tf.reshape(ys[i], [1, 10]).eval()
        sess.run(train, feed_dict={x: xs[i], y: one})  # <--
`,
    `
import numpy as np
import tensorflow as tf
x = tf.placeholder('float')
y = tf.placeholder('float')
w = tf.Variable(tf.random_normal([1, 8]))
v = tf.Variable(tf.random_normal([8, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(tf.tanh(x * w), v) - y))
xs = np.linspace(-1, 1, 50)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(loss, feed_dict={x: xs, y: xs ** 2}))  # <--
`,
    `
import numpy as np
import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(tf.random_normal([8, 1]))
scores = tf.matmul(x, w)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(scores, {x: np.random.rand(8)}))  # <--
`,
  ],
  right: [
    `
import numpy as np
import tensorflow as tf
points = np.vstack([np.linspace(-1, 1, 15) for _ in range(64)])
drawn = tf.placeholder(tf.float32, [None, 15])
judged = tf.layers.dense(drawn, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    a = np.random.uniform(1, 2, size=64)[:, np.newaxis]
    sess.run(judged, {drawn: a * np.power(points, 2) + (a - 1)})
`,
    `
import numpy as np
import tensorflow as tf
x = tf.placeholder('float')
y = tf.placeholder('float')
w = tf.Variable(tf.random_normal([1, 8]))
v = tf.Variable(tf.random_normal([8, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(tf.tanh(x * w), v) - y))
xs = np.linspace(-1, 1, 50).reshape(-1, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(loss, feed_dict={x: xs, y: xs ** 2}))
    print(sess.run(loss, feed_dict={x: 0.5, y: 0.25}))
`,
    `${GRAPH}
xs, ys = np.random.rand(90, 784), np.eye(10)[np.random.randint(0, 10, 90)]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(len(xs)):
        sess.run(train, feed_dict={x: xs[i:i + 1], y: np.expand_dims(ys[i], 0)})
        sess.run(train, feed_dict={x: xs[i, None], y: ys[i, None]})
    print(sess.run(loss, {x: xs[:10], y: ys[:10]}))
`,
    `${GRAPH}
mnist = input_data.read_data_sets('data', one_hot=True)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(1000):
        xs, ys = mnist.train.next_batch(100)
        sess.run(train, feed_dict={x: np.reshape(xs, newshape=[-1, 784]), y: ys})
    print(loss.eval({x: mnist.test.images, y: mnist.test.labels}))
`,
  ],
  *run(program) {
    const said = new Set<Datum>();
    const looked = new Set<number>();
    for (const run of graphRuns(program)) {
      const { call, fed } = run;
      const at = call.moment.span;
      if (at === undefined || fed === undefined) continue;
      let isRefused = false;
      for (const [key, value] of fed) {
        const message = graphCall(key)?.name === 'placeholder' ? refusal(key, value) : undefined;
        if (message === undefined) continue;
        isRefused = true;
        if (said.has(key)) continue;
        said.add(key);
        yield {
          at,
          message,
          evidence: [places(['the placeholder', spanOf(key)])],
        };
      }
      const clash = isRefused || looked.has(at.start) ? undefined : clashIn(run);
      looked.add(at.start);
      if (clash !== undefined)
        yield {
          at,
          message: `With what is fed here, ${shownShape(clash.one)} and ${shownShape(clash.other)} are ${clash.isProduct ? 'multiplied as matrices' : 'combined'} in the graph, which do not go together.`,
          instead: 'Give the placeholder its shape, [None, 1] for a column, and feed arrays of that shape.',
          evidence: [places(['where they come together', clash.at.span])],
        };
    }
  },
};

function refusal(placeholder: Datum, value: Datum): string | undefined {
  if (isTensor(value))
    return 'A placeholder is fed a tensor of the graph here: run that first, and feed what comes.';
  const [takes, given] = [graphShape(placeholder), fedShape(value)];
  if (takes === undefined || given === undefined || doesTake(takes, given)) return undefined;
  return `A placeholder of ${shownShape(takes)} is fed ${shownShape(given)} here.`;
}

/** What only a graph makes: of readers and queues, or of placeholders and variables. */
function isTensor(datum: Datum): boolean {
  const call =
    graphCall(datum) ??
    (isValue(datum) && datum.made.kind === 'operation' && /^(unpacked|getitem)$/.test(datum.made.name)
      ? graphCall(datum.made.args.positional[0])
      : undefined);
  return (
    call !== undefined && /^(train\.(shuffle_)?batch(_join)?|placeholder|nn\.\w+|matmul)$/.test(call.name)
  );
}

function doesTake(takes: GraphShape, given: GraphShape): boolean {
  return takes.length === given.length && !takes.some((size, axis) => differs(size, given[axis]));
}
