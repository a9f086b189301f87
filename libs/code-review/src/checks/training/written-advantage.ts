import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { bodyAround, statementsOf, targetsOf } from '../../ask/tree.js';

const ESTIMATE = /^(self\.)?(state_)?(values?|baselines?|v)(_(t|s|pred|batch))?$|critic/i;
const RETURN = /^(self\.)?(discounted_)?(returns?|rets?|rewards?_to_go)(_(t|batch|tensor))?$/i;
/** What leaves it what it is. */
const LAID_OUT = /\.(detach|squeeze|unsqueeze|view|reshape|flatten|float|cpu)\([^()]*\)|\.data\b|\s|^\(|\)$/g;

/**
 * `policy_loss = -(log_probs * (values - returns)).mean()`: what the critic expects less what came of it, where a minus stands
 * before the product already.
 */
export function* turnedAdvantages(program: Program): Generator<Found> {
  if (!/log_?p/i.test(program.source)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || !/^(policy|actor|pi)_?loss$/i.test(name)) continue;
    const text = one.value.span.text.replaceAll(/\s/g, '');
    const product =
      /^-\(?(?:torch\.mean\()?\(?([\w.[\]]*log_?p[\w.[\]]*(?:\([\w.]*\))?)\*([\w.()]+?)\)*(?:\.(?:mean|sum)\(\))?$/i.exec(
        text,
      ) ??
      /^\(?-([\w.[\]]*log_?p[\w.[\]]*(?:\([\w.]*\))?)\*([\w.()]+?)\)*(?:\.(?:mean|sum)\(\))?$/i.exec(text);
    const weight = product?.[2]?.replaceAll(LAID_OUT, '') ?? '';
    if (!/^\w+$/.test(weight)) continue;
    const body = bodyAround(program, one.span);
    const given = body.filter(
      (other) => targetsOf(other).includes(weight) && other.span.end <= one.span.start,
    );
    const [made] = given;
    if (given.length !== 1 || made?.kind !== 'Assign' || !isTurned(made.value)) continue;
    // Made smaller, not larger, by whoever takes the gradient.
    if (new RegExp(String.raw`-[ \t]*${name}\b|${name}[ \t]*\*[ \t]*-|maximize`).test(program.source))
      continue;
    yield {
      at: made.span,
      message: `${weight} is what was expected less what came of it, and the loss has its minus already: what paid more than expected is done less.`,
      evidence: [],
    };
  }
}

function isTurned(value: tree.Expression): boolean {
  if (value.kind !== 'BinOp' || value.operator !== '-') return false;
  const [one, other] = [value.left, value.right].map(({ span }) => span.text.replaceAll(LAID_OUT, ''));
  return ESTIMATE.test(one ?? '') && RETURN.test(other ?? '');
}
