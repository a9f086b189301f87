import * as tf from '@tensorflow/tfjs-core';
import * as arrays from './arrays.js';
import type { Data } from './arrays.js';
import { float } from './elementwise.js';
import { scoped, tidied } from './scope.js';
import { elements, identity, type Shape } from './shape.js';
import { derived, stored, Value } from './value.js';

/** A window along one spatial dimension of a pool, with how many places it takes. */
export interface PoolAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly count: number;
}

/** Below every float32 but minus infinity, and safe to write into a shader. */
const LOWEST = -3.4028234663852886e38;

/**
 * The largest of each window of `[N, C, …spatial]` and where it stands in the input's plane. The first of equals gets the
 * gradient, as in PyTorch. TensorFlow.js's own pool gets the gradient wrong on WebAssembly where nothing in a window is
 * positive.
 */
export function largestInWindows(
  x: Value,
  axes: readonly PoolAxis[],
): { readonly value: Value; readonly place: () => Value } {
  const [n = 1, channels = 1, ...spatial] = x.shape;
  const order = [0, ...spatial.map((_, axis) => axis + 2), 1];
  const held: Shape = [n, ...spatial, channels];
  const counts = axes.map(({ count }) => count);
  const small: Shape = [n, ...counts, channels];
  const source = stored(x, order);
  const taps = tapsOf(axes);
  const padded = tidied(() => padAll(source, held, axes));
  const best = tidied(() =>
    taps.map((tap) => take(padded, held, axes, tap)).reduce((a, b) => tf.maximum(a, b)),
  );
  const shape = [n, channels, ...counts];
  const value = derived(
    [x],
    { data: best, shape, order },
    (gradient) => {
      const g = arrays.as(stored(gradient, order), [elements(small)]);
      const peak = arrays.as(best, [elements(small)]);
      let open = tf.onesLike(peak);
      let total: Data | undefined;
      for (const tap of taps) {
        const step = scoped(
          () => {
            const window = take(padded, held, axes, tap);
            const hit = tf.mul(float(tf.equal(window, peak)), open);
            const part = give(tf.mul(g, hit), held, axes, tap);
            return { open: tf.sub(open, hit), total: total ? tf.add(total, part) : part };
          },
          (made) => Object.values(made),
        );
        open = step.open;
        total = step.total;
      }
      return [total && { data: total, shape: x.shape, order }];
    },
    x.dtype,
  );
  const place = (): Value => {
    const data = tidied(() => {
      const peak = arrays.as(best, [elements(small)]);
      let open: Data = tf.onesLike(peak);
      let places: Data = tf.zerosLike(peak);
      for (const tap of taps) {
        const hit = tf.mul(float(tf.equal(take(padded, held, axes, tap), peak)), open);
        places = tf.add(places, tf.mul(hit, positions(axes, spatial, tap, small)));
        open = tf.sub(open, hit);
      }
      return places;
    });
    return new Value(data, shape, 'int64', order);
  };
  return { value, place };
}

type Tap = readonly number[];

function tapsOf(axes: readonly PoolAxis[]): readonly Tap[] {
  return axes.reduce<readonly Tap[]>(
    (taps, { kernel }) => taps.flatMap((tap) => identity(kernel).map((at) => [...tap, at])),
    [[]],
  );
}

/** What a dimension must hold for the last window to fit. */
function span({ kernel, stride, dilation, count }: PoolAxis): number {
  return (count - 1) * stride + dilation * (kernel - 1) + 1;
}

function sizeAlong(held: Shape, axes: readonly PoolAxis[], at: number): number {
  const axis = axes[at];
  return axis ? Math.max(span(axis), (held[at + 1] ?? 1) + axis.before) : 1;
}

function paddedShape(held: Shape, axes: readonly PoolAxis[]): Shape {
  return axes.reduce<Shape>((shape, _, at) => shape.with(at + 1, sizeAlong(held, axes, at)), held);
}

function padAll(source: Data, held: Shape, axes: readonly PoolAxis[]): Data {
  let current = source;
  let shape = held;
  for (const [at, { before }] of axes.entries()) {
    const size = sizeAlong(held, axes, at);
    current = arrays.pad(current, shape, at + 1, before, size - (held[at + 1] ?? 1) - before, LOWEST);
    shape = shape.with(at + 1, size);
  }
  return current === source ? source.clone() : current;
}

function take(padded: Data, held: Shape, axes: readonly PoolAxis[], tap: Tap): Data {
  return tidied(() => {
    let current = padded;
    let shape = paddedShape(held, axes);
    for (const [at, { stride, dilation, count }] of axes.entries()) {
      current = arrays.every(current, shape, at + 1, {
        start: (tap[at] ?? 0) * dilation,
        step: stride,
        count,
      });
      shape = shape.with(at + 1, count);
    }
    return arrays.as(current, [elements(shape)]);
  });
}

function give(part: Data, held: Shape, axes: readonly PoolAxis[], tap: Tap): Data {
  let current = part;
  let shape: Shape = axes.reduce<Shape>((sizes, { count }, at) => sizes.with(at + 1, count), held);
  for (const [at, { stride, dilation, before }] of axes.entries()) {
    const size = sizeAlong(held, axes, at);
    const whole = arrays.spread(current, shape, at + 1, {
      start: (tap[at] ?? 0) * dilation,
      step: stride,
      size,
    });
    const own = held[at + 1] ?? 1;
    current = arrays.slice(whole, shape.with(at + 1, size), at + 1, before, own);
    shape = shape.with(at + 1, own);
  }
  return arrays.as(current, [elements(held)]);
}

/** Where a tap of each window lies in the input's plane. */
function positions(axes: readonly PoolAxis[], spatial: Shape, tap: Tap, small: Shape): Data {
  const counts = axes.map(({ count }) => count);
  const plane = new Float32Array(elements(counts));
  for (let at = 0; at < plane.length; at += 1) {
    let rest = at;
    let place = 0;
    let weight = 1;
    for (let axis = axes.length - 1; axis >= 0; axis -= 1) {
      const own = axes[axis];
      const count = counts[axis] ?? 1;
      if (!own) continue;
      const along = (rest % count) * own.stride - own.before + (tap[axis] ?? 0) * own.dilation;
      place += along * weight;
      weight *= spatial[axis] ?? 1;
      rest = Math.floor(rest / count);
    }
    plane[at] = place;
  }
  const [n = 1] = small;
  const channels = small.at(-1) ?? 1;
  return arrays.as(arrays.expand(arrays.fromHost(plane), [1, plane.length, 1], [n, plane.length, channels]), [
    elements(small),
  ]);
}
