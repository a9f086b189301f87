import type { TensorType } from '../tensor.js';

/** What a call returns: a tensor, None, or a tuple of such (`nn.LSTM` gives `(output, (h_n, c_n))`). */
export type Result<T extends TensorType = TensorType> = T | null | readonly Result<T>[];

/** The tensors of a result from left to right. */
export function tensorsOf<T extends TensorType>(result: Result<T>): readonly T[] {
  if (result === null) return [];
  if (isTuple(result)) return result.flatMap((item) => tensorsOf(item));
  return [result];
}

/** The same structure over other tensors. */
export function mapResult<T extends TensorType, U extends TensorType>(
  result: Result<T>,
  change: (tensor: T) => U,
): Result<U> {
  if (result === null) return null;
  if (isTuple(result)) return result.map((item) => mapResult(item, change));
  return change(result);
}

function isTuple<T extends TensorType>(result: T | readonly Result<T>[]): result is readonly Result<T>[] {
  return Array.isArray(result);
}
