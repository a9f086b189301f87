import { defineClass, PyObject, rawFunction } from '@tensormark/python';
import type { NativeFunction, PyValue, Runtime } from '@tensormark/python';
import { DTYPES } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { DTypeObject } from '../objects/dtype.js';

/** Largest value, distance from 1 to the next, smallest normal value (IEEE 754; bfloat16 has 8 bits of precision). */
const FLOATS: Partial<Record<DType, readonly [max: number, eps: number, tiny: number]>> = {
  float16: [65504, 2 ** -10, 2 ** -14],
  bfloat16: [(2 - 2 ** -7) * 2 ** 127, 2 ** -7, 2 ** -126],
  float32: [(2 - 2 ** -23) * 2 ** 127, 2 ** -23, 2 ** -126],
  float64: [Number.MAX_VALUE, Number.EPSILON, 2 ** -1022],
};

const INTEGERS: Partial<Record<DType, readonly [min: bigint, max: bigint]>> = {
  uint8: [0n, 255n],
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-2147483648n, 2147483647n],
  int64: [-9223372036854775808n, 9223372036854775807n],
};

class Limits extends PyObject {
  constructor(
    cls: PyObject['cls'],
    readonly dtype: DType,
    readonly facts: Readonly<Record<string, PyValue>>,
  ) {
    super(cls);
  }
}

const FACTS = ['max', 'min', 'eps', 'tiny', 'smallest_normal', 'resolution', 'bits'];

function limitsClass(name: string) {
  return defineClass({
    name,
    module: 'torch',
    payload: Limits,
    properties: {
      ...Object.fromEntries(
        FACTS.map((fact) => [
          fact,
          (rt: Runtime, self: Limits): PyValue =>
            self.facts[fact] ??
            rt.raise('AttributeError', `'torch.${self.cls.name}' object has no attribute '${fact}'`),
        ]),
      ),
      dtype: (_rt, self) => self.dtype,
    },
  });
}

const floatLimits = limitsClass('finfo');
const integerLimits = limitsClass('iinfo');

function typeGiven(value: PyValue | undefined, otherwise: DType): DType | undefined {
  if (value === undefined || value === null) return otherwise;
  return value instanceof DTypeObject ? value.dtype : undefined;
}

/** `torch.finfo(torch.float32)` */
export const finfo: NativeFunction = rawFunction('finfo', (rt, [given]) => {
  const dtype = typeGiven(given, 'float32');
  const limits = dtype === undefined ? undefined : FLOATS[dtype];
  if (dtype === undefined || limits === undefined)
    return rt.raise('TypeError', 'torch.finfo() requires a floating point input type.');
  const [max, eps, tiny] = limits;
  const resolution = Number(`1e${Math.floor(Math.log10(eps)) + 1}`);
  const bits = BigInt(DTYPES[dtype].bytes * 8);
  return new Limits(floatLimits, dtype, {
    max,
    min: -max,
    eps,
    tiny,
    smallest_normal: tiny,
    resolution,
    bits,
  });
});

/** `torch.iinfo(torch.int64)` */
export const iinfo: NativeFunction = rawFunction('iinfo', (rt, [given]) => {
  const dtype = typeGiven(given, 'int64');
  const limits = dtype === undefined ? undefined : INTEGERS[dtype];
  if (dtype === undefined || limits === undefined)
    return rt.raise('TypeError', 'torch.iinfo() requires an integer input type.');
  const [min, max] = limits;
  return new Limits(integerLimits, dtype, { min, max, bits: BigInt(DTYPES[dtype].bytes * 8) });
});
