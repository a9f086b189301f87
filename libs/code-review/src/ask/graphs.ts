import { argument, foreignName, graphCall, isValue, shortName } from '@tensormark/frameworks';
import type { Datum, GraphCall, Program, Value } from '@tensormark/frameworks';
import { callsNamed, eventsOf } from './events.js';
import { isOfTwo } from './graph-versions.js';
import { oncePerProgram } from './once.js';

export { graphCall, keptRank, shortName } from '@tensormark/frameworks';
export type { GraphCall } from '@tensormark/frameworks';

interface GraphCalls {
  /** Once for each place where one is written. */
  readonly placed: readonly GraphCall[];
  /** Each of them, up to what a loop repeats. */
  readonly all: readonly GraphCall[];
}

const callsIn = oncePerProgram((program): GraphCalls =>
  /tensorflow|\btf\./.test(program.source) ? sorted(program) : { placed: [], all: [] },
);

/** Every call of a function of TensorFlow, once for each place where it is written. */
export function graphCalls(program: Program): readonly GraphCall[] {
  return callsIn(program).placed;
}

/** Every call of a function of TensorFlow, also those that a function of the program makes each time it is called. */
export function everyGraphCall(program: Program): readonly GraphCall[] {
  return callsIn(program).all;
}

/** What calls of TensorFlow's functions gave, and operators between tensors of the graph. */
export function graphValues(program: Program): readonly Value[] {
  const { all } = callsIn(program);
  if (all.length === 0) return [];
  const operators = callsNamed(program, 'add', 'sub', 'mul', 'div').flatMap(({ result }) =>
    isValue(result) && result.inputs.some((input) => graphCall(input) !== undefined) ? [result] : [],
  );
  return [...all.map(({ value }) => value), ...operators];
}

/** How often one place is looked at: layers made by one function are fewer, turns of a loop more. */
const MOST_TIMES = 24;

const ENTROPY = /^nn\.(sparse_softmax|softmax|sigmoid)_cross_entropy_with_logits$/;

/** TensorFlow 2 takes the labels and the scores of a cross entropy by place too, in this order. */
function withNames(call: GraphCall): GraphCall {
  const [labels, logits, ...others] = call.args.positional;
  if (!ENTROPY.test(call.name) || labels === undefined || others.length > 0) return call;
  const named = new Map([['labels', labels], ...call.args.named]);
  if (logits !== undefined) named.set('logits', logits);
  return { ...call, args: { ...call.args, positional: [], named } };
}

function sorted(program: Program): GraphCalls {
  const isTwo = isOfTwo(program);
  const times = new Map<string, number>();
  const placed: GraphCall[] = [];
  const all: GraphCall[] = [];
  for (const { result, moment } of eventsOf(program, 'call')) {
    const made = graphCall(result);
    const call = isTwo && made !== undefined ? withNames(made) : made;
    const at = call?.value.span ?? moment.span;
    if (call === undefined || at === undefined) continue;
    const place = `${call.name}@${at.start}`;
    const before = times.get(place) ?? 0;
    times.set(place, before + 1);
    if (before === 0) placed.push(call);
    if (before < MOST_TIMES) all.push(call);
  }
  return { placed, all };
}

/** The scores that a cross entropy or softmax is given. */
export function scoresOf({ args, name }: GraphCall): Datum | undefined {
  return argument(args, 'logits', name.startsWith('losses.') ? 1 : 0);
}

const FILLED = /^(zeros|ones|constant)$|^(random_normal|truncated_normal|random_uniform|random\.\w+)$/;

/** The shape of a variable, as it is written, and whether all its elements start as one number. */
export function variableOf(
  datum: Datum | undefined,
): { readonly shape: readonly (number | undefined)[]; readonly isConstant: boolean } | undefined {
  const call = graphCall(datum);
  if (call === undefined || call.name !== 'Variable') return undefined;
  const start = graphCall(argument(call.args, 'initial_value', 0));
  if (start === undefined || !FILLED.test(start.name)) return undefined;
  const given = argument(start.args, 'shape', start.name === 'constant' ? 2 : 0);
  if (!Array.isArray(given)) return undefined;
  const value = start.name === 'constant' ? argument(start.args, 'value', 0) : 0;
  return {
    shape: given.map((size) => (typeof size === 'bigint' ? Number(size) : undefined)),
    isConstant:
      /^(zeros|ones|constant)$/.test(start.name) && (typeof value === 'number' || typeof value === 'bigint'),
  };
}

/** What a value is multiplied by, where it is a product with a variable's matrix, and perhaps a bias. */
export function productOf(datum: Datum | undefined, depth = 0): GraphCall | undefined {
  if (!isValue(datum) || depth > 6) return undefined;
  const call = graphCall(datum);
  if (call === undefined)
    return datum.made.kind === 'operation' && datum.made.name === 'add'
      ? onlyOne(datum.made.args.positional, depth)
      : undefined;
  if (call.name === 'matmul')
    return [...call.args.named.keys()].some((name) => /^(transpose|adjoint)/.test(name)) ? undefined : call;
  if (/^(add|math\.add|nn\.bias_add|identity)$/.test(call.name))
    return onlyOne([...call.args.positional, ...call.args.named.values()], depth);
  return undefined;
}

function onlyOne(parts: readonly Datum[], depth: number): GraphCall | undefined {
  const found = parts.flatMap((part) => productOf(part, depth + 1) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

/** The matrix of a product. */
export function matrixOf({ args }: GraphCall): Datum | undefined {
  return argument(args, 'b', 1);
}

/** The activation that a tensor comes out of, by itself or as the last thing a layer does, without its group: `relu`. */
export function activationOver(
  datum: Datum | undefined,
): { readonly name: string; readonly value: Value } | undefined {
  const call = graphCall(datum);
  if (call === undefined) return undefined;
  const { args, name, value } = call;
  if (/^((nn|math)\.)?(softmax|sigmoid|relu6?)$/.test(name)) return { name: shortName(call), value };
  const isContrib = /^contrib\.layers\.(fully_connected|conv2d|convolution2d)$/.test(name);
  if (!isContrib && !/^layers\.(dense|conv[123]d)$/.test(name)) return undefined;
  const given = isContrib
    ? args.named.get('activation_fn')
    : argument(args, 'activation', name === 'layers.dense' ? 2 : undefined);
  // Layers of contrib have a relu where they are not told otherwise.
  if (given === undefined)
    return isContrib && args.positional.length < 3 ? { name: 'relu', value } : undefined;
  const short = foreignName(given)?.split('.').at(-1);
  return short === undefined ? undefined : { name: short, value };
}

/** What of TensorFlow a graph gets variables by. */
export const HOLDS_VARIABLES =
  /^(Variable|get_variable|layers\.(dense|conv2d)|contrib\.layers\.fully_connected)$/;

/** What operators give between tensors, of which a list is none: `+` puts it after another. */
export function operatorsBetween(program: Program, ...names: readonly string[]): readonly Value[] {
  return callsNamed(program, ...names).flatMap(({ args, result }) =>
    isValue(result) && args.positional.every((one: Datum) => !Array.isArray(one)) ? [result] : [],
  );
}
