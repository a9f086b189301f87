import type { Keywords, PyValue } from '@tensormark/python';
import { TensorObject } from './tensor/tensor.js';

/** What the number means that PyTorch still takes before the tensors, with a warning: `x.add_(-lr, gradient)`. */
const NUMBER_FIRST: Readonly<Record<string, { readonly keyword: string; readonly tensors: number }>> = {
  add: { keyword: 'alpha', tensors: 1 },
  sub: { keyword: 'alpha', tensors: 1 },
  addcmul: { keyword: 'value', tensors: 2 },
  addcdiv: { keyword: 'value', tensors: 2 },
};

/** Arguments of an operation as they are given today; the first is what it is done to. */
export function asGivenToday(
  operation: string,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): readonly [readonly PyValue[], Keywords | undefined] {
  const old = NUMBER_FIRST[operation];
  const [self, number, ...tensors] = args;
  if (
    old === undefined ||
    self === undefined ||
    (typeof number !== 'number' && typeof number !== 'bigint') ||
    tensors.length !== old.tensors ||
    !tensors.every((each) => each instanceof TensorObject)
  )
    return [args, keywords];
  return [[self, ...tensors], new Map([...(keywords ?? []), [old.keyword, number]])];
}
