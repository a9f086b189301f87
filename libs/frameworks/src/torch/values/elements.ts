import type { DType } from '@tensormark/network';

/** Above this many elements a tensor's values are not followed: only its shape and type are known. */
export const MOST_ELEMENTS = 100_000;

/** What several views look at together; once a write of unknown values reaches it, all of them are unknown. */
export class Storage {
  known = true;

  constructor(readonly data: Float64Array) {}
}

/** The known elements of a small tensor: a strided window on a storage, as PyTorch's own tensors are. */
export class Elements {
  constructor(
    readonly storage: Storage,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
    readonly offset: number,
  ) {}

  /** Row-major elements over their own storage. */
  static of(shape: readonly number[], data: Float64Array): Elements {
    return new Elements(new Storage(data), shape, contiguousStrides(shape), 0);
  }

  get count(): number {
    return countOf(this.shape);
  }

  get isContiguous(): boolean {
    let expected = 1;
    for (let axis = this.shape.length - 1; axis >= 0; axis--) {
      const size = this.shape[axis] ?? 1;
      if (size === 1) continue;
      if (this.strides[axis] !== expected) return false;
      expected *= size;
    }
    return true;
  }

  /** The storage position of every element, in row-major order. */
  positions(): Int32Array {
    const { shape, strides } = this;
    const result = new Int32Array(this.count);
    const rank = shape.length;
    const index = new Int32Array(rank);
    let position = this.offset;
    for (let at = 0; at < result.length; at++) {
      result[at] = position;
      for (let axis = rank - 1; axis >= 0; axis--) {
        const stride = strides[axis] ?? 0;
        position += stride;
        if (++index[axis]! < (shape[axis] ?? 1)) break;
        position -= stride * (shape[axis] ?? 1);
        index[axis] = 0;
      }
    }
    return result;
  }

  /** The elements in row-major order; a copy, or the storage's own data: not to be written to. */
  toArray(): Float64Array {
    const { data } = this.storage;
    if (this.isContiguous) return data.subarray(this.offset, this.offset + this.count);
    const positions = this.positions();
    const result = new Float64Array(positions.length);
    for (let at = 0; at < result.length; at++) result[at] = data[positions[at]!]!;
    return result;
  }

  /** Writes row-major values into the storage, seen by every view of it. */
  write(values: Float64Array): void {
    const { data } = this.storage;
    const positions = this.positions();
    for (let at = 0; at < positions.length; at++) data[positions[at]!] = values[at]!;
  }
}

export function countOf(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}

export function contiguousStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides.unshift(stride);
    stride *= Math.max(shape[axis] ?? 1, 1);
  }
  return strides;
}

/** Whether values of this type are followed exactly: half precisions and complex numbers are not. */
export function isFollowed(dtype: DType): boolean {
  return dtype !== 'float16' && dtype !== 'bfloat16' && dtype !== 'complex64' && dtype !== 'complex128';
}

const INTEGER_BITS: Partial<Record<DType, { readonly bits: number; readonly signed: boolean }>> = {
  uint8: { bits: 8, signed: false },
  int8: { bits: 8, signed: true },
  int16: { bits: 16, signed: true },
  int32: { bits: 32, signed: true },
};

/** Converts numbers to what a type can hold, in place; false where that is not exactly known. */
export function castInPlace(values: Float64Array, dtype: DType): boolean {
  if (!isFollowed(dtype)) return false;
  if (dtype === 'float64') return true;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (dtype === 'float32') values[at] = Math.fround(value);
    else if (dtype === 'bool') values[at] = value === 0 ? 0 : 1;
    else {
      const integer = Math.trunc(value);
      if (!Number.isSafeInteger(integer)) return false;
      const width = INTEGER_BITS[dtype];
      values[at] = width === undefined ? integer + 0 : wrap(integer, width.bits, width.signed);
    }
  }
  return true;
}

function wrap(value: number, bits: number, signed: boolean): number {
  const big = signed ? BigInt.asIntN(bits, BigInt(value)) : BigInt.asUintN(bits, BigInt(value));
  return Number(big);
}

/** New elements of a type, or undefined where the type's values are not followed or cannot be held exactly. */
export function elementsOf(
  shape: readonly number[],
  values: Float64Array,
  dtype: DType,
): Elements | undefined {
  return castInPlace(values, dtype) ? Elements.of(shape, values) : undefined;
}
