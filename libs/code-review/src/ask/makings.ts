import type { Program, Value } from '@tensormark/frameworks';
import { isValue } from '@tensormark/frameworks';
import { eventsOf } from './events.js';

/** Every value that a call or module of the program gave, each once. */
export function* eachMaking(program: Program): Generator<Value> {
  const seen = new Set<number>();
  for (const kind of ['call', 'module-call'] as const)
    for (const { result } of eventsOf(program, kind)) {
      if (!isValue(result) || seen.has(result.id)) continue;
      seen.add(result.id);
      yield result;
    }
}
