import type { PyFunction, Runtime } from '@tensormark/python';
import type { ProgramEvent } from './events.js';
import type { Moment } from './moment.js';
import type { Values } from './values.js';

/** What is being written down of a run. */
export interface Recording {
  readonly values: Values;
  /** Counts what only a loop that trains does: going over a loader, losses' gradients, steps. */
  activity: number;
  /** Counts calls of networks from outside any other; of networks that are not interpreted, what teaches and runs them. */
  networkCalls: number;
  /** Set when a loader gives a batch, for the loop that asked for it. */
  loaderTurn: boolean;
  /** Functions of the program that something unknown was handed, and may call. */
  readonly handedOn: Set<PyFunction>;
  record(event: ProgramEvent): void;
  moment(rt: Runtime): Moment;
}
