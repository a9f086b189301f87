import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { networkOfVariables } from '../../ask/keras.js';
import { TAPE_LOOP } from '../../ask/snippets.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { callsOf, functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const VARIABLES = /\.(trainable_)?(variables|weights)$|(^|\.)trainable_(variables|weights)\(\)$/;
const GRADIENTS = /\.(gradient|gradients|compute_gradients)\(|(^|\W)gradients\(|clip_by_global_norm\(/;

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
    `${TAPE_LOOP}
    learned = model.trainable_variables
    optimizer.apply_gradients(grads_and_vars=zip(learned, gradients))  # <--
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
    for (const { args, keywords, span } of applied) {
      const zip = args[0] ?? keywords.find(({ name }) => name === 'grads_and_vars')?.value;
      if (zip?.kind !== 'Call') continue;
      const [first, second, ...more] = zip.args;
      if (zip.callee.span.text !== 'zip' || first === undefined || second === undefined || more.length > 0)
        continue;
      const areVariables = VARIABLES.test(first.span.text) || isMadeAs(program, first, VARIABLES);
      if (!areVariables || VARIABLES.test(second.span.text)) continue;
      if (!VARIABLES.test(first.span.text) && !isMadeAs(program, second, GRADIENTS)) continue;
      yield {
        at: span,
        message: 'The pairs have the variables first, and apply_gradients takes the gradients first.',
        evidence: [],
      };
    }
  },
};

/** Whether a name is bound in the function around it, and only to what reads like that. */
function isMadeAs(program: Program, { kind, span }: tree.Expression, like: RegExp): boolean {
  if (kind !== 'Name') return false;
  const [around] = functionsAround(program, span);
  const makings = (around === undefined ? statementsOf(program) : statementsIn(around.body)).filter(
    (one) => one.span.start < span.start && targetsOf(one).includes(span.text),
  );
  return (
    makings.length > 0 && makings.every((one) => one.kind === 'Assign' && like.test(one.value.span.text))
  );
}
