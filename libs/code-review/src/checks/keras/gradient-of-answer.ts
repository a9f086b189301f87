import type { Check } from '../../check.js';
import { functionsAround, nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const STEP = (of: string): string => `
import tensorflow as tf
from data import model, optimizer, entropy
def step(images, labels):
    with tf.GradientTape() as tape:
        predictions = model(images, training=True)
        loss = entropy(labels, predictions)
    gradients = tape.gradient(${of}, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
`;

export const gradientOfAnswer: Check = {
  id: 'gradient-of-answer',
  title: 'The gradient of what the network gives, and not of the loss',
  severity: 'warning',
  why: 'The step makes smaller what the gradient is of: here the answers themselves, whatever the labels are, and the loss is computed for nothing.',
  instead: 'Write tape.gradient(loss, model.trainable_variables).',
  needs:
    'A tape under which a loss is computed of what a network gives, whose gradient is asked for that and nowhere for the loss, and then applied.',
  wrong: [STEP('predictions').replace('variables)\n    optimizer', 'variables)  # <--\n    optimizer')],
  right: [STEP('loss')],
  *run(program) {
    if (!program.source.includes('GradientTape')) return;
    for (const taped of nodesOf(program, 'With')) {
      if (!taped.items.some(({ context }) => /GradientTape/.test(context.span.text))) continue;
      const home = functionsAround(program, taped.span).at(-1);
      if (home === undefined || !/apply_gradients/.test(home.span.text)) continue;
      const asked = nodesOf(program, 'Call').filter(
        ({ callee, span }) =>
          callee.kind === 'Attribute' &&
          /^(gradient|minimize|compute_gradients)$/.test(callee.attribute) &&
          span.start > taped.span.start &&
          span.end <= home.span.end,
      );
      const [only] = asked;
      const [of] = only?.args ?? [];
      if (asked.length !== 1 || only === undefined || of?.kind !== 'Name') continue;
      const inside = statementsIn(taped.body);
      const answer = inside.find((one) => targetsOf(one).includes(of.id));
      const loss = inside.find(
        (one) =>
          one.kind === 'Assign' &&
          one !== answer &&
          targetsOf(one).some((name) => /loss|cost/i.test(name)) &&
          new RegExp(String.raw`\b${of.id}\b`).test(one.value.span.text),
      );
      const isAnswer =
        answer?.kind === 'Assign' &&
        answer.value.kind === 'Call' &&
        /(^|\.)\w*(model|net|network)$|^self$/i.test(answer.value.callee.span.text) &&
        !/loss|cost|error/i.test(of.id);
      if (!isAnswer || loss === undefined) continue;
      yield {
        at: only.span,
        message: `The gradient is that of ${of.id}, which the network gives, and not of the loss.`,
        evidence: [],
      };
    }
  },
};
