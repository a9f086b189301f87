import type { PyValue, Runtime } from '@tensormark/python';
import type { DType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { TensorObject } from '../tensor/tensor.js';
import type { Elements } from '../values/elements.js';

/** A tensor argument, the first of a function. */
export function tensorOf(rt: Runtime, value: PyValue, callee: string): TensorObject {
  return value instanceof TensorObject
    ? value
    : rt.raise('TypeError', `${callee}(): argument 'input' (position 1) must be Tensor`);
}

/** A result that takes its source's place in the network. */
export function derived(
  rt: Runtime,
  source: TensorObject,
  shape: readonly number[],
  dtype: DType = source.dtype,
  elements?: Elements,
): TensorObject {
  const result = TensorObject.holding(elements, { shape, dtype });
  const { trace } = readingOf(rt);
  if (trace?.contains(source) === true) {
    trace.depart('a tensor is made in a way that is not recorded', rt.span);
    trace.bind(result, { ...trace.valueOf(source), shape, dtype });
  }
  result.requiresGrad = source.requiresGrad;
  result.computed = source.requiresGrad;
  return result;
}
