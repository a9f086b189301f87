import type { Datum, Program, ProgramModule } from '@tensormark/frameworks';
import { recurrentCalls } from './module-calls.js';

/** The last states that a recurrent layer gave beside its outputs, `h` or `h` and `c`, each (layers × directions, batch, hidden). */
export interface RecurrentStates {
  readonly module: ProgramModule;
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly states: readonly Datum[];
}

/** What recurrent layers gave as their last states, call by call. */
export function* recurrentStates(program: Program): Generator<RecurrentStates> {
  for (const { module, result } of recurrentCalls(program)) {
    if (!Array.isArray(result)) continue;
    const config = module.layer?.config ?? {};
    const [, states]: readonly (Datum | undefined)[] = result;
    if (states === undefined) continue;
    yield {
      module,
      layers: Number(config['num_layers'] ?? 1),
      directions: config['bidirectional'] === true ? 2 : 1,
      states: Array.isArray(states) ? states : [states],
    };
  }
}
