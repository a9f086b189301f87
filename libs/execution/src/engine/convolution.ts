import * as tf from '@tensorflow/tfjs-core';
import * as arrays from './arrays.js';
import type { Data } from './arrays.js';
import { tidied } from './scope.js';
import { identity, type Shape } from './shape.js';
import { concatenate, reshape, slice } from './structure.js';
import { derived, stored, type Value } from './value.js';

/** How a window slides along one dimension. */
export interface Sliding {
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

type Pair = readonly [Sliding, Sliding];

/** `[N, H, W, C]`: what the device works in. Values keep PyTorch's shape and remember this order of storage. */
const CHANNELS_LAST = [0, 2, 3, 1];
/** `[KH, KW, in, out]` of a weight `[out, in, KH, KW]`. */
const FILTER = [2, 3, 1, 0];

/** `[N, C, H, W] ⋆ [O, C / groups, KH, KW]` to `[N, O, OH, OW]`. */
export function convolve(x: Value, weight: Value, sliding: Pair, groups: number): Value {
  const channels = x.shape[1] ?? 1;
  if (groups === 1) return convolveWhole(x, weight, sliding);
  if (groups === channels) return convolveDepthwise(x, weight, sliding);
  const [inside, outside] = [channels / groups, (weight.shape[0] ?? 1) / groups];
  return concatenate(
    identity(groups).map((group) =>
      convolveWhole(slice(x, 1, group * inside, inside), slice(weight, 0, group * outside, outside), sliding),
    ),
    1,
  );
}

function convolveWhole(x: Value, weight: Value, sliding: Pair): Value {
  const input = arrays.as(stored(x, CHANNELS_LAST), lastShape(x.shape));
  const filter = arrays.as(stored(weight, FILTER), filterShape(weight.shape));
  const data = forward(input, filter, sliding);
  return derived([x, weight], outputOf(data), (gradient, needs) => {
    const g = arrays.as(stored(gradient, CHANNELS_LAST), data.shape);
    const onInput = needs[0] ? toInput(g, filter, sliding, lastShape(x.shape)) : undefined;
    const onWeight = needs[1] ? toFilter(input, g, sliding, filterShape(weight.shape)) : undefined;
    return [
      onInput && { data: onInput, shape: x.shape, order: CHANNELS_LAST },
      onWeight && { data: onWeight, shape: weight.shape, order: FILTER },
    ];
  });
}

/**
 * The transposed convolution `[N, I, H, W]` with `[I, O / groups, KH, KW]` to `[N, O, …size]`: the way back through a
 * convolution, taken forward.
 */
export function convolveTransposed(
  x: Value,
  weight: Value,
  sliding: Pair,
  groups: number,
  size: readonly [number, number],
): Value {
  if (groups > 1) {
    const inside = (x.shape[1] ?? 1) / groups;
    return concatenate(
      identity(groups).map((group) =>
        convolveTransposed(
          slice(x, 1, group * inside, inside),
          slice(weight, 0, group * inside, inside),
          sliding,
          1,
          size,
        ),
      ),
      1,
    );
  }
  const input = arrays.as(stored(x, CHANNELS_LAST), lastShape(x.shape));
  const filter = arrays.as(stored(weight, FILTER), filterShape(weight.shape));
  const shape = [x.shape[0] ?? 1, ...size, weight.shape[1] ?? 1];
  const data = tidied(() => toInput(input, filter, sliding, shape));
  return derived([x, weight], outputOf(arrays.as(data, shape)), (gradient, needs) => {
    const g = arrays.as(stored(gradient, CHANNELS_LAST), shape);
    const onInput = needs[0] ? crop(forward(g, filter, sliding), lastShape(x.shape)) : undefined;
    const onWeight = needs[1] ? toFilter(g, input, sliding, filterShape(weight.shape)) : undefined;
    return [
      onInput && { data: onInput, shape: x.shape, order: CHANNELS_LAST },
      onWeight && { data: onWeight, shape: weight.shape, order: FILTER },
    ];
  });
}

function outputOf(data: Data) {
  const [n = 1, h = 1, w = 1, c = 1] = data.shape;
  return { data, shape: [n, c, h, w], order: CHANNELS_LAST };
}

function lastShape([n = 1, c = 1, h = 1, w = 1]: Shape): Shape {
  return [n, h, w, c];
}

function filterShape([o = 1, i = 1, h = 1, w = 1]: Shape): Shape {
  return [h, w, i, o];
}

function four(data: Data, shape: Shape): tf.Tensor4D {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  return tf.reshape(data, [a, b, c, d]);
}

type Padding = [[number, number], [number, number], [number, number], [number, number]];

function paddingOf([rows, columns]: Pair): Padding {
  return [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ];
}

function strides([rows, columns]: Pair): [number, number] {
  return [rows.stride, columns.stride];
}

function dilations([rows, columns]: Pair): [number, number] {
  return [rows.dilation, columns.dilation];
}

function plain(sliding: Pair): boolean {
  return sliding.every(({ stride }) => stride === 1);
}

function undilated(sliding: Pair): boolean {
  return sliding.every(({ dilation }) => dilation === 1);
}

/** TensorFlow.js strides or dilates, not both: then every place is computed and some are taken. */
function forward(input: Data, filter: Data, sliding: Pair): Data {
  const x = four(input, input.shape);
  const f = four(filter, filter.shape);
  if (plain(sliding) || undilated(sliding))
    return tf.conv2d(x, f, strides(sliding), paddingOf(sliding), 'NHWC', dilations(sliding));
  return tidied(() => {
    const dense = tf.conv2d(x, f, 1, paddingOf(sliding), 'NHWC', dilations(sliding));
    return subsample(dense, sliding);
  });
}

function subsample(dense: Data, sliding: Pair): Data {
  let current = dense;
  for (const [at, { stride }] of sliding.entries()) {
    const shape = current.shape;
    const count = Math.floor(((shape[at + 1] ?? 1) - 1) / stride) + 1;
    const taken = arrays.every(current, shape, at + 1, { start: 0, step: stride, count });
    current = arrays.as(taken, shape.with(at + 1, count));
  }
  return current;
}

/** Whether the backend has its own, fast kernels for the way back; WebAssembly's are missing or slow. */
function hasOwnWayBack(sliding: Pair): boolean {
  return undilated(sliding) && tf.getBackend() !== 'wasm';
}

/** The gradient of the input `[N, H, W, C]` from the output's. */
function toInput(g: Data, filter: Data, sliding: Pair, shape: Shape): Data {
  if (hasOwnWayBack(sliding))
    return tf.engine().runKernel<Data>(
      'Conv2DBackpropInput',
      { dy: four(g, g.shape), filter: four(filter, filter.shape) },
      {
        strides: strides(sliding),
        pad: paddingOf(sliding),
        dataFormat: 'NHWC',
        inputShape: [...shape],
      },
    );
  return tidied(() => {
    let current = g;
    for (const [at, { stride, dilation, before }] of sliding.entries()) {
      const axis = at + 1;
      const own = current.shape;
      const span = ((own[axis] ?? 1) - 1) * stride + 1;
      const reach = dilation * ((filter.shape[at] ?? 1) - 1);
      const gaps = arrays.spread(current, own, axis, { start: 0, step: stride, size: span });
      const lead = reach - before;
      const tail = (shape[axis] ?? 1) - span - lead + reach;
      current = padOrCut(arrays.as(gaps, own.with(axis, span)), axis, lead, tail);
    }
    const x = four(current, current.shape);
    const exchanged = tf.transpose(four(filter, filter.shape), [0, 1, 3, 2]);
    const convolved = (of: tf.Tensor4D, by: tf.Tensor4D) =>
      tf.conv2d(of, by, 1, 'valid', 'NHWC', dilations(sliding));
    // The filter stands upside down. Where it is the larger, it stays and all else is turned, since turning is slow.
    return filter.size <= x.size
      ? convolved(x, tf.reverse(exchanged, [0, 1]))
      : tf.reverse(convolved(tf.reverse(x, [1, 2]), exchanged), [1, 2]);
  });
}

function padOrCut(data: Data, axis: number, before: number, after: number): Data {
  const size = data.shape[axis] ?? 1;
  const start = Math.max(-before, 0);
  const length = size - start - Math.max(-after, 0);
  const cut = arrays.as(arrays.slice(data, data.shape, axis, start, length), data.shape.with(axis, length));
  const [lead, tail] = [Math.max(before, 0), Math.max(after, 0)];
  return arrays.as(
    arrays.pad(cut, cut.shape, axis, lead, tail, 0),
    cut.shape.with(axis, length + lead + tail),
  );
}

/**
 * The gradient of the filter `[KH, KW, C, O]`: a convolution of the input with the output's gradient for a filter, in
 * which stride and dilation have changed places.
 */
function toFilter(input: Data, g: Data, sliding: Pair, shape: Shape): Data {
  if (hasOwnWayBack(sliding))
    return tf.engine().runKernel<Data>(
      'Conv2DBackpropFilter',
      { x: four(input, input.shape), dy: four(g, g.shape) },
      {
        strides: strides(sliding),
        pad: paddingOf(sliding),
        dataFormat: 'NHWC',
        filterShape: [...shape],
      },
    );
  return tidied(() => {
    const exchanged = tf.transpose(four(input, input.shape), [3, 1, 2, 0]);
    let filter: Data = tf.transpose(four(g, g.shape), [1, 2, 0, 3]);
    const swapped = sliding.map((along): Sliding => ({
      ...along,
      stride: along.dilation,
      dilation: along.stride,
    }));
    const [rows, columns] = swapped;
    if (!rows || !columns) throw new RangeError('a convolution slides in two dimensions');
    let turned: Pair = [rows, columns];
    if (!plain(turned) && !undilated(turned)) {
      for (const [at, { dilation }] of turned.entries()) {
        const own = filter.shape;
        const span = ((own[at] ?? 1) - 1) * dilation + 1;
        filter = arrays.as(
          arrays.spread(filter, own, at, { start: 0, step: dilation, size: span }),
          own.with(at, span),
        );
      }
      turned = [
        { ...rows, dilation: 1 },
        { ...columns, dilation: 1 },
      ];
    }
    const found = tf.conv2d(
      exchanged,
      four(filter, filter.shape),
      strides(turned),
      paddingOf(turned),
      'NHWC',
      dilations(turned),
    );
    const [kh = 1, kw = 1, c = 1, o = 1] = shape;
    return tf.transpose(four(crop(found, [c, kh, kw, o]), [c, kh, kw, o]), [1, 2, 0, 3]);
  });
}

/** The first places of the two middle axes. */
function crop(data: Data, shape: Shape): Data {
  let current = data;
  for (const axis of [1, 2]) {
    const own = current.shape;
    const size = shape[axis] ?? 1;
    current = arrays.as(arrays.slice(current, own, axis, 0, size), own.with(axis, size));
  }
  return current;
}

/** One filter or several to each channel, `[C · M, 1, KH, KW]`. */
function convolveDepthwise(x: Value, weight: Value, sliding: Pair): Value {
  const channels = x.shape[1] ?? 1;
  const [outputs = 1, , kh = 1, kw = 1] = weight.shape;
  const multiplier = outputs / channels;
  const taps = reshape(weight, [outputs, kh * kw]);
  const input = arrays.as(stored(x, CHANNELS_LAST), lastShape(x.shape));
  // `[KH · KW, C · M]`
  const filter = arrays.as(stored(taps, [1, 0]), [kh * kw, outputs]);
  const windows = windowsOf(lastShape(x.shape), [kh, kw], sliding);
  const shape = [x.shape[0] ?? 1, windows.rows, windows.columns, outputs];
  const data = tidied(() =>
    plain(sliding) || undilated(sliding)
      ? tf.depthwiseConv2d(
          four(input, input.shape),
          four(filter, [kh, kw, channels, multiplier]),
          strides(sliding),
          paddingOf(sliding),
          'NHWC',
          dilations(sliding),
        )
      : windows.places
          .map((place) =>
            tf.mul(repeated(windows.take(input, place), multiplier), tapOf(filter, place.tap, outputs)),
          )
          .reduce((total, part) => tf.add(total, part)),
  );
  return derived([x, taps], outputOf(arrays.as(data, shape)), (gradient, needs) => {
    const g = arrays.as(stored(gradient, CHANNELS_LAST), shape);
    const onInput = needs[0]
      ? windows.places
          .map((place) =>
            tidied(() => {
              const part = tf.mul(g, tapOf(filter, place.tap, outputs));
              return windows.give(gathered(part, channels, multiplier), place);
            }),
          )
          .reduce((total, part) => tf.add(total, part))
      : undefined;
    const onTaps = needs[1]
      ? windows.places.map((place) =>
          tidied(() => {
            const part = tf.mul(repeated(windows.take(input, place), multiplier), g);
            return arrays.as(arrays.sum(part, shape, [0, 1, 2]), [1, outputs]);
          }),
        )
      : undefined;
    return [
      onInput && { data: onInput, shape: x.shape, order: CHANNELS_LAST },
      onTaps && {
        data: arrays.concatenate(
          onTaps,
          onTaps.map(() => [1, outputs]),
          0,
        ),
        shape: taps.shape,
        order: [1, 0],
      },
    ];
  });
}

function tapOf(filter: Data, tap: number, outputs: number): Data {
  return arrays.as(arrays.slice(filter, filter.shape, 0, tap, 1), [1, 1, 1, outputs]);
}

/** Each channel as often as it has filters. */
function repeated(data: Data, multiplier: number): Data {
  if (multiplier === 1) return data;
  const [n = 1, h = 1, w = 1, c = 1] = data.shape;
  return arrays.as(tf.tile(arrays.as(data, [n * h * w * c, 1]), [1, multiplier]), [n, h, w, c * multiplier]);
}

function gathered(data: Data, channels: number, multiplier: number): Data {
  if (multiplier === 1) return data;
  const lead = data.shape.slice(0, 3);
  const rows = lead.reduce((count, size) => count * size, 1) * channels;
  return arrays.as(tf.sum(arrays.as(data, [rows, multiplier]), 1), [...lead, channels]);
}

interface Place {
  readonly tap: number;
  readonly row: number;
  readonly column: number;
}

/** The places of a window one by one: what the input has there for every output, and the way back. */
function windowsOf(
  [n = 1, height = 1, width = 1, c = 1]: Shape,
  [kh, kw]: readonly [number, number],
  [rows, columns]: Pair,
) {
  const count = (size: number, kernel: number, along: Sliding): number =>
    Math.floor((size + along.before + along.after - along.dilation * (kernel - 1) - 1) / along.stride) + 1;
  const [high, wide] = [count(height, kh, rows), count(width, kw, columns)];
  const padded = [height + rows.before + rows.after, width + columns.before + columns.after] as const;
  return {
    rows: high,
    columns: wide,
    places: identity(kh * kw).map((tap): Place => ({
      tap,
      row: Math.floor(tap / kw) * rows.dilation,
      column: (tap % kw) * columns.dilation,
    })),
    take(input: Data, { row, column }: Place): Data {
      return tidied(() => {
        const tall = arrays.as(arrays.pad(input, [n, height, width, c], 1, rows.before, rows.after, 0), [
          n,
          padded[0],
          width,
          c,
        ]);
        const whole = arrays.pad(tall, tall.shape, 2, columns.before, columns.after, 0);
        const lines = arrays.every(whole, [n, ...padded, c], 1, {
          start: row,
          step: rows.stride,
          count: high,
        });
        const places = arrays.every(lines, [n, high, padded[1], c], 2, {
          start: column,
          step: columns.stride,
          count: wide,
        });
        return arrays.as(places, [n, high, wide, c]);
      });
    },
    give(part: Data, { row, column }: Place): Data {
      return tidied(() => {
        const lines = arrays.spread(part, [n, high, wide, c], 2, {
          start: column,
          step: columns.stride,
          size: padded[1],
        });
        const whole = arrays.spread(lines, [n, high, padded[1], c], 1, {
          start: row,
          step: rows.stride,
          size: padded[0],
        });
        const inner = arrays.slice(whole, [n, ...padded, c], 1, rows.before, height);
        return arrays.as(arrays.slice(inner, [n, height, padded[1], c], 2, columns.before, width), [
          n,
          height,
          width,
          c,
        ]);
      });
    },
  };
}
