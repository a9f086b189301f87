import { argument } from '../program/value.js';
import type { Datum } from '../program/value.js';
import type { GraphCall } from './graph-calls.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';
import { placeOfAxis, staticSize, staticSizes } from './static-sizes.js';

/** Tensors that are put together, and along which axis. */
export interface Joined {
  readonly parts: readonly Datum[];
  readonly axis: number | undefined;
}

/** What `tf.concat` puts together; before TensorFlow 1.0 it took the axis first. */
export function concatenated({ args }: GraphCall, of: ShapeOf): Joined | undefined {
  const isOld = args.named.has('concat_dim') || typeof args.positional[0] === 'bigint';
  const parts = argument(args, 'values', isOld ? 1 : 0);
  const axis = isOld ? argument(args, 'concat_dim', 0) : argument(args, 'axis', 1);
  return Array.isArray(parts) ? { parts, axis: staticSize(axis, of) } : undefined;
}

/** What `tf.stack` puts together, under a new axis. */
export function stacked({ args }: GraphCall, of: ShapeOf): Joined | undefined {
  const parts = argument(args, 'values', 0);
  return Array.isArray(parts) ? { parts, axis: staticSize(argument(args, 'axis', 1) ?? 0n, of) } : undefined;
}

/** What `tf.split` takes apart; before TensorFlow 1.0 it took the axis first and the tensor last. */
export function splitApart(
  { args }: GraphCall,
  of: ShapeOf,
): { readonly shape: GraphShape; readonly axis: number; readonly pieces: number } | undefined {
  const isOld = args.named.has('split_dim') || typeof args.positional[0] === 'bigint';
  const shape = of(argument(args, 'value', isOld ? 2 : 0));
  const axis = staticSize(isOld ? argument(args, 'split_dim', 0) : (argument(args, 'axis', 2) ?? 0n), of);
  const pieces = staticSize(argument(args, isOld ? 'num_split' : 'num_or_size_splits', 1), of);
  if (shape === undefined || axis === undefined || pieces === undefined || pieces < 1) return undefined;
  const at = placeOfAxis(axis, shape.length);
  return at < shape.length ? { shape, axis: at, pieces } : undefined;
}

/** The shape of one of the pieces of `tf.split` and `tf.unstack`. */
export function pieceOf(call: GraphCall, of: ShapeOf): GraphShape | undefined {
  if (call.name === 'split') {
    const apart = splitApart(call, of);
    const size = apart?.shape[apart.axis];
    return apart?.shape.with(apart.axis, size === undefined ? undefined : size / apart.pieces);
  }
  if (call.name !== 'unstack' && call.name !== 'unpack') return undefined;
  const [shape, axis] = [
    of(argument(call.args, 'value', 0)),
    staticSize(argument(call.args, 'axis', 2) ?? 0n, of),
  ];
  if (shape === undefined || axis === undefined) return undefined;
  const at = placeOfAxis(axis, shape.length);
  return at < shape.length ? shape.toSpliced(at, 1) : undefined;
}

/** The shape of what is put together or freed of axes of one. */
export function joined(call: GraphCall, of: ShapeOf): GraphShape | undefined {
  switch (call.name) {
    case 'concat':
      return inRow(concatenated(call, of), of, isWritten(call));
    case 'stack':
    case 'pack':
      return onTop(stacked(call, of), of, isWritten(call));
    case 'squeeze':
      return squeezed(call, of);
    default:
      return undefined;
  }
}

/** Whether what is put together is listed in the call itself: a list that a loop grew may be longer than reading saw. */
function isWritten({ value }: GraphCall): boolean {
  const text = value.span?.text ?? '';
  return text.includes('[') && !/\bfor\b/.test(text);
}

function inRow(joins: Joined | undefined, of: ShapeOf, isWhole: boolean): GraphShape | undefined {
  const shapes = joins?.parts.map(of);
  const first = shapes?.[0];
  if (shapes === undefined || first === undefined || joins?.axis === undefined) return undefined;
  if (shapes.some((shape) => shape?.length !== first.length)) return undefined;
  const at = placeOfAxis(joins.axis, first.length);
  return first.map((size, axis) => {
    const sizes = shapes.map((shape) => shape?.[axis]);
    if (axis !== at) return size ?? sizes.find((other) => other !== undefined);
    if (!isWhole) return undefined;
    return sizes.reduce((so, other) => (so === undefined || other === undefined ? undefined : so + other));
  });
}

function onTop(joins: Joined | undefined, of: ShapeOf, isWhole: boolean): GraphShape | undefined {
  const shape = of(joins?.parts[0]);
  if (shape === undefined || joins?.axis === undefined) return undefined;
  const at = placeOfAxis(joins.axis, shape.length + 1);
  return shape.toSpliced(at, 0, isWhole ? joins.parts.length : undefined);
}

function squeezed({ args }: GraphCall, of: ShapeOf): GraphShape | undefined {
  const shape = of(argument(args, 'input', 0));
  const axis = argument(args, 'axis', 1) ?? argument(args, 'squeeze_dims') ?? null;
  // What is left of an axis whose size is open depends on it.
  if (axis === null)
    return shape?.every((size) => size !== undefined) ? shape.filter((size) => size !== 1) : undefined;
  const axes = Array.isArray(axis) ? staticSizes(axis, of) : [staticSize(axis, of)];
  if (shape === undefined || axes === undefined || axes.includes(undefined)) return undefined;
  const gone = new Set(axes.map((one) => one && placeOfAxis(one, shape.length)));
  return shape.filter((_, at) => !gone.has(at));
}
