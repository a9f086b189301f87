import { PyDict, PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import type { DType } from '@tensormark/network';
import { isDType } from '@tensormark/network';
import { asCount } from '../torch/arguments.js';
import { KerasTensor } from './tensor.js';

/** A shape as a program writes it, `None` for a size that is open; undefined where it is no shape, or not known. */
export function shapeFrom(rt: Runtime, value: PyValue): (number | null)[] | undefined {
  if (!(value instanceof PyTuple || value instanceof PyList)) return undefined;
  const sizes: (number | null)[] = [];
  for (const item of value.items) {
    if (item === null) sizes.push(null);
    else if (typeof item === 'bigint' || typeof item === 'number') {
      const size = asCount(rt, item);
      if (!Number.isSafeInteger(size)) return undefined;
      sizes.push(size < 0 ? null : size);
    } else return undefined;
  }
  return sizes;
}

/** One size, `None` where it is open; undefined where it is not known. */
export function sizeFrom(rt: Runtime, value: PyValue): number | null | undefined {
  if (value === null) return null;
  return typeof value === 'bigint' || typeof value === 'number' ? asCount(rt, value) : undefined;
}

/** `'int32'`, `tf.int32`; float32 where nothing is said. */
export function dtypeFrom(value: PyValue): DType {
  return typeof value === 'string' && isDType(value) ? value : 'float32';
}

/** Shapes as `build` takes them: one, or several in a list or dict. */
export function shapesFrom(rt: Runtime, value: PyValue): KerasTensor[] | undefined {
  const one = shapeFrom(rt, value);
  if (one !== undefined && one.length > 0) return [KerasTensor.of(one)];
  const several =
    value instanceof PyList || value instanceof PyTuple
      ? value.items
      : value instanceof PyDict
        ? [...value.entries()].map((entry) => entry.value)
        : [];
  const shapes = several.map((item) => shapeFrom(rt, item));
  const known = shapes.filter((shape): shape is (number | null)[] => shape !== undefined);
  return known.length === shapes.length && known.length > 0
    ? known.map((shape) => KerasTensor.of(shape))
    : undefined;
}

/** The first unknown in a value, looking into lists, tuples and dicts. */
export function unknownWithin(value: PyValue, depth = 0): PyUnknown | undefined {
  if (value instanceof PyUnknown) return value;
  if (depth > 4) return undefined;
  const items =
    value instanceof PyList || value instanceof PyTuple
      ? value.items
      : value instanceof PyDict
        ? [...value.entries()].map((entry) => entry.value)
        : [];
  for (const item of items) {
    const found = unknownWithin(item, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
