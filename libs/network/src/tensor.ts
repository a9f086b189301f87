/** Element types, spelled as PyTorch spells them (`torch.float32` without its prefix). */
export type DType = keyof typeof DTYPES;

interface DTypeFacts {
  /** PyTorch's scalar type name, as its messages print it (`Float`, `Long`). */
  readonly scalarName: string;
  /** The C++ type's name, which some messages print instead. */
  readonly cppName: string;
  readonly bytes: number;
  readonly category: 'bool' | 'integer' | 'float' | 'complex';
}

/** Ordered within a category as type promotion goes: later wins. */
export const DTYPES = {
  bool: { scalarName: 'Bool', cppName: 'bool', bytes: 1, category: 'bool' },
  uint8: { scalarName: 'Byte', cppName: 'unsigned char', bytes: 1, category: 'integer' },
  int8: { scalarName: 'Char', cppName: 'signed char', bytes: 1, category: 'integer' },
  int16: { scalarName: 'Short', cppName: 'short', bytes: 2, category: 'integer' },
  int32: { scalarName: 'Int', cppName: 'int', bytes: 4, category: 'integer' },
  int64: { scalarName: 'Long', cppName: 'long int', bytes: 8, category: 'integer' },
  float16: { scalarName: 'Half', cppName: 'c10::Half', bytes: 2, category: 'float' },
  bfloat16: { scalarName: 'BFloat16', cppName: 'c10::BFloat16', bytes: 2, category: 'float' },
  float32: { scalarName: 'Float', cppName: 'float', bytes: 4, category: 'float' },
  float64: { scalarName: 'Double', cppName: 'double', bytes: 8, category: 'float' },
  complex64: { scalarName: 'ComplexFloat', cppName: 'c10::complex<float>', bytes: 8, category: 'complex' },
  complex128: {
    scalarName: 'ComplexDouble',
    cppName: 'c10::complex<double>',
    bytes: 16,
    category: 'complex',
  },
} as const satisfies Record<string, DTypeFacts>;

const PROMOTION_ORDER = Object.keys(DTYPES) as DType[];
/** In the order of type promotion. */
export const CATEGORIES: readonly DTypeFacts['category'][] = ['bool', 'integer', 'float', 'complex'];

/** What is known of a tensor without its values: its shape, batch included, and its element type. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export function tensorType(shape: readonly number[], dtype: DType = 'float32'): TensorType {
  return { shape, dtype };
}

export function isDType(name: string): name is DType {
  return Object.hasOwn(DTYPES, name);
}

export function isFloatingPoint(dtype: DType): boolean {
  return DTYPES[dtype].category === 'float';
}

export function isIntegral(dtype: DType): boolean {
  const { category } = DTYPES[dtype];
  return category === 'integer' || category === 'bool';
}

/** The exact number of elements of a shape. */
export function elementCount(shape: readonly number[]): bigint {
  let count = 1n;
  for (const size of shape) count *= BigInt(size);
  return count;
}

/** Bytes that a tensor's elements take, exactly. */
export function byteCount(type: TensorType): bigint {
  return elementCount(type.shape) * BigInt(DTYPES[type.dtype].bytes);
}

/** PyTorch's type promotion between two tensors of at least one dimension each. */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  const first = DTYPES[a];
  const second = DTYPES[b];
  if (first.category !== second.category) {
    const winner = CATEGORIES.indexOf(first.category) > CATEGORIES.indexOf(second.category) ? a : b;
    const loser = winner === a ? b : a;
    return winner === 'complex64' && loser === 'float64' ? 'complex128' : winner;
  }
  if ((a === 'uint8' && b === 'int8') || (a === 'int8' && b === 'uint8')) return 'int16';
  if ((a === 'float16' && b === 'bfloat16') || (a === 'bfloat16' && b === 'float16')) return 'float32';
  return PROMOTION_ORDER.indexOf(a) > PROMOTION_ORDER.indexOf(b) ? a : b;
}

/** A shape as PyTorch prints it in most messages: `[1, 3, 32, 32]`. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/** A shape as `torch.Size` prints itself. */
export function formatSize(shape: readonly number[]): string {
  return `torch.Size([${shape.join(', ')}])`;
}
