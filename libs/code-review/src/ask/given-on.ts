import type { Datum, Program } from '@tensormark/frameworks';
import { eventsOf } from './events.js';

/** Whether any call is given something, by itself or in a list. */
export function isGivenOn(program: Program, what: Datum): boolean {
  return eventsOf(program, 'call').some(({ args }) =>
    [...args.positional, ...args.named.values()].some(
      (datum) => datum === what || (Array.isArray(datum) && datum.includes(what)),
    ),
  );
}
