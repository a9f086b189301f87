import { argument } from '../program/value.js';
import type { Datum } from '../program/value.js';
import type { GraphCall } from './graph-calls.js';

/** The shape of a tensor of a graph, sizes that are not known left open. */
export type GraphShape = readonly (number | undefined)[];

/** The shape of another tensor. */
export type ShapeOf = (datum: Datum | undefined) => GraphShape | undefined;

/** `tf.nn.conv2d`, `tf.layers.conv2d`: what a convolution of a graph gives; undefined for other calls. */
export function convolved(call: GraphCall, of: ShapeOf): GraphShape | undefined {
  const { args, name } = call;
  if (/^nn\.conv[123]d$/.test(name)) {
    const filter = of(filterOf(call));
    return slid(
      of(imagesOf(call)),
      widened(filter?.slice(0, -2), argument(args, 'dilations')),
      listed(argument(args, 'strides', 2) ?? argument(args, 'stride')),
      argument(args, 'padding', 3),
      filter?.at(-1),
      argument(args, 'data_format'),
    );
  }
  if (!/^layers\.conv[123]d$/.test(name)) return undefined;
  const given = of(argument(args, 'inputs', 0));
  return slid(
    given,
    widened(spread(argument(args, 'kernel_size', 2), given), argument(args, 'dilation_rate', 6)),
    spread(argument(args, 'strides', 3) ?? 1n, given),
    argument(args, 'padding', 4) ?? 'valid',
    sizeOf(argument(args, 'filters', 1)),
    argument(args, 'data_format', 5),
  );
}

/** The window of a filter between whose numbers others are passed over, on each side one less than its rate. */
function widened(window: GraphShape | undefined, given: Datum | undefined): GraphShape | undefined {
  if (window === undefined || given === undefined) return window;
  const rates = listed(given) ?? window.map(() => sizeOf(given));
  // tf.nn is given rates for the batch and the channels too.
  const own = rates.length === window.length ? rates : rates.slice(1, -1);
  return window.map((size, axis) => {
    const rate = own[axis];
    return size === undefined || rate === undefined ? undefined : (size - 1) * rate + 1;
  });
}

/** The pictures that a convolution of `tf.nn` is given. */
export function imagesOf({ args }: GraphCall): Datum | undefined {
  return argument(args, 'input', 0) ?? argument(args, 'value');
}

/** The filter that a convolution of `tf.nn` is given. */
export function filterOf({ args }: GraphCall): Datum | undefined {
  return argument(args, 'filter', 1) ?? argument(args, 'filters');
}

/** `tf.nn.max_pool`, `tf.layers.max_pooling2d`: what a pooling of a graph gives; undefined for other calls. */
export function pooled({ args, name }: GraphCall, of: ShapeOf): GraphShape | undefined {
  if (/^nn\.(max|avg)_pool([123]d)?$/.test(name)) {
    const given = of(argument(args, 'value', 0) ?? argument(args, 'input'));
    return slid(
      given,
      listed(argument(args, 'ksize', 1))?.slice(1, -1),
      listed(argument(args, 'strides', 2)),
      argument(args, 'padding', 3),
      given?.at(-1),
      argument(args, 'data_format', 4),
    );
  }
  if (!/^layers\.(max|average)_pooling[123]d$/.test(name)) return undefined;
  const given = of(argument(args, 'inputs', 0));
  return slid(
    given,
    spread(argument(args, 'pool_size', 1), given),
    spread(argument(args, 'strides', 2), given),
    argument(args, 'padding', 3) ?? 'valid',
    given?.at(-1),
    argument(args, 'data_format', 4),
  );
}

function slid(
  given: GraphShape | undefined,
  window: GraphShape | undefined,
  strides: GraphShape | undefined,
  padding: Datum | undefined,
  channels: number | undefined,
  format: Datum | undefined,
): GraphShape | undefined {
  if (
    given === undefined ||
    (format !== undefined && !/^(NDHWC|NHWC|NWC|channels_last)$/.test(String(format)))
  )
    return undefined;
  const isSame = typeof padding === 'string' && padding.toUpperCase() === 'SAME';
  if (!isSame && (typeof padding !== 'string' || padding.toUpperCase() !== 'VALID')) return undefined;
  const sides = given.slice(1, -1);
  if (window?.length !== sides.length || strides === undefined) return undefined;
  // tf.nn gives a stride for the batch and the channels too.
  const steps = strides.length === sides.length ? strides : strides.slice(1, -1);
  return [
    given[0],
    ...sides.map((side, axis) => {
      const [size, step] = [window[axis], steps[axis]];
      if (side === undefined || step === undefined || step < 1) return undefined;
      if (isSame) return Math.ceil(side / step);
      return size === undefined ? undefined : Math.ceil((side - size + 1) / step);
    }),
    channels,
  ];
}

function sizeOf(datum: Datum | undefined): number | undefined {
  return typeof datum === 'bigint' ? Number(datum) : undefined;
}

function listed(datum: Datum | undefined): GraphShape | undefined {
  return Array.isArray(datum) ? datum.map(sizeOf) : undefined;
}

/** One number for each side of a picture, where one is given for all. */
function spread(datum: Datum | undefined, given: GraphShape | undefined): GraphShape | undefined {
  return (
    listed(datum) ?? (typeof datum === 'bigint' ? given?.slice(1, -1).map(() => Number(datum)) : undefined)
  );
}
