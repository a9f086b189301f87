import {
  application,
  argument,
  arrayFacts,
  inputTensorShape,
  isValue,
  layerOf,
  MOST_ITEMS,
  shapeAfter,
  turnFacts,
} from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { graphCall, keptRank, shortName } from './graphs.js';
import type { GraphCall } from './graphs.js';
import { joined } from './graph-joins.js';
import { ofPart } from './graph-parts.js';
import { convolved, pooled } from './graph-windows.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';
import { arrayShape, mayBeLonger } from './grown-lists.js';
import { elementsOf, placeOfAxis, staticSize, staticSizes } from './static-sizes.js';

export type { GraphShape } from './graph-windows.js';

const SAME =
  /^(relu|relu6|elu|selu|leaky_relu|sigmoid|tanh|softmax|log_softmax|softplus|softsign|dropout|identity|log|exp|square|pow|sqrt|abs|negative|round|sign|cast|to_float|to_int32|bias_add|clip_by_value|l2_normalize|batch_normalization|batch_norm|stop_gradient|lrn|local_response_normalization)$/;
const COMBINE =
  /^(add|sub|subtract|mul|multiply|div|divide|truediv|maximum|minimum|squared_difference|equal)$/;
const REDUCE = /^reduce_(sum|mean|max|min|prod)$/;
const FILLED =
  /^(zeros|ones|fill|random_normal|truncated_normal|random_uniform|random\.(normal|uniform|truncated_normal))$/;

/** Whether what a call gives has the shape of what it is given. */
export function keepsShape(call: GraphCall): boolean {
  return SAME.test(shortName(call));
}

/** Whether what a call of a graph gives is two things combined element by element. */
export function combines(value: Value): readonly [Datum | undefined, Datum | undefined] | undefined {
  const call = graphCall(value);
  if (call !== undefined)
    return COMBINE.test(shortName(call))
      ? [argument(call.args, 'x', 0), argument(call.args, 'y', 1)]
      : undefined;
  if (value.made.kind !== 'operation' || !COMBINE.test(value.made.name)) return undefined;
  const [one, other] = value.made.args.positional;
  return other === undefined ? undefined : [one, other];
}

interface Known {
  get(value: Value): { readonly shape: GraphShape | undefined } | undefined;
  set(value: Value, known: { readonly shape: GraphShape | undefined }): unknown;
}

const shapes: Known = new WeakMap<Value, { readonly shape: GraphShape | undefined }>();

/** The shape that a layer of the program's own asks a weight for. */
function ofWeight({ made }: Value, of: ShapeOf): GraphShape | undefined {
  if (made.kind !== 'operation' || made.name !== 'add_weight') return undefined;
  return staticSizes(made.args.named.get('shape') ?? made.args.positional.slice(1).find(Array.isArray), of);
}

/** The shape of a tensor, by the placeholders, variables and arrays that it is made of. */
export function graphShape(datum: Datum | undefined): GraphShape | undefined {
  return shapeBy(shapes, datum, 0);
}

/** The shapes of tensors in a run of the graph in which some have the shapes that are given. */
export function graphShapesWhere(given: ReadonlyMap<Value, GraphShape>): ShapeOf {
  const known: Known = new Map([...given].map(([value, shape]) => [value, { shape }]));
  return (datum) => shapeBy(known, datum, 0);
}

function shapeBy(known: Known, datum: Datum | undefined, depth: number): GraphShape | undefined {
  if (typeof datum === 'number' || typeof datum === 'bigint') return [];
  if (Array.isArray(datum)) return listShape(datum);
  if (isArray(datum)) return arrayShape(datum);
  if (!isValue(datum) || depth > 120) return undefined;
  const before = known.get(datum);
  if (before !== undefined) return before.shape;
  const shape = derived(datum, (other) => shapeBy(known, other, depth + 1));
  known.set(datum, { shape });
  return shape;
}

/** The shape of a list, as far as it is known to its end: one with items that are not known may have been grown by a loop. */
function listShape(list: readonly Datum[]): GraphShape | undefined {
  const open = new Set<number>();
  let rows: Datum | undefined = list;
  for (let axis = 0; Array.isArray(rows); axis++) {
    const items: readonly Datum[] = rows;
    if (items.length >= MOST_ITEMS || mayBeLonger(items)) open.add(axis);
    rows = items[0];
  }
  return arrayFacts(list).shape?.map((size, axis) => (open.has(axis) ? undefined : size));
}

