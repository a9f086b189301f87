import type { DType } from '@tensormark/network';
import * as arrays from './arrays.js';
import { axisOf, broadcast, elements, identity, sameShape, type Shape } from './shape.js';
import { derived, kept, standard, Value } from './value.js';

/** The same elements in order under another shape. */
export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const data = standard(x);
  return derived([x], { data, shape }, (gradient) => [standard(gradient)], x.dtype);
}

/** Axes in another order; nothing is moved before something asks for it. */
export function permute(x: Value, order: readonly number[]): Value {
  const rank = x.shape.length;
  const shape = order.map((axis) => x.shape[axis] ?? 1);
  const storage = (x.order ?? identity(rank)).map((axis) => order.indexOf(axis));
  const inverse = identity(rank).map((axis) => order.indexOf(axis));
  return derived(
    [x],
    { data: x.data, shape, order: kept(storage) },
    (gradient) => {
      const back = (gradient.order ?? identity(rank)).map((axis) => inverse.indexOf(axis));
      return [{ data: gradient.data, shape: x.shape, order: kept(back) }];
    },
    x.dtype,
  );
}

/** Swaps two axes. */
export function swap(x: Value, a: number, b: number): Value {
  const order = identity(x.shape.length);
  const [first, second] = [axisOf(a, order.length), axisOf(b, order.length)];
  order[first] = second;
  order[second] = first;
  return permute(x, order);
}

/** Moves an axis to another place. */
export function move(x: Value, from: number, to: number): Value {
  const order = identity(x.shape.length);
  order.splice(to, 0, ...order.splice(from, 1));
  return permute(x, order);
}

/** Repeats axes of size 1, and in front. */
export function expand(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const target = broadcast(x.shape, shape);
  const data = arrays.expand(standard(x), x.shape, target);
  return derived(
    [x],
    { data, shape: target },
    (gradient) => [arrays.sumTo(standard(gradient), target, x.shape)],
    x.dtype,
  );
}

export function slice(x: Value, dim: number, start: number, length: number): Value {
  return every(x, dim, { start, step: 1, count: length });
}

/** Every `step`-th place of an axis from `start`, `count` of them. */
export function every(
  x: Value,
  dim: number,
  places: { readonly start: number; readonly step: number; readonly count: number },
): Value {
  const axis = axisOf(dim, x.shape.length);
  const size = x.shape[axis] ?? 1;
  if (places.start === 0 && places.count === size) return x;
  const shape = x.shape.with(axis, places.count);
  const data = arrays.every(standard(x), x.shape, axis, places);
  return derived(
    [x],
    { data, shape },
    (gradient) => [arrays.spread(standard(gradient), shape, axis, { ...places, size })],
    x.dtype,
  );
}

/** One place of an axis, which goes. */
export function select(x: Value, dim: number, index: number): Value {
  const axis = axisOf(dim, x.shape.length);
  const at = index < 0 ? index + (x.shape[axis] ?? 1) : index;
  return reshape(slice(x, axis, at, 1), x.shape.toSpliced(axis, 1));
}

/** Adds places of one value around an axis; a negative number takes some away. */
export function pad(x: Value, dim: number, before: number, after: number, value = 0): Value {
  const axis = axisOf(dim, x.shape.length);
  const size = x.shape[axis] ?? 1;
  if (before < 0 || after < 0) {
    const start = Math.max(-before, 0);
    const cut = slice(x, axis, start, size - start - Math.max(-after, 0));
    return pad(cut, axis, Math.max(before, 0), Math.max(after, 0), value);
  }
  if (before === 0 && after === 0) return x;
  const shape = x.shape.with(axis, size + before + after);
  const data = arrays.pad(standard(x), x.shape, axis, before, after, value);
  return derived(
    [x],
    { data, shape },
    (gradient) => [arrays.slice(standard(gradient), shape, axis, before, size)],
    x.dtype,
  );
}

export function concatenate(
  parts: readonly Value[],
  dim: number,
  dtype: DType = parts[0]?.dtype ?? 'float32',
): Value {
  const [first] = parts;
  if (!first) throw new RangeError('there is nothing to join');
  const axis = axisOf(dim, first.shape.length);
  const shapes = parts.map(({ shape }) => shape);
  const sizes = shapes.map((shape) => shape[axis] ?? 1);
  const shape = first.shape.with(
    axis,
    sizes.reduce((total, size) => total + size, 0),
  );
  const data = arrays.concatenate(parts.map(standard), shapes, axis);
  return derived(
    parts,
    { data, shape },
    (gradient, needs) => {
      const whole = standard(gradient);
      let start = 0;
      return parts.map((_, at) => {
        const length = sizes[at] ?? 0;
        start += length;
        return needs[at] ? arrays.slice(whole, shape, axis, start - length, length) : undefined;
      });
    },
    dtype,
  );
}

/** Joins along a new axis. */
export function stack(parts: readonly Value[], axis: number): Value {
  return concatenate(
    parts.map((part) => reshape(part, part.shape.toSpliced(axis, 0, 1))),
    axis,
  );
}

export function reverse(x: Value, dim: number): Value {
  const axis = axisOf(dim, x.shape.length);
  const mirrored = (data: arrays.Data): arrays.Data => arrays.reverse(data, x.shape, axis);
  return derived(
    [x],
    { data: mirrored(standard(x)), shape: x.shape },
    (gradient) => [mirrored(standard(gradient))],
    x.dtype,
  );
}

/** Repeats whole axes, as `Tensor.repeat`. */
export function repeat(x: Value, times: readonly number[]): Value {
  const lead = times.length - x.shape.length;
  const sizes = [...times.slice(0, lead).map(() => 1), ...x.shape];
  const apart = times.flatMap((count, axis) => [count, sizes[axis] ?? 1]);
  const ones = sizes.flatMap((size) => [1, size]);
  return reshape(
    expand(reshape(x, ones), apart),
    times.map((count, axis) => count * (sizes[axis] ?? 1)),
  );
}

export function elementsOf(x: Value): number {
  return elements(x.shape);
}
