import { defineClass, PyTuple } from '@tensormark/python';
import type { PyClass, PyValue, Runtime } from '@tensormark/python';

/** Operations that return named tuples, with the names of their parts. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  max: ['values', 'indices'],
  min: ['values', 'indices'],
  median: ['values', 'indices'],
  nanmedian: ['values', 'indices'],
  mode: ['values', 'indices'],
  kthvalue: ['values', 'indices'],
  sort: ['values', 'indices'],
  topk: ['values', 'indices'],
  cummax: ['values', 'indices'],
  cummin: ['values', 'indices'],
  aminmax: ['min', 'max'],
  svd: ['U', 'S', 'V'],
  qr: ['Q', 'R'],
  frexp: ['mantissa', 'exponent'],
  slogdet: ['sign', 'logabsdet'],
  linalg_slogdet: ['sign', 'logabsdet'],
  linalg_lstsq: ['solution', 'residuals', 'rank', 'singular_values'],
};

const classes = new Map<string, PyClass>(
  Object.entries(NAMES).map(([name, parts]) => [
    name,
    defineClass({
      name,
      module: 'torch.return_types',
      written: 'c-named-with-module',
      bases: [new PyTuple([]).cls],
      payload: PyTuple,
      properties: Object.fromEntries(
        parts.map((part, at) => [part, (_rt: Runtime, self: PyTuple) => self.items[at] ?? null]),
      ),
    }),
  ]),
);

/** A tuple result as PyTorch's named tuple, where the operation has one. */
export function named(operation: string, value: PyValue): PyValue {
  const cls = classes.get(operation);
  return cls !== undefined && value instanceof PyTuple ? new PyTuple(value.items, cls) : value;
}
