import * as tf from '@tensorflow/tfjs-core';
import { isIntegral } from '@tensormark/network';
import type { Data } from '../engine/arrays.js';
import {
  add,
  binary,
  choose,
  div,
  float,
  mul,
  scale,
  sub,
  unary,
  type Binary,
  type Operand,
} from '../engine/elementwise.js';
import type { Value } from '../engine/value.js';
import { executor, numberIn, type Executor, type RunningCall } from '../running/call.js';
import { power } from './powers.js';

type Pairwise = (a: Data, b: Data) => Data;

/** Where the first wins the gradient, where the second; at a tie both get half. */
function extremum(value: Pairwise, wins: Pairwise): Binary {
  const share = (mine: Operand, other: Operand): Operand => {
    const won = mine.with((a, b) => float(wins(a, b)), other);
    const tied = mine.with((a, b) => tf.mul(float(tf.equal(a, b)), 0.5), other);
    return won.with(tf.add, tied);
  };
  return {
    value,
    derivatives: [(g, a, b) => g.with(tf.mul, share(a, b)), (g, a, b) => g.with(tf.mul, share(b, a))],
  };
}

const MAXIMUM = extremum(tf.maximum, tf.greater);
const MINIMUM = extremum(tf.minimum, tf.less);

export const maximum = (a: Value, b: Value): Value => binary(a, b, MAXIMUM);
export const minimum = (a: Value, b: Value): Value => binary(a, b, MINIMUM);

/** Both operands tensors: the base's sign is handled for whole exponents only as far as the device's pow does. */
const POWER: Binary = {
  value: signedPower,
  derivatives: [
    (g, a, b) =>
      g.with(tf.mul, b).with(
        tf.mul,
        a.with(
          signedPower,
          b.map((data) => tf.sub(data, 1)),
        ),
      ),
    (g, a, b) => {
      const logarithm = a.map((data) =>
        tf.where(tf.greater(data, 0), tf.log(tf.maximum(data, 1e-38)), tf.zerosLike(data)),
      );
      return g.with(tf.mul, a.with(signedPower, b)).with(tf.mul, logarithm);
    },
  ],
};

function signedPower(a: Data, b: Data): Data {
  return tf.tidy(() => {
    const size = tf.pow(tf.abs(a), b);
    const odd = tf.notEqual(tf.mul(tf.floor(tf.mul(b, 0.5)), 2), tf.floor(b));
    const negative = tf.logicalAnd(tf.less(a, 0), odd);
    return tf.mul(size, tf.sub(1, tf.mul(float(negative), 2)));
  });
}

/** `a − ⌊a / b⌋ · b`, with the divisor's sign, as Python has it. */
const REMAINDER: Binary = {
  value: (a, b) => tf.sub(a, tf.mul(tf.floor(tf.div(a, b)), b)),
  derivatives: [
    (g) => g,
    (g, a, b) =>
      g.with(
        tf.mul,
        a.with(tf.div, b).map((data) => tf.neg(tf.floor(data))),
      ),
  ],
};

const truncated = (data: Data): Data => tf.mul(tf.sign(data), tf.floor(tf.abs(data)));

const FMOD: Binary = {
  value: (a, b) => tf.sub(a, tf.mul(truncated(tf.div(a, b)), b)),
  derivatives: [
    (g) => g,
    (g, a, b) =>
      g.with(
        tf.mul,
        a.with(tf.div, b).map((data) => tf.neg(truncated(data))),
      ),
  ],
};

const ATAN2: Binary = {
  value: tf.atan2,
  derivatives: [
    (g, a, b) => g.with(tf.mul, b).with(tf.div, squares(a, b)),
    (g, a, b) =>
      g
        .with(tf.mul, a)
        .with(tf.div, squares(a, b))
        .map((data) => tf.neg(data)),
  ],
};

function squares(a: Operand, b: Operand): Operand {
  return a
    .map((data) => tf.square(data))
    .with(
      tf.add,
      b.map((data) => tf.square(data)),
    );
}

const HYPOT: Binary = {
  value: (a, b) => tf.sqrt(tf.add(tf.square(a), tf.square(b))),
  derivatives: [
    (g, a, b) =>
      g.with(tf.mul, a).with(
        tf.div,
        squares(a, b).map((data) => tf.sqrt(data)),
      ),
    (g, a, b) =>
      g.with(tf.mul, b).with(
        tf.div,
        squares(a, b).map((data) => tf.sqrt(data)),
      ),
  ],
};

const LOGADDEXP: Binary = {
  value: (a, b) => tf.add(tf.maximum(a, b), tf.log1p(tf.exp(tf.neg(tf.abs(tf.sub(a, b)))))),
  derivatives: [
    (g, a, b) =>
      g.with(
        tf.mul,
        a.with(tf.sub, b).map((data) => tf.sigmoid(data)),
      ),
    (g, a, b) =>
      g.with(
        tf.mul,
        b.with(tf.sub, a).map((data) => tf.sigmoid(data)),
      ),
  ],
};

