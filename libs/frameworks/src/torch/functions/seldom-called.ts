import { PyTuple, toArray } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { isFloatingPoint } from '@tensormark/network';
import { asCount } from '../arguments.js';
import { named } from '../return-types.js';
import { axisOf } from '../tensor/facts.js';
import { TensorObject } from '../tensor/tensor.js';
import { applyTo } from './apply-named.js';
import { isComplex, realOf } from './complex.js';
import { derived, tensorOf } from './derived.js';

/** Functions that few networks call; only what shapes and types they give. */

/** A copy of a tensor with something written into a part of it, which must be of the part's shape. */
function scattered(rt: Runtime, name: string, input: PyValue, source: PyValue, part: PyValue): PyValue {
  const [whole, written] = [tensorOf(rt, input, name), tensorOf(rt, source, name)];
  const wanted = tensorOf(rt, part, name).shape;
  if (written.shape.join() !== wanted.join())
    return rt.raise(
      'RuntimeError',
      `expected src to have a size equal to the slice of self. src size = [${written.shape.join(', ')}], slice size = [${wanted.join(', ')}]`,
    );
  return derived(rt, whole, whole.shape);
}

/** The shape that `input[..., start:end:step, ...]` has along one axis. */
function sliced(rt: Runtime, source: TensorObject, [dim, start, end, step]: readonly PyValue[]): PyValue {
  const axis = axisOf(rt, asCount(rt, dim ?? 0n), source.shape.length);
  const size = source.shape[axis] ?? 1;
  const stride = asCount(rt, step ?? 1n);
  if (stride <= 0) return rt.raise('RuntimeError', 'slice step must be positive');
  const place = (value: PyValue, absent: number): number => {
    const at = value === null ? absent : asCount(rt, value);
    return Math.min(size, Math.max(0, at < 0 ? at + size : at));
  };
  const [first, last] = [place(start ?? null, 0), place(end ?? null, size)];
  return new TensorObject({
    shape: source.shape.with(axis, Math.max(0, Math.ceil((last - first) / stride))),
    dtype: source.dtype,
  });
}

function floating(source: TensorObject): TensorObject['dtype'] {
  return isFloatingPoint(source.dtype) || isComplex(source) ? source.dtype : 'float32';
}

/** One tensor of the input's shape for each axis asked for. */
function gradient(rt: Runtime, input: PyValue, dim: PyValue, order: PyValue): PyValue {
  const source = tensorOf(rt, input, 'gradient');
  const edges = asCount(rt, order);
  if (edges !== 1 && edges !== 2)
    return rt.raise('RuntimeError', 'torch.gradient only supports edge_order=1 and edge_order=2.');
  const axes =
    dim === null
      ? [...source.shape.keys()]
      : (typeof dim === 'bigint' ? [dim] : toArray(rt, dim)).map((each) =>
          axisOf(rt, asCount(rt, each), source.shape.length),
        );
  if (axes.some((axis) => (source.shape[axis] ?? 1) < edges + 1))
    return rt.raise(
      'RuntimeError',
      'torch.gradient expected each dimension size to be at least edge_order+1',
    );
  return new PyTuple(axes.map(() => derived(rt, source, source.shape, floating(source))));
}

/** `vec1 ⊗ vec2` added to what can be expanded to its shape. */
function addOuter(rt: Runtime, input: PyValue, first: PyValue, second: PyValue): PyValue {
  const source = tensorOf(rt, input, 'addr');
  for (const [at, vector] of [first, second].entries()) {
    const { length } = tensorOf(rt, vector, 'addr').shape;
    if (length !== 1)
      return rt.raise('RuntimeError', `addr: Expected 1-D argument vec${at + 1}, but got ${length}-D`);
  }
  const product = tensorOf(rt, applyTo(rt, 'outer', first, second), 'addr');
  const expanded = applyTo(rt, 'expand', source, ...product.shape.map(BigInt));
  return applyTo(rt, 'add', expanded, product);
}

/**
 * The signal a short-time Fourier transform came from: windows of `n_fft` that begin `hop_length` apart, less the half window at
 * either end that `center` had added.
 */
