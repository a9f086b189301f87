import { isValue, Value } from '@tensormark/frameworks';
import type { Datum, Receiver } from '@tensormark/frameworks';
import { comesOf } from './ancestry.js';

/** What tells one receiver from another: the same attribute of the same thing is the same. */
export function keyOf(receiver: Receiver): string {
  if (!(receiver instanceof Value)) return `${receiver.kind} ${receiver.id}`;
  const { made, inputs } = receiver;
  const [of] = inputs;
  if (made.kind === 'attribute' && of !== undefined) return `${keyOf(of)}.${made.name}`;
  return `value ${receiver.id}`;
}

/** Whether it is clear which parameters a receiver stands for. */
export function parametersOf(receiver: Receiver): ReadonlySet<number> | undefined {
  if (receiver instanceof Value) return undefined;
  if (receiver.kind === 'optimizer') return receiver.isComplete ? receiver.parameters : undefined;
  return new Set(receiver.parameters.map(({ id }) => id));
}

/** Whether what is done to one may be done to the other: they are the same, share parameters, or nobody knows. */
export function mayConcern(one: Receiver | 'parameters' | 'manual', other: Receiver): boolean {
  if (one === 'parameters' || one === 'manual') return true;
  if (keyOf(one) === keyOf(other)) return true;
  const [a, b] = [parametersOf(one), parametersOf(other)];
  if (a === undefined || b === undefined) return !areApart(one, other);
  for (const id of a) if (b.has(id)) return true;
  return false;
}

/** Whether two are, or have the parameters of, two things that the program made, neither of them of the other. */
function areApart(one: Receiver, other: Receiver): boolean {
  if (one instanceof Value && other instanceof Value) return false;
  const [a, b] = [madeOf(one), madeOf(other)];
  if (a === undefined || b === undefined || a === b) return false;
  return !comesOf(a, (value) => value === b) && !comesOf(b, (value) => value === a);
}

/** What a call of something unknown made that a receiver is, or that an optimiser has the parameters of. */
function madeOf(receiver: Receiver): Value | undefined {
  if (receiver instanceof Value) return isMade(receiver) ? receiver : undefined;
  return receiver.kind === 'optimizer' ? ownerOf(receiver.given) : undefined;
}

/** Whether a call made it of nothing but settings: what is given a network or an optimiser may have that in it. */
function isMade({ made }: Value): boolean {
  if (made.kind !== 'operation' || made.name !== 'call') return false;
  const [, ...given] = [...made.args.positional, ...made.args.named.values()];
  return given.every((datum) => datum === null || typeof datum !== 'object');
}

/** What the parameters in `made(…).net.parameters()` are of: what a call of something unknown made. */
function ownerOf(given: Datum | undefined): Value | undefined {
  if (!isValue(given) || given.made.kind !== 'operation' || given.made.name !== 'parameters')
    return undefined;
  let current = given.inputs[0];
  while (current?.made.kind === 'attribute') [current] = current.inputs;
  return current?.made.kind === 'operation' && current.made.name === 'call' ? current : undefined;
}
