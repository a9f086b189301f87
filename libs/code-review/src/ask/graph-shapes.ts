import { argument, isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import { graphCall, variableOf } from './graphs.js';
import type { GraphCall } from './graphs.js';

/** The shape of a tensor of a graph, sizes that are not known left open. */
export type GraphShape = readonly (number | undefined)[];

const SAME =
  /^(relu|relu6|elu|selu|leaky_relu|sigmoid|tanh|softmax|log_softmax|softplus|softsign|dropout|identity|log|exp|square|sqrt|abs|negative|round|sign|cast|to_float|to_int32|bias_add|clip_by_value|l2_normalize|batch_normalization|stop_gradient)$/;
const COMBINE =
  /^(add|sub|subtract|mul|multiply|div|divide|truediv|maximum|minimum|squared_difference|equal)$/;
const REDUCE = /^reduce_(sum|mean|max|min|prod)$/;

/** The name of a function of TensorFlow without its group: `log` for `tf.math.log`. */
export function shortName({ name }: GraphCall): string {
  return name.split('.').at(-1) ?? '';
}

/** The shape of a tensor, by the placeholders and variables that it is made of. */
export function graphShape(datum: Datum | undefined, depth = 0): GraphShape | undefined {
  if (typeof datum === 'number' || typeof datum === 'bigint') return [];
  if (!isValue(datum) || depth > 60) return undefined;
  const of = (other: Datum | undefined): GraphShape | undefined => graphShape(other, depth + 1);
  const call = graphCall(datum);
  if (call === undefined) {
    if (datum.made.kind !== 'operation') return undefined;
    const [one, other] = datum.made.args.positional;
    if (datum.made.name === 'neg') return of(one);
    return COMBINE.test(datum.made.name) ? together(of(one), of(other)) : undefined;
  }
  return ofCall(call, datum, of);
}

function ofCall(
  call: GraphCall,
  datum: Datum,
  of: (datum: Datum | undefined) => GraphShape | undefined,
): GraphShape | undefined {
  const { args, name } = call;
  const [first, second] = args.positional;
  const short = shortName(call);
  if (name === 'placeholder') return sizes(argument(args, 'shape', 1));
  if (name === 'Variable') return variableOf(datum)?.shape;
  if (name === 'get_variable') return sizes(argument(args, 'shape', 1));
  if (short === 'matmul') return multiplied(call, of);
  if (/^(layers\.dense|contrib\.layers\.(fully_connected|linear))$/.test(name)) {
    const units = argument(args, name === 'layers.dense' ? 'units' : 'num_outputs', 1);
    const given = of(argument(args, 'inputs', 0));
    return given?.with(-1, sizeOf(units));
  }
  if (SAME.test(short))
    return of(first ?? argument(args, 'logits') ?? argument(args, 'x') ?? argument(args, 'features'));
  if (COMBINE.test(short)) return together(of(argument(args, 'x', 0)), of(argument(args, 'y', 1)));
  if (short === 'reshape')
    return sizes(argument(args, 'shape', 1))?.map((size) => (size === -1 ? undefined : size));
  if (REDUCE.test(short)) return reduced(of(first), axisOf(call), keepsRank(call));
  if (short === 'argmax' || short === 'argmin') {
    const axis = argument(args, 'axis', 1) ?? argument(args, 'dimension');
    return reduced(of(first), axis === undefined ? 0 : sizeOf(axis), false);
  }
  if (/^(sparse_)?softmax_cross_entropy_with_logits(_v2)?$/.test(short))
    return of(argument(args, 'logits', 0))?.slice(0, -1);
  if (short === 'sigmoid_cross_entropy_with_logits') return of(argument(args, 'logits', 0));
  if (short === 'one_hot') {
    const given = of(first);
    return given && [...given, sizeOf(second ?? argument(args, 'depth'))];
  }
  if (short === 'expand_dims') {
    const [given, axis] = [of(first), sizeOf(argument(args, 'axis', 1))];
    if (given === undefined || axis === undefined) return undefined;
    return given.toSpliced(axis < 0 ? given.length + 1 + axis : axis, 0, 1);
  }
  return undefined;
}

function sizeOf(datum: Datum | undefined): number | undefined {
  return typeof datum === 'bigint' ? Number(datum) : undefined;
}

function sizes(datum: Datum | undefined): GraphShape | undefined {
  return Array.isArray(datum) ? datum.map(sizeOf) : undefined;
}

/** The axis that a reduction goes over; null for all of them, undefined where it is not one that is known. */
export function axisOf({ args }: GraphCall): number | null | undefined {
  const axis = argument(args, 'axis', 1) ?? args.named.get('reduction_indices');
  if (axis === undefined || axis === null) return null;
  if (Array.isArray(axis)) return axis.length === 1 ? sizeOf(axis[0]) : undefined;
  return sizeOf(axis);
}

function keepsRank({ args }: GraphCall): boolean {
  return ['keepdims', 'keep_dims'].some((name) => (args.named.get(name) ?? false) !== false);
}

function reduced(
  shape: GraphShape | undefined,
  axis: number | null | undefined,
  isKept: boolean,
): GraphShape | undefined {
  if (axis === null) return isKept ? shape?.map(() => 1) : [];
  if (shape === undefined || axis === undefined) return undefined;
  const at = axis < 0 ? shape.length + axis : axis;
  if (at < 0 || at >= shape.length) return undefined;
  return isKept ? shape.with(at, 1) : shape.toSpliced(at, 1);
}

function multiplied(
  { args }: GraphCall,
  of: (datum: Datum | undefined) => GraphShape | undefined,
): GraphShape | undefined {
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
