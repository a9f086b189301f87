import type { Runtime } from '@tensormark/python';
import { readingOf } from '../../trace/reading.js';
import type { TensorObject } from './tensor.js';

/** Indexing takes part of a tensor and computes nothing: in the network the result is its source in another shape. */
export function recordIndexing(rt: Runtime, source: TensorObject, result: TensorObject): void {
  const { trace } = readingOf(rt);
  if (trace?.contains(source) === true)
    trace.bind(result, { ...trace.valueOf(source), shape: result.shape, dtype: result.dtype });
}
