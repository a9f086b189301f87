import { entriesOf, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { graphCall } from '../../ask/graphs.js';
import { graphRuns } from '../../ask/graph-runs.js';
import { oncePerProgram } from '../../ask/once.js';
import { places } from '../../ask/places.js';

const AGENT = `
import tensorflow as tf
from data import batches
state, following = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.float32, [None, 4])
reward = tf.placeholder(tf.float32, [None])
def values(of, scope):
    with tf.variable_scope(scope):
        return tf.layers.dense(tf.layers.dense(of, 16, activation=tf.nn.relu), 2)
now = tf.reduce_max(values(state, 'now'), axis=1)
`;
const TRAINED = `
loss = tf.reduce_mean(tf.square(target - now))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for s, r, s_next in batches:
        sess.run(train, feed_dict={state: s, reward: r, following: s_next})`;

export const placeholderUnused: Check = {
  id: 'placeholder-unused',
  title: 'A placeholder that is fed, and that nothing is made of',
  severity: 'warning',
  why: 'What is fed to it changes nothing: something else stands in its place in the graph.',
  instead: 'Make of it what it is fed for, or take it out.',
  needs: 'A placeholder that a run feeds and that no operation of the program takes.',
  wrong: [
    `${AGENT}
target = tf.stop_gradient(reward + 0.9 * tf.reduce_max(values(state, 'later'), axis=1))
${TRAINED}  # <--
`,
  ],
  right: [
    `${AGENT}
target = tf.stop_gradient(reward + 0.9 * tf.reduce_max(values(following, 'later'), axis=1))
${TRAINED}
`,
  ],
  *run(program) {
    const runs = graphRuns(program);
    if (runs.length === 0) return;
    const told = new Set<number>();
    for (const { call, fed } of runs)
      for (const [placeholder] of fed ?? []) {
        if (!isValue(placeholder) || told.has(placeholder.id) || call.moment.span === undefined) continue;
        if (graphCall(placeholder)?.name !== 'placeholder' || takenIn(program).has(placeholder)) continue;
        told.add(placeholder.id);
        yield {
          at: call.moment.span,
          message: 'Nothing in the graph is made of one of the placeholders that are fed here.',
          evidence: [places(['the placeholder', placeholder.span])],
        };
      }
  },
};

/** All values that a call takes, by place, by name or within a list; what a run is fed is keyed by placeholders, not made of them. */
const takenIn = oncePerProgram((program: Program): ReadonlySet<Value> => {
  const taken = new Set<Value>();
  const take = (datum: Datum): void => {
    if (isValue(datum)) taken.add(datum);
    else if (Array.isArray(datum)) datum.forEach(take);
    else entriesOf(datum)?.forEach(([, value]) => take(value));
  };
  for (const { args, result } of eventsOf(program, 'call')) {
    args.positional.forEach(take);
    args.named.forEach(take);
    if (isValue(result)) result.inputs.forEach((input) => taken.add(input));
  }
  return taken;
});
