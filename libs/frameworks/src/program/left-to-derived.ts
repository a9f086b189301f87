import { PyFunction, PyObject } from '@tensormark/python';
import type { ModuleObject } from '../torch/nn/module-object.js';

/** Whether a call came to nothing because its forward is one that derived classes are to define. */
export function isLeftToDerived({ cls }: ModuleObject, thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null || !('exception' in thrown)) return false;
  const { exception } = thrown;
  const forward = cls.lookup('forward');
  return (
    exception instanceof PyObject &&
    exception.cls.name === 'NotImplementedError' &&
    forward instanceof PyFunction &&
    /\braise\s+NotImplementedError\b/.test(forward.code.span.text)
  );
}
