import { PyTuple } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { formatShape, formatSize, operation } from '@tensormark/network';
import { asCount, asDims, isSequence } from '../arguments.js';
import { applyOperation } from '../operations.js';
import { applyTo } from './apply-named.js';
import { attentionFunctions } from './attention.js';
import { complexFunctions } from './complex.js';
import { derived, tensorOf } from './derived.js';
import { matrixFunctions } from './linear-algebra.js';
import { seldomCalled } from './seldom-called.js';
import { shapedAsTold } from './shaped-as-told.js';
import { sizedByValues } from './sized-by-values.js';
import { writingFunctions } from './writing.js';
import { axisOf } from '../tensor/facts.js';
import { TensorObject } from '../tensor/tensor.js';
import { countOf, Elements } from '../values/elements.js';
import { countingElements } from '../values/work.js';
import { differences, mapRows } from '../values/reductions.js';

/** Operations that make tables of indices and masks, and rare ones that only move values: no layer's work. */

function oneHot(rt: Runtime, input: PyValue, classes: PyValue): PyValue {
  const indices = tensorOf(rt, input, 'one_hot');
  if (indices.dtype !== 'int64')
    return rt.raise('RuntimeError', 'one_hot is only applicable to index tensor.');
  const given = asCount(rt, classes);
  const values = indices.known?.toArray();
  const most = values === undefined ? undefined : Math.max(-1, ...values);
  if (given < 0 && most === undefined) return rt.unknown('how many classes one_hot finds');
  const size = given < 0 ? (most ?? 0) + 1 : given;
  if (values?.some((value) => value < 0))
    return rt.raise('RuntimeError', 'Class values must be non-negative.');
  if (most !== undefined && most >= size)
    return rt.raise('RuntimeError', 'Class values must be smaller than num_classes.');
  const shape = [...indices.shape, size];
  const elements = values && Elements.of(shape, new Float64Array(countOf(shape)));
  for (const [row, value] of values?.entries() ?? [])
    if (elements !== undefined) elements.storage.data[row * size + value] = 1;
  return derived(rt, indices, shape, 'int64', elements);
}

function quantile(name: string): NativeImplementation {
  return (rt, input, q, dim, keepdim) => {
    const source = tensorOf(rt, input ?? null, name);
    const axis = dim === null ? undefined : axisOf(rt, asCount(rt, dim ?? null), source.shape.length);
    const rest = rt.truth(keepdim ?? false)
      ? source.shape.map((size, at) => (axis === undefined || at === axis ? 1 : size))
      : source.shape.filter((_, at) => axis !== undefined && at !== axis);
    // A row of levels comes first.
    return derived(rt, source, [...(q instanceof TensorObject ? q.shape : []), ...rest]);
  };
}

function triangleIndices(
  rt: Runtime,
  rows: PyValue,
  columns: PyValue,
  offset: PyValue,
  upper: boolean,
): PyValue {
  const [height, width, shift] = [asCount(rt, rows), asCount(rt, columns), asCount(rt, offset)];
  if (height * width > 1_000_000) return rt.unknown('the indices of a large triangle');
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (upper ? column - row >= shift : column - row <= shift) pairs.push([row, column]);
  const values = Float64Array.from([...pairs.map(([row]) => row), ...pairs.map(([, column]) => column)]);
  const shape = [2, pairs.length];
  return TensorObject.holding(Elements.of(shape, values), { shape, dtype: 'int64' });
}

function summed(rt: Runtime, tensor: TensorObject, axis: number): PyValue {
  return applyTo(rt, 'sum', tensor, BigInt(axis), true);
}

