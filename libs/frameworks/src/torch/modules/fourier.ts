import { defineModule } from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyValue, Runtime } from '@tensormark/python';
import { asCount, asDims, asDType } from '../arguments.js';
import { complexOf, realOf } from '../functions/complex.js';
import { derived, tensorOf } from '../functions/derived.js';
import { axisOf } from '../tensor/facts.js';
import { TensorObject } from '../tensor/tensor.js';

/** What a transform makes of its last axis: as many complex numbers, half of them, or real ones again. */
type Kind = 'complex' | 'from-real' | 'to-real';

function lengthOf(kind: Kind, given: number | undefined, size: number): number {
  if (kind === 'from-real') return Math.floor((given ?? size) / 2) + 1;
  if (kind === 'to-real') return given ?? 2 * (size - 1);
  return given ?? size;
}

function transformed(
  rt: Runtime,
  input: PyValue,
  kind: Kind,
  axes: readonly number[],
  sizes: readonly number[] | undefined,
): PyValue {
  const source = tensorOf(rt, input, 'fft');
  const shape = [...source.shape];
  for (const [at, dim] of axes.entries()) {
    const axis = axisOf(rt, dim, shape.length);
    const given = sizes?.[at];
    const wanted = given === undefined || given < 0 ? undefined : given;
    const isLast = at === axes.length - 1;
    const length = lengthOf(isLast ? kind : 'complex', wanted, shape[axis] ?? 1);
    if (length < 1) return rt.raise('RuntimeError', `Invalid number of data points (${length}) specified`);
    shape[axis] = length;
  }
  return derived(
    rt,
    source,
    shape,
    kind === 'to-real' ? realOf(complexOf(source.dtype)) : complexOf(source.dtype),
  );
}

function line(kind: Kind): NativeImplementation {
  return (rt, input, n, dim) =>
    transformed(
      rt,
      input ?? null,
      kind,
      [asCount(rt, dim ?? -1n)],
      n === null ? undefined : [asCount(rt, n ?? null)],
    );
}

function space(kind: Kind): NativeImplementation {
  return (rt, input, s, dim) => {
    const sizes = s === null ? undefined : asDims(rt, s ?? null);
    const rank = input instanceof TensorObject ? input.shape.length : 0;
    const last = Array.from({ length: sizes?.length ?? rank }, (_, at) => at - (sizes?.length ?? rank));
    return transformed(rt, input ?? null, kind, dim === null ? last : asDims(rt, dim ?? null), sizes);
  };
}

/** The last two axes, unless told otherwise. */
function plane(kind: Kind): NativeImplementation {
  return (rt, input, s, dim) =>
    transformed(
      rt,
      input ?? null,
      kind,
      dim === null ? [-2, -1] : asDims(rt, dim ?? null),
      s === null ? undefined : asDims(rt, s ?? null),
    );
}

const LINE = 'input, n=None, dim=-1, norm=None, *, out=None';
const PLANE = 'input, s=None, dim=None, norm=None, *, out=None';
const SPACE = 'input, s=None, dim=None, norm=None, *, out=None';

const shifted: NativeImplementation = (rt, input) => {
  const source = tensorOf(rt, input ?? null, 'fftshift');
  return derived(rt, source, source.shape);
};

function frequencies(count: (n: number) => number): NativeImplementation {
  return (rt, n, _d, dtype) =>
    new TensorObject({
      shape: [count(asCount(rt, n ?? null))],
      dtype: asDType(rt, dtype ?? null, 'float32'),
    });
}

/** `torch.fft`: which sizes and types transforms give. */
export const fourier: NativeModule = defineModule({
  name: 'torch.fft',
  functions: {
    [`fft(${LINE})`]: line('complex'),
    [`ifft(${LINE})`]: line('complex'),
    [`rfft(${LINE})`]: line('from-real'),
    [`irfft(${LINE})`]: line('to-real'),
    [`fft2(${PLANE})`]: plane('complex'),
    [`ifft2(${PLANE})`]: plane('complex'),
    [`rfft2(${PLANE})`]: plane('from-real'),
    [`irfft2(${PLANE})`]: plane('to-real'),
    [`fftn(${SPACE})`]: space('complex'),
    [`ifftn(${SPACE})`]: space('complex'),
    [`rfftn(${SPACE})`]: space('from-real'),
    [`irfftn(${SPACE})`]: space('to-real'),
    'fftshift(input, dim=None)': shifted,
    'ifftshift(input, dim=None)': shifted,
    'fftfreq(n, d=1.0, *, dtype=None, layout=None, device=None, requires_grad=False)': frequencies((n) => n),
    'rfftfreq(n, d=1.0, *, dtype=None, layout=None, device=None, requires_grad=False)': frequencies(
      (n) => Math.floor(n / 2) + 1,
    ),
  },
  missing: 'unknown',
});