/** An array whose numbers are written down. */
function isArray(datum: Datum | undefined): boolean {
  return typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'other';
}

function derived(datum: Value, of: ShapeOf): GraphShape | undefined {
  const example = inputTensorShape(datum);
  if (example !== undefined) return [undefined, ...example];
  const call = graphCall(datum);
  if (call !== undefined) return ofCall(call, of);
  const pair = combines(datum);
  if (pair !== undefined) return together(of(pair[0]), of(pair[1]));
  const applied = application(datum);
  if (applied !== undefined) return ofApplied(datum, applied.callee, of(applied.args.positional[0]), of);
  if (datum.made.kind === 'operation' && datum.made.name === 'neg') return of(datum.made.args.positional[0]);
  const part = ofPart(datum, of) ?? ofWeight(datum, of);
  if (part !== undefined) return part;
  // Of a tensor of the graph that is not known no part is either.
  const isPart = datum.made.kind === 'operation' && datum.made.name === 'getitem';
  return isPart && arrayFacts(datum.made.args.positional[0]).shape === undefined
    ? undefined
    : turnFacts(datum).shape;
}

/** What a layer of Keras, or an object of the program's own class, gives of a batch. */
function ofApplied(
  { made }: Value,
  callee: Value,
  given: GraphShape | undefined,
  of: ShapeOf,
): GraphShape | undefined {
  if (made.kind === 'operation' && isValue(made.gives)) return of(made.gives);
  const layer = layerOf(callee);
  if (layer === undefined || given === undefined || given.length < 2) return undefined;
  const passed = shapeAfter(layer, given.slice(1));
  return passed?.kind === 'shape' ? [given[0], ...passed.shape] : undefined;
}

function ofCall(call: GraphCall, of: ShapeOf): GraphShape | undefined {
  const { args, name } = call;
  const [first, second] = args.positional;
  const short = shortName(call);
  if (name === 'placeholder' || name === 'get_variable') return staticSizes(argument(args, 'shape', 1), of);
  if (name === 'Variable') return of(argument(args, 'initial_value', 0));
  if (FILLED.test(name)) return staticSizes(argument(args, short === 'fill' ? 'dims' : 'shape', 0), of);
  if (name === 'convert_to_tensor') return of(first);
  if (name === 'constant') {
    const shape = argument(args, 'shape', 2);
    return shape === undefined ? of(first) : staticSizes(shape, of);
  }
  if (short === 'matmul') return multiplied(call, of);
  if (name === 'nn.xw_plus_b') {
    const [given, matrix] = [of(argument(args, 'x', 0)), of(argument(args, 'weights', 1))];
    return given?.length === 2 && matrix?.length === 2 ? [given[0], matrix[1]] : undefined;
  }
  if (name === 'nn.conv2d_transpose') return staticSizes(argument(args, 'output_shape', 2), of);
  if (/^(layers\.dense|contrib\.layers\.(fully_connected|linear))$/.test(name)) {
    const units = argument(args, name === 'layers.dense' ? 'units' : 'num_outputs', 1);
    return of(argument(args, 'inputs', 0))?.with(-1, staticSize(units, of));
  }
  const windowed = convolved(call, of) ?? pooled(call, of);
  if (windowed !== undefined) return windowed;
  const whole = joined(call, of);
  if (whole !== undefined) return whole;
  if (SAME.test(short))
    return of(
      first ??
        argument(args, 'logits') ??
        argument(args, 'x') ??
        argument(args, 'features') ??
        argument(args, 'inputs'),
    );
  if (COMBINE.test(short)) return together(of(argument(args, 'x', 0)), of(argument(args, 'y', 1)));
  if (short === 'reshape')
    return reshaped(of(argument(args, 'tensor', 0)), staticSizes(argument(args, 'shape', 1), of));
  if (short === 'flatten') return flattened(of(argument(args, 'inputs', 0)));
  if (REDUCE.test(short)) return reduced(of(first), axisOf(call), keptRank(call));
  if (short === 'argmax' || short === 'argmin') {
    const axis = argument(args, 'axis', 1) ?? argument(args, 'dimension');
    return reduced(of(first), axis === undefined ? 0 : staticSize(axis, of), false);
  }
  if (/^(sparse_)?softmax_cross_entropy_with_logits(_v2)?$/.test(short))
    return of(argument(args, 'logits', 0))?.slice(0, -1);
  if (short === 'sigmoid_cross_entropy_with_logits') return of(argument(args, 'logits', 0));
  if (short === 'one_hot') {
    const given = of(first);
    return given && [...given, staticSize(second ?? argument(args, 'depth'), of)];
  }
  if (short === 'embedding_lookup') {
    const [table, ids] = [of(argument(args, 'params', 0)), of(argument(args, 'ids', 1))];
    return table && ids && [...ids, ...table.slice(1)];
  }
  if (short === 'transpose') return transposed(of(first), argument(args, 'perm', 1));
  if (short === 'expand_dims') {
    const [given, axis] = [of(first), staticSize(argument(args, 'axis', 1), of)];
    if (given === undefined || axis === undefined) return undefined;
    return given.toSpliced(placeOfAxis(axis, given.length + 1), 0, 1);
  }
  return undefined;
}

