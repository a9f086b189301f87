import { argument, combines, foreignName, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { graphCall, shortName } from './graphs.js';
import type { GraphCall } from './graphs.js';

/** Where the type is among the arguments of what makes tensors, and what it is where none is given. */
const MAKERS: Readonly<Record<string, readonly [place: number, usual: string | undefined]>> = {
  placeholder: [0, undefined],
  zeros: [1, 'float32'],
  ones: [1, 'float32'],
  random_normal: [3, 'float32'],
  truncated_normal: [3, 'float32'],
  random_uniform: [3, 'float32'],
  get_variable: [2, 'float32'],
};

/** Whose result has the type of what they are given first. */
const SAME =
  /^(relu|relu6|elu|selu|leaky_relu|sigmoid|tanh|softmax|log_softmax|softplus|dropout|identity|log|exp|square|sqrt|abs|negative|bias_add|clip_by_value|matmul|conv[123]d|max_pool|avg_pool|max_pool[123]d|avg_pool[123]d|reshape|flatten|transpose|expand_dims|squeeze|reduce_(sum|mean|max|min|prod)|stop_gradient)$/;

/** Whose result says yes or no of each. */
const ANSWERS =
  /^(equal|not_equal|less|less_equal|greater|greater_equal|logical_(and|or|not|xor)|is_(nan|inf|finite))$/;

const known = new WeakMap<Value, { readonly type: string | undefined }>();

/** The type of the elements of a tensor of a graph: `float32`. */
export function graphType(datum: Datum | undefined, depth = 0): string | undefined {
  if (!isValue(datum) || depth > 80) return undefined;
  const before = known.get(datum);
  if (before !== undefined) return before.type;
  const type = derived(datum, (other) => graphType(other, depth + 1));
  known.set(datum, { type });
  return type;
}

function derived(datum: Value, of: (datum: Datum | undefined) => string | undefined): string | undefined {
  const call = graphCall(datum);
  if (call !== undefined) return ofCall(call, of);
  const pair = combines(datum);
  if (pair !== undefined) return of(pair[0]) ?? of(pair[1]);
  return datum.made.kind === 'operation' && datum.made.name === 'neg'
    ? of(datum.made.args.positional[0])
    : undefined;
}

function ofCall(call: GraphCall, of: (datum: Datum | undefined) => string | undefined): string | undefined {
  const { args } = call;
  const short = shortName(call);
  const maker = MAKERS[short];
  if (maker !== undefined) {
    const given = argument(args, 'dtype', maker[0]);
    return given === undefined ? maker[1] : typeNamed(given);
  }
  if (short === 'Variable') {
    const given = argument(args, 'dtype');
    return given === undefined ? of(argument(args, 'initial_value', 0)) : typeNamed(given);
  }
  if (short === 'constant') {
    const given = argument(args, 'dtype', 1);
    return given === undefined ? ofNumber(argument(args, 'value', 0)) : typeNamed(given);
  }
  if (short === 'cast') return typeNamed(argument(args, 'dtype', 1));
  if (short === 'to_float') return 'float32';
  if (short === 'argmax' || short === 'argmin') return args.named.has('output_type') ? undefined : 'int64';
  if (ANSWERS.test(short)) return 'bool';
  const pair = combines(call.value);
  if (pair !== undefined) return of(pair[0]) ?? of(pair[1]);
  return SAME.test(short) ? of(args.positional[0]) : undefined;
}

function ofNumber(datum: Datum | undefined): string | undefined {
  const first: Datum | undefined = Array.isArray(datum) ? datum[0] : datum;
  if (Array.isArray(first)) return ofNumber(first);
  return typeof first === 'number' ? 'float32' : undefined;
}

/** `tf.float32`, `"float"`, `np.float32` */
function typeNamed(datum: Datum | undefined): string | undefined {
  const name = typeof datum === 'string' ? datum : foreignName(datum)?.split('.').at(-1);
  if (name === undefined) return undefined;
  if (name === 'float') return 'float32';
  if (name === 'double') return 'float64';
  return /^(float|int|uint|complex)\d+$/.test(name) ? name : undefined;
}
