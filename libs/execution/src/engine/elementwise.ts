import * as tf from '@tensorflow/tfjs-core';
import type { DType } from '@tensormark/network';
import { as, pairwise, sumTo, type Data } from './arrays.js';
import { tidied } from './scope.js';
import { broadcast, sameShape, type Shape } from './shape.js';
import { derived, sameOrder, standard, stored, Value, type Stored } from './value.js';

/** A function of one number: its value, and the way of a gradient back through it; without one, 0 everywhere. */
export interface Unary {
  readonly value: (x: Data) => Data;
  readonly back?: (gradient: Data, x: Data, y: Data) => Data;
}

/** A function by its value and its derivative. */
export function smooth(value: (x: Data) => Data, derivative: (x: Data, y: Data) => Data): Unary {
  return { value, back: (gradient, x, y) => tf.mul(gradient, derivative(x, y)) };
}

/** Applies a function to each element, in whatever order the elements are stored. */
export function unary(x: Value, { value, back }: Unary, dtype: DType = x.dtype): Value {
  const own = as(x.data, [x.data.size]);
  const y = tidied(() => value(own));
  if (!back) return new Value(y, x.shape, dtype, x.order);
  return derived(
    [x],
    { data: y, shape: x.shape, order: x.order },
    (gradient) => [{ data: back(inStorageOf(x, gradient), own, y), shape: x.shape, order: x.order }],
    dtype,
  );
}

function inStorageOf(x: Stored, gradient: Stored): Data {
  const order = x.order ?? x.shape.map((_, axis) => axis);
  return as(stored(gradient, order), [x.data.size]);
}

/** A function of two numbers, with its derivative by each, as a factor of the gradient. */
export interface Binary {
  readonly value: (a: Data, b: Data) => Data;
  /** By a and by b: gradient times derivative; all flat arrays of the result's shape or broadcast to it. */
  readonly derivatives?: readonly [Way, Way];
}

/** Works on arrays of whatever shapes broadcast: `times(g, a)`. */
type Way = (gradient: Operand, a: Operand, b: Operand) => Operand;

/** An array with its shape, so that broadcasting follows it through a formula. */
export class Operand {
  constructor(
    readonly data: Data,
    readonly shape: Shape,
  ) {}

  with(work: (a: Data, b: Data) => Data, other: Operand): Operand {
    const data = pairwise(work, this.data, this.shape, other.data, other.shape);
    return new Operand(data, broadcast(this.shape, other.shape));
  }

  map(work: (a: Data) => Data): Operand {
    return new Operand(work(this.data), this.shape);
  }
}

/** Applies a function to pairs of elements, broadcasting as PyTorch does. */
export function binary(a: Value, b: Value, { value, derivatives }: Binary, dtype: DType = 'float32'): Value {
  const shape = broadcast(a.shape, b.shape);
  const order = commonOrder(a, b);
  const [first, second] = order ? [asStored(a, order), asStored(b, order)] : [asStandard(a), asStandard(b)];
  const data = pairwise(value, first.data, first.shape, second.data, second.shape);
  const result: Stored = { data, shape, order };
  if (!derivatives) return new Value(data, shape, dtype, order);
  return derived(
    [a, b],
    result,
    (gradient, needs) => {
      const whole = order ? asStored({ ...gradient }, order) : asStandard(gradient);
      return derivatives.map((way, at) => {
        const input = at === 0 ? a : b;
        if (!needs[at]) return undefined;
        const part = way(whole, first, second);
        const own = at === 0 ? first : second;
        const data = sumTo(spreadOut(part, whole.shape), whole.shape, own.shape);
        return order && input.shape.length > 0 ? { data, shape: input.shape, order } : data;
      });
    },
    dtype,
  );
}

/** A derivative that does not depend on the gradient's whole shape is repeated to it. */
function spreadOut(part: Operand, shape: Shape): Data {
  return sameShape(part.shape, shape)
    ? part.data
    : pairwise(tf.add, part.data, part.shape, tf.zeros([...shape]), shape);
}

/** An unusual order of storage that both can be worked in: their common one, with a number beside it too. */
function commonOrder(a: Value, b: Value): readonly number[] | undefined {
  if (sameShape(a.shape, b.shape)) return a.order ?? b.order;
  if (b.shape.length === 0) return a.order;
  if (a.shape.length === 0) return b.order;
  const larger = a.shape.length >= b.shape.length ? a : b;
  const smaller = larger === a ? b : a;
  // What broadcasts over some axes of a tensor stored otherwise is small, and is moved instead.
  if (larger.order === undefined || smaller.shape.length !== larger.shape.length) return undefined;
  return broadcast(a.shape, b.shape).every((size, axis) => size === larger.shape[axis])
    ? larger.order
    : undefined;
}

