import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { isOfTesting, isOfTraining } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { functionsAround, holds, loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

/** A sum over the batches to learn from that is divided by how many there are to test with, or the other way round. */
export function* dividedByOther(program: Program): Generator<Found> {
  if (!/\/\s*\(?\s*len\(/.test(program.source)) return;
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For') continue;
    const over = goneOver(loop.iterable).span.text;
    const isLearnedFrom = isOfTraining(over);
    if ((!isLearnedFrom && !isOfTesting(over)) || !/load|iter|_dl$|batches|set$/i.test(over)) continue;
    const around = functionsAround(program, loop.span).at(-1)?.body ?? program.body;
    const inner = statementsIn(loop.body);
    const loops = inner.filter((one) => one.kind === 'For' || one.kind === 'While');
    const sums = inner.flatMap((one) =>
      one.kind === 'AugAssign' && one.operator === '+' && !loops.some(({ span }) => holds(span, one.span))
        ? targetsOf(one)
        : [],
    );
    for (const sum of new Set(sums)) {
      // Added to by one loop alone, and begun by a number.
      const added = statementsIn(around).filter(
        (one) => one.kind === 'AugAssign' && targetsOf(one).includes(sum),
      );
      if (
        !/^\w+$/.test(sum) ||
        added.some(({ span }) => span.start < loop.span.start || span.end > loop.span.end)
      )
        continue;
      const at = dividedIn(around, sum, (length) =>
        isLearnedFrom ? isOfTesting(length) : isOfTraining(length),
      );
      if (at === undefined || at.span.start < loop.span.start) continue;
      yield {
        at: at.span,
        message: `${sum} is a sum over ${over}, and is divided by the length of another.`,
        evidence: [places(['the loop', loop.iterable.span])],
      };
      return;
    }
  }
}

function dividedIn(
  body: readonly tree.Statement[],
  sum: string,
  isOther: (length: string) => boolean,
): tree.Expression | undefined {
  let found: tree.Expression | undefined;
  eachNode(body, (node) => {
    if (node.kind !== 'BinOp' || node.operator !== '/') return;
    const length = /^\(?len\(([\w.]+?)(\.dataset)?\)\)?$/.exec(node.right.span.text)?.[1];
    const left = /^\(?(\w+)(\.item\(\)|\s*\*\s*[\d.]+)?\)?$/.exec(node.left.span.text)?.[1];
    if (length !== undefined && left === sum && isOther(length)) found ??= node;
  });
  return found;
}
