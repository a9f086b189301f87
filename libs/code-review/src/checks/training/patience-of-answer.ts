import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

/** Counts of epochs without progress where whether there was any is an answer kept under a name: `if not improved: waited += 1`. */
export function* patienceOfAnswers(program: Program): Generator<Found> {
  if (!/\bif\s+not\s+\w*(improv|better|best)\w*\s*:/.test(program.source)) return;
  for (const loop of loopsOf(program)) {
    const inside = statementsIn(loop.body);
    for (const one of inside) {
      if (one.kind !== 'If' || !/^not\s+\w*(improv|better|best)\w*$/.test(one.test.span.text)) continue;
      const count = one.body.find(
        (statement): statement is tree.AugmentedAssign =>
          statement.kind === 'AugAssign' &&
          statement.operator === '+' &&
          statement.value.span.text === '1' &&
          /patien|wait|improv|stale|early|stop|worse|since|plateau/i.test(statement.target.span.text),
      );
      const name = count?.target.span.text ?? '';
      if (count === undefined || !/^\w+$/.test(name)) continue;
      if (inside.some((other) => other !== count && targetsOf(other).includes(name))) continue;
      const ends = inside.find(
        (statement) =>
          statement.kind === 'If' &&
          new RegExp(String.raw`\b${name}\b\s*[>=]`).test(statement.test.span.text) &&
          /\b(break|return)\b/.test(statement.span.text),
      );
      if (ends === undefined) continue;
      yield {
        at: count.span,
        message: `${name} counts all epochs that were not better, and is not set back by one that is.`,
        evidence: [places(['training ends here', ends.span])],
      };
    }
  }
}
