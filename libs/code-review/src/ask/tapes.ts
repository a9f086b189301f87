import type { Called, Datum, Program } from '@tensormark/frameworks';
import { callsNamed } from './events.js';

/** `tape.gradient(target, sources)`. */
export interface GradientAsked {
  readonly call: Called;
  readonly tape: Datum | undefined;
  readonly target: Datum | undefined;
  readonly sources: Datum | undefined;
}

/** Every gradient that is asked of a tape, in order, with what it is of and by what. */
export function gradientsAsked(program: Program): readonly GradientAsked[] {
  if (!program.source.includes('GradientTape')) return [];
  return callsNamed(program, 'gradient').map((call) => {
    const { named, positional } = call.args;
    return {
      call,
      tape: positional[0],
      target: positional[1] ?? named.get('target'),
      sources: positional[2] ?? named.get('sources'),
    };
  });
}
