import { together } from '../keras/program/array-shapes.js';
import { argument } from '../program/value.js';
import type { Datum, Value } from '../program/value.js';
import { graphCall, keptRank, shortName } from './graph-calls.js';
import type { GraphCall } from './graph-calls.js';
import { arranged } from './graph-arrangements.js';
import { joined } from './graph-joins.js';
import { pictured } from './graph-pictures.js';
import { convolved, pooled } from './graph-windows.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';
import { elementsOf, placeOfAxis, staticSize, staticSizes } from './static-sizes.js';

const SAME =
  /^(relu|relu6|elu|selu|gelu|swish|silu|leaky_relu|sigmoid|tanh|softmax|log_softmax|softplus|softsign|dropout|identity|log|log1p|exp|expm1|sin|cos|tan|square|sqrt|rsqrt|abs|negative|reciprocal|round|sign|floor|ceil|cast|to_float|to_int32|bias_add|clip_by_value|clip_by_norm|l2_normalize|batch_normalization|batch_norm|stop_gradient|lrn|local_response_normalization|zeros_like|ones_like|cumsum|is_nan|is_finite|logical_not|reverse|sort|argsort|check_numerics|shuffle)$/;
const COMBINE =
  /^(add|sub|subtract|pow|mul|multiply|div|divide|divide_no_nan|truediv|floordiv|mod|maximum|minimum|squared_difference|equal|not_equal|greater|greater_equal|less|less_equal|logical_and|logical_or)$/;
const REDUCE = /^reduce_(sum|mean|max|min|prod|std|variance|any|all|logsumexp|euclidean_norm)$/;
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

/** Activations and losses of Keras as functions. */
function ofKeras({ args, name }: GraphCall, of: ShapeOf): GraphShape | undefined {
  if (name.startsWith('keras.activations.')) return of(argument(args, 'x', 0));
  return /^keras\.(losses|metrics)\.[a-z]/.test(name)
    ? of(argument(args, 'y_pred', 1))?.slice(0, -1)
    : undefined;
}

/** The shape of what a function of TensorFlow gives, by the shapes of what it is given. */
export function shapeOfCall(call: GraphCall, of: ShapeOf): GraphShape | undefined {
  const { args, name } = call;
  const [first, second] = args.positional;
  const short = shortName(call);
  if (name.startsWith('keras.')) return ofKeras(call, of);
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
  if (short === 'ravel') return inOneRow(of(first));
  if (short === 'flatten') return flattened(of(argument(args, 'inputs', 0)));
  if (REDUCE.test(short))
    return reduced(of(first ?? argument(args, 'input_tensor')), axesOf(call, of), keptRank(call));
  if (short === 'argmax' || short === 'argmin') {
    const axis = argument(args, 'axis', 1) ?? argument(args, 'dimension');
    const at = axis === undefined ? 0 : staticSize(axis, of);
    return reduced(of(first ?? argument(args, 'input')), at === undefined ? undefined : [at], false);
  }
  if (/^softmax_cross_entropy_with_logits(_v2)?$/.test(short))
    return of(argument(args, 'logits', 0))?.slice(0, -1);
  // Given by place they come in one order or the other, by the version.
  if (short === 'sparse_softmax_cross_entropy_with_logits') return of(args.named.get('logits'))?.slice(0, -1);
  if (short === 'sigmoid_cross_entropy_with_logits') return of(argument(args, 'logits', 0));
  if (short === 'one_hot') {
    const [given, axis] = [of(first), staticSize(argument(args, 'axis', 4) ?? -1n, of)];
    if (given === undefined || axis === undefined) return undefined;
    const depth = staticSize(second ?? argument(args, 'depth'), of);
    return given.toSpliced(placeOfAxis(axis, given.length + 1), 0, depth);
  }
  if (short === 'embedding_lookup') {
    const [table, ids] = [of(argument(args, 'params', 0)), of(argument(args, 'ids', 1))];
    return table && ids && [...ids, ...table.slice(1)];
  }
  if (short === 'transpose')
    return transposed(of(first), argument(args, 'perm', 1) ?? args.named.get('axes'), of);
  if (short === 'expand_dims') {
    const [given, axis] = [of(first), staticSize(argument(args, 'axis', 1), of)];
    if (given === undefined || axis === undefined) return undefined;
    return given.toSpliced(placeOfAxis(axis, given.length + 1), 0, 1);
  }
  return arranged(call, of) ?? pictured(call, of);
}

