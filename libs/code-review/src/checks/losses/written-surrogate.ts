import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { bodyAround, callsOf } from '../../ask/tree.js';

const LARGER = /^(torch|tf|tf\.math|np|K)\.(max|maximum|fmax)$/;
const CLAMPED = /(^|\.)(clamp|clip|clip_by_value)$/;
const RATIO = /ratio|exp/i;

/** `-torch.max(ratio * adv, torch.clamp(ratio, ...) * adv)` in a function, whoever takes gradients of what it gives. */
export function* largerSurrogate(program: Program): Generator<Found> {
  for (const call of callsOf(program)) {
    if (!LARGER.test(call.callee.span.text) || call.args.length !== 2) continue;
    const around = bodyAround(program, call.span);
    const products = call.args.map((one) => productOf(one, around));
    if (products.some((one) => one === undefined)) continue;
    const clamped = products.filter((one) => one?.isClamped === true);
    if (clamped.length !== 1 || !products.every((one) => one !== undefined && RATIO.test(one.text))) continue;
    if (products.some((one) => one?.text.includes('-') === true && /^-|\*\s*\(?-/.test(one.text))) continue;
    if (!isTurned(call, around)) continue;
    yield {
      at: call.span,
      message: 'The larger of the plain and the clipped objective is taken: the clip limits nothing.',
      evidence: [],
    };
  }
}

/** The product that an argument is or stands for. */
function productOf(
  node: tree.Expression,
  around: readonly tree.Statement[],
): { readonly text: string; readonly isClamped: boolean } | undefined {
  if (node.kind === 'Name') {
    const given = around.filter((one) => one.kind === 'Assign' && one.targets[0]?.span.text === node.id);
    const [only, ...others] = given;
    if (only?.kind !== 'Assign' || others.length > 0 || only.value.kind === 'Name') return undefined;
    return productOf(only.value, []);
  }
  if (node.kind !== 'BinOp' || node.operator !== '*') return undefined;
  const isClamped = [node.left, node.right].some(
    (side) => side.kind === 'Call' && CLAMPED.test(side.callee.span.text),
  );
  return { text: node.span.text, isClamped };
}

/** Whether the minus stands right before it: `-torch.max(...)`, `-(torch.max(...)).mean()`. */
function isTurned(call: tree.Call, around: readonly tree.Statement[]): boolean {
  return around.some(({ span }) => {
    if (span.start > call.span.start || span.end < call.span.end) return false;
    return /(=|return|\()\s*-\s*\(?\s*(torch\.mean\(|tf\.reduce_mean\(|np\.mean\()?\s*$/.test(
      span.text.slice(0, call.span.start - span.start),
    );
  });
}
