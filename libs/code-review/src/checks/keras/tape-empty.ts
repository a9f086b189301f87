import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const tapeEmpty: Check = {
  id: 'tape-empty',
  title: 'A tape that recorded nothing',
  severity: 'error',
  why: 'A tape knows what was computed inside its with; one that is made on the spot knows nothing, and no variable gets a gradient.',
  instead:
    'Compute the loss inside "with tf.GradientTape() as tape:" and hand that tape on, or hand minimize a function that computes the loss.',
  needs: 'minimize or compute_gradients with a tape that no with records for.',
  wrong: [
    `
import tensorflow as tf
w = tf.Variable(3.0)
loss = w * w
steps = tf.optimizers.Adam(learning_rate=0.1)
steps.minimize(loss, var_list=[w], tape=tf.GradientTape())  # <--
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
