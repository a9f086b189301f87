import type { Value } from '../../program/value.js';
import type { Example } from './shapes.js';

/** What a network that a program puts together gives of one example, where it is known. */
export interface Gives {
  /** Of its one output. */
  of(example: Example): Example | undefined;
  /** Of its one output, of examples as the network itself says that they are. */
  readonly example: Example | undefined;
  /** Of each of several, whatever comes to it. */
  readonly outputs?: readonly (Example | undefined)[] | undefined;
}

const made = new WeakMap<Value, Gives>();

/** Keeps what a network gives. */
export function keepNetwork(value: Value, gives: Gives): void {
  made.set(value, gives);
}

/** What the network that a value is gives, where the networks of its program have been found. */
export function networkMade(value: Value): Gives | undefined {
  return made.get(value);
}
