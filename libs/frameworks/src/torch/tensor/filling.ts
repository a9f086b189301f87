import { asNumber, extendClass } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import { DTYPES, isIntegral } from '@tensormark/network';
import type { Start } from '@tensormark/network';
import { broadcastShapes } from '../broadcasting.js';
import { asSizes } from '../arguments.js';
import { changedInPlace, overwrite, refuseLeaf, writtenWith } from '../operations.js';
import { placeChances, placeFilled } from './drawing.js';
import { filled } from '../values/creation.js';
import { expanded } from '../values/views.js';
import { elementsOf } from '../values/elements.js';
import { countElementWork } from '../values/work.js';
import { tensorClass, TensorObject } from './tensor.js';

type Method = MethodDefinition<TensorObject>;

function isNumber(value: PyValue | undefined): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** Fills with one value. */
function fill(rt: Runtime, self: TensorObject, value: PyValue): TensorObject {
  refuseLeaf(rt, self);
  if (value instanceof TensorObject && value.shape.length > 0)
    rt.raise(
      'RuntimeError',
      `fill_ only supports 0-dimension value tensor but got tensor with ${value.shape.length} dimensions.`,
    );
  countElementWork(rt, [self]);
  changedInPlace(rt, self);
  const plain = value instanceof TensorObject ? undefined : asNumber(rt, value);
  const elements = plain === undefined ? undefined : filled(self.shape, plain, self.dtype);
  if (self.elements !== undefined) {
    if (elements === undefined) self.elements.storage.known = false;
    else {
      self.elements.write(elements.toArray());
    }
  } else if (self.viewOf === undefined && elements !== undefined) {
    self.elements = elements;
  }
  if (plain !== undefined) self.restart({ kind: 'constant', value: plain });
  return self;
}

/** Fills with what is drawn at random. */
const draw: Method = (rt, self) => {
  refuseLeaf(rt, self);
  changedInPlace(rt, self);
  if (self.elements !== undefined) self.elements.storage.known = false;
  return self;
};

/** Fills with what is drawn from a distribution of which two numbers tell all. */
const drawn =
  (start: (first: number, second: number) => Start): Method =>
  (rt, self, first, second) => {
    const given = isNumber(first) && isNumber(second) ? start(Number(first), Number(second)) : undefined;
    if (isIntegral(self.dtype)) {
      const kernel = given?.kind === 'uniform' ? 'check_uniform_bounds' : 'normal_kernel_cpu';
      rt.raise('RuntimeError', `"${kernel}" not implemented for '${DTYPES[self.dtype].scalarName}'`);
    }
    if (given?.kind === 'uniform' && given.low > given.high)
      rt.raise(
        'RuntimeError',
        `uniform_ expects to return a [from, to) range, but found from=${given.low} > to=${given.high}`,
      );
    draw(rt, self);
    if (given === undefined) return self;
    self.restart(given);
    placeFilled(rt, self);
    return self;
  };

function copy(rt: Runtime, self: TensorObject, source: PyValue): TensorObject {
  refuseLeaf(rt, self);
  if (!(source instanceof TensorObject)) {
    writtenWith(rt, self, source);
    return self;
  }
  countElementWork(rt, [self, source]);
  const shape = broadcastShapes([self.shape, source.shape]);
  if (shape?.join() !== self.shape.join())
    rt.raise(
      'RuntimeError',
      `The size of tensor a (${self.shape.at(-1) ?? 1}) must match the size of tensor b (${source.shape.at(-1) ?? 1}) at non-singleton dimension ${Math.max(self.shape.length - 1, 0)}`,
    );
  const { known } = source;
  const elements = known && elementsOf(self.shape, expanded(known, self.shape).toArray().slice(), self.dtype);
  const copied = TensorObject.holding(elements, self);
  overwrite(rt, self, copied);
  writtenWith(rt, self, source);
  return self;
}

extendClass(tensorClass, {
  payload: TensorObject,
  methods: {
    'zero_()': (rt, self) => fill(rt, self, 0n),
    'fill_(value)': (rt, self, value) => fill(rt, self, value ?? null),
    'normal_(mean=0.0, std=1.0, generator=None)': drawn((mean, deviation) => ({
      kind: 'normal',
      mean,
      deviation,
    })),
    'uniform_(a=0.0, b=1.0, generator=None)': drawn((low, high) => ({ kind: 'uniform', low, high })),
    'trunc_normal_(mean=0.0, std=1.0, a=-2.0, b=2.0)': draw,
    'random_(a=0, b=None, generator=None)': draw,
    'bernoulli_(p=0.5, generator=None)': (rt, self, chance) => {
      draw(rt, self);
      if (isNumber(chance)) placeChances(rt, self, Number(chance));
      return self;
    },
    'exponential_(lambd=1.0, generator=None)': draw,
    'cauchy_(median=0.0, sigma=1.0, generator=None)': draw,
    'geometric_(p, generator=None)': draw,
    'log_normal_(mean=1.0, std=2.0, generator=None)': draw,
    'set_(source=None)': (rt, self, source) => {
      changedInPlace(rt, self);
      if (source instanceof TensorObject) self.shape = source.shape;
      return self;
    },
    'resize_(*sizes)': (rt, self, sizes) => {
      changedInPlace(rt, self);
      self.shape = asSizes(rt, [sizes ?? null]);
      self.elements = undefined;
      return self;
    },
  },
});

extendClass(tensorClass, {
  payload: TensorObject,
  unknowns: 'accept',
  methods: {
    'copy_(src, non_blocking=False)': (rt, self, source) => copy(rt, self, source ?? null),
  },
});
