import { PyDict, PyList, PyTuple } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import { KerasTensor } from './tensor.js';

const DEPTH = 6;

/** The tensors of a value in order, into lists, tuples and dicts. */
export function kerasTensorsIn(value: PyValue, depth = 0): KerasTensor[] {
  if (value instanceof KerasTensor) return [value];
  if (depth > DEPTH) return [];
  if (value instanceof PyList || value instanceof PyTuple)
    return value.items.flatMap((item) => kerasTensorsIn(item, depth + 1));
  if (value instanceof PyDict)
    return [...value.entries()].flatMap((entry) => kerasTensorsIn(entry.value, depth + 1));
  return [];
}

/** The same value with other tensors in it. */
export function mapKerasTensors(
  value: PyValue,
  change: (tensor: KerasTensor) => PyValue,
  depth = 0,
): PyValue {
  if (value instanceof KerasTensor) return change(value);
  if (depth > DEPTH || kerasTensorsIn(value).length === 0) return value;
  if (value instanceof PyList)
    return new PyList(value.items.map((item) => mapKerasTensors(item, change, depth + 1)));
  if (value instanceof PyTuple)
    return new PyTuple(value.items.map((item) => mapKerasTensors(item, change, depth + 1)));
  return value;
}