/** A size that is written down, or taken of the shape of a tensor. */
export function sizeOf(datum: Datum | undefined): number | undefined {
  return staticSize(datum, graphShape);
}

/** Another shape; one size of -1 is what is left, where all others are known. */
function reshaped(given: GraphShape | undefined, wanted: GraphShape | undefined): GraphShape | undefined {
  if (wanted === undefined) return undefined;
  const whole = given && elementsOf(given);
  const rest = elementsOf(wanted.filter((size) => size !== -1));
  const left = whole === undefined || rest === undefined || rest === 0 ? undefined : whole / rest;
  return wanted.map((size) => (size === -1 ? left : size));
}

function flattened(given: GraphShape | undefined): GraphShape | undefined {
  return given && [given[0], elementsOf(given.slice(1))];
}

function transposed(given: GraphShape | undefined, order: Datum | undefined): GraphShape | undefined {
  if (given === undefined || order === undefined || order === null) return given?.toReversed();
  const axes = staticSizes(order, graphShape);
  return axes?.length === given.length
    ? axes.map((axis) => (axis === undefined ? undefined : given[axis]))
    : undefined;
}

/** The axis that a reduction goes over; null for all of them, undefined where it is not one that is known. */
export function axisOf({ args }: GraphCall): number | null | undefined {
  const axis = argument(args, 'axis', 1) ?? args.named.get('reduction_indices');
  if (axis === undefined || axis === null) return null;
  if (Array.isArray(axis)) return axis.length === 1 ? sizeOf(axis[0]) : undefined;
  return sizeOf(axis);
}

function reduced(
  shape: GraphShape | undefined,
  axis: number | null | undefined,
  isKept: boolean,
): GraphShape | undefined {
  if (axis === null) return isKept ? shape?.map(() => 1) : [];
  if (shape === undefined || axis === undefined) return undefined;
  const at = placeOfAxis(axis, shape.length);
  if (at < 0 || at >= shape.length) return undefined;
  return isKept ? shape.with(at, 1) : shape.toSpliced(at, 1);
}

function multiplied({ args }: GraphCall, of: ShapeOf): GraphShape | undefined {
  if ([...args.named.keys()].some((name) => /^(transpose|adjoint)/.test(name)) || args.positional.length > 2)
    return undefined;
  const [one, other] = [of(argument(args, 'a', 0)), of(argument(args, 'b', 1))];
  return one !== undefined && other !== undefined && one.length >= 2 && other.length === 2
    ? [...one.slice(0, -1), other[1]]
    : undefined;
}

/** The shape of two that are combined element by element. */
function together(one: GraphShape | undefined, other: GraphShape | undefined): GraphShape | undefined {
  if (one === undefined || other === undefined) return undefined;
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  const start = long.length - short.length;
  return long.map((size, axis) => {
    const with_ = axis < start ? 1 : short[axis - start];
    return size === 1 ? with_ : with_ === 1 ? size : (size ?? with_);
  });
}

/** The sizes of two shapes that do not go together, element by element. */
export function apart(
  one: GraphShape | undefined,
  other: GraphShape | undefined,
): readonly [number, number] | undefined {
  if (one === undefined || other === undefined) return undefined;
  for (let back = 1; back <= Math.min(one.length, other.length); back++) {
    const [left, right] = [one.at(-back), other.at(-back)];
    if (left !== undefined && right !== undefined && left !== right && left !== 1 && right !== 1)
      return [left, right];
  }
  return undefined;
}

/** A shape as it is shown: `[?, 10]`. */
export function shownShape(shape: GraphShape): string {
  return `[${shape.map((size) => (size === Infinity ? '64 or more' : (size ?? '?'))).join(', ')}]`;
}
