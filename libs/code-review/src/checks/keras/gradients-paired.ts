import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { networkOfVariables } from '../../ask/keras.js';
import { TAPE_LOOP } from '../../ask/snippets.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { callsOf, functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

const VARIABLES = /\.(trainable_)?(variables|weights)$/;

export const gradientsPaired: Check = {
  id: 'gradients-paired',
  title: 'Gradients that are not given as pairs with their variables',
  severity: 'error',
  why: 'apply_gradients takes pairs of a gradient and the variable it is of, in this order; anything else raises an error.',
  instead: 'Call optimizer.apply_gradients(zip(gradients, model.trainable_variables)).',
  needs:
    'apply_gradients that is given what tape.gradient gave as it is, or a zip whose first argument is the variables of a network.',
  wrong: [
    `${TAPE_LOOP}
    optimizer.apply_gradients(gradients)  # <--
`,
    `${TAPE_LOOP}
    optimizer.apply_gradients(zip(model.trainable_variables, gradients))  # <--
`,
    `
import tensorflow as tf
from networks import maker, judge, maker_loss, judge_loss, maker_steps, judge_steps
def step(real, noise):
    with tf.GradientTape() as of_maker, tf.GradientTape() as of_judge:
        made = maker(noise, training=True)
        on_real, on_made = judge(real, training=True), judge(made, training=True)
        lost, missed = maker_loss(on_made), judge_loss(on_real, on_made)
    for_maker = of_maker.gradient(lost, maker.trainable_variables)
    for_judge = of_judge.gradient(missed, maker.trainable_variables)
    maker_steps.apply_gradients(zip(for_maker, maker.trainable_variables))
    judge_steps.apply_gradients(zip(for_judge, judge.trainable_variables))  # <--
`,
  ],
  right: [
    `${TAPE_LOOP}
    pairs = zip(gradients, model.trainable_variables)
    optimizer.apply_gradients([(tf.clip_by_norm(one, 1.0), of) for one, of in pairs])
`,
  ],
  *run(program) {
    if (!program.source.includes('apply_gradients')) return;
    const applied = callsOf(program).filter(({ callee }) => callee.span.text.endsWith('.apply_gradients'));
    for (const { args, span } of applied) {
      const [given] = args;
      if (given?.kind !== 'Name') continue;
      const makings = statementsOf(program).filter((one) => targetsOf(one).includes(given.id));
      const isAsked = (making: tree.Statement): boolean =>
        making.kind === 'Assign' &&
        making.targets.every(({ kind }) => kind === 'Name') &&
        gradientsAsked(program).some(
          ({ call: { moment }, sources }) =>
            moment.span?.start === making.value.span.start &&
            moment.span.end === making.value.span.end &&
            networkOfVariables(sources) !== undefined,
        );
      if (makings.length === 0 || !makings.every((making) => isAsked(making))) continue;
      yield {
        at: span,
        message: 'apply_gradients is given the gradients alone, without the variables they are of.',
        evidence: [],
      };
    }
    yield* ofOthers(program, applied);
    for (const { args, span } of applied) {
      const [zip] = args;
      if (zip?.kind !== 'Call') continue;
      const [first, second, ...more] = zip.args;
      if (zip.callee.span.text !== 'zip' || first === undefined || second === undefined || more.length > 0)
        continue;
      if (!VARIABLES.test(first.span.text) || VARIABLES.test(second.span.text)) continue;
      yield {
        at: span,
        message: 'The pairs have the variables first, and apply_gradients takes the gradients first.',
        evidence: [],
      };
    }
  },
};

/** `zip(gradients, judge.trainable_variables)`, where the gradients were asked for by those of another network. */
function* ofOthers(program: Program, applied: readonly tree.Call[]): Generator<Found> {
  for (const { args, span } of applied) {
    const [zip] = args;
    if (zip?.kind !== 'Call' || zip.callee.span.text !== 'zip' || zip.args.length !== 2) continue;
    const [gradients, variables] = zip.args;
    if (gradients?.kind !== 'Name' || variables === undefined) continue;
    const home = functionsAround(program, span).at(-1);
    const makings = statementsOf(program).filter(
      (one) => targetsOf(one).includes(gradients.id) && functionsAround(program, one.span).at(-1) === home,
    );
    const [only] = makings;
    if (makings.length !== 1 || only?.kind !== 'Assign' || only.value.kind !== 'Call') continue;
    if (!only.value.callee.span.text.endsWith('.gradient')) continue;
    const sources = only.value.args[1] ?? only.value.keywords.find(({ name }) => name === 'sources')?.value;
    const [asked, given] = [networksIn(sources), networksIn(variables)];
    if (asked === undefined || given === undefined || asked.join() === given.join()) continue;
    yield {
      at: span,
      message: `The gradients are those of the variables of ${asked.join(' and ')}, and are applied to those of ${given.join(' and ')}.`,
      evidence: [],
    };
  }
}

/** The networks whose variables are written in an expression, one after the other; undefined where anything else is. */
function networksIn(node: tree.Expression | undefined): readonly string[] | undefined {
  if (node?.kind === 'BinOp' && node.operator === '+') {
    const [left, right] = [networksIn(node.left), networksIn(node.right)];
    return left && right && [...left, ...right];
  }
  return node?.kind === 'Attribute' && /^trainable_(variables|weights)$/.test(node.attribute)
    ? [node.value.span.text]
    : undefined;
}
