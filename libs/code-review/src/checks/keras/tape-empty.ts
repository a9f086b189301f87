import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { callsOf, targetsOf } from '../../ask/tree.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const tapeEmpty: Check = {
  id: 'tape-empty',
  title: 'A tape that recorded nothing',
  severity: 'error',
  why: 'A tape knows what was computed inside its with; one that is made on the spot knows nothing, and no variable gets a gradient.',
  instead:
    'Compute the loss inside "with tf.GradientTape() as tape:" and hand that tape on, or hand minimize a function that computes the loss.',
  needs:
    'minimize or compute_gradients with a tape that no with records for, or with a function that only gives what was computed before.',
  wrong: [
    `
import tensorflow as tf
w = tf.Variable(3.0)
loss = w * w
steps = tf.optimizers.Adam(learning_rate=0.1)
steps.minimize(loss, var_list=[w], tape=tf.GradientTape())  # <--
`,
    `
import tensorflow as tf
w = tf.Variable(3.0)
cost = w * w
loss = lambda: cost  # <--
steps = tf.keras.optimizers.Adam(learning_rate=0.1)
steps.minimize(loss, var_list=[w])
`,
  ],
  right: [
    `
import tensorflow as tf
w = tf.Variable(3.0)
steps = tf.optimizers.Adam(learning_rate=0.1)
with tf.GradientTape() as tape:
    loss = w * w
steps.minimize(loss, var_list=[w], tape=tape)
steps.minimize(lambda: w * w, var_list=[w])
`,
  ],
  *run(program) {
    yield* computedBefore(program);
    if (!program.source.includes('GradientTape')) return;
    for (const { args, moment } of callsNamed(program, 'minimize', 'compute_gradients')) {
      const tape = args.named.get('tape');
      if (!isValue(tape) || foreignCall(tape)?.name.endsWith('.GradientTape') !== true) continue;
      const at = moment.span;
      // A tape that something else is done with, as with does, may have recorded.
      const isUsed = eventsOf(program, 'call').some((call) => call.args.positional[0] === tape);
      const { span } = tape;
      if (at === undefined || isUsed || span === undefined || span.start < at.start || span.end > at.end)
        continue;
      yield {
        at,
        message: 'The tape is made here, after everything was computed: it gives no gradient.',
        evidence: [places(['the tape', span])],
      };
    }
  },
};

/** `minimize(lambda: cost)` of TensorFlow 2, where the cost was computed before the function is called. */
function* computedBefore(program: Program): Generator<Found> {
  if (!/\.minimize\(/.test(program.source) || !/\boptimizers\./.test(program.source)) return;
  if (/placeholder|Session|compat\.v1|disable_eager/.test(program.source)) return;
  const assigned = new Map<string, tree.Expression[]>();
  for (const one of program.body)
    if (one.kind === 'Assign')
      for (const name of targetsOf(one)) assigned.set(name, [...(assigned.get(name) ?? []), one.value]);
  for (const call of callsOf(program)) {
    const [given] = call.args;
    if (!call.callee.span.text.endsWith('.minimize') || given === undefined) continue;
    const [loss, ...more] = given.kind === 'Name' ? (assigned.get(given.id) ?? []) : [given];
    if (loss?.kind !== 'Lambda' || more.length > 0 || loss.body.kind !== 'Name') continue;
    const [cost, ...others] = assigned.get(loss.body.id) ?? [];
    if (others.length > 0 || (cost?.kind !== 'Call' && cost?.kind !== 'BinOp' && cost?.kind !== 'UnaryOp'))
      continue;
    yield {
      at: loss.span,
      message: `${loss.body.id} was computed before this is called, so that no variable gets a gradient of it.`,
      evidence: [places(['computed here', cost.span])],
    };
  }
}
