import { PyClass, PyUnknown } from '@tensormark/python';
import type { Keywords, NativeCallee, PyValue, Runtime } from '@tensormark/python';
import { sameTensor } from '../torch/tensor/derive.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { plainName } from './calls.js';

/**
 * Runs a native call. `tensor.to(device)` with an unknown device gives the tensor all the same; and what is moved to a
 * device that it is on already, which would be the same object, is a tensor of its own, with an origin of its own.
 */
export function movedAnyway(
  rt: Runtime,
  callee: NativeCallee,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  const [self] = args;
  const moves = callee.name === 'to' || callee.name === 'cuda' || callee.name === 'cpu';
  if (!moves || !(self instanceof TensorObject)) return callee.body(rt, args, keywords);
  const known = args.filter((arg) => !(arg instanceof PyUnknown));
  const result =
    known.length < args.length ? callee.body(rt, known, undefined) : callee.body(rt, args, keywords);
  const isLeaf = self.isParameter || (self.requiresGrad && !self.computed);
  return result === self && !isLeaf ? sameTensor(rt, self) : result;
}

/** What made a value: a function's or method's name, or that of the class whose instance it is. */
export function makerName(name: string, [first]: readonly PyValue[]): string {
  return name === '__new__' && first instanceof PyClass ? first.name : plainName(name);
}
