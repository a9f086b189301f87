import { PyTuple } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import type { DType } from '@tensormark/network';
import { asCount } from '../arguments.js';
import { TensorObject } from '../tensor/tensor.js';
import { Elements, elementsOf } from '../values/elements.js';
import { nonzeroIndices } from '../values/indexing.js';

/** Functions whose result has as many elements as the values say: told where the values are known, else unknown. */

function valuesOf(input: PyValue): Float64Array | undefined {
  return input instanceof TensorObject ? input.known?.toArray() : undefined;
}

function row(values: Iterable<number>, dtype: DType): TensorObject {
  const data = Float64Array.from(values);
  const shape = [data.length];
  return TensorObject.holding(elementsOf(shape, data, dtype), { shape, dtype });
}

function shaped(shape: readonly number[], values: Iterable<number>): TensorObject {
  return TensorObject.holding(Elements.of(shape, Float64Array.from(values)), { shape, dtype: 'int64' });
}

/** Runs of equal neighbours: each value, where its elements went, and how many there were. */
function runsOf(values: Iterable<number>): {
  readonly firsts: readonly number[];
  readonly places: readonly number[];
  readonly counts: readonly number[];
} {
  const firsts: number[] = [];
  const places: number[] = [];
  const counts: number[] = [];
  for (const value of values) {
    if (firsts.length === 0 || firsts.at(-1) !== value) {
      firsts.push(value);
      counts.push(0);
    }
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    places.push(firsts.length - 1);
  }
  return { firsts, places, counts };
}

function chosen(
  rt: Runtime,
  distinct: TensorObject,
  inverse: TensorObject,
  counts: TensorObject,
  [wantsInverse, wantsCounts]: readonly [PyValue | undefined, PyValue | undefined],
): PyValue {
  const results: PyValue[] = [distinct];
  if (rt.truth(wantsInverse ?? false)) results.push(inverse);
  if (rt.truth(wantsCounts ?? false)) results.push(counts);
  return results.length === 1 ? distinct : new PyTuple(results);
}

export const sizedByValues: Readonly<Record<string, NativeImplementation>> = {
  'unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)': (
    rt,
    input,
    _sorted,
    inverse,
    counts,
    dim,
  ) => {
    const values = valuesOf(input ?? null);
    if (!(input instanceof TensorObject) || values === undefined || dim !== null)
      return rt.unknown('the different values of a tensor');
    const { firsts, counts: howOften } = runsOf(values.toSorted());
    const places = new Map(firsts.map((value, at) => [value, at]));
    return chosen(
      rt,
      row(firsts, input.dtype),
      shaped(
        input.shape,
        Array.from(values, (value) => places.get(value) ?? 0),
      ),
      row(howOften, 'int64'),
      [inverse, counts],
    );
  },
  'unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)': (
    rt,
    input,
    inverse,
    counts,
    dim,
  ) => {
    const values = valuesOf(input ?? null);
    if (!(input instanceof TensorObject) || values === undefined || dim !== null)
      return rt.unknown('the different values of a tensor');
    const runs = runsOf(values);
    const places = shaped(input.shape, runs.places);
    return chosen(rt, row(runs.firsts, input.dtype), places, row(runs.counts, 'int64'), [inverse, counts]);
  },
  'bincount(input, weights=None, minlength=0)': (rt, input, weights, least) => {
    const values = valuesOf(input ?? null);
    const weighed = weights === null ? undefined : valuesOf(weights ?? null);
    if (values === undefined || (weights !== null && weighed === undefined))
      return rt.unknown('how often values occur');
    if (values.some((value) => value < 0) || (input instanceof TensorObject && input.shape.length !== 1))
      return rt.raise('RuntimeError', 'bincount only supports 1-d non-negative integral inputs.');
    const size = values.reduce((most, value) => Math.max(most, value + 1), asCount(rt, least ?? 0n));
    rt.allocate(size * 8);
    const counts = new Float64Array(size);
    for (const [at, value] of values.entries()) counts[value] = (counts[value] ?? 0) + (weighed?.[at] ?? 1);
    return row(counts, weights === null ? 'int64' : 'float64');
  },
  'nonzero(input, *, as_tuple=False)': (rt, input, asTuple) => {
    const known = input instanceof TensorObject ? input.known : undefined;
    if (known === undefined) return rt.unknown('where a tensor is not zero');
    const found = nonzeroIndices(known);
    if (!rt.truth(asTuple ?? false)) return shaped([found.length, known.shape.length], found.flat());
    return new PyTuple(
      known.shape.map((_, axis) =>
        row(
          found.map((index) => index[axis] ?? 0),
          'int64',
        ),
      ),
    );
  },
  'argwhere(input)': (rt, input) => {
    const known = input instanceof TensorObject ? input.known : undefined;
    if (known === undefined) return rt.unknown('where a tensor is not zero');
    const found = nonzeroIndices(known);
    return shaped([found.length, known.shape.length], found.flat());
  },
  'masked_select(input, mask)': (rt, input, mask) => {
    const [values, picked] = [valuesOf(input ?? null), valuesOf(mask ?? null)];
    const isSame =
      input instanceof TensorObject &&
      mask instanceof TensorObject &&
      input.shape.join() === mask.shape.join();
    if (!isSame || picked === undefined) return rt.unknown('a selection whose size depends on values');
    const places = [...picked.keys()].filter((at) => picked[at] !== 0);
    if (values === undefined) return new TensorObject({ shape: [places.length], dtype: input.dtype });
    return row(
      places.map((at) => values[at] ?? 0),
      input.dtype,
    );
  },
};
