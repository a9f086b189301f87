import { extendClass } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { formatShape } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { tensorClass, TensorObject } from '../tensor/tensor.js';
import { derived, tensorOf } from './derived.js';

/** Complex tensors: which type a part has, and how pairs of numbers become one. Their values are not followed. */

export function complexOf(dtype: DType): DType {
  return dtype === 'float64' || dtype === 'complex128' ? 'complex128' : 'complex64';
}

export function realOf(dtype: DType): DType {
  if (dtype === 'complex64') return 'float32';
  return dtype === 'complex128' ? 'float64' : dtype;
}

export function isComplex({ dtype }: TensorObject): boolean {
  return dtype.startsWith('complex');
}

/** The real or imaginary part, or a size or angle: a real number for each complex one. */
function part(name: string): NativeImplementation {
  return (rt, input) => {
    const source = tensorOf(rt, input ?? null, name);
    return derived(rt, source, source.shape, realOf(source.dtype));
  };
}

function fromParts(rt: Runtime, first: PyValue, name: string): PyValue {
  const source = tensorOf(rt, first, name);
  return derived(rt, source, source.shape, complexOf(source.dtype));
}

function imaginary(rt: Runtime, source: TensorObject): PyValue {
  if (!isComplex(source))
    return rt.raise('RuntimeError', 'imag is not implemented for tensors with non-complex dtypes.');
  return derived(rt, source, source.shape, realOf(source.dtype));
}

extendClass(tensorClass, {
  payload: TensorObject,
  properties: {
    real: (rt, self) => derived(rt, self, self.shape, realOf(self.dtype)),
    imag: (rt, self) => imaginary(rt, self),
  },
});

export const complexFunctions: Readonly<Record<string, NativeImplementation>> = {
  'view_as_real(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'view_as_real');
    if (!isComplex(source))
      return rt.raise('RuntimeError', 'view_as_real is only supported for complex tensors');
    return derived(rt, source, [...source.shape, 2], realOf(source.dtype));
  },
  'view_as_complex(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'view_as_complex');
    if (source.shape.length === 0)
      return rt.raise('RuntimeError', 'Input tensor must have one or more dimensions');
    if (source.shape.at(-1) !== 2)
      return rt.raise('RuntimeError', 'Tensor must have a last dimension of size 2');
    return derived(rt, source, source.shape.slice(0, -1), complexOf(source.dtype));
  },
  'real(input)': part('real'),
  'imag(input)': (rt, input) => imaginary(rt, tensorOf(rt, input ?? null, 'imag')),
  'angle(input)': part('angle'),
  'conj(input)': (rt, input) => {
    const source = tensorOf(rt, input ?? null, 'conj');
    return derived(rt, source, source.shape);
  },
  'resolve_conj(input)': (_rt, input) => input ?? null,
  'complex(real, imag)': (rt, real, imag) => {
    const [first, second] = [tensorOf(rt, real ?? null, 'complex'), tensorOf(rt, imag ?? null, 'complex')];
    if (first.shape.join() !== second.shape.join())
      return rt.raise(
        'RuntimeError',
        `The size of tensor a ${formatShape(first.shape)} must match the size of tensor b ${formatShape(second.shape)}`,
      );
    return fromParts(rt, first, 'complex');
  },
  'polar(abs, angle)': (rt, size) => fromParts(rt, size ?? null, 'polar'),
};
