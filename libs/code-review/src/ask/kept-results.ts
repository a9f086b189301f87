import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { statementsOf } from './tree.js';

/** A name that what a call gives is kept under. */
export interface Kept {
  readonly name: string;
  /** What is assigned to it, which may ask more of the result: `model.fit(x, y).history`. */
  readonly value: tree.Expression;
}

/** The name that what a call gives is kept under, where no other assignment gives that name something else. */
export function keptResult(program: Program, call: Span): Kept | undefined {
  const assigned = statementsOf(program).flatMap((one): Kept[] =>
    one.kind === 'Assign' && one.targets.length === 1 && one.targets[0]?.kind === 'Name'
      ? [{ name: one.targets[0].id, value: one.value }]
      : [],
  );
  const kept = assigned.find(({ value }) => value.span.start === call.start);
  return kept !== undefined && assigned.filter(({ name }) => name === kept.name).length === 1
    ? kept
    : undefined;
}
