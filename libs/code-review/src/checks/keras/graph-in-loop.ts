import { isInside, isValue } from '@tensormark/frameworks';
import type { Called, Datum, Loop, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { graphCall } from '../../ask/graphs.js';
import { graphRuns, trainingSteps } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import { GRAPH, INITIALISERS, loopOf } from './graph-training.js';
import { oncePerProgram } from '../../ask/once.js';

export const graphInLoop: Check = {
  id: 'graph-in-loop',
  title: 'A graph that grows in the loop that runs it',
  severity: 'warning',
  why: 'Each turn adds its nodes, and new variables that nothing initialises: it becomes slower with every step, and an optimiser made anew forgets what it knew.',
  instead: 'Make the step and the measures once, before the loop, and only run them in it.',
  needs: 'minimize, or other functions of a graph, in the same loop as the run of what they give.',
  wrong: [
    `${GRAPH}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        train = tf.train.GradientDescentOptimizer(0.001).minimize(loss)  # <--
        sess.run(train, feed_dict={x: xs, y: ys})
`,
    `${GRAPH}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        guess = sess.run(tf.sigmoid(tf.matmul(x, w)), feed_dict={x: xs})  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
from data import batches
for rate in [0.1, 0.01]:
    x = tf.placeholder(tf.float32, [None, 4])
    y = tf.placeholder(tf.float32, [None, 1])
    w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
    loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
    train = tf.train.GradientDescentOptimizer(rate).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for xs, ys in batches:
            sess.run(train, feed_dict={x: xs, y: ys})
`,
  ],
  *run(program) {
    const said = new Set<number>();
    const looked = new Set<number>();
    const steps = trainingSteps(program).map(({ result }) => result);
    for (const run of graphRuns(program)) {
      const loop = loopOf(run.call);
      const start = run.call.moment.span?.start ?? -1;
      if (loop === undefined || looked.has(start) || hasOwnSession(program, loop)) continue;
      looked.add(start);
      const made = run.fetched.flatMap((one) => madeInside(program, one, loop) ?? [])[0];
      if (made?.moment.span === undefined || said.has(made.moment.span.start)) continue;
      said.add(made.moment.span.start);
      const isStep = steps.includes(made.result ?? null);
      yield {
        at: made.moment.span,
        message: isStep
          ? 'A new step is made in every turn of the loop that runs it.'
          : 'This adds to the graph in every turn of the loop that runs it.',
        // It is slower with each turn, and right all the same.
        ...(!isStep && { severity: 'design' as const }),
        evidence: [places(['it is run here', run.call.moment.span])],
      };
    }
  },
};

/** Whether each turn of a loop has a session or a graph of its own. */
function hasOwnSession(program: Program, loop: Loop): boolean {
  return callsNamed(program, 'Session', 'InteractiveSession', 'Graph', 'reset_default_graph').some(
    ({ moment }) => isInside(moment, loop),
  );
}

/** The first call of TensorFlow's, of those that a value is made of, that a loop makes anew. */
function madeInside(program: Program, value: Value, loop: Loop): Called | undefined {
  return graphEvents(program).find(
    (call) =>
      loopOf(call) === loop &&
      isValue(call.result) &&
      (call.result === value || isMadeOf(value, call.result)) &&
      !INITIALISERS.test(graphCall(call.result)?.name ?? ''),
  );
}

/** The calls, operators among them, that add to a graph. */
const graphEvents = oncePerProgram((program): readonly Called[] => {
  const steps = new Set(trainingSteps(program));
  return eventsOf(program, 'call').filter(
    (call) => call.moment.turn !== undefined && (steps.has(call) || isAdded(call.result)),
  );
});

/** Operations on tensors; sessions, optimisers and what reads files are none. */
function isAdded(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  if (call === undefined)
    return (
      isValue(datum) &&
      datum.made.kind === 'operation' &&
      /^(add|sub|mul|div|pow|neg)$/.test(datum.made.name) &&
      datum.inputs.some((one) => isTensor(one))
    );
  return (
    /^(nn|math|losses|layers|image|train\.(shuffle_)?batch)\b|^[a-z_0-9]+$/.test(call.name) &&
    !/(initiali[sz]er|placeholder|global_step|device|scope|collection|summary)/.test(call.name)
  );
}

function isTensor(value: Value): boolean {
  return /^(Variable|get_variable|placeholder)$/.test(graphCall(value)?.name ?? '') || isAdded(value);
}
