import type { Value } from './value.js';

/** Of what recurrent layers give of something unknown, the states: all that one call gives has one making. */
const states = new WeakSet<Value>();

export function markState(value: Value): void {
  states.add(value);
}

/** Whether it is the state that a recurrent layer gave of something unknown, and not its output. */
export function isState(value: Value): boolean {
  return states.has(value);
}
