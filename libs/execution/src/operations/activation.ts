import * as tf from '@tensorflow/tfjs-core';
import { filled, fromHost, type Data } from '../engine/arrays.js';
import {
  binary,
  float,
  mul,
  relu,
  sigmoid,
  smooth,
  sub,
  tanh,
  unary,
  type Unary,
} from '../engine/elementwise.js';
import { axisOf } from '../engine/shape.js';
import { reshape, slice } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';

/** The first where a condition holds, else the second; numbers stand for arrays of them. */
function where(condition: Data, a: Data | number, b: Data | number): Data {
  const grown = (part: Data | number): Data =>
    typeof part === 'number' ? filled([condition.size], part) : part;
  return tf.where(condition, grown(a), grown(b));
}

const one = (like: Data): Data => tf.onesLike(like);

/** Clips; the gradient passes strictly inside, as PyTorch's hardtanh has it. */
function clipped(low: number, high: number): Unary {
  return smooth(
    (x) => tf.minimum(tf.maximum(x, low), high),
    (x) => float(tf.logicalAnd(tf.greater(x, low), tf.less(x, high))),
  );
}

/** `x` above 0; below, a scaled exponential: `scale · alpha · (e^(x·inside) − 1)`. */
function exponential(alpha: number, scale: number, inside: number): Unary {
  const below = (x: Data): Data => tf.mul(tf.expm1(tf.mul(tf.minimum(x, 0), inside)), alpha * scale);
  return smooth(
    (x) => where(tf.greater(x, 0), tf.mul(x, scale), below(x)),
    (x) => where(tf.greater(x, 0), scale, tf.add(tf.mul(below(x), inside), alpha * scale * inside)),
  );
}

/** Klambauer et al. (2017), to PyTorch's digits. */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

const ROOT_HALF = Math.SQRT1_2;
const DENSITY = 1 / Math.sqrt(2 * Math.PI);

const cumulative = (x: Data): Data => tf.mul(tf.add(tf.erf(tf.mul(x, ROOT_HALF)), 1), 0.5);

/** Hendrycks and Gimpel (2016): `x Φ(x)`. */
const gelu = smooth(
  (x) => tf.mul(x, cumulative(x)),
  (x) => tf.add(cumulative(x), tf.mul(tf.mul(x, DENSITY), tf.exp(tf.mul(tf.square(x), -0.5)))),
);

const SLOPE = Math.sqrt(2 / Math.PI);
const CUBE = 0.044715;

function inner(x: Data): Data {
  return tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), CUBE)), SLOPE));
}

const geluByTanh = smooth(
  (x) => tf.mul(tf.mul(x, 0.5), tf.add(inner(x), 1)),
  (x) => {
    const t = inner(x);
    const slope = tf.mul(tf.add(tf.mul(tf.square(x), 3 * CUBE), 1), SLOPE);
    return tf.add(tf.mul(tf.add(t, 1), 0.5), tf.mul(tf.mul(tf.mul(x, 0.5), tf.sub(1, tf.square(t))), slope));
  },
);

const silu = smooth(
  (x) => tf.mul(x, tf.sigmoid(x)),
  (x) => {
    const s = tf.sigmoid(x);
    return tf.mul(s, tf.add(tf.mul(x, tf.sub(1, s)), 1));
  },
);

/** `log(1 + eˣ)` without overflow. */
function softplusOf(x: Data): Data {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
}

const mish = smooth(
  (x) => tf.mul(x, tf.tanh(softplusOf(x))),
  (x) => {
    const t = tf.tanh(softplusOf(x));
    return tf.add(t, tf.mul(tf.mul(x, tf.sigmoid(x)), tf.sub(1, tf.square(t))));
  },
);

const hardswish = smooth(
  (x) => tf.mul(x, tf.mul(tf.minimum(tf.maximum(tf.add(x, 3), 0), 6), 1 / 6)),
  (x) => where(tf.less(x, -3), 0, where(tf.lessEqual(x, 3), tf.add(tf.mul(x, 1 / 3), 0.5), one(x))),
);

const hardsigmoid = smooth(
  (x) => tf.mul(tf.minimum(tf.maximum(tf.add(x, 3), 0), 6), 1 / 6),
  (x) => tf.mul(float(tf.less(tf.abs(x), 3)), 1 / 6),
);

function softplus(beta: number, threshold: number): Unary {
  const linear = (x: Data): Data => tf.greater(tf.mul(x, beta), threshold);
  return smooth(
    (x) => where(linear(x), x, tf.mul(softplusOf(tf.mul(x, beta)), 1 / beta)),
    (x) => where(linear(x), 1, tf.sigmoid(tf.mul(x, beta))),
  );
}

const logSigmoid = smooth(
  (x) => tf.neg(softplusOf(tf.neg(x))),
  (x) => tf.sigmoid(tf.neg(x)),
);

function leaky(slope: number): Unary {
  return smooth(
    (x) => where(tf.greater(x, 0), x, tf.mul(x, slope)),
    (x) => where(tf.greater(x, 0), 1, slope),
  );
}

