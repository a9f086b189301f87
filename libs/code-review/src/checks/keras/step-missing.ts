import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { networkOfVariables } from '../../ask/keras.js';
import { TAPE_LOOP } from '../../ask/snippets.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { functionsAround, statementAt, usesOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** Gradients of a network's variables that nothing is done with. */
export const stepMissingInKeras: KerasPart = {
  why: 'The gradients say where to go; only the optimiser goes there. Without it no variable ever changes.',
  instead: 'Call optimizer.apply_gradients(zip(gradients, model.trainable_variables)).',
  wrong: [
    `${TAPE_LOOP}  # <--
    print(float(loss))
`,
    `
import tensorflow as tf
class Own(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)  # <--
        return {'loss': loss}
`,
  ],
  right: [
    `${TAPE_LOOP}
    gradients, size = tf.clip_by_global_norm(gradients, 1.0)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `
import tensorflow as tf
from data import picture
model = tf.keras.applications.VGG16()
with tf.GradientTape() as tape:
    score = model(picture)[0, 1]
print([float(tf.norm(one)) for one in tape.gradient(score, model.trainable_variables)])
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* unread(program);
    if (/apply|minimize|assign|set_weights|update|step/.test(program.source)) return;
    for (const { call, sources } of gradientsAsked(program)) {
      const { moment } = call;
      if (moment.span === undefined || moment.turn === undefined || !isValue(sources)) continue;
      if (sources.made.kind !== 'attribute' || sources.made.name !== 'trainable_variables') continue;
      yield {
        at: moment.span,
        message: 'These gradients are computed in every turn, and no optimiser applies them.',
        evidence: [],
      };
      return;
    }
  },
};

/** Gradients by a network's variables under a name that nothing reads. */
function* unread(program: Program): Generator<Found> {
  const said = new Set<number>();
  for (const { call, sources } of gradientsAsked(program)) {
    const at = call.moment.span;
    if (at === undefined || said.has(at.start) || networkOfVariables(sources) === undefined) continue;
    said.add(at.start);
    const statement = statementAt(program, at);
    const [target, ...others] = statement?.kind === 'Assign' ? statement.targets : [];
    if (target?.kind !== 'Name' || others.length > 0) continue;
    const around = functionsAround(program, at).at(-1);
    if (usesOf(around === undefined ? program.body : around.body, target.id).length > 1) continue;
    yield { at, message: 'Nothing reads these gradients: no optimiser applies them.', evidence: [] };
  }
}
