import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsOf, functionsAround } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

const LOOP = `
import tensorflow as tf
from data import batches, model
optimizer = tf.keras.optimizers.Adam(0.001)
measure = tf.keras.losses.SparseCategoricalCrossentropy()
for x, y in batches:
    with tf.GradientTape() as tape:
        loss = measure(y, model(x, training=True))
`;

/** Words of programs in which something is to become large. */
const ON_PURPOSE =
  /adv|attack|fool|saliency|dream|reinforce|policy|reward|actor|critic|discrimin|maximi[sz]|ascent|elbo|log_?prob|revers|game/i;

/** The gradient of a loss with a minus, which an optimiser then goes against. */
export const gradientTurnedInKeras: KerasPart = {
  why: 'apply_gradients goes against the gradient by itself: of a loss with a minus it makes the loss larger.',
  instead: 'Ask the tape for the gradient of the loss as it is.',
  wrong: [
    `${LOOP}
    grads = tape.gradient(-loss, model.trainable_variables)  # <--
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
`,
  ],
  right: [
    `${LOOP}
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
`,
    `${LOOP}
    against = tape.gradient(-loss, model.trainable_variables)
    optimizer.apply_gradients(zip(against, model.trainable_variables))
    print('gradient ascent', loss)
`,
  ],
  *run(program: Program): Generator<Found> {
    const { source } = program;
    if (!source.includes('GradientTape') || !source.includes('apply_gradients') || ON_PURPOSE.test(source))
      return;
    for (const { callee, args, span } of callsOf(program)) {
      const [target] = args;
      if (callee.kind !== 'Attribute' || callee.attribute !== 'gradient' || target?.kind !== 'UnaryOp')
        continue;
      const { operand, operator } = target;
      if (operator !== '-' || operand.kind !== 'Name' || !/(^|_)(loss|cost|error)(_|$)/i.test(operand.id))
        continue;
      const around = functionsAround(program, span).at(-1)?.span.text ?? source;
      // What has a minus already is turned back.
      if (new RegExp(String.raw`\b${operand.id}\s*(=|-=)\s*-|\b${operand.id}\s*-=`).test(around)) continue;
      yield {
        at: target.span,
        message: `The gradient of -${operand.id} is asked for: each step makes ${operand.id} larger.`,
        evidence: [],
      };
    }
  },
};
