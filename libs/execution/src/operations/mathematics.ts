import * as tf from '@tensorflow/tfjs-core';
import { DTYPES, type DType } from '@tensormark/network';
import type { Data } from '../engine/arrays.js';
import {
  abs,
  binary,
  exp,
  float,
  log,
  neg,
  smooth,
  sqrt,
  square,
  stopped,
  unary,
  type Unary,
} from '../engine/elementwise.js';
import { Value } from '../engine/value.js';
import { executor, numberIn, type Executor, type RunningCall } from '../running/call.js';

const LN2 = Math.LN2;
const LN10 = Math.LN10;

const truncated = (x: Data): Data => tf.mul(tf.sign(x), tf.floor(tf.abs(x)));

/** Functions of one number with a derivative. */
const SMOOTH: readonly (readonly [readonly string[], Unary])[] = [
  [
    ['exp2'],
    smooth(
      (x) => tf.exp(tf.mul(x, LN2)),
      (_, y) => tf.mul(y, LN2),
    ),
  ],
  [
    ['expm1'],
    smooth(
      (x) => tf.expm1(x),
      (_, y) => tf.add(y, 1),
    ),
  ],
  [
    ['log2'],
    smooth(
      (x) => tf.mul(tf.log(x), 1 / LN2),
      (x) => tf.div(1 / LN2, x),
    ),
  ],
  [
    ['log10'],
    smooth(
      (x) => tf.mul(tf.log(x), 1 / LN10),
      (x) => tf.div(1 / LN10, x),
    ),
  ],
  [
    ['log1p'],
    smooth(
      (x) => tf.log1p(x),
      (x) => tf.reciprocal(tf.add(x, 1)),
    ),
  ],
  [
    ['rsqrt'],
    smooth(
      (x) => tf.rsqrt(x),
      (x, y) => tf.div(tf.mul(y, -0.5), x),
    ),
  ],
  [
    ['sin'],
    smooth(
      (x) => tf.sin(x),
      (x) => tf.cos(x),
    ),
  ],
  [
    ['cos'],
    smooth(
      (x) => tf.cos(x),
      (x) => tf.neg(tf.sin(x)),
    ),
  ],
  [
    ['tan'],
    smooth(
      (x) => tf.tan(x),
      (_, y) => tf.add(tf.square(y), 1),
    ),
  ],
  [
    ['asin', 'arcsin'],
    smooth(
      (x) => tf.asin(x),
      (x) => tf.rsqrt(tf.sub(1, tf.square(x))),
    ),
  ],
  [
    ['acos', 'arccos'],
    smooth(
      (x) => tf.acos(x),
      (x) => tf.neg(tf.rsqrt(tf.sub(1, tf.square(x)))),
    ),
  ],
  [
    ['atan', 'arctan'],
    smooth(
      (x) => tf.atan(x),
      (x) => tf.reciprocal(tf.add(tf.square(x), 1)),
    ),
  ],
  [
    ['sinh'],
    smooth(
      (x) => tf.sinh(x),
      (x) => tf.cosh(x),
    ),
  ],
  [
    ['cosh'],
    smooth(
      (x) => tf.cosh(x),
      (x) => tf.sinh(x),
    ),
  ],
  [
    ['asinh', 'arcsinh'],
    smooth(
      (x) => tf.asinh(x),
      (x) => tf.rsqrt(tf.add(tf.square(x), 1)),
    ),
  ],
  [
    ['acosh', 'arccosh'],
    smooth(
      (x) => tf.acosh(x),
      (x) => tf.rsqrt(tf.sub(tf.square(x), 1)),
    ),
  ],
  [
    ['atanh', 'arctanh'],
    smooth(
      (x) => tf.atanh(x),
      (x) => tf.reciprocal(tf.sub(1, tf.square(x))),
    ),
  ],
  [['erf'], smooth((x) => tf.erf(x), bell)],
  [
    ['erfc'],
    smooth(
      (x) => tf.sub(1, tf.erf(x)),
      (x) => tf.neg(bell(x)),
    ),
  ],
  [
    ['reciprocal'],
    smooth(
      (x) => tf.reciprocal(x),
      (_, y) => tf.neg(tf.square(y)),
    ),
  ],
  [
    ['deg2rad'],
    smooth(
      (x) => tf.mul(x, Math.PI / 180),
      (x) => tf.mul(tf.onesLike(x), Math.PI / 180),
    ),
  ],
  [
    ['rad2deg'],
    smooth(
      (x) => tf.mul(x, 180 / Math.PI),
      (x) => tf.mul(tf.onesLike(x), 180 / Math.PI),
    ),
  ],
  [
    ['frac'],
    smooth(
      (x) => tf.sub(x, truncated(x)),
      (x) => tf.onesLike(x),
    ),
  ],
];

function bell(x: Data): Data {
  return tf.mul(tf.exp(tf.neg(tf.square(x))), 2 / Math.sqrt(Math.PI));
}

/** Functions that are flat wherever they have a derivative. */
const FLAT: readonly (readonly [readonly string[], (x: Data) => Data])[] = [
  [['sign', 'sgn'], (x) => tf.sign(x)],
  [['floor'], (x) => tf.floor(x)],
  [['ceil'], (x) => tf.ceil(x)],
  [['trunc', 'fix'], truncated],
  [['isnan'], (x) => float(tf.isNaN(x))],
  [['isinf'], (x) => float(tf.isInf(x))],
  [['isfinite'], (x) => float(tf.isFinite(x))],
  [['logical_not'], (x) => float(tf.equal(x, 0))],
  [['signbit'], (x) => float(tf.less(x, 0))],
];

