import { Value } from '@tensormark/frameworks';
import type { Receiver } from '@tensormark/frameworks';

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
  if (a === undefined || b === undefined) return true;
  for (const id of a) if (b.has(id)) return true;
  return false;
}
