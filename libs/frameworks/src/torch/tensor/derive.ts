import type { Runtime } from '@tensormark/python';
import { isFloatingPoint, operation } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { sourcePlace } from '../../trace/trace.js';
import { elementsOf } from '../values/elements.js';
import { countElementWork } from '../values/work.js';
import { TensorObject } from './tensor.js';

/** The same tensor under another object: `detach`, `clone`, `contiguous`, `cpu`; the network sees no difference. */
export function sameTensor(rt: Runtime, self: TensorObject): TensorObject {
  const same = new TensorObject(self);
  same.elements = self.known;
  same.device = self.device;
  same.requiresGrad = self.requiresGrad && readingOf(rt).gradients;
  same.computed = same.requiresGrad;
  const { trace } = readingOf(rt);
  if (trace?.contains(self) === true) trace.bind(same, trace.valueOf(self));
  return same;
}

/** The same numbers, through which no gradient flows. */
export function detached(rt: Runtime, self: TensorObject): TensorObject {
  const result = sameTensor(rt, self);
  result.requiresGrad = false;
  result.computed = false;
  result.dataOf = self;
  self.viewed = true;
  const { trace } = readingOf(rt);
  const detach = operation('detach');
  if (trace?.contains(self) !== true || detach === undefined) return result;
  const place = rt.span && sourcePlace(rt.span);
  const site = { modulePath: trace.path, ...(place && { place }) };
  const { outputs } = trace.builder.apply('detach', { positional: [trace.valueOf(self)] }, site);
  if (outputs && 'node' in outputs) trace.bind(result, outputs);
  return result;
}

/** The tensor as another type; itself where it is of that type already. */
export function converted(rt: Runtime, self: TensorObject, dtype: DType): TensorObject {
  if (self.dtype === dtype) return self;
  const { known } = self;
  countElementWork(rt, [self]);
  const result = new TensorObject({ shape: self.shape, dtype });
  result.device = self.device;
  if (known !== undefined) result.elements = elementsOf(self.shape, known.toArray().slice(), dtype);
  const { trace, gradients } = readingOf(rt);
  if (trace?.contains(self) === true) trace.bind(result, { ...trace.valueOf(self), dtype });
  result.requiresGrad = self.requiresGrad && gradients && isFloatingPoint(dtype);
  result.computed = result.requiresGrad;
  return result;
}

/** A copy with storage of its own. */
export function cloned(rt: Runtime, self: TensorObject): TensorObject {
  countElementWork(rt, [self]);
  const copy = sameTensor(rt, self);
  copy.elements = self.known && elementsOf(self.shape, self.known.toArray().slice(), self.dtype);
  return copy;
}
