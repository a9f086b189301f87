import type { Runtime } from '@tensormark/python';
import { operation, tensorType } from '@tensormark/network';
import type { Argument } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { sourcePlace } from '../../trace/trace.js';
import type { IndexStep } from './index-key.js';
import type { TensorObject } from './tensor.js';

/** A step as the network's operation takes it; masks are lists of places by now. */
function argumentOf(step: IndexStep): Argument {
  switch (step.kind) {
    case 'select':
      return BigInt(step.index);
    case 'slice': {
      const { start, step: stride, length } = step;
      return { slice: [BigInt(start), BigInt(start + length * stride), BigInt(stride)] };
    }
    case 'new':
      return null;
    case 'pick':
      return tensorType(step.shape, 'int64');
  }
}

/** Puts `source[...]` into the network, if the source is part of it. */
export function recordIndexing(
  rt: Runtime,
  source: TensorObject,
  steps: readonly IndexStep[],
  result: TensorObject,
): void {
  const { trace } = readingOf(rt);
  if (trace === undefined || !trace.contains(source)) return;
  const { span } = rt;
  const place = span && sourcePlace(span);
  const value = trace.valueOf(source, place);
  const site = { modulePath: trace.path, ...(place && { place }) };
  const positional = [value, steps.map(argumentOf)];
  const outputs = operation('getitem') && trace.builder.apply('getitem', { positional }, site).outputs;
  const recorded = outputs !== null && outputs !== undefined && 'node' in outputs ? outputs : value;
  trace.bind(result, { ...recorded, shape: result.shape, dtype: result.dtype });
}

/** After `target[...] = source` the target depends on the source: in the network it stands where the source stood. */
export function recordAssignment(rt: Runtime, source: TensorObject, target: TensorObject): void {
  const { trace } = readingOf(rt);
  if (trace === undefined || !trace.contains(source)) return;
  trace.depart('a part of a tensor is assigned in place', rt.span);
  if (trace.contains(target)) return;
  trace.bind(target, { ...trace.valueOf(source), shape: target.shape, dtype: target.dtype });
}
