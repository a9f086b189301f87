import type { Runtime } from './object.js';

/**
 * Native work that goes over many small things in one step of the program (characters, items copied) counts
 * as steps too: one for each 32, about what a step of the interpreter takes. Few things are free.
 */
export function countWork(rt: Runtime, things: number): void {
  if (things >= 32) rt.step(Math.floor(things / 32));
}
