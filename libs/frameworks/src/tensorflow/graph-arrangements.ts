import { eitherWith, together } from '../keras/program/array-shapes.js';
import { argument } from '../program/value.js';
import type { Datum } from '../program/value.js';
import { shortName } from './graph-calls.js';
import type { GraphCall } from './graph-calls.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';
import { placeOfAxis, staticSize, staticSizes } from './static-sizes.js';

/** The shape of what is counted, repeated, gathered, padded or chosen; undefined for other calls. */
export function arranged(call: GraphCall, of: ShapeOf): GraphShape | undefined {
  const { args } = call;
  const rule = Object.hasOwn(RULES, shortName(call)) ? RULES[shortName(call)] : undefined;
  return rule?.(args, of);
}

type Rule = (args: GraphCall['args'], of: ShapeOf) => GraphShape | undefined;

const RULES: Readonly<Record<string, Rule>> = {
  shape: (args, of) => {
    const shape = of(argument(args, 'input', 0));
    return shape && [shape.length];
  },
  range: counted,
  arange: counted,
  linspace: (args, of) => [staticSize(argument(args, 'num', 2), of)],
  eye: (args, of) => {
    const rows = staticSize(argument(args, 'num_rows', 0), of);
    return args.positional.length > 1 || args.named.size > 0 ? undefined : [rows, rows];
  },
  broadcast_to: (args, of) => staticSizes(argument(args, 'shape', 1), of),
  tile: (args, of) => {
    const [shape, times] = [of(argument(args, 'input', 0)), staticSizes(argument(args, 'multiples', 1), of)];
    return shape?.length === times?.length
      ? shape?.map((size, axis) => product(size, times?.[axis]))
      : undefined;
  },
  repeat: (args, of) => {
    const [shape, axis] = [of(argument(args, 'input', 0)), staticSize(argument(args, 'axis', 2), of)];
    const times = staticSize(argument(args, 'repeats', 1), of);
    if (shape === undefined || axis === undefined) return undefined;
    const at = placeOfAxis(axis, shape.length);
    return at < shape.length ? shape.with(at, product(shape[at], times)) : undefined;
  },
  gather: (args, of) => {
    const [table, places] = [of(argument(args, 'params', 0)), of(argument(args, 'indices', 1))];
    const axis = staticSize(argument(args, 'axis') ?? 0n, of);
    if (table === undefined || places === undefined || axis === undefined || args.named.has('batch_dims'))
      return undefined;
    const at = placeOfAxis(axis, table.length);
    return [...table.slice(0, at), ...places, ...table.slice(at + 1)];
  },
  pad: (args, of) => {
    const [shape, ends] = [of(argument(args, 'tensor', 0)), argument(args, 'paddings', 1)];
    return shape?.map((size, axis) => {
      const pair: Datum | undefined = Array.isArray(ends) ? ends[axis] : undefined;
      const [before, after] = Array.isArray(pair) ? pair.map((one: Datum) => staticSize(one, of)) : [];
      return size === undefined || before === undefined || after === undefined
        ? undefined
        : size + before + after;
    });
  },
  // With a condition alone it gives places.
  where: (args, of) => {
    const [one, other] = [argument(args, 'x', 1), argument(args, 'y', 2)];
    const chosen = one === undefined ? undefined : together(of(one), of(other));
    return chosen && eitherWith(of(argument(args, 'condition', 0)), chosen);
  },
};

/** `tf.range(limit)`, `tf.range(start, limit, delta)` */
function counted(args: GraphCall['args'], of: ShapeOf): GraphShape {
  const isAlone = args.positional.length === 1 && !args.named.has('limit') && !args.named.has('stop');
  const [from, to] = isAlone
    ? [0n, args.positional[0]]
    : [argument(args, 'start', 0) ?? 0n, argument(args, 'limit', 1) ?? args.named.get('stop')];
  const [start, limit] = [staticSize(from, of), staticSize(to, of)];
  const step = staticSize(argument(args, 'delta', 2) ?? args.named.get('step') ?? 1n, of);
  return start === undefined || limit === undefined || step === undefined || step === 0
    ? [undefined]
    : [Math.max(0, Math.ceil((limit - start) / step))];
}

function product(size: number | undefined, times: number | undefined): number | undefined {
  return size === undefined || times === undefined ? undefined : size * times;
}
