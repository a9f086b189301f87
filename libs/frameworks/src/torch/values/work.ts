import type { PyValue, Runtime } from '@tensormark/python';
import { TensorObject } from '../tensor/tensor.js';
import { readingOf } from '../../trace/reading.js';

/** Going over the known elements of tensors is work: a step for every four of them. */
export function countElementWork(rt: Runtime, values: Iterable<unknown>): void {
  let count = 0;
  for (const value of values) if (value instanceof TensorObject) count += value.elements?.count ?? 0;
  if (count >= 4) rt.step(count / 4);
}

/** What tables of indices and small masks have at most: such are followed always. */
const FEW = 4096;

/** Whether so many elements are still gone over: masks of every head of a large network would take all the steps a program has. */
export function affordsElements(rt: Runtime, count: number): boolean {
  if (count <= FEW) return true;
  const reading = readingOf(rt);
  if (reading.elementsLeft < count) return false;
  reading.elementsLeft -= count;
  return true;
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
