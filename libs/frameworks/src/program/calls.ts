import { PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { Keywords, NativeCallee, PyValue, Span } from '@tensormark/python';
import { LoaderObject } from '../torch/modules/data.js';
import { OptimizerObject, SchedulerObject } from '../torch/modules/optim.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { OPERATORS } from './operators.js';
import type { CallArguments } from './value.js';

/** Whether a native call has to do with tensors, networks or unknowns at all. */
export function concernsTensors(args: readonly PyValue[], keywords: Keywords | undefined): boolean {
  for (const arg of args) if (concerns(arg, 0)) return true;
  if (keywords !== undefined) for (const value of keywords.values()) if (concerns(value, 0)) return true;
  return false;
}

function concerns(value: PyValue, depth: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (
    value instanceof TensorObject ||
    value instanceof PyUnknown ||
    value instanceof ModuleObject ||
    value instanceof OptimizerObject ||
    value instanceof SchedulerObject ||
    value instanceof LoaderObject
  )
    return true;
  return (
    depth < 2 &&
    (value instanceof PyTuple || value instanceof PyList) &&
    value.items.slice(0, 8).some((item) => concerns(item, depth + 1))
  );
}

export function ownerOf(callee: NativeCallee, self: PyValue | undefined): string {
  if (!callee.binds) return '';
  if (self instanceof TensorObject) return 'Tensor';
  if (self instanceof ModuleObject) return 'Module';
  if (self instanceof OptimizerObject) return 'Optimizer';
  if (self instanceof SchedulerObject) return 'LRScheduler';
  if (self instanceof LoaderObject) return 'DataLoader';
  return callee.owner?.name ?? '';
}

/** `__add__` and `add_` are `add`. */
export function plainName(name: string): string {
  const special = /^__[ri]?(\w+?)__$/.exec(name);
  if (special !== null) return OPERATORS[special[1] ?? ''] ?? special[1] ?? name;
  return name.endsWith('_') && !name.startsWith('_') ? name.slice(0, -1) : name;
}

const REFLECTED = new Set(
  ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'matmul', 'and', 'or', 'xor'].map(
    (name) => `__r${name}__`,
  ),
);

/** Operands in the order they are written in: Python makes `x.__rsub__(1)` of `1 - x`. */
export function asWritten(name: string, args: CallArguments): CallArguments {
  return REFLECTED.has(name) ? { ...args, positional: args.positional.toReversed() } : args;
}

export function isInPlace(name: string): boolean {
  return (
    (name.endsWith('_') && !name.startsWith('_')) ||
    /^__i(?!nvert|nit|ter|ndex|nt)\w+__$/.test(name) ||
    name === '__setitem__'
  );
}

/** What torchvision's own code raises, it says of its arguments. */
export function isOfTorchvision(span: Span | undefined): boolean {
  return span?.source.file.startsWith('<torchvision.') === true;
}
