import type { Argument } from '@tensormark/network';
import { multiplied } from '../values/products.js';
import {
  cumulative,
  differences,
  mapRows,
  REDUCTIONS,
  reduceElements,
  variance,
} from '../values/reductions.js';
import { selected, sliced } from '../values/views.js';
import { axes, axis, integer, known } from './rule.js';
import type { ElementRule, SeveralRule } from './rule.js';

function reducing(reduce: (row: Float64Array) => number): ElementRule {
  return ([input, dim], result) => {
    const elements = known(input);
    if (elements === undefined) return undefined;
    const dims = typeof dim === 'string' ? [] : axes(dim, elements.shape.length);
    return reduceElements(elements, dims, result.shape, reduce, result.dtype);
  };
}

const plain = Object.fromEntries(
  Object.entries(REDUCTIONS).map(([name, reduce]): [string, ElementRule] => [name, reducing(reduce)]),
);

function running(combine: (a: number, b: number) => number): ElementRule {
  return ([input, dim], result) => {
    const elements = known(input);
    return elements && mapRows(elements, axis(dim, elements.shape.length), cumulative(combine), result.dtype);
  };
}

/** `max(x)` of all, or of two tensors: with a dim it gives two results. */
function extreme(reduce: (row: Float64Array) => number): ElementRule {
  return (args, result) =>
    args[1] === null || args[1] === undefined ? reducing(reduce)(args, result) : undefined;
}

function correction(unbiased: Argument | undefined): number {
  return unbiased === false ? 0 : 1;
}

export const reductionRules: Readonly<Record<string, ElementRule>> = {
  ...plain,
  max: extreme(REDUCTIONS.amax),
  min: extreme(REDUCTIONS.amin),
  var: (args, result) => reducing(variance(correction(args[2])))(args, result),
  std: (args, result) => {
    const spread = variance(correction(args[2]));
    return reducing((row) => Math.sqrt(spread(row)))(args, result);
  },
  cumsum: running((a, b) => a + b),
  cumprod: running((a, b) => a * b),
  diff: ([input, times, dim], result) => {
    const elements = known(input);
    if (elements === undefined || integer(times, 1) !== 1) return undefined;
    return mapRows(elements, axis(dim ?? -1n, elements.shape.length), differences, result.dtype);
  },
  matmul: ([left, right], result) => {
    const [a, b] = [known(left), known(right)];
    if (a === undefined || b === undefined || a.shape.length < 2 || b.shape.length < 2) return undefined;
    return multiplied(a, b, result.shape, result.dtype);
  },
};

/** The best of each row with where it stands. */
function extremes(value: (row: Float64Array) => number, index: (row: Float64Array) => number): SeveralRule {
  return (args, [values, indices]) => [
    values && reducing(value)(args, values),
    indices && reducing(index)(args, indices),
  ];
}

function order(rows: Float64Array, descending: boolean): number[] {
  const indices = [...rows.keys()];
  return indices.toSorted((a, b) => (descending ? -1 : 1) * ((rows[a] ?? 0) - (rows[b] ?? 0)));
}

/** Pieces of a tensor along an axis, one after the other. */
const pieces: SeveralRule = ([input, , dim], results) => {
  const elements = known(input);
  if (elements === undefined) return [];
  const at = axis(dim, elements.shape.length);
  let start = 0;
  return results.map(({ shape }) => {
    const piece = sliced(elements, at, start, 1, shape[at] ?? 0);
    start += shape[at] ?? 0;
    return piece;
  });
};

export const severalRules: Readonly<Record<string, SeveralRule>> = {
  chunk: pieces,
  split: pieces,
  tensor_split: pieces,
  unbind: ([input, dim], results) => {
    const elements = known(input);
    return elements === undefined
      ? []
      : results.map((_, at) => selected(elements, axis(dim, elements.shape.length), at));
  },
  max: extremes(REDUCTIONS.amax, REDUCTIONS.argmax),
  min: extremes(REDUCTIONS.amin, REDUCTIONS.argmin),
  sort: ([input, dim, descending], [values, indices]) => {
    const elements = known(input);
    if (elements === undefined || values === undefined || indices === undefined) return [];
    const at = axis(dim ?? -1n, elements.shape.length);
    const down = descending === true;
    return [
      mapRows(
        elements,
        at,
        (row) => Float64Array.from(order(row, down), (from) => row[from] ?? 0),
        values.dtype,
      ),
      mapRows(elements, at, (row) => Float64Array.from(order(row, down)), indices.dtype),
    ];
  },
};
