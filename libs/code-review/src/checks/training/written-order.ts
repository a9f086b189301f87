import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf } from '../../ask/tree.js';

/** What may compute gradients, or take a step, under another name. */
const MAY_LEARN = /backward|\bgrad\b|\.step\(|closure|scale|accelerat|update|learn|train/i;

/**
 * Gradients that are set to zero after they were computed and before the step, or a step between the two, one statement after the
 * other in one body, whatever is known of the network: no step is ever taken with gradients.
 */
export function* zeroedBeforeStep(program: Program): Generator<Found> {
  if (!/\.zero_grad\(/.test(program.source)) return;
  for (const body of bodiesOf(program)) {
    for (const [index, zero] of body.entries()) {
      const name = methodOf(zero, 'zero_grad');
      if (name === undefined) continue;
      const at = body.findIndex((one, other) => other > index && methodOf(one, 'step') === name);
      const step = body[at];
      if (step === undefined || body.some((one) => one !== step && methodOf(one, 'step') === name)) continue;
      if (body.slice(index + 1, at).some(({ span }) => MAY_LEARN.test(span.text))) continue;
      const backwards = body.filter((one) => methodOf(one, 'backward') !== undefined);
      const [backward] = backwards;
      if (backward === undefined || backwards.length > 1 || isLater(body, index, name)) continue;
      const isBefore = body.indexOf(backward) < index;
      yield {
        at: isBefore ? zero.span : step.span,
        message: isBefore
          ? 'Gradients are set to zero after backward() and before the step that should use them.'
          : 'The step is taken before backward() has computed the gradients of this batch, and those of the last are gone.',
        evidence: [places(['gradients are computed', backward.span], ['the step is taken', step.span])],
      };
      return;
    }
  }
}

/** Whether the same is emptied once more. */
function isLater(body: readonly tree.Statement[], index: number, name: string): boolean {
  return body.some((one, other) => other !== index && methodOf(one, 'zero_grad') === name);
}

/** `optimizer` in the statement `optimizer.step()`. */
function methodOf(statement: tree.Statement, method: string): string | undefined {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return undefined;
  const { callee } = statement.value;
  return callee.kind === 'Attribute' && callee.attribute === method && /^[\w.]+$/.test(callee.value.span.text)
    ? callee.value.span.text
    : undefined;
}

function* bodiesOf(program: Program): Generator<readonly tree.Statement[]> {
  for (const one of statementsOf(program))
    if (one.kind === 'FunctionDef' || one.kind === 'For' || one.kind === 'While' || one.kind === 'With')
      yield one.body;
}
