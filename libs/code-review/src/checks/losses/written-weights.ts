import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, statementsOf, targetsOf } from '../../ask/tree.js';

/**
 * `w = softmax(s, dim=0)` and `(w.unsqueeze(-1) * keys).sum(1)`: one weight for each example and step, summed over the steps, and
 * shared out among the examples.
 */
export function* weightsOverBatch(program: Program): Generator<Found> {
  if (!/unsqueeze\(/.test(program.source)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || !/^\w+$/.test(name)) continue;
    if (!/softmax\([^()]*(\([^()]*\))?[^()]*,\s*(dim\s*=\s*)?0\s*\)$/.test(one.value.span.text)) continue;
    const body = bodyAround(program, one.span);
    if (body.filter((other) => targetsOf(other).includes(name)).length !== 1) continue;
    const summed = body.find(({ span }) =>
      new RegExp(
        String.raw`\(\s*(${name}\.unsqueeze\((-1|2)\)\s*\*\s*\w+|\w+\s*\*\s*${name}\.unsqueeze\((-1|2)\))\s*\)\.sum\((dim\s*=\s*)?1\s*\)|bmm\(\s*${name}\.unsqueeze\(1\)`,
      ).test(span.text),
    );
    if (summed === undefined) continue;
    yield {
      at: one.span,
      message: `The softmax goes over dimension 0, and what ${name} weighs is summed over dimension 1.`,
      evidence: [places(['they are summed here', summed.span])],
    };
  }
}