function softshrink(by: number): Unary {
  return smooth(
    (x) => tf.mul(tf.sign(x), tf.relu(tf.sub(tf.abs(x), by))),
    (x) => float(tf.greater(tf.abs(x), by)),
  );
}

function hardshrink(by: number): Unary {
  return smooth(
    (x) => where(tf.greater(tf.abs(x), by), x, 0),
    (x) => float(tf.greater(tf.abs(x), by)),
  );
}

const softsign = smooth(
  (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  (x) => tf.reciprocal(tf.square(tf.add(tf.abs(x), 1))),
);

function threshold(above: number, otherwise: number): Unary {
  return smooth(
    (x) => where(tf.greater(x, above), x, otherwise),
    (x) => float(tf.greater(x, above)),
  );
}

function hardtanh(call: RunningCall): Unary {
  const low = call.optionalNumber('min_value') ?? call.number('min_val');
  return clipped(low, call.optionalNumber('max_value') ?? call.number('max_val'));
}

/** In training every negative element gets a slope of its own; in evaluation the middle one. */
function rrelu(call: RunningCall): Value {
  const x = call.value('input');
  const [low, high] = [call.number('lower'), call.number('upper')];
  const active = call.has('training') ? call.flag('training') : call.training;
  if (!active) return unary(x, leaky((low + high) / 2));
  const slopes = fromHost(call.random.fill(x.data.size, (source) => low + (high - low) * source.uniform()));
  return unary(
    x,
    smooth(
      (data) => where(tf.greater(data, 0), data, tf.mul(data, slopes)),
      (data) => where(tf.greater(data, 0), 1, slopes),
    ),
  );
}

function glu(call: RunningCall): Value {
  const x = call.value('input');
  const axis = axisOf(call.number('dim'), x.shape.length);
  const half = (x.shape[axis] ?? 0) / 2;
  return mul(slice(x, axis, 0, half), sigmoid(slice(x, axis, half, half)));
}

function prelu(call: RunningCall): Value {
  const x = call.value('input');
  const weight = call.parameter('weight');
  const count = weight.data.size;
  const shape = count === 1 ? [] : x.shape.map((_, axis) => (axis === 1 ? count : 1));
  return binary(x, reshape(weight, shape), {
    value: (a, b) => tf.add(tf.relu(a), tf.mul(tf.minimum(a, 0), b)),
    derivatives: [
      (g, a, b) => {
        const positive = a.map((data) => float(tf.greater(data, 0)));
        const negative = a.map((data) => float(tf.lessEqual(data, 0)));
        return g.with(tf.mul, positive.with(tf.add, negative.with(tf.mul, b)));
      },
      (g, a) =>
        g.with(
          tf.mul,
          a.map((data) => tf.minimum(data, 0)),
        ),
    ],
  });
}

type OfCall = (call: RunningCall) => Unary;

const POINTWISE: readonly (readonly [readonly string[], OfCall])[] = [
  [['ReLU6', 'relu6'], () => clipped(0, 6)],
  [['Hardtanh', 'hardtanh'], hardtanh],
  [['LeakyReLU', 'leaky_relu'], (call) => leaky(call.number('negative_slope'))],
  [['ELU', 'elu'], (call) => exponential(call.number('alpha'), 1, 1)],
  [['CELU', 'celu'], (call) => exponential(call.number('alpha'), 1, 1 / call.number('alpha'))],
  [['SELU', 'selu'], () => exponential(SELU.alpha, SELU.scale, 1)],
  [['GELU', 'gelu'], (call) => (call.text('approximate') === 'tanh' ? geluByTanh : gelu)],
  [['SiLU', 'silu'], () => silu],
  [['Mish', 'mish'], () => mish],
  [['Hardswish', 'hardswish'], () => hardswish],
  [['Hardsigmoid', 'hardsigmoid'], () => hardsigmoid],
  [['Hardshrink', 'hardshrink'], (call) => hardshrink(call.number('lambd'))],
  [['Softshrink', 'softshrink'], (call) => softshrink(call.number('lambd'))],
  [['Softplus', 'softplus'], (call) => softplus(call.number('beta'), call.number('threshold'))],
  [['Softsign', 'softsign'], () => softsign],
  [['LogSigmoid', 'logsigmoid'], () => logSigmoid],
  [['Threshold', 'threshold'], (call) => threshold(call.number('threshold'), call.number('value'))],
];

export const ACTIVATIONS: readonly Executor[] = [
  executor(['ReLU', 'relu'], (call) => relu(call.value('input'))),
  executor(['Sigmoid', 'sigmoid', 'expit'], (call) => sigmoid(call.value('input'))),
  executor(['Tanh', 'tanh'], (call) => tanh(call.value('input'))),
  executor(['Tanhshrink', 'tanhshrink'], (call) => sub(call.value('input'), tanh(call.value('input')))),
  ...POINTWISE.map(([names, of]) =>
    executor(names, (call) => unary(call.value('input'), of(call), call.dtype)),
  ),
  executor(['RReLU', 'rrelu'], rrelu),
  executor(['GLU', 'glu'], glu),
  executor(['PReLU', 'prelu'], prelu),
];