/** Another shape; one size of -1 is what is left, where all others are known. */
function reshaped(given: GraphShape | undefined, wanted: GraphShape | undefined): GraphShape | undefined {
  if (wanted === undefined) return undefined;
  const whole = given && elementsOf(given);
  const rest = elementsOf(wanted.filter((size) => size !== -1));
  const left = whole === undefined || rest === undefined || rest === 0 ? undefined : whole / rest;
  return wanted.map((size) => (size === -1 ? left : size));
}

function inOneRow(given: GraphShape | undefined): GraphShape | undefined {
  return given && [elementsOf(given)];
}

function flattened(given: GraphShape | undefined): GraphShape | undefined {
  return given && [given[0], elementsOf(given.slice(1))];
}

function transposed(
  given: GraphShape | undefined,
  order: Datum | undefined,
  of: ShapeOf,
): GraphShape | undefined {
  if (given === undefined || order === undefined || order === null) return given?.toReversed();
  const axes = staticSizes(order, of);
  return axes?.length === given.length
    ? axes.map((axis) => (axis === undefined ? undefined : given[axis]))
    : undefined;
}

/** The axes that a reduction goes over; null for all of them, undefined where they are not known. */
function axesOf({ args }: GraphCall, of: ShapeOf): readonly number[] | null | undefined {
  const given = argument(args, 'axis', 1) ?? args.named.get('reduction_indices') ?? null;
  if (given === null) return null;
  const axes = Array.isArray(given) ? staticSizes(given, of) : [staticSize(given, of)];
  return axes?.every((axis) => axis !== undefined) ? axes : undefined;
}

function reduced(
  shape: GraphShape | undefined,
  axes: readonly number[] | null | undefined,
  isKept: boolean,
): GraphShape | undefined {
  if (axes === null) return isKept ? shape?.map(() => 1) : [];
  if (shape === undefined || axes === undefined) return undefined;
  const gone = new Set(axes.map((axis) => placeOfAxis(axis, shape.length)));
  if ([...gone].some((at) => at < 0 || at >= shape.length)) return undefined;
  return isKept ? shape.map((size, at) => (gone.has(at) ? 1 : size)) : shape.filter((_, at) => !gone.has(at));
}

/** Products of matrices, several at once where there are more dimensions. */
function multiplied({ args }: GraphCall, of: ShapeOf): GraphShape | undefined {
  const turns = (name: string, at: number): boolean | undefined => {
    const given = argument(args, name, at) ?? false;
    return typeof given === 'boolean' ? given : undefined;
  };
  const [first, second] = [turns('transpose_a', 2), turns('transpose_b', 3)];
  if (
    first === undefined ||
    second === undefined ||
    [...args.named.keys()].some((name) => name.startsWith('adjoint'))
  )
    return undefined;
  const [one, other] = [
    turned(of(argument(args, 'a', 0)), first),
    turned(of(argument(args, 'b', 1)), second),
  ];
  if (one === undefined || other === undefined || one.length < 2 || other.length < 2) return undefined;
  const batch = together(one.slice(0, -2), other.slice(0, -2));
  return batch && [...batch, one.at(-2), other.at(-1)];
}

function turned(shape: GraphShape | undefined, isTurned: boolean): GraphShape | undefined {
  return isTurned && shape !== undefined && shape.length > 1
    ? [...shape.slice(0, -2), shape.at(-1), shape.at(-2)]
    : shape;
}
