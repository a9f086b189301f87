import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, nodesOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

/** The inner sum under a name of its own, taken half of with no minus, and added: `kl = 0.5 * torch.sum(inner, dim=1)`. */
export function* signOfParts(program: Program): Generator<Found> {
  for (const inner of statementsOf(program)) {
    const [of = ''] = targetsOf(inner);
    if (inner.kind !== 'Assign' || !/^\w+$/.test(of)) continue;
    const text = inner.value.span.text.replaceAll(/\s/g, '');
    if (!/^\(*1\.?0?\+[\w.]*(log|lv)\w*-/i.test(text) || !/exp/.test(text)) continue;
    const body = functionsAround(program, inner.span).at(-1)?.body ?? program.body;
    const half = statementsIn(body).find(
      (one) =>
        one.kind === 'Assign' &&
        one.span.start > inner.span.start &&
        new RegExp(String.raw`^0?\.5\*(torch\.(sum|mean)\(${of}\b|${of}\.(sum|mean)\()`).test(
          one.value.span.text.replaceAll(/\s/g, ''),
        ),
    );
    const [name = ''] = half === undefined ? [] : targetsOf(half);
    if (half === undefined || !/^\w+$/.test(name) || isTakenAway(program, of) || isTakenAway(program, name))
      continue;
    // Where another name has it, and that is taken away.
    const others = statementsIn(body).flatMap((one) =>
      one.kind === 'Assign' && mentions(one.value.span.text, name) ? targetsOf(one) : [],
    );
    if (others.some((one) => isTakenAway(program, one))) continue;
    yield {
      at: half.span,
      message: 'The divergence is written without its minus, and added to the loss.',
      evidence: [places(['the sum', inner.span])],
    };
  }
}

/** Whether a name is subtracted or negated anywhere. */
export function isTakenAway(program: Program, name: string): boolean {
  return (
    nodesOf(program, 'UnaryOp').some(
      ({ operator, operand }) => operator === '-' && mentions(operand.span.text, name),
    ) ||
    nodesOf(program, 'BinOp').some(
      ({ operator, right }) => operator === '-' && mentions(right.span.text, name),
    ) ||
    nodesOf(program, 'AugAssign').some(
      ({ operator, span }) => (operator === '-' || operator === '*') && mentions(span.text, name),
    )
  );
}

export function mentions(text: string, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(text);
}
