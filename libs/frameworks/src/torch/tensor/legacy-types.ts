import { PyClass } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import type { DType } from '@tensormark/network';

/** The types of the elements of `torch.FloatTensor` and its like. */
export const LEGACY = {
  FloatTensor: 'float32',
  DoubleTensor: 'float64',
  HalfTensor: 'float16',
  BFloat16Tensor: 'bfloat16',
  LongTensor: 'int64',
  IntTensor: 'int32',
  ShortTensor: 'int16',
  CharTensor: 'int8',
  ByteTensor: 'uint8',
  BoolTensor: 'bool',
} as const satisfies Record<string, DType>;

/** What `Tensor.type()` makes of `torch.BoolTensor` and of `'torch.cuda.BoolTensor'`. */
export function legacyType(type: PyValue): DType | undefined {
  const name =
    type instanceof PyClass && type.module === 'torch'
      ? type.name
      : typeof type === 'string'
        ? /^torch\.(?:cuda\.)?(\w+)$/.exec(type)?.[1]
        : undefined;
  return Object.entries(LEGACY).find(([known]) => known === name)?.[1];
}
