import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { networkOfVariables } from '../../ask/keras.js';
import { TAPE_LOOP } from '../../ask/snippets.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { functionsAround, statementAt, statementsIn, targetsOf, usesOf } from '../../ask/tree.js';
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
    if (at === undefined || said.has(at.start)) continue;
    said.add(at.start);
    const statement = statementAt(program, at);
    const [target, ...others] = statement?.kind === 'Assign' ? statement.targets : [];
    if (statement === undefined || target?.kind !== 'Name' || others.length > 0) continue;
    const around = functionsAround(program, at).at(-1);
    if (networkOfVariables(sources) === undefined && !asksOfVariables(statement, around)) continue;
    const body = around === undefined ? program.body : around.body;
    if (!isOverwritten(body, statement, target.id) && usesOf(body, target.id).length > 1) continue;
    yield { at, message: 'Nothing reads these gradients: no optimiser applies them.', evidence: [] };
  }
}

const VARIABLES = /\.trainable_(variables|weights)\b/;

/** Whether it is written that the gradients are by the variables of a network. */
function asksOfVariables(statement: tree.Statement, around: tree.FunctionDefinition | undefined): boolean {
  const call = statement.kind === 'Assign' && statement.value.kind === 'Call' ? statement.value : undefined;
  const sources = call?.args[1] ?? call?.keywords.find(({ name }) => name === 'sources')?.value;
  if (sources === undefined) return false;
  if (sources.kind !== 'Name') return VARIABLES.test(sources.span.text);
  const makings = statementsIn(around?.body ?? []).filter((one) => targetsOf(one).includes(sources.id));
  return (
    makings.length > 0 && makings.every((one) => one.kind === 'Assign' && VARIABLES.test(one.value.span.text))
  );
}

/** Whether the same name is given anew in the statements after it, before anything reads it. */
function isOverwritten(body: readonly tree.Statement[], statement: tree.Statement, name: string): boolean {
  const home = blocksOf(body).find((block) => block.includes(statement));
  const isOfWith =
    home !== undefined &&
    blocksOf(body).find((block) => block.some((one) => one.kind === 'With' && one.body === home));
  const after = [
    ...(home?.slice(home.indexOf(statement) + 1) ?? []),
    ...(isOfWith
      ? isOfWith.slice(isOfWith.findIndex((one) => one.kind === 'With' && one.body === home) + 1)
      : []),
  ];
  for (const one of after) {
    const isGiven =
      (one.kind === 'Assign' && targetsOf(one).includes(name)) ||
      (one.kind === 'With' && one.body.some((inner) => targetsOf(inner).includes(name)));
    const reads = usesOf([one], name).length;
    if (isGiven) return reads === 1;
    if (reads > 0) return false;
  }
  return false;
}

/** The blocks of statements within a body, itself too. */
function blocksOf(body: readonly tree.Statement[]): (readonly tree.Statement[])[] {
  return [
    body,
    ...statementsIn(body).flatMap((one) =>
      one.kind === 'For' || one.kind === 'While' || one.kind === 'If'
        ? [one.body, one.orElse]
        : one.kind === 'With'
          ? [one.body]
          : [],
    ),
  ];
}
