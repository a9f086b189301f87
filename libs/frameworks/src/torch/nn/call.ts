import { getAttribute, PyMethod, PyObject, PyTuple } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import type { TensorType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import type { Trace } from '../../trace/trace.js';
import { tensorsIn } from '../convert.js';
import { TensorObject } from '../tensor/tensor.js';
import type { ModuleObject } from './module-object.js';

/** `module(*args, **keywords)`: its forward, between its hooks, recorded as a call of the module. */
export function callModule(
  rt: Runtime,
  module: ModuleObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  rt.step();
  const reading = readingOf(rt);
  const { trace } = reading;
  if (reading.depth === 0 && trace === undefined) rememberCall(rt, module, args);
  reading.depth++;
  try {
    return called(rt, module, args, keywords, trace);
  } finally {
    reading.depth--;
  }
}

/** A program that calls its network tells what the network takes. */
function rememberCall(rt: Runtime, module: ModuleObject, args: readonly PyValue[]): void {
  const tensors = args.filter((arg) => arg instanceof TensorObject);
  if (tensors.length > 0 && tensors.length === args.length)
    readingOf(rt).calls.set(module.cls, tensors.map(typeOnly));
}

function called(
  rt: Runtime,
  module: ModuleObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  trace: Trace | undefined,
): PyValue {
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
