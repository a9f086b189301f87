import { getAttribute, PyMethod, PyObject, PyTuple } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import type { TensorType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { tensorsIn } from '../convert.js';
import type { ModuleObject } from './module-object.js';

/** `module(*args, **keywords)`: its forward, between its hooks, recorded as a call of the module. */
export function callModule(
  rt: Runtime,
  module: ModuleObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  rt.step();
  const { trace } = readingOf(rt);
  const forward = forwardOf(rt, module);
  let given = args;
  for (const hook of module.forwardPreHooks.slice()) {
    const changed = rt.call(hook, [module, new PyTuple(given)]);
    if (changed !== null) given = changed instanceof PyTuple ? changed.items : [changed];
  }
  let result =
    trace === undefined
      ? rt.call(forward, given, keywords)
      : trace.inside(module, () => rt.call(forward, given, keywords));
  for (const hook of module.forwardHooks.slice()) {
    const changed = rt.call(hook, [module, new PyTuple(given), result]);
    if (changed !== null) result = changed;
  }
  trace?.returned(module, tensorsIn(result).map(typeOnly));
  return result;
}

function typeOnly({ shape, dtype }: TensorType): TensorType {
  return { shape, dtype };
}

function forwardOf(rt: Runtime, module: ModuleObject): PyValue {
  if (module.attributes?.has('forward') === true) return getAttribute(rt, module, 'forward');
  const found = module.cls.lookup('forward');
  return found instanceof PyObject
    ? found.bindTo(rt, module.cls, module)
    : new PyMethod(module, found ?? null);
}
