import {
  argument,
  foreignCall,
  isCertain,
  isInside,
  isOffered,
  isValue,
  madeBy,
} from '@tensormark/frameworks';
import type { Called, Datum, Loop, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { graphCall, graphCalls } from '../../ask/graphs.js';
import { graphRuns, trainingSteps } from '../../ask/graph-runs.js';
import type { GraphCall } from '../../ask/graphs.js';
import type { GraphRun } from '../../ask/graph-runs.js';
import { places } from '../../ask/places.js';
import { isNamedElsewhere } from '../../ask/named-elsewhere.js';
import { isGivenOn } from '../../ask/given-on.js';

export const GRAPH = `
import tensorflow as tf
from data import batches, tests
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
`;

export function loopOf({ moment: { turn } }: { readonly moment: Called['moment'] }): Loop | undefined {
  return turn?.loop;
}

/** Whether a run does a step of training. */
export function trains({ fetched }: GraphRun, steps: readonly (Called['result'] | null)[]): boolean {
  return fetched.some((one) => steps.includes(one));
}

export const feedMissing: Check = {
  id: 'feed-missing',
  title: 'A placeholder that is not fed',
  severity: 'error',
  why: 'A placeholder has no value of its own: running what is made of it without feeding it raises an error.',
  instead: 'Add it to feed_dict.',
  needs: 'A run of something whose placeholders are known, with a feed_dict that is known to its last entry.',
  wrong: [
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, y: ys})
    print(sess.run(loss, feed_dict={x: tests[0]}))  # <--
`,
    `
import tensorflow as tf
given = tf.placeholder(tf.float32, [3])
kept = tf.get_variable('kept', initializer=given)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())  # <--
    print(sess.run(kept * 2.0))
`,
  ],
  right: [
    `
import tensorflow as tf
given = tf.placeholder(tf.float32, [3])
kept = tf.Variable(tf.square(given), name='kept')
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer(), feed_dict={given: [1.0, 2.0, 3.0]})
    print(sess.run(kept))
`,
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
guess = tf.matmul(x, w)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run([train, loss], {x: xs, y: ys})
    print(sess.run(guess, feed_dict={x: tests[0]}), w.eval())
`,
    `
import tensorflow as tf
keep = tf.placeholder(tf.float32)
cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.BasicLSTMCell(64), output_keep_prob=keep)
start = cell.zero_state(20, tf.float32)
with tf.Session() as sess:
    state = sess.run(start)
`,
    `
import tensorflow as tf
from data import tests
x = tf.placeholder(tf.float32, [None, 8])
width = x.get_shape().as_list()[1]
w = tf.Variable(tf.random_uniform([width, 2], -1.0 / width, 1.0 / width))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(tf.matmul(x, w), feed_dict={x: tests}))
`,
    // Each object of the class has a placeholder of its own.
    `
import tensorflow as tf

class Reader:
    def __init__(self):
        self.raw = None
        self.picture = self.graph()
        self.session = None

    def graph(self):
        self.raw = tf.placeholder(shape=[], dtype=tf.string)
        return tf.cast(tf.image.decode_jpeg(self.raw, channels=3), tf.float32) / 255.0

    def __call__(self, raw):
        if self.session is None:
            self.session = tf.Session()
        return self.session.run(self.picture, feed_dict={self.raw: raw})
`,
  ],
  *run(program) {
    const said = new Set<number>();
    for (const { call, fetched, fed } of graphRuns(program)) {
      const at = call.moment.span;
      if (at === undefined || fed === undefined || said.has(at.start)) continue;
      said.add(at.start);
      if (fed.some(([key]) => !isValue(key) || graphCall(key)?.name !== 'placeholder')) continue;
      const missing = placeholdersOf(withStarts(program, withSummaries(program, fetched))).find((one) =>
        fed.every(([key]) => !isSame(key, one)),
      );
      if (missing === undefined) continue;
      yield {
        at,
        message: 'What is run here is made of a placeholder that is not fed.',
        evidence: [places(['the placeholder', missing.span])],
      };
    }
  },
};

/** What is run, and what a merged summary shows: every summary that was made before it. */
function withSummaries(program: Program, fetched: readonly Value[]): Value[] {
  return fetched.flatMap((one) => {
    if (!/^(summary\.)?merge_all(_summaries)?$/.test(graphCall(one)?.name ?? '')) return [one];
    const shown = graphCalls(program).filter(
      ({ name, value }) =>
        /^(summary\.(scalar|histogram|image|text|audio)|(scalar|histogram|image)_summary)$/.test(name) &&
        value.id < one.id,
    );
    return [one, ...shown.map(({ value }) => value)];
  });
}

