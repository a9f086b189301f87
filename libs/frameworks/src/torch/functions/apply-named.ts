import { getAttribute } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';

/** Calls a method of a tensor by name. */
export function applyTo(rt: Runtime, method: string, tensor: PyValue, ...args: readonly PyValue[]): PyValue {
  return rt.call(getAttribute(rt, tensor, method), args);
}
