import { PyClass, PyUnknown } from '@tensormark/python';
import type { NativeFunction, PyValue, Runtime } from '@tensormark/python';
import { TensorObject } from '../torch/tensor/tensor.js';
import { plainName } from './calls.js';

/** Runs a native call; `tensor.to(device)` with an unknown device gives the tensor all the same. */
export function movedAnyway(
  rt: Runtime,
  callee: NativeFunction,
  args: readonly PyValue[],
  run: () => PyValue,
): PyValue {
  const moves = callee.name === 'to' || callee.name === 'cuda';
  if (!moves || !(args[0] instanceof TensorObject) || !args.some((arg) => arg instanceof PyUnknown))
    return run();
  const known = args.filter((arg) => !(arg instanceof PyUnknown));
  return callee.body(rt, known, undefined);
}

/**
 * Whether a tensor stands for what was moved from then on: moved to a device that it is on already, it stays the same
 * object.
 */
export function isMovedInPlace(name: string, self: PyValue | undefined, result: PyValue): boolean {
  const moves = name === 'to' || name === 'cuda' || name === 'cpu';
  return moves && self instanceof TensorObject && result === self && !self.requiresGrad;
}

/** What made a value: a function's or method's name, or that of the class whose instance it is. */
export function makerName(name: string, [first]: readonly PyValue[]): string {
  return name === '__new__' && first instanceof PyClass ? first.name : plainName(name);
}
