import type { Value } from '../../program/value.js';
import type { Size } from './array-facts.js';

/** What a network that a program puts together gives of one example, where it is known. */
export interface Gives {
  /** Of its one output. */
  of(example: readonly Size[]): readonly Size[] | undefined;
  /** Of its one output, of examples as the network itself says that they are. */
  readonly example: readonly Size[] | undefined;
  /** Of each of several, whatever comes to it. */
  readonly outputs?: readonly (readonly Size[] | undefined)[] | undefined;
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
