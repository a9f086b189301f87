import { PyBoxed, PyDict, PyList, PyObject, PyTuple, repr, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { asList, isTensor } from '@tensormark/network';
import type { Argument, Result, TensorType } from '@tensormark/network';
import { DTypeObject } from './objects/dtype.js';
import { ModuleObject } from './nn/module-object.js';
import { PackedObject } from './nn/packed-sequence.js';
import { TensorObject } from './tensor/tensor.js';

/** A Python value as an argument of the network's tables; `tensor` says what stands for a tensor. */
export function toArgument(rt: Runtime, value: PyValue, tensor: (of: TensorObject) => TensorType): Argument {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof TensorObject) return tensor(value);
  if (value instanceof PyTuple || value instanceof PyList) {
    rt.step(value.items.length);
    const items = value.items.map((item) => toArgument(rt, item, tensor));
    return value instanceof PyList ? asList(items) : items;
  }
  if (value instanceof DTypeObject) return `torch.${value.dtype}`;
  if (value instanceof ModuleObject && value.layer !== undefined && value.cls.native) return value.layer;
  if (value instanceof PyBoxed) return value.primitive;
  return { opaque: nameOf(rt, value) };
}

/** `relu` for the function of that name, else the value as Python shows it. */
function nameOf(rt: Runtime, value: PyObject): string {
  if ('name' in value && typeof value.name === 'string') return value.name;
  return value instanceof ModuleObject
    ? value.cls.name
    : typeOf(value).native
      ? typeOf(value).name
      : repr(rt, value);
}

/** An argument of the tables as a Python value: attributes of layers, arguments of a composite layer's parts. */
export function fromArgument(value: Argument, tensor?: (of: TensorType) => TensorObject): PyValue {
  if (value === null || typeof value !== 'object') return value;
  if (isArgumentList(value)) return new PyTuple(value.map((item) => fromArgument(item, tensor)));
  if (tensor !== undefined && isTensor(value)) return tensor(value);
  return null;
}

function isArgumentList(value: Argument): value is readonly Argument[] {
  return Array.isArray(value);
}

/** A call's result as Python has it: a tensor, None, or a tuple of these. */
export function fromResult<T extends TensorType>(
  result: Result<T>,
  tensor: (of: T) => TensorObject,
): PyValue {
  if (result === null) return null;
  if (isTuple(result)) return new PyTuple(result.map((item) => fromResult(item, tensor)));
  return tensor(result);
}

function isTuple<T extends TensorType>(result: T | readonly Result<T>[]): result is readonly Result<T>[] {
  return Array.isArray(result);
}

/** A Python value as a result: tensors in tuples, lists and dicts; anything else is left out. */
export function toResult<T extends TensorType>(
  value: PyValue,
  tensor: (of: TensorObject) => T,
  room: Room = newRoom(),
): Result<T> {
  if (value instanceof TensorObject) return tensor(value);
  const items = room.depth > MOST_NESTED ? undefined : partsOf(value);
  if (items === undefined) return null;
  const inside: Room = { depth: room.depth + 1, parts: room.parts };
  return items.map((item) => (room.parts.left-- > 0 ? toResult(item, tensor, inside) : null));
}

/** Deeper than this nobody nests tensors; a list may contain itself. */
const MOST_NESTED = 20;
/** More parts than this are not looked at: lists of lists of one list have them without end. */
const MOST_PARTS = 100_000;

/** How much further a value may be looked into. */
interface Room {
  readonly depth: number;
  readonly parts: { left: number };
}

const newRoom = (): Room => ({ depth: 0, parts: { left: MOST_PARTS } });

/** The tensors in a value, from left to right, into tuples, lists and dicts. */
export function tensorsIn(value: PyValue, room: Room = newRoom()): TensorObject[] {
  if (value instanceof TensorObject) return [value];
  if (room.depth > MOST_NESTED || room.parts.left <= 0) return [];
  const inside: Room = { depth: room.depth + 1, parts: room.parts };
  return (partsOf(value) ?? []).flatMap((item) => (room.parts.left-- > 0 ? tensorsIn(item, inside) : []));
}

function partsOf(value: PyValue): readonly PyValue[] | undefined {
  if (value instanceof PyTuple || value instanceof PyList) return value.items;
  if (value instanceof PackedObject) return value.parts;
  if (value instanceof PyDict) return [...value.entries()].map((entry) => entry.value);
  return undefined;
}
