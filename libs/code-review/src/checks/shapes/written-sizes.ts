import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { callsOf, functionsAround, statementsIn } from '../../ask/tree.js';

/**
 * Which of its own dimensions each size is of that a tensor is laid out in, as it is written: of `x.view(b, -1, x.size(2))` after
 * `b = x.shape[0]` the dimensions 0 and 2. Where shapes are known their numbers do not say where they come from.
 */
export function writtenSizes(program: Program, at: Span): readonly (number | undefined)[] {
  const call = callsOf(program).find(({ span }) => span.start === at.start && span.end === at.end);
  if (call?.callee.kind !== 'Attribute') return [];
  const tensor = call.callee.value.span.text;
  const home = functionsAround(program, at).at(-1)?.body ?? program.body;
  const [first] = call.args;
  const sizes = call.args.length === 1 && first?.kind === 'Tuple' ? first.items : call.args;
  return sizes.map((size) => dimensionIn(size, tensor) ?? dimensionNamed(size, tensor, home, at));
}

/** `x.size(2)` and `x.shape[2]`. */
function dimensionIn({ span }: tree.Expression, tensor: string): number | undefined {
  if (!span.text.startsWith(`${tensor}.`)) return undefined;
  const found = /^(?:size\((\d)\)|shape\[(\d)\])$/.exec(span.text.slice(tensor.length + 1));
  return found === null ? undefined : Number(found[1] ?? found[2]);
}

/** A name that was given such a size, once, where the tensor was the one that it is. */
function dimensionNamed(
  size: tree.Expression,
  tensor: string,
  home: readonly tree.Statement[],
  at: Span,
): number | undefined {
  if (size.kind !== 'Name') return undefined;
  const before = statementsIn(home).filter(({ span }) => span.end <= at.start);
  const givings = before.flatMap((one) => (one.kind === 'Assign' ? [one] : []));
  let found: { readonly dimension: number; readonly after: number } | undefined;
  for (const { targets, value, span } of givings) {
    const [target] = targets;
    const names = target?.kind === 'Tuple' ? target.items : [];
    const place = names.findIndex((one) => one.kind === 'Name' && one.id === size.id);
    if (target?.kind === 'Name' && target.id === size.id) {
      const dimension = dimensionIn(value, tensor);
      found = dimension === undefined ? undefined : { dimension, after: span.end };
    } else if (place >= 0) {
      const isWhole = value.span.text === `${tensor}.shape` || value.span.text === `${tensor}.size()`;
      found = isWhole ? { dimension: place, after: span.end } : undefined;
    }
    const isAnother = target?.span.text === tensor || names.some((one) => one.span.text === tensor);
    if (found !== undefined && isAnother && span.start >= found.after) found = undefined;
  }
  return found?.dimension;
}
