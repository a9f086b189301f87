import { foreignCall } from '../program/called-name.js';
import { isValue } from '../program/value.js';
import type { CallArguments, Datum, Value } from '../program/value.js';

/** A function of TensorFlow that graphs are made of, by its name without the package: `nn.softmax`. */
export interface GraphCall {
  readonly name: string;
  readonly args: CallArguments;
  readonly value: Value;
}

const ROOT = /^tensorflow\.(?:compat\.v1\.)?/;

/** The call of a function of TensorFlow that gave a value. */
export function graphCall(datum: Datum | undefined): GraphCall | undefined {
  const call = foreignCall(datum);
  if (call === undefined || !isValue(datum) || !ROOT.test(call.name)) return undefined;
  return { name: call.name.replace(ROOT, ''), args: call.args, value: datum };
}

/** Whether a reduction leaves a size of 1 where it went over. */
export function keptRank({ args }: GraphCall): boolean {
  return ['keepdims', 'keep_dims'].some((name) => (args.named.get(name) ?? false) !== false);
}

/** The name of a function of TensorFlow without its group: `log` for `tf.math.log`. */
export function shortName({ name }: GraphCall): string {
  return name.split('.').at(-1) ?? '';
}

/** Names that Keras has for functions of TensorFlow. */
const OF_KERAS: Readonly<Record<string, string>> = {
  sum: 'reduce_sum',
  mean: 'reduce_mean',
  max: 'reduce_max',
  min: 'reduce_min',
  prod: 'reduce_prod',
  std: 'math.reduce_std',
  var: 'math.reduce_variance',
  concatenate: 'concat',
  absolute: 'abs',
  clip: 'clip_by_value',
  take: 'gather',
  batch_flatten: 'flatten',
  flatten: 'ravel',
};

/** Functions whose axis, where none is named, is another than that of TensorFlow's of the same name. */
const OTHERWISE_WITHOUT_AXIS = new Set(['argmax', 'argmin', 'take']);

/** The same of functions on tensors that Keras has itself, under the names that TensorFlow has for them. */
export function tensorCall(datum: Datum | undefined): GraphCall | undefined {
  const call = foreignCall(datum);
  const [, group, own = ''] = /^(?:tensorflow\.)?keras\.(\w+)\.(\w+)$/.exec(call?.name ?? '') ?? [];
  if (call === undefined || group === undefined || !isValue(datum)) return graphCall(datum);
  const isLike =
    (group === 'ops' || group === 'backend') &&
    (!OTHERWISE_WITHOUT_AXIS.has(own) || call.args.named.has('axis'));
  const name = isLike ? (OF_KERAS[own] ?? own) : `keras.${group}.${own}`;
  return { name, args: call.args, value: datum };
}
