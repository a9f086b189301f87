import { PyFunction, PyObject } from '@tensormark/python';
import type { Keywords, NativeCallee, PyValue, Runtime } from '@tensormark/python';
import type { ModuleObject } from '../torch/nn/module-object.js';

/** Whether a call came to nothing because its forward is one that derived classes are to define. */
function isLeftToDerived({ cls }: ModuleObject, thrown: unknown): boolean {
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

/** What a call of a network gives, an unknown where its forward is left to derived classes. */
export function ranOrLeft(
  rt: Runtime,
  module: ModuleObject,
  callee: NativeCallee,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  try {
    return callee.body(rt, args, keywords);
  } catch (thrown) {
    if (!isLeftToDerived(module, thrown)) throw thrown;
    return rt.unknown('what the forward of a derived class gives');
  }
}
