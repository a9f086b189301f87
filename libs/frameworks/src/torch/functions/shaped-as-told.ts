import { PyTuple, rest, toArray } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { asCount, asDType, asSizes } from '../arguments.js';
import { applyOperation } from '../operations.js';
import { axisOf } from '../tensor/facts.js';
import { TensorObject } from '../tensor/tensor.js';
import { applyTo } from './apply-named.js';
import { derived, tensorOf } from './derived.js';
import { complexOf } from './complex.js';

/** Rare functions whose results' shapes follow from their arguments' alone; no layer's work. */

function same(name: string): NativeImplementation {
  return (rt, input) => {
    const source = tensorOf(rt, input ?? null, name);
    return derived(rt, source, source.shape);
  };
}

function mirrored(axis: bigint): NativeImplementation {
  return (rt, input) => applyTo(rt, 'flip', input ?? null, new PyTuple([axis]));
}

/** Rows and columns below each other on the diagonal. */
function blockDiagonal(rt: Runtime, tensors: readonly PyValue[]): PyValue {
  const blocks = tensors.map((tensor) => tensorOf(rt, tensor, 'block_diag'));
  const [first] = blocks;
  if (first === undefined) return new TensorObject({ shape: [1, 0], dtype: 'float32' });
  const sizes = blocks.map(({ shape }) => (shape.length === 2 ? shape : [1, shape[0] ?? 1]));
  return derived(
    rt,
    first,
    [0, 1].map((axis) => sizes.reduce((total, size) => total + (size[axis] ?? 1), 0)),
  );
}

/** Every choice of one element from each tensor, a row each. */
function cartesian(rt: Runtime, tensors: readonly PyValue[]): PyValue {
  const all = tensors.map((tensor) => tensorOf(rt, tensor, 'cartesian_prod'));
  const [first] = all;
  if (first === undefined) return rt.raise('RuntimeError', 'meshgrid expects a non-empty TensorList');
  const rows = all.reduce((total, { shape }) => total * (shape[0] ?? 1), 1);
  return derived(rt, first, all.length === 1 ? [rows] : [rows, all.length]);
}

function choose(n: number, r: number): number {
  let result = 1;
  for (let at = 0; at < r; at++) result = (result * (n - at)) / (at + 1);
  return Math.round(Math.max(result, 0));
}

function columns(rt: Runtime, tensors: PyValue): PyValue {
  const parts = toArray(rt, tensors).map((tensor) =>
    tensor instanceof TensorObject && tensor.shape.length < 2
      ? applyTo(rt, 'reshape', tensor, -1n, 1n)
      : tensor,
  );
  const definition = operation('cat');
  return definition === undefined
    ? rt.unknown('cat is not interpreted')
    : applyOperation(rt, definition, [new PyTuple(parts), 1n]);
}

/** Along which axis each cuts, and how many there must be. */
const CUTTING = {
  hsplit: { axis: 1, least: 1 },
  vsplit: { axis: 0, least: 2 },
  dsplit: { axis: 2, least: 3 },
} as const;

/** @throws as `torch.hsplit`, `torch.vsplit` and `torch.dsplit`, which cut into equal parts or at places */
function cutAlong(rt: Runtime, name: keyof typeof CUTTING, input: PyValue, sections: PyValue): PyValue {
  const { shape } = tensorOf(rt, input, name);
  const { axis: usual, least } = CUTTING[name];
  if (shape.length < least)
    return rt.raise(
      'RuntimeError',
      `torch.${name} requires a tensor with at least ${least} dimension, but got a tensor with ${shape.length} dimensions!`,
    );
  const axis = shape.length === 1 ? 0 : usual;
  const size = shape[axis] ?? 1;
  if (typeof sections === 'bigint' && (sections === 0n || BigInt(size) % sections !== 0n))
    return rt.raise(
      'RuntimeError',
      `torch.${name} attempted to split along dimension ${axis}, but the size of the dimension ${size} is not divisible by the split_size ${sections}!`,
    );
  return applyTo(rt, 'tensor_split', input, sections, BigInt(axis));
}

function window(rt: Runtime, length: PyValue, dtype: PyValue): PyValue {
  return new TensorObject({ shape: [asCount(rt, length)], dtype: asDType(rt, dtype, 'float32') });
}

