import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { functionsAround, loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

const DISCOUNT = String.raw`[\w.]*(gamma|discount|lam|lmbda|tau)\w*`;
const KEPT_AS = /adv|gae|return|ret|discount/i;

/**
 * Sums over what comes after each step, gone over by an index that rises: `for t in range(len(rewards))` with
 * `last = delta + gamma * lam * last` and `advantages[t] = last`.
 */
export function* indexedForwards(program: Program): Generator<Found> {
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || loop.target.kind !== 'Name') continue;
    const step = loop.target.id;
    if (!/^range\((?!.*,\s*-1\s*\)$)[^,]*\)$/.test(loop.iterable.span.text)) continue;
    const body = statementsIn(loop.body);
    const text = loop.body.map(({ span }) => span.text).join('\n');
    if (!new RegExp(String.raw`reward\w*\[\s*${step}\s*\]`, 'i').test(text)) continue;
    // Counted down, or turned round somewhere: the steps come in the order in which they are summed.
    if (new RegExp(String.raw`-\s*${step}\b|-\s*\(\s*${step}\b|~${step}\b`).test(text)) continue;
    const home = functionsAround(program, loop.span).at(-1);
    if (/revers|::\s*-1|flip|\[::|appendleft/.test(home?.span.text ?? program.source)) continue;
    for (const one of body) {
      const [name = ''] = targetsOf(one);
      if (one.kind !== 'Assign' || one.targets[0]?.kind !== 'Name') continue;
      const isDiscounted = new RegExp(
        String.raw`${DISCOUNT}\s*\*[^+\n]*\b${name}\b|\b${name}\s*\*[^+\n]*${DISCOUNT}`,
        'i',
      ).test(one.value.span.text);
      const kept = body.find(({ span }) =>
        new RegExp(String.raw`^([\w.]+)(\[\s*${step}\s*\]\s*=|\.append\()\s*${name}\b`).test(span.text),
      );
      if (!isDiscounted || kept === undefined || !KEPT_AS.test(/^[\w.]+/.exec(kept.span.text)?.[0] ?? ''))
        continue;
      yield {
        at: one.span,
        message: `${name} is made of the steps before each one, not of those after it: the loop goes forwards.`,
        evidence: [],
      };
    }
  }
}
