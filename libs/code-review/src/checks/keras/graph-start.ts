import { isCertain, isValue } from '@tensormark/frameworks';
import type { Called, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { graphCall, graphCalls, HOLDS_VARIABLES } from '../../ask/graphs.js';
import { graphRuns, mayRestore, trainingSteps } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { isEnteredByReading, places } from '../../ask/places.js';
import { GRAPH, INITIALISERS, trains } from './graph-training.js';

export const startMissing: Check = {
  id: 'start-missing',
  title: 'Variables that are never initialised',
  severity: 'error',
  why: 'The variables of a graph have no value until their initialiser is run; using one before raises an error.',
  instead: 'Run sess.run(tf.global_variables_initializer()) first.',
  needs:
    'Variables, a session that runs a training step of theirs, and no initialiser or restored file in the program; or an iterator over a data set that has one of its own.',
  wrong: [
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, y: ys})  # <--
`,
    `
import numpy as np
import tensorflow as tf
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())  # <--
    x = tf.placeholder(tf.float32, [None, 4])
    w = tf.Variable(tf.random_normal([4, 1]))
    print(sess.run(tf.matmul(x, w), feed_dict={x: np.ones([2, 4])}))
`,
    `
import numpy as np
import tensorflow as tf
class Trainer:
    def network(self, given):
        return tf.layers.dense(tf.nn.relu(tf.layers.dense(given, 64)), 1)
    def train(self):
        start = tf.global_variables_initializer()  # <--
        sess = tf.Session()
        sess.run(start)
        x = tf.placeholder(tf.float32, [None, 4])
        guess = self.network(x)
        print(sess.run(guess, feed_dict={x: np.ones([2, 4])}))
Trainer().train()
`,
    `
import numpy as np
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((np.random.rand(100, 4), np.random.rand(100, 1))).batch(10)
iterator = data.make_initializable_iterator()
x, y = iterator.get_next()
loss = tf.reduce_mean(tf.square(tf.layers.dense(x, 1) - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        sess.run(train)  # <--
`,
    `${GRAPH}
start = tf.global_variables_initializer()  # <--
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(start)
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, y: ys})
`,
  ],
  right: [
    `${GRAPH}
start = tf.global_variables_initializer()
train = tf.train.GradientDescentOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(start)
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, y: ys})
`,
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'model.ckpt')
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, y: ys})
`,
    `
import numpy as np
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((np.random.rand(100, 4), np.random.rand(100, 1))).batch(10)
iterator = data.make_initializable_iterator()
x, y = iterator.get_next()
loss = tf.reduce_mean(tf.square(tf.layers.dense(x, 1) - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), iterator.initializer])
    for step in range(10):
        sess.run(train)
`,
  ],
  *run(program) {
    yield* iteratorsNotStarted(program);
    const early = initialisedEarly(program);
    if (early !== undefined) {
      yield early;
      return;
    }
    if (
      mayRestore(program.source) ||
      /variables_initiali[sz]er|\.initiali[sz]er\b|initialize_|restore/.test(program.source)
    )
      return;
    if (!graphCalls(program).some(({ name }) => name === 'Variable')) return;
    const steps = trainingSteps(program).map(({ result }) => result);
    const variables = graphCalls(program).filter(({ name }) => name === 'Variable');
    const run = graphRuns(program).find(
      (one) =>
        isCertain(one.call.moment) &&
        (trains(one, steps) ||
          one.fetched.some((fetched) =>
            variables.some(({ value }) => fetched === value || isMadeOf(fetched, value)),
          )),
    );
    if (run?.call.moment.span === undefined) return;
    yield {
      at: run.call.moment.span,
      message: 'The variables are used here, and nothing initialises them.',
      evidence: [],
    };
  },
};

/** What reads from an iterator over a data set whose own initialiser nothing runs. */
function* iteratorsNotStarted(program: Program): Generator<Found> {
  const { source } = program;
  if (!source.includes('make_initializable_iterator')) return;
  if (/\.initializer\b|make_initializer|TABLE_INITIALIZERS|Estimator|MonitoredSession/.test(source)) return;
  const iterators = callsNamed(program, 'make_initializable_iterator').flatMap(({ result }) =>
    isValue(result) ? [result] : [],
  );
  for (const { call, fetched } of graphRuns(program)) {
    const at = call.moment.span;
    const read = iterators.find((iterator) => fetched.some((one) => isMadeOf(one, iterator)));
    if (at === undefined || read === undefined || !isCertain(call.moment)) continue;
    yield {
      at,
      message:
        'This reads from an iterator that must be initialised first, and nothing runs its initialiser.',
      instead: 'Run sess.run(iterator.initializer) before, once for each pass over the data.',
      evidence: [places(['the iterator', read.span])],
    };
    return;
  }
}

/** An initialiser made when the variables that are run were not there yet; it knows only those that are. */
function initialisedEarly(program: Program): Found | undefined {
  if (!/initiali[sz]er|initialize_/.test(program.source)) return undefined;
  // With reuse a later call fetches the variables of an earlier one.
  if (mayRestore(program.source) || /restore|\.assign|reuse/i.test(program.source)) return undefined;
  const called = eventsOf(program, 'call');
  const starts = called.filter(({ result }) => INITIALISERS.test(graphCall(result)?.name ?? ''));
  const last = starts.at(-1);
  const within = last?.moment.activation;
  const isPlain = (moment: Called['moment']): boolean =>
    moment.arm === undefined &&
    isIn(moment.activation, within) &&
    (within !== undefined || !isEnteredByReading(moment));
  if (
    last?.moment.span === undefined ||
    starts.some(({ moment }) => !isPlain(moment) || moment.activation !== within)
  )
    return undefined;
  const late = called.filter(
    (call) =>
      (HOLDS_VARIABLES.test(graphCall(call.result)?.name ?? '') || keepsRecords(call)) &&
      isPlain(call.moment) &&
      call.moment.at > last.moment.at,
  );
  const run = graphRuns(program).find(
    ({ call, fetched }) =>
      isPlain(call.moment) &&
      fetched.some((one) =>
        late.some(({ result }) => isValue(result) && (one === result || isMadeOf(one, result))),
      ),
  );
  if (run === undefined) return undefined;
  return {
    at: last.moment.span,
    message:
      'The initialiser is made before the variables: it initialises those that are there, and these are not.',
    evidence: [
      places(['a variable made after it', late[0]?.moment.span], ['used here', run.call.moment.span]),
    ],
  };
}

/** A step of an optimiser that keeps variables of its own for each that it moves. */
function keepsRecords({ args, name }: Called): boolean {
  const [optimizer] = args.positional;
  return (
    /^(minimize|apply_gradients)$/.test(name) &&
    /^train\.(Adam|Momentum|RMSProp|Adagrad|Adadelta|Ftrl)Optimizer$/.test(graphCall(optimizer)?.name ?? '')
  );
}

type Activation = Called['moment']['activation'];

/** Whether a call of a function is another, or is made while that one lasts. */
function isIn(inner: Activation, outer: Activation): boolean {
  let current = inner;
  while (current !== undefined && current !== outer) current = current.outer;
  return current === outer;
}
