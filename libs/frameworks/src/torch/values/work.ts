import type { PyValue, Runtime } from '@tensormark/python';
import { TensorObject } from '../tensor/tensor.js';

/** Going over the known elements of tensors is work: a step for every four of them. */
export function countElementWork(rt: Runtime, values: Iterable<unknown>): void {
  let count = 0;
  for (const value of values) if (value instanceof TensorObject) count += value.elements?.count ?? 0;
  if (count >= 4) rt.step(count / 4);
}

/** A native function or method that goes over the known elements of its arguments, made to count that. */
export function countingElements<Args extends readonly PyValue[]>(
  body: (rt: Runtime, ...args: Args) => PyValue,
): (rt: Runtime, ...args: Args) => PyValue {
  return (rt, ...args) => {
    countElementWork(rt, args);
    return body(rt, ...args);
  };
}