function asStored(value: Stored, order: readonly number[]): Operand {
  if (value.shape.length === 0) return new Operand(value.data, []);
  if (value.order !== undefined && sameOrder(value.order, order))
    return new Operand(
      value.data,
      order.map((axis) => value.shape[axis] ?? 1),
    );
  return new Operand(
    stored(value, order),
    order.map((axis) => value.shape[axis] ?? 1),
  );
}

function asStandard(value: Stored): Operand {
  return new Operand(standard(value), value.shape);
}

const MUL: Binary = {
  value: tf.mul,
  derivatives: [(g, _, b) => g.with(tf.mul, b), (g, a) => g.with(tf.mul, a)],
};
const ADD: Binary = { value: tf.add, derivatives: [(g) => g, (g) => g] };
const SUB: Binary = { value: tf.sub, derivatives: [(g) => g, (g) => g.map(tf.neg)] };
const DIV: Binary = {
  value: tf.div,
  derivatives: [
    (g, _, b) => g.with(tf.div, b),
    (g, a, b) => g.with(tf.mul, a).with(tf.div, b.map(tf.square)).map(tf.neg),
  ],
};

export const add = (a: Value, b: Value, dtype?: DType): Value => binary(a, b, ADD, dtype);
export const sub = (a: Value, b: Value, dtype?: DType): Value => binary(a, b, SUB, dtype);
export const mul = (a: Value, b: Value, dtype?: DType): Value => binary(a, b, MUL, dtype);
export const div = (a: Value, b: Value, dtype?: DType): Value => binary(a, b, DIV, dtype);

/** Times a number known beforehand. */
export function scale(x: Value, factor: number): Value {
  return unary(x, { value: (data) => tf.mul(data, factor), back: (g) => tf.mul(g, factor) });
}

/** Plus a number known beforehand. */
export function shift(x: Value, by: number): Value {
  return unary(x, { value: (data) => tf.add(data, by), back: (g) => g });
}

export const neg = (x: Value): Value => unary(x, { value: tf.neg, back: (g) => tf.neg(g) });
export const exp = (x: Value): Value =>
  unary(
    x,
    smooth(tf.exp, (_, y) => y),
  );
export const log = (x: Value): Value => unary(x, { value: tf.log, back: (g, data) => tf.div(g, data) });
export const sqrt = (x: Value): Value =>
  unary(
    x,
    smooth(tf.sqrt, (_, y) => tf.div(0.5, y)),
  );
export const square = (x: Value): Value =>
  unary(
    x,
    smooth(tf.square, (data) => tf.mul(data, 2)),
  );
export const abs = (x: Value): Value =>
  unary(
    x,
    smooth(tf.abs, (data) => tf.sign(data)),
  );
export const tanh = (x: Value): Value =>
  unary(
    x,
    smooth(tf.tanh, (_, y) => tf.sub(1, tf.square(y))),
  );
export const sigmoid = (x: Value): Value =>
  unary(
    x,
    smooth(tf.sigmoid, (_, y) => tf.mul(y, tf.sub(1, y))),
  );
export const relu = (x: Value): Value =>
  unary(
    x,
    smooth(tf.relu, (data) => float(tf.greater(data, 0))),
  );

/** Truth values as 0 and 1. */
export function float(data: Data): Data {
  return tf.cast(data, 'float32');
}

/** The first where a mask is not 0, else the second; all three broadcast. */
export function choose(mask: Value, a: Value, b: Value, dtype: DType = 'float32'): Value {
  const shape = broadcast(mask.shape, broadcast(a.shape, b.shape));
  const grown = (value: Value): Data => {
    const own = asStandard(value);
    return as(
      sameShape(own.shape, shape)
        ? own.data
        : pairwise(tf.add, own.data, own.shape, tf.zeros([...shape]), shape),
      [elementsOf(shape)],
    );
  };
  const condition = tidied(() => tf.notEqual(grown(mask), 0));
  const data = tidied(() => tf.where(condition, grown(a), grown(b)));
  return derived(
    [a, b],
    { data, shape },
    (gradient, needs) => {
      const whole = as(standard(gradient), [data.size]);
      const nothing = tf.zerosLike(whole);
      return [a, b].map((input, at) => {
        if (!needs[at]) return undefined;
        const part = at === 0 ? tf.where(condition, whole, nothing) : tf.where(condition, nothing, whole);
        return sumTo(part, shape, input.shape);
      });
    },
    dtype,
  );
}

function elementsOf(shape: Shape): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Lets values through and stops gradients: `detach()`. */
export function stopped(x: Value): Value {
  return new Value(x.data, x.shape, x.dtype, x.order);
}