/** @throws as `torch.cross` */
function cross(rt: Runtime, input: PyValue, other: PyValue, dim: PyValue): PyValue {
  const [left, right] = [tensorOf(rt, input, 'cross'), tensorOf(rt, other, 'cross')];
  const found = dim === null ? left.shape.indexOf(3) : axisOf(rt, asCount(rt, dim), left.shape.length);
  if (found < 0) return rt.raise('RuntimeError', 'no dimension of size 3 in input');
  if (left.shape.length !== right.shape.length)
    return rt.raise('RuntimeError', 'linalg.cross: inputs must have the same number of dimensions.');
  const [size, wanted] = [left.shape[found], right.shape[found]];
  if (size !== 3 || wanted !== 3)
    return rt.raise(
      'RuntimeError',
      `linalg.cross: inputs dimension ${found} must have length 3. Got ${size} and ${wanted}`,
    );
  return applyTo(rt, 'mul', left, right);
}

function tupleRepr(values: readonly number[]): string {
  return `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;
}

/** @throws as `torch.nn.functional.affine_grid` */
function affineGrid(rt: Runtime, theta: PyValue, size: PyValue): PyValue {
  const source = tensorOf(rt, theta, 'affine_grid');
  const shape = asDims(rt, size);
  const rank = shape.length - 2;
  const given = size instanceof PyTuple ? tupleRepr(shape) : formatShape(shape);
  if (rank !== 2 && rank !== 3)
    return rt.raise(
      'NotImplementedError',
      `affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size ${given}.`,
    );
  const [batch = 1, rows, columns] = source.shape;
  if (source.shape.length !== 3 || rows !== rank || columns !== rank + 1)
    return rt.raise(
      'ValueError',
      `Expected a batch of ${rank}D affine matrices of shape Nx${rank}x${rank + 1} for size ${given}. Got ${formatSize(source.shape)}.`,
    );
  const places = shape.slice(2).reduce((count, each) => count * each, 1);
  if (batch !== shape[0])
    return rt.raise(
      'RuntimeError',
      `Expected size for first two dimensions of batch2 tensor to be: [${shape[0]}, ${rank + 1}] but got: [${batch}, ${rank + 1}].`,
    );
  return derived(rt, source, places === 0 ? shape : [shape[0] ?? 1, ...shape.slice(2), rank]);
}

function tensordot(rt: Runtime, a: PyValue, b: PyValue, dims: PyValue): PyValue {
  let [left, right] = [tensorOf(rt, a, 'tensordot'), tensorOf(rt, b, 'tensordot')];
  const count = typeof dims === 'bigint' ? Number(dims) : 0;
  const [first, second] =
    dims !== null && typeof dims === 'object' && isSequence(dims)
      ? [asDims(rt, dims.items[0] ?? null), asDims(rt, dims.items[1] ?? null)]
      : [Array.from({ length: count }, (_, at) => at - count), Array.from({ length: count }, (_, at) => at)];
  const gone: readonly [number[], number[]] = [[], []];
  for (const [at, dim] of first.entries()) {
    const axis = axisOf(rt, dim, left.shape.length);
    const other = axisOf(rt, second[at] ?? 0, right.shape.length);
    gone[0].push(axis);
    gone[1].push(other);
    const [size, wanted] = [left.shape[axis], right.shape[other]];
    if (size === wanted) continue;
    // A dimension of one goes with all of the other's, which are added up.
    if (size === 1) right = tensorOf(rt, summed(rt, right, other), 'tensordot');
    else if (wanted === 1) left = tensorOf(rt, summed(rt, left, axis), 'tensordot');
    else
      return rt.raise(
        'RuntimeError',
        `contracted dimensions need to match, but first has size ${size} in dim ${first[at]} and second has size ${wanted} in dim ${second[at]}`,
      );
  }
  const free = (shape: readonly number[], taken: readonly number[]): number[] =>
    shape.map((_, axis) => axis).filter((axis) => !taken.includes(axis));
  const [leftFree, rightFree] = [free(left.shape, gone[0]), free(right.shape, gone[1])];
  const size = (shape: readonly number[], axes: readonly number[]): bigint =>
    BigInt(countOf(axes.map((axis) => shape[axis] ?? 1)));
  const matrix = (tensor: TensorObject, order: readonly number[], rows: bigint, columns: bigint): PyValue =>
    applyTo(rt, 'reshape', applyTo(rt, 'permute', tensor, ...order.map(BigInt)), rows, columns);
  const inner = size(left.shape, gone[0]);
  const product = applyTo(
    rt,
    'matmul',
    matrix(left, [...leftFree, ...gone[0]], size(left.shape, leftFree), inner),
    matrix(right, [...gone[1], ...rightFree], inner, size(right.shape, rightFree)),
  );
  const shape = [
    ...leftFree.map((axis) => left.shape[axis] ?? 1),
    ...rightFree.map((axis) => right.shape[axis] ?? 1),
  ];
  return applyTo(rt, 'reshape', product, ...shape.map(BigInt));
}

const uncounted: Readonly<Record<string, NativeImplementation>> = {
  ...sizedByValues,
  ...attentionFunctions,
  ...complexFunctions,
  ...writingFunctions,
  ...matrixFunctions,
  ...seldomCalled,
  ...shapedAsTold,
  'equal(input, other)': (rt, input, other) => {
    const [a, b] = [tensorOf(rt, input ?? null, 'equal'), tensorOf(rt, other ?? null, 'equal')];
    if (a.shape.join() !== b.shape.join()) return false;
    const [left, right] = [a.known?.toArray(), b.known?.toArray()];
    if (left === undefined || right === undefined) return rt.unknown('whether two tensors are equal');
    return left.every((value, at) => value === right[at]);
  },
  'allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)': (rt, input, other, rtol, atol) => {
    const [a, b] = [tensorOf(rt, input ?? null, 'allclose'), tensorOf(rt, other ?? null, 'allclose')];
    const [left, right] = [a.known?.toArray(), b.known?.toArray()];
    if (left === undefined || right === undefined || left.length !== right.length)
      return rt.unknown('whether two tensors are close');
    const [relative, absolute] = [Number(rtol), Number(atol)];
    return left.every((value, at) => {
      const wanted = right[at] ?? 0;
      return value === wanted || Math.abs(value - wanted) <= absolute + relative * Math.abs(wanted);
    });
  },
  'diff(input, n=1, dim=-1, prepend=None, append=None)': (rt, input, n, dim, prepend, append) => {
    const source = tensorOf(rt, input ?? null, 'diff');
    if (source.shape.length === 0)
      return rt.raise('RuntimeError', 'diff expects input to be at least one-dimensional');
    const axis = axisOf(rt, asCount(rt, dim ?? null), source.shape.length);
    const ends = [prepend ?? null, source, append ?? null].filter((part) => part !== null);
    const cat = operation('cat');
    const joined =
      ends.length === 1 || cat === undefined
        ? source
        : tensorOf(rt, applyOperation(rt, cat, [new PyTuple(ends), BigInt(axis)]), 'diff');
    const times = Math.max(asCount(rt, n ?? null), 0);
    const shape = joined.shape.with(axis, Math.max((joined.shape[axis] ?? 1) - times, 0));
    const elements =
      times === 1 && joined.known ? mapRows(joined.known, axis, differences, source.dtype) : undefined;
    return derived(rt, joined, shape, joined.dtype, elements);
  },
  'one_hot(tensor, num_classes=-1)': (rt, input, classes) => oneHot(rt, input ?? null, classes ?? null),
  'tril_indices(row, col, offset=0, *, dtype=None, device=None, layout=None)': (rt, rows, columns, offset) =>
    triangleIndices(rt, rows ?? null, columns ?? null, offset ?? null, false),
  'triu_indices(row, col, offset=0, *, dtype=None, device=None, layout=None)': (rt, rows, columns, offset) =>
    triangleIndices(rt, rows ?? null, columns ?? null, offset ?? null, true),
  'tensordot(a, b, dims=2)': (rt, a, b, dims) => tensordot(rt, a ?? null, b ?? null, dims ?? null),
  'kron(input, other)': (rt, input, other) => {
    const [a, b] = [tensorOf(rt, input ?? null, 'kron'), tensorOf(rt, other ?? null, 'kron')];
    const rank = Math.max(a.shape.length, b.shape.length);
    const padded = (shape: readonly number[]): number[] => [
      ...Array.from({ length: rank - shape.length }, () => 1),
      ...shape,
    ];
    const [left, right] = [padded(a.shape), padded(b.shape)];
    return derived(
      rt,
      a,
      left.map((size, axis) => size * (right[axis] ?? 1)),
    );
  },
  'cross(input, other, dim=None)': (rt, input, other, dim) =>
    cross(rt, input ?? null, other ?? null, dim ?? null),
  'take(input, index)': (rt, input, index) => {
    const [source, places] = [tensorOf(rt, input ?? null, 'take'), tensorOf(rt, index ?? null, 'take')];
    return derived(rt, source, places.shape);
  },
  'multinomial(input, num_samples, replacement=False, *, generator=None)': (
    rt,
    input,
    samples,
    replacement,
  ) => {
    const source = tensorOf(rt, input ?? null, 'multinomial');
    if (!rt.truth(replacement ?? false) && asCount(rt, samples ?? null) > (source.shape.at(-1) ?? 1))
      return rt.raise(
        'RuntimeError',
        'cannot sample n_sample > prob_dist.size(-1) samples without replacement',
      );
    return derived(rt, source, [...source.shape.slice(0, -1), asCount(rt, samples ?? null)], 'int64');
  },
  'gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)': (rt, logits, _tau, _hard, _eps, dim) =>
    applyTo(rt, 'softmax', logits ?? null, dim ?? null),
  'std_mean(input, dim=None, unbiased=True, keepdim=False)': (rt, input, dim, unbiased, keepdim) =>
    new PyTuple([
      applyTo(rt, 'std', input ?? null, dim ?? null, unbiased ?? true, keepdim ?? false),
      applyTo(rt, 'mean', input ?? null, dim ?? null, keepdim ?? false),
    ]),
  'var_mean(input, dim=None, unbiased=True, keepdim=False)': (rt, input, dim, unbiased, keepdim) =>
    new PyTuple([
      applyTo(rt, 'var', input ?? null, dim ?? null, unbiased ?? true, keepdim ?? false),
      applyTo(rt, 'mean', input ?? null, dim ?? null, keepdim ?? false),
    ]),
  "grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)": (
    rt,
    input,
    grid,
    mode,
    padding,
  ) => {
    if (typeof mode === 'string' && !['bilinear', 'nearest', 'bicubic'].includes(mode))
      return rt.raise(
        'ValueError',
        `nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '${mode}'`,
      );
    const [source, places] = [
      tensorOf(rt, input ?? null, 'grid_sample'),
      tensorOf(rt, grid ?? null, 'grid_sample'),
    ];
    if (source.shape[0] !== places.shape[0])
      return rt.raise(
        'RuntimeError',
        `grid_sampler(): expected grid and input to have same batch size, but got input with sizes ${formatShape(source.shape)} and grid with sizes ${formatShape(places.shape)}`,
      );
    const axes = source.shape.length - 2;
    if (typeof padding === 'string' && !['zeros', 'border', 'reflection'].includes(padding))
      return rt.raise(
        'ValueError',
        `nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '${padding}'`,
      );
    if (places.shape.at(-1) !== axes)
      return rt.raise(
        'RuntimeError',
        `grid_sampler(): expected grid to have size ${axes} in last dimension, but got grid with sizes ${formatShape(places.shape)}`,
      );
    if (source.shape.length !== places.shape.length)
      return rt.raise(
        'RuntimeError',
        `grid_sampler(): expected ${source.shape.length}D input and grid with same number of dimensions, but got input with sizes ${formatShape(source.shape)} and grid with sizes ${formatShape(places.shape)}`,
      );
    return derived(rt, source, [...source.shape.slice(0, 2), ...places.shape.slice(1, -1)]);
  },
  'affine_grid(theta, size, align_corners=None)': (rt, theta, size) =>
    affineGrid(rt, theta ?? null, size ?? null),
  'cummax(input, dim)': (rt, input, dim) => {
    const source = tensorOf(rt, input ?? null, 'cummax');
    axisOf(rt, asCount(rt, dim ?? null), source.shape.length);
    return pairOf(rt, source);
  },
  'cummin(input, dim)': (rt, input, dim) => {
    const source = tensorOf(rt, input ?? null, 'cummin');
    axisOf(rt, asCount(rt, dim ?? null), source.shape.length);
    return pairOf(rt, source);
  },
  'trace(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'trace');
    return source.shape.length === 2
      ? derived(rt, source, [])
      : rt.raise('RuntimeError', `trace: expected a matrix, but got tensor with dim ${source.shape.length}`);
  },
  'bilinear(input1, input2, weight, bias=None)': (rt, input1, input2, weight, bias) => {
    const [first, second] = [
      tensorOf(rt, input1 ?? null, 'bilinear'),
      tensorOf(rt, input2 ?? null, 'bilinear'),
    ];
    const { shape } = tensorOf(rt, weight ?? null, 'bilinear');
    if (first.shape.length !== second.shape.length)
      return rt.raise(
        'RuntimeError',
        `bilinear(): input dimensions do not match: got ${first.shape.length} and ${second.shape.length}`,
      );
    for (const [at, input] of [first, second].entries())
      if (input.shape.at(-1) !== shape[at + 1])
        return rt.raise(
          'RuntimeError',
          `bilinear(): input${at + 1} size does not match weight size: got ${input.shape.at(-1) ?? 0} but expected ${shape[at + 1] ?? 0}`,
        );
    if (bias instanceof TensorObject && bias.shape[0] !== shape[0])
      return rt.raise(
        'RuntimeError',
        `bilinear(): bias size does not match weight size: got ${bias.shape[0] ?? 1} but expected ${shape[0] ?? 1}`,
      );
    return derived(rt, first, first.shape.with(-1, shape[0] ?? 1));
  },
  'ravel(input)': (rt, input) => applyTo(rt, 'flatten', input ?? null),
  'histc(input, bins=100, min=0, max=0)': (rt, input, bins) =>
    new TensorObject({
      shape: [asCount(rt, bins ?? 100n)],
      dtype: tensorOf(rt, input ?? null, 'histc').dtype,
    }),
  'isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'isclose');
    return derived(rt, source, source.shape, 'bool');
  },
  'quantile(input, q, dim=None, keepdim=False)': quantile('quantile'),
  'nanquantile(input, q, dim=None, keepdim=False)': quantile('nanquantile'),
  'renorm(input, p, dim, maxnorm)': (rt, input) => {
    const { shape } = tensorOf(rt, input ?? null, 'renorm');
    if (shape.length < 2)
      rt.raise('RuntimeError', `renorm: input needs at least 2 dimensions, got ${shape.length} dimensions`);
    return input ?? null;
  },
  'clone(input, *, memory_format=None)': (rt, input) => applyTo(rt, 'clone', input ?? null),
  'detach(input)': (rt, input) => applyTo(rt, 'detach', input ?? null),
  'unsafe_chunk(input, chunks, dim=0)': (rt, input, chunks, dim) =>
    applyTo(rt, 'chunk', input ?? null, chunks ?? null, dim ?? null),
};

/** What is found at `torch` beyond the table of operations. */
export const beyondTheTable: Readonly<Record<string, NativeImplementation>> = Object.fromEntries(
  Object.entries(uncounted).map(([signature, body]) => [signature, countingElements(body)]),
);

function pairOf(rt: Runtime, source: TensorObject): PyValue {
  return new PyTuple([derived(rt, source, source.shape), derived(rt, source, source.shape, 'int64')]);
}
