import type { Runtime } from '@tensormark/python';
import { isFloatingPoint, operation } from '@tensormark/network';
import type { DType, Tensor } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { sourcePlace } from '../../trace/trace.js';
import type { Trace } from '../../trace/trace.js';
import { elementsOf } from '../values/elements.js';
import { countElementWork } from '../values/work.js';
import { TensorObject } from './tensor.js';

/** The same tensor under another object: `detach`, `clone`, `contiguous`, `cpu`; the network sees no difference. */
export function sameTensor(rt: Runtime, self: TensorObject): TensorObject {
  const same = new TensorObject(self);
  same.elements = self.known;
  same.start = self.startStill;
  same.drawnIn = self.drawnIn;
  same.device = self.device;
  same.requiresGrad = self.requiresGrad && readingOf(rt).gradients;
  same.computed = same.requiresGrad;
  same.mayNeedGradients = self.mayNeedGradients;
  const { trace } = readingOf(rt);
  if (trace?.contains(self) === true) trace.bind(same, trace.valueOf(self));
  return same;
}

/** The same numbers, through which no gradient flows. */
export function detached(rt: Runtime, self: TensorObject): TensorObject {
  const result = sameTensor(rt, self);
  result.requiresGrad = false;
  result.computed = false;
  result.mayNeedGradients = false;
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
  if (trace?.contains(self) === true) trace.bind(result, cast(rt, trace, self, dtype));
  else if (isFloatingPoint(dtype) && isFloatingPoint(self.dtype)) result.start = self.startStill;
  result.requiresGrad = self.requiresGrad && gradients && isFloatingPoint(dtype);
  result.computed = result.requiresGrad;
  result.mayNeedGradients = self.mayNeedGradients;
  return result;
}

/** `x.float()` and its like by the type they give; where PyTorch has no method of that name, the value under another type. */
const CASTS: Readonly<Partial<Record<DType, string>>> = {
  float32: 'float',
  float64: 'double',
  float16: 'half',
  bfloat16: 'bfloat16',
  int32: 'int',
  int64: 'long',
  int16: 'short',
  int8: 'char',
  uint8: 'byte',
  bool: 'bool',
};

function cast(rt: Runtime, trace: Trace, self: TensorObject, dtype: DType): Tensor {
  const place = rt.span && sourcePlace(rt.span);
  const value = trace.valueOf(self, place);
  const name = CASTS[dtype];
  if (name === undefined) return { ...value, dtype };
  const site = { modulePath: trace.path, ...(place && { place }) };
  const { outputs } = trace.builder.apply(name, { positional: [value] }, site);
  return outputs && 'node' in outputs ? outputs : { ...value, dtype };
}

/** A copy with storage of its own. */
export function cloned(rt: Runtime, self: TensorObject): TensorObject {
  countElementWork(rt, [self]);
  const copy = sameTensor(rt, self);
  copy.elements = self.known && elementsOf(self.shape, self.known.toArray().slice(), self.dtype);
  return copy;
}
