/** What time it is: read at the edge, once for each request, and handed in to the rules. */
export interface Clock {
  now(): Date;
}

export const CLOCK = Symbol('clock');

export const SYSTEM_CLOCK: Clock = { now: () => new Date() };
