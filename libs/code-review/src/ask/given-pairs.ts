import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { callsOf } from './tree.js';

/** Examples and their targets as a network of Keras is given them, by the names that they have there. */
export interface GivenPair {
  readonly x: string;
  readonly y: string;
  readonly at: Span;
}

/** The pairs of plain names given to `fit`, `evaluate` and the like, and to `validation_data`. */
export const givenPairs = oncePerProgram((program: Program): readonly GivenPair[] =>
  callsOf(program).flatMap(({ callee, args, keywords, span }) => {
    if (callee.kind !== 'Attribute' || !TAKES.test(callee.attribute)) return [];
    const given = (keyword: string): tree.Expression | undefined =>
      keywords.find(({ name }) => name === keyword)?.value;
    const validation = given('validation_data');
    const kept =
      validation?.kind === 'Tuple' || validation?.kind === 'List' ? pairOf(...validation.items) : undefined;
    return [pairOf(args[0] ?? given('x'), args[1] ?? given('y')), kept].flatMap((pair) =>
      pair === undefined ? [] : [{ ...pair, at: span }],
    );
  }),
);

const TAKES = /^(fit|evaluate|train_on_batch|test_on_batch)$/;

function pairOf(x?: tree.Expression, y?: tree.Expression): { x: string; y: string } | undefined {
  return x?.kind === 'Name' && y?.kind === 'Name' ? { x: x.id, y: y.id } : undefined;
}