/** Whole numbers drop what is behind the point; truth is whatever is not 0; floats of every width stay float32 here. */
export function cast(x: Value, dtype: DType): Value {
  const { category } = DTYPES[dtype];
  if (category === 'complex') throw new TypeError('complex numbers are not computed');
  if (category === 'float')
    return DTYPES[x.dtype].category === 'float'
      ? unary(x, { value: (data) => data.clone(), back: (g) => g }, dtype)
      : new Value(x.data, x.shape, dtype, x.order);
  if (category === 'bool') return unary(x, { value: (data) => float(tf.notEqual(data, 0)) }, dtype);
  return DTYPES[x.dtype].category === 'float'
    ? unary(x, { value: truncated }, dtype)
    : new Value(x.data, x.shape, dtype, x.order);
}

const CASTS = [
  'float',
  'double',
  'half',
  'bfloat16',
  'int',
  'long',
  'short',
  'char',
  'byte',
  'bool',
  'type_as',
];

/** The gradient passes on the bounds too. */
function clamp(call: RunningCall, low: string, high: string): Value {
  let x = call.value('input');
  for (const [name, side] of [
    [low, 'low'],
    [high, 'high'],
  ] as const) {
    if (!call.has(name) || call.raw(name) === null) continue;
    const bound = numberIn(call.raw(name));
    if (bound === undefined) {
      x = side === 'low' ? boundedBelow(x, call.value(name)) : boundedAbove(x, call.value(name));
    } else if (side === 'low') {
      x = unary(
        x,
        smooth(
          (data) => tf.maximum(data, bound),
          (data) => float(tf.greaterEqual(data, bound)),
        ),
        call.dtype,
      );
    } else {
      x = unary(
        x,
        smooth(
          (data) => tf.minimum(data, bound),
          (data) => float(tf.lessEqual(data, bound)),
        ),
        call.dtype,
      );
    }
  }
  return x;
}

function boundedBelow(x: Value, bound: Value): Value {
  return binary(x, bound, {
    value: tf.maximum,
    derivatives: [
      (g, a, b) =>
        g.with(
          tf.mul,
          a.with((p, q) => float(tf.greaterEqual(p, q)), b),
        ),
      (g, a, b) =>
        g.with(
          tf.mul,
          a.with((p, q) => float(tf.less(p, q)), b),
        ),
    ],
  });
}

function boundedAbove(x: Value, bound: Value): Value {
  return binary(x, bound, {
    value: tf.minimum,
    derivatives: [
      (g, a, b) =>
        g.with(
          tf.mul,
          a.with((p, q) => float(tf.lessEqual(p, q)), b),
        ),
      (g, a, b) =>
        g.with(
          tf.mul,
          a.with((p, q) => float(tf.greater(p, q)), b),
        ),
    ],
  });
}

/** Half goes to the even neighbour. */
function round(call: RunningCall): Value {
  const factor = 10 ** call.number('decimals');
  return unary(
    call.value('input'),
    { value: (data) => tf.mul(halfToEven(tf.mul(data, factor)), 1 / factor) },
    call.dtype,
  );
}

function halfToEven(x: Data): Data {
  const below = tf.floor(x);
  const rest = tf.sub(x, below);
  const odd = float(tf.notEqual(tf.mul(tf.floor(tf.mul(below, 0.5)), 2), below));
  const half = tf.mul(float(tf.equal(rest, 0.5)), odd);
  return tf.add(below, tf.add(float(tf.greater(rest, 0.5)), half));
}

function logit(call: RunningCall): Value {
  const eps = call.optionalNumber('eps');
  const bounded = (x: Data): Data => (eps === null ? x : tf.minimum(tf.maximum(x, eps), 1 - eps));
  return unary(
    call.value('input'),
    smooth(
      (x) => tf.sub(tf.log(bounded(x)), tf.log(tf.sub(1, bounded(x)))),
      (x) => {
        const slope = tf.reciprocal(tf.mul(x, tf.sub(1, x)));
        if (eps === null) return slope;
        const inside = tf.logicalAnd(tf.greaterEqual(x, eps), tf.lessEqual(x, 1 - eps));
        return tf.where(inside, slope, tf.zerosLike(slope));
      },
    ),
  );
}

/** What hands its input on: copies, moves between devices. */
const SAME = ['contiguous', 'clone', 'cpu', 'cuda', 'requires_grad_', 'positive'];

export const MATHEMATICS: readonly Executor[] = [
  executor('exp', (call) => exp(call.value('input'))),
  executor('log', (call) => log(call.value('input'))),
  executor('sqrt', (call) => sqrt(call.value('input'))),
  executor('square', (call) => square(call.value('input'))),
  executor(['abs', 'absolute'], (call) => abs(call.value('input'))),
  executor(['neg', 'negative'], (call) => neg(call.value('input'))),
  ...SMOOTH.map(([names, rule]) => executor(names, (call) => unary(call.value('input'), rule, call.dtype))),
  ...FLAT.map(([names, value]) =>
    executor(names, (call) => unary(call.value('input'), { value }, call.dtype)),
  ),
  executor('bitwise_not', (call) =>
    call.dtype === 'bool'
      ? unary(call.value('input'), { value: (x) => float(tf.equal(x, 0)) }, 'bool')
      : call.refuse('it works on the bits of whole numbers'),
  ),
  executor(['clamp', 'clip'], (call) => clamp(call, 'min', 'max')),
  executor('clamp_min', (call) => clamp(call, 'bound', '')),
  executor('clamp_max', (call) => clamp(call, '', 'bound')),
  executor('round', round),
  executor('logit', logit),
  executor(CASTS, (call) => cast(call.value('input'), call.dtype)),
  executor(SAME, (call) => call.value('input')),
  executor('detach', (call) => stopped(call.value('input'))),
];