/** What is run, and for an initialiser of all variables what those start from that were made before it. */
function withStarts(program: Program, fetched: readonly Value[]): Value[] {
  return fetched.flatMap((one) => {
    if (!INITIALISERS.test(graphCall(one)?.name ?? '') || /\bGraph\(/.test(program.source)) return [one];
    const calls = graphCalls(program).filter(({ value }) => value.id < one.id);
    const fresh = calls.findLast(({ name }) => name === 'reset_default_graph')?.value.id ?? 0;
    return [one, ...calls.flatMap((call) => (call.value.id > fresh ? startOf(call) : []))];
  });
}

/** The tensor that a variable starts from. */
function startOf({ name, args }: GraphCall): Value[] {
  const start =
    name === 'Variable'
      ? argument(args, 'initial_value', 0)
      : name === 'get_variable'
        ? argument(args, 'initializer', 3)
        : undefined;
  return isValue(start) ? [start] : [];
}

/** Whether a key of a feed_dict is a placeholder, or what the same call of the program made another time. */
function isSame(key: Datum, placeholder: Value): boolean {
  return (
    key === placeholder ||
    (isValue(key) && key.span !== undefined && key.span.start === placeholder.span?.start)
  );
}

/** The placeholders that values of a graph are made of. */
export function placeholdersOf(values: readonly Value[]): Value[] {
  const seen = new Set<number>();
  const found: Value[] = [];
  const waiting = [...values];
  for (let current = waiting.pop(); current !== undefined && seen.size < 2000; current = waiting.pop()) {
    if (seen.has(current.id)) continue;
    seen.add(current.id);
    const name = graphCall(current)?.name;
    if (name === 'placeholder') found.push(current);
    // A variable has a value of its own once it has started. What a run gave is an array, whatever it was made of; a state of zeros
    // has but the sizes of its cell, and a shape that the graph has needs no run.
    else if (name === 'Variable' || name === 'get_variable') continue;
    // What something unknown gives need not be made of all that it was given.
    else if (!isOffered(foreignCall(current)?.name ?? 'tensorflow')) continue;
    else if (!/^(run|eval|zero_state|get_shape|as_list)$/.test(madeBy(current)) && !isStaticShape(current))
      waiting.push(...current.inputs);
  }
  return found;
}

/** `x.shape`, of a graph. */
function isStaticShape({ made }: Value): boolean {
  return made.kind === 'attribute' && made.name === 'shape';
}

export const stepNotRun: Check = {
  id: 'step-not-run',
  title: 'A training step that is never run',
  severity: 'warning',
  why: 'minimize makes a step and does not take it: unless a session runs it, the variables stay as they start.',
  instead: 'Run it with the loss: sess.run([train_step, loss], feed_dict=…).',
  needs: 'A graph whose runs are known, in a loop, and a step that nothing is done with.',
  wrong: [
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)  # <--
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        print(sess.run(loss, feed_dict={x: xs, y: ys}))
`,
  ],
  right: [
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        _, now = sess.run([train, loss], feed_dict={x: xs, y: ys})
`,
    `${GRAPH}
def step():
    return tf.train.AdamOptimizer(0.001).minimize(loss)
def learn(sess, op):
    for xs, ys in batches:
        sess.run(op, feed_dict={x: xs, y: ys})
with tf.Session() as sess:
    train = step()
    sess.run(tf.global_variables_initializer())
    learn(sess, train)
`,
  ],
  *run(program) {
    const runs = graphRuns(program).filter((run) => loopOf(run.call) !== undefined);
    if (runs.length === 0) return;
    const steps = trainingSteps(program).filter(({ moment }) => isCertain(moment));
    for (const { result, moment } of steps) {
      if (!isValue(result) || moment.span === undefined || moment.activation !== undefined) continue;
      if (runs.some(({ fetched }) => fetched.length === 0)) continue;
      if (isGivenOn(program, result) || isNamedElsewhere(program, moment.span)) continue;
      yield {
        at: moment.span,
        message: 'This step is made and never run: nothing is learned.',
        evidence: [places(['run in the loop', runs[0]?.call.moment.span])],
      };
    }
  },
};

export const INITIALISERS =
  /^(global_variables_initializer|initialize_all_variables|initializers\.global_variables)$/;

export const startedAgain: Check = {
  id: 'started-again',
  title: 'Variables that start again in the loop that learns',
  severity: 'warning',
  why: 'Running the initialiser sets every variable back to where it started: whatever was learned before is gone.',
  instead: 'Run the initialiser once, before the loop.',
  needs: 'A run of the initialiser in the same loop as the run of a training step.',
  wrong: [
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    for xs, ys in batches:
        sess.run(tf.global_variables_initializer())  # <--
        sess.run(train, feed_dict={x: xs, y: ys})
`,
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
def show(session):
    for word in ['one', 'other']:
        session.run(tf.global_variables_initializer())  # <--
        print(word, session.run(loss, feed_dict={x: xs, y: ys}))
with tf.Session() as sess:
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, y: ys})
        show(sess)
`,
  ],
  right: [
    `${GRAPH}
train = tf.train.AdamOptimizer(0.001).minimize(loss)
init = tf.global_variables_initializer()
with tf.Session() as sess:
    for fold in range(3):
        sess.run(init)
        for xs, ys in batches:
            sess.run(train, feed_dict={x: xs, y: ys})
`,
  ],
  *run(program) {
    const runs = graphRuns(program);
    const steps = trainingSteps(program).map(({ result }) => result);
    const said = new Set<number>();
    for (const run of runs) {
      const loop = loopOf(run.call);
      const at = run.call.moment.span;
      if (loop === undefined || at === undefined || said.has(at.start)) continue;
      if (!run.fetched.some((one) => INITIALISERS.test(graphCall(one)?.name ?? ''))) continue;
      said.add(at.start);
      const learns = runs.find((other) => {
        const learning = loopOf(other.call);
        return learning !== undefined && isInside(run.call.moment, learning) && trains(other, steps);
      });
      if (learns === undefined) continue;
      yield {
        at,
        message: 'All variables are set back to their start in every turn of the loop that learns.',
        evidence: [places(['the training step', learns.call.moment.span])],
      };
    }
  },
};
