import { getAttribute, PyTuple } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';

/** Methods that take sizes or axes, one by one or in a tuple; none at all is only right in a tuple. */
const SIZED = new Set(['reshape', 'permute', 'expand']);

/** Calls a method of a tensor by name. */
export function applyTo(rt: Runtime, method: string, tensor: PyValue, ...args: readonly PyValue[]): PyValue {
  const sizes = SIZED.has(method) && args.every((arg) => typeof arg === 'bigint');
  return rt.call(getAttribute(rt, tensor, method), sizes ? [new PyTuple(args)] : args);
}
