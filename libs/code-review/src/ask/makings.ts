import type { Program, Value } from '@tensormark/frameworks';
import { isValue } from '@tensormark/frameworks';
import { eventsOf } from './events.js';

const makings = new WeakMap<Program, readonly Value[]>();

/** Every value that a call or module of the program gave, each once; gathered for the first check that asks. */
export function eachMaking(program: Program): readonly Value[] {
  let known = makings.get(program);
  if (known === undefined) {
    known = gathered(program);
    makings.set(program, known);
  }
  return known;
}

function gathered(program: Program): readonly Value[] {
  const values = new Map<number, Value>();
  for (const kind of ['call', 'module-call'] as const)
    for (const { result } of eventsOf(program, kind))
      if (isValue(result) && !values.has(result.id)) values.set(result.id, result);
  return [...values.values()];
}