/** Whole-number division rounds towards minus infinity; on truth values and numbers alike it has no gradient. */
const FLOOR_DIVIDE: Binary = { value: (a, b) => tf.floor(tf.div(a, b)) };

function scaledOther(call: RunningCall): Value {
  const factor = numberIn(call.raw('alpha')) ?? call.refuse('its alpha is a tensor');
  const other = call.operand('other');
  return factor === 1 ? other : scale(other, factor);
}

function division(call: RunningCall): Value {
  const mode = call.optionalText('rounding_mode');
  const quotient = div(call.operand('input'), call.operand('other'), call.dtype);
  if (mode === null) return quotient;
  return unary(quotient, { value: mode === 'floor' ? (data) => tf.floor(data) : truncated }, call.dtype);
}

function raised(call: RunningCall): Value {
  const exponent = numberIn(call.raw('other'));
  if (exponent !== undefined) return power(call.operand('input'), exponent);
  return binary(call.operand('input'), call.operand('other'), POWER, call.dtype);
}

/** Truth values alone: of whole numbers the bits are not at hand. */
function logical(call: RunningCall, value: Pairwise): Value {
  const [a, b] = [call.operand('input'), call.operand('other')];
  if (call.dtype !== 'bool' || (!isTruth(a) && call.name.startsWith('bitwise')))
    return call.refuse('it works on the bits of whole numbers');
  const truth: Pairwise = (x, y) => float(value(tf.notEqual(x, 0), tf.notEqual(y, 0)));
  return binary(a, b, { value: truth }, 'bool');
}

function isTruth({ dtype }: Value): boolean {
  return isIntegral(dtype) && dtype === 'bool';
}

const COMPARISONS: readonly (readonly [readonly string[], Pairwise])[] = [
  [['eq'], tf.equal],
  [['ne', 'not_equal'], tf.notEqual],
  [['lt', 'less'], tf.less],
  [['le', 'less_equal'], tf.lessEqual],
  [['gt', 'greater'], tf.greater],
  [['ge', 'greater_equal'], tf.greaterEqual],
];

const PLAIN: readonly (readonly [readonly string[], Binary])[] = [
  [['remainder'], REMAINDER],
  [['fmod'], FMOD],
  [['floor_divide'], FLOOR_DIVIDE],
  [['maximum'], MAXIMUM],
  [['minimum'], MINIMUM],
  [['atan2', 'arctan2'], ATAN2],
  [['hypot'], HYPOT],
  [['logaddexp'], LOGADDEXP],
];

const LOGICAL: readonly (readonly [readonly string[], Pairwise])[] = [
  [['logical_and', 'bitwise_and'], tf.logicalAnd],
  [['logical_or', 'bitwise_or'], tf.logicalOr],
  [['logical_xor', 'bitwise_xor'], (a, b) => tf.notEqual(float(a), float(b))],
];

export const ARITHMETIC: readonly Executor[] = [
  executor('add', (call) => add(call.operand('input'), scaledOther(call), call.dtype)),
  executor(['sub', 'subtract'], (call) => sub(call.operand('input'), scaledOther(call), call.dtype)),
  executor('rsub', (call) => {
    const factor = numberIn(call.raw('alpha')) ?? 1;
    return sub(call.operand('other'), scale(call.operand('input'), factor), call.dtype);
  }),
  executor(['mul', 'multiply'], (call) => mul(call.operand('input'), call.operand('other'), call.dtype)),
  executor(['div', 'divide', 'true_divide'], division),
  executor(['pow', 'float_power'], raised),
  ...PLAIN.map(([names, rule]) =>
    executor(names, (call) => binary(call.operand('input'), call.operand('other'), rule, call.dtype)),
  ),
  ...COMPARISONS.map(([names, compare]) =>
    executor(names, (call) =>
      binary(call.operand('input'), call.operand('other'), { value: (a, b) => float(compare(a, b)) }, 'bool'),
    ),
  ),
  ...LOGICAL.map(([names, value]) => executor(names, (call) => logical(call, value))),
  executor('where', (call) =>
    choose(call.value('condition'), call.operand('input'), call.operand('other'), call.dtype),
  ),
  executor('masked_fill', (call) =>
    choose(call.value('mask'), call.operand('value'), call.value('input'), call.dtype),
  ),
  executor('lerp', (call) => {
    const x = call.value('input');
    return add(x, mul(sub(call.value('end'), x), call.operand('weight')));
  }),
  executor('addcmul', (call) =>
    add(call.value('input'), scale(mul(call.value('tensor1'), call.value('tensor2')), call.number('value'))),
  ),
  executor('addcdiv', (call) =>
    add(call.value('input'), scale(div(call.value('tensor1'), call.value('tensor2')), call.number('value'))),
  ),
];