const WINDOW = 'dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False';

export const shapedAsTold: Readonly<Record<string, NativeImplementation>> = {
  'block_diag(*tensors)': (rt, tensors) => blockDiagonal(rt, rest(tensors ?? null)),
  'cartesian_prod(*tensors)': (rt, tensors) => cartesian(rt, rest(tensors ?? null)),
  'combinations(input, r=2, with_replacement=False)': (rt, input, r, replacement) => {
    const source = tensorOf(rt, input ?? null, 'combinations');
    const count = asCount(rt, r ?? 2n);
    const pool = (source.shape[0] ?? 0) + (rt.truth(replacement ?? false) ? count - 1 : 0);
    return derived(rt, source, [choose(pool, count), count]);
  },
  'vander(x, N=None, increasing=False)': (rt, input, n) => {
    const source = tensorOf(rt, input ?? null, 'vander');
    const [size = 0] = source.shape;
    return derived(rt, source, [...source.shape, n === null ? size : asCount(rt, n ?? null)]);
  },
  'trapz(y, x=None, *, dx=None, dim=-1)': (rt, input, _x, _dx, dim) =>
    applyTo(rt, 'sum', input ?? null, dim ?? null),
  'trapezoid(y, x=None, *, dx=None, dim=-1)': (rt, input, _x, _dx, dim) =>
    applyTo(rt, 'sum', input ?? null, dim ?? null),
  'fliplr(input)': mirrored(1n),
  'flipud(input)': mirrored(0n),
  'column_stack(tensors, *, out=None)': (rt, tensors) => columns(rt, tensors ?? null),
  'hsplit(input, indices_or_sections)': (rt, input, sections) =>
    cutAlong(rt, 'hsplit', input ?? null, sections ?? null),
  'vsplit(input, indices_or_sections)': (rt, input, sections) =>
    cutAlong(rt, 'vsplit', input ?? null, sections ?? null),
  'dsplit(input, indices_or_sections)': (rt, input, sections) =>
    cutAlong(rt, 'dsplit', input ?? null, sections ?? null),
  'randint_like(input, low, high=None, *, dtype=None, layout=None, device=None, requires_grad=False)': (
    rt,
    input,
    _low,
    _high,
    dtype,
  ) => {
    const source = tensorOf(rt, input ?? null, 'randint_like');
    return new TensorObject({ shape: source.shape, dtype: asDType(rt, dtype ?? null, source.dtype) });
  },
  'empty_strided(size, stride, *, dtype=None, layout=None, device=None, requires_grad=False)': (
    rt,
    size,
    _stride,
    dtype,
  ) => new TensorObject({ shape: asSizes(rt, [size ?? null]), dtype: asDType(rt, dtype ?? null, 'float32') }),
  'kthvalue(input, k, dim=-1, keepdim=False)': (rt, input, k, dim, keepdim) => {
    const { shape } = tensorOf(rt, input ?? null, 'kthvalue');
    const axis = axisOf(rt, asCount(rt, dim ?? null), shape.length);
    const place = asCount(rt, k ?? null);
    if (place < 1 || place > (shape[axis] ?? 1))
      return rt.raise('RuntimeError', `kthvalue(): selected number k out of range for dimension ${axis}`);
    return applyTo(rt, 'max', input ?? null, dim ?? null, keepdim ?? false);
  },
  'aminmax(input, *, dim=None, keepdim=False)': (rt, input, dim, keepdim) =>
    new PyTuple(
      ['amin', 'amax'].map((name) =>
        dim === null
          ? applyTo(rt, name, input ?? null)
          : applyTo(rt, name, input ?? null, dim ?? null, keepdim ?? false),
      ),
    ),
  'dist(input, other, p=2)': (rt, input, other) =>
    applyTo(rt, 'norm', applyTo(rt, 'sub', input ?? null, other ?? null)),
  'heaviside(input, values)': same('heaviside'),
  'ldexp(input, other)': same('ldexp'),
  'i0(input)': same('i0'),
  'corrcoef(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'corrcoef');
    const [rows = 1] = source.shape;
    return derived(rt, source, source.shape.length < 2 ? [] : [rows, rows]);
  },
  'cov(input, *, correction=1, fweights=None, aweights=None)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'cov');
    const [rows = 1] = source.shape;
    return derived(rt, source, source.shape.length < 2 ? [] : [rows, rows]);
  },
  [`hann_window(window_length, periodic=True, *, ${WINDOW})`]: (rt, length, _p, dtype) =>
    window(rt, length ?? null, dtype ?? null),
  [`hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, ${WINDOW})`]: (
    rt,
    length,
    _p,
    _a,
    _b,
    dtype,
  ) => window(rt, length ?? null, dtype ?? null),
  [`blackman_window(window_length, periodic=True, *, ${WINDOW})`]: (rt, length, _p, dtype) =>
    window(rt, length ?? null, dtype ?? null),
  [`bartlett_window(window_length, periodic=True, *, ${WINDOW})`]: (rt, length, _p, dtype) =>
    window(rt, length ?? null, dtype ?? null),
  [`kaiser_window(window_length, periodic=True, beta=12.0, *, ${WINDOW})`]: (rt, length, _p, _b, dtype) =>
    window(rt, length ?? null, dtype ?? null),
  "stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None)":
    (rt, input, size, hop, _win, _window, center, _mode, _normalized, onesided, complex) => {
      const source = tensorOf(rt, input ?? null, 'stft');
      const length = asCount(rt, size ?? null);
      const step = hop === null ? Math.floor(length / 4) : asCount(rt, hop ?? null);
      const padded = (source.shape.at(-1) ?? 0) + (rt.truth(center ?? true) ? 2 * Math.floor(length / 2) : 0);
      const half = onesided === null || rt.truth(onesided ?? true);
      const bins = half ? Math.floor(length / 2) + 1 : length;
      const shape = [...source.shape.slice(0, -1), bins, 1 + Math.floor((padded - length) / step)];
      return rt.truth(complex ?? false)
        ? derived(rt, source, shape, complexOf(source.dtype))
        : derived(rt, source, [...shape, 2]);
    },
  'max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None)': (
    rt,
    input,
    _indices,
    kernel,
    stride,
    padding,
    output,
  ) => {
    const source = tensorOf(rt, input ?? null, 'max_unpool2d');
    const sizes = output === null ? undefined : asSizes(rt, [output ?? null]).slice(-2);
    const pair = (value: PyValue): number[] => {
      const given = asSizes(rt, [value]);
      return given.length === 1 ? [given[0] ?? 1, given[0] ?? 1] : given;
    };
    const [k, s, p] = [pair(kernel ?? null), pair(stride ?? kernel ?? null), pair(padding ?? 0n)];
    const made = [0, 1].map(
      (axis) => ((source.shape.at(axis - 2) ?? 1) - 1) * (s[axis] ?? 1) - 2 * (p[axis] ?? 0) + (k[axis] ?? 1),
    );
    return derived(rt, source, [...source.shape.slice(0, -2), ...(sizes ?? made)]);
  },
  'pdist(input, p=2.0)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'pdist');
    const [rows = 0] = source.shape;
    return derived(rt, source, [(rows * (rows - 1)) / 2]);
  },
  'embedding_bag(input, weight, offsets=None, *args, **kwargs)': (rt, input, weight, offsets) => {
    const [indices, table] = [
      tensorOf(rt, input ?? null, 'embedding_bag'),
      tensorOf(rt, weight ?? null, 'embedding_bag'),
    ];
    const bags = offsets instanceof TensorObject ? offsets.shape[0] : indices.shape[0];
    return derived(rt, table, [bags ?? 0, table.shape[1] ?? 1]);
  },
  'upsample_nearest(input, size=None, scale_factor=None)': (rt, input, size, scale) =>
    interpolated(rt, input ?? null, size ?? null, scale ?? null, 'nearest'),
  'upsample_bilinear(input, size=None, scale_factor=None)': (rt, input, size, scale) =>
    interpolated(rt, input ?? null, size ?? null, scale ?? null, 'bilinear'),
};

function interpolated(rt: Runtime, input: PyValue, size: PyValue, scale: PyValue, mode: string): PyValue {
  const definition = operation('interpolate');
  return definition === undefined
    ? rt.unknown('interpolate is not interpreted')
    : applyOperation(rt, definition, [input, size, scale, mode]);
}