function inverseTransform(
  rt: Runtime,
  input: PyValue,
  [size, hop, _win, _window, center, _normalized, onesided, length, complex]: readonly PyValue[],
): PyValue {
  const source = tensorOf(rt, input, 'istft');
  if (!isComplex(source) && source.shape.at(-1) !== 2)
    return rt.raise(
      'RuntimeError',
      `istft: expected the last dimension to be 2 (corresponding to real and imaginary parts), but got ${source.shape.at(-1) ?? 1}`,
    );
  const shape = isComplex(source) ? source.shape : source.shape.slice(0, -1);
  if (shape.length < 2 || shape.length > 3)
    return rt.raise(
      'RuntimeError',
      `istft: expected a tensor with 3 or 4 dimensions, but got ${shape.length + 1}`,
    );
  const width = asCount(rt, size ?? null);
  const [bins = 0, frames = 0] = shape.slice(-2);
  const half = onesided === null ? !rt.truth(complex ?? false) : rt.truth(onesided ?? true);
  if (bins !== (half ? Math.floor(width / 2) + 1 : width))
    return rt.raise(
      'RuntimeError',
      `istft: expected the frequency dimension (3rd to the last) of the input tensor to match ${half ? 'n_fft / 2 + 1 when onsided=True' : 'n_fft when onsided=False'}, but got ${bins}`,
    );
  const step = hop === null ? Math.floor(width / 4) : asCount(rt, hop ?? null);
  const whole = width + step * (frames - 1);
  const trimmed = whole - (rt.truth(center ?? true) ? 2 * Math.floor(width / 2) : 0);
  const samples = length === null ? trimmed : asCount(rt, length ?? null);
  return derived(
    rt,
    source,
    [...shape.slice(0, -2), samples],
    rt.truth(complex ?? false) ? source.dtype : realOf(source.dtype),
  );
}

/** Pieces of area up to each place, one fewer than there are places. */
function accumulated(rt: Runtime, input: PyValue, dim: PyValue): PyValue {
  const source = tensorOf(rt, input, 'cumulative_trapezoid');
  const axis = axisOf(rt, asCount(rt, dim), source.shape.length);
  const size = source.shape[axis] ?? 1;
  return derived(rt, source, source.shape.with(axis, Math.max(0, size - 1)), floating(source));
}

function squared(rt: Runtime, input: PyValue, offset: PyValue): PyValue {
  const source = tensorOf(rt, input, 'diagflat');
  const side = source.shape.reduce((product, size) => product * size, 1) + Math.abs(asCount(rt, offset));
  return derived(rt, source, [side, side]);
}

export const seldomCalled: Readonly<Record<string, NativeImplementation>> = {
  'msort(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'msort');
    return derived(rt, source, source.shape);
  },
  'select_scatter(input, src, dim, index)': (rt, input, source, dim, index) =>
    scattered(
      rt,
      'select_scatter',
      input ?? null,
      source ?? null,
      applyTo(rt, 'select', input ?? null, dim ?? null, index ?? null),
    ),
  'slice_scatter(input, src, dim=0, start=None, end=None, step=1)': (rt, input, source, ...slice) =>
    scattered(
      rt,
      'slice_scatter',
      input ?? null,
      source ?? null,
      sliced(rt, tensorOf(rt, input ?? null, 'slice_scatter'), slice),
    ),
  'diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)': (rt, input, source, offset, first, second) =>
    scattered(
      rt,
      'diagonal_scatter',
      input ?? null,
      source ?? null,
      applyTo(rt, 'diagonal', input ?? null, offset ?? 0n, first ?? 0n, second ?? 1n),
    ),
  'diagflat(input, offset=0)': (rt, input, offset) => squared(rt, input ?? null, offset ?? 0n),
  'frexp(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'frexp');
    if (!isFloatingPoint(source.dtype))
      return rt.raise('RuntimeError', 'torch.frexp() only supports floating-point dtypes');
    return named(
      'frexp',
      new PyTuple([derived(rt, source, source.shape), derived(rt, source, source.shape, 'int32')]),
    );
  },
  'gradient(input, *, spacing=1, dim=None, edge_order=1)': (rt, input, _spacing, dim, order) =>
    gradient(rt, input ?? null, dim ?? null, order ?? 1n),
  'addr(input, vec1, vec2, *, beta=1, alpha=1)': (rt, input, first, second) =>
    addOuter(rt, input ?? null, first ?? null, second ?? null),
  'istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)':
    (rt, input, ...how) => inverseTransform(rt, input ?? null, how),
  'cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)': (rt, input, _x, _dx, dim) =>
    accumulated(rt, input ?? null, dim ?? -1n),
};
