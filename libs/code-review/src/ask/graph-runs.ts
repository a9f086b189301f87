import { argument, feedOf, isValue } from '@tensormark/frameworks';
import type { Called, Datum, Program, Value } from '@tensormark/frameworks';
import { comesOf } from './ancestry.js';
import { callsNamed } from './events.js';
import { graphCall, graphCalls } from './graphs.js';
import { isMadeOf } from './made-of.js';
import { oncePerProgram } from './once.js';

/** One run of a graph: what was asked for, and what it was fed. */
export interface GraphRun {
  readonly call: Called;
  readonly fetched: readonly Value[];
  /** Undefined where what is fed is not known to its last entry. */
  readonly fed: readonly (readonly [placeholder: Datum, value: Datum])[] | undefined;
}

function isSession(datum: Datum | undefined): boolean {
  return /^(Session|InteractiveSession|train\.\w*Session)$/.test(graphCall(datum)?.name ?? '');
}

function isOfGraph(value: Value): boolean {
  return graphCall(value) !== undefined || value.made.kind === 'operation';
}

function among(datum: Datum | undefined): Value[] {
  if (isValue(datum)) return [datum];
  return Array.isArray(datum) ? datum.flatMap((one: Datum) => among(one)) : [];
}

/** `sess.run(…)`, `loss.eval(…)`, `train_step.run(…)`: every run of a graph, in order. */
export const graphRuns = oncePerProgram((program): readonly GraphRun[] =>
  /Session\(/.test(program.source) ? callsNamed(program, 'run', 'eval').flatMap(runOf) : [],
);

function runOf(call: Called): GraphRun[] {
  const { name, args } = call;
  const [self] = args.positional;
  const isBySession = name === 'run' && isSession(self);
  if (!isBySession && (!isValue(self) || !isOfGraph(self))) return [];
  const feed = argument(args, 'feed_dict', isBySession ? 2 : 1);
  const fetched = isBySession ? among(argument(args, 'fetches', 1)) : among(self);
  return [{ call, fetched, fed: feed === undefined || feed === null ? [] : feedOf(feed) }];
}

/** Whether a program may give variables what no initialiser does; what reads arrays or lists from files is no such thing. */
export function mayRestore(source: string): boolean {
  return /\.(assign|restore)\(|(?<!\b(?:np|numpy|c?[pP]ickle|pkl|json|yaml|torch|joblib|sio|io))\.load\(|load_(model|weights|variables)|Supervisor|MonitoredSession|TrainingSession/.test(
    source,
  );
}

/** `optimizer.minimize(loss)`, `apply_gradients`: what moves the variables when it is run. */
export const trainingSteps = oncePerProgram(stepsIn);

function stepsIn(program: Program): readonly Called[] {
  if (!program.source.includes('Optimizer(')) return [];
  return callsNamed(program, 'minimize', 'apply_gradients').filter(({ args }) =>
    /^(compat\.v1\.)?train\.\w+Optimizer$/.test(graphCall(args.positional[0])?.name ?? ''),
  );
}

/** The loss that a step makes smaller: what `minimize` is given, or what the gradients are of that it applies. */
export function lossOf(program: Program, step: Called): Value | undefined {
  if (step.name === 'minimize') {
    const loss = argument(step.args, 'loss', 1);
    return isValue(loss) ? loss : undefined;
  }
  const taken = gradientsIn(appliedBy(program, step));
  if (taken?.made.kind !== 'operation') return undefined;
  const loss =
    taken.made.name === 'compute_gradients'
      ? argument(taken.made.args, 'loss', 1)
      : argument(graphCall(taken)?.args ?? taken.made.args, 'ys', 0);
  return isValue(loss) ? loss : undefined;
}

/** What `apply_gradients` is given, also where it is zipped just then. */
export function appliedBy(program: Program, step: Called): readonly Datum[] {
  const given = argument(step.args, 'grads_and_vars', 1);
  if (isValue(given) || Array.isArray(given)) return [given];
  const zipped = callsNamed(program, '__new__').findLast(({ moment }) => moment.at < step.moment.at);
  return zipped?.args.positional.slice(1) ?? [];
}

/** The call of `tf.gradients` or `compute_gradients` that what is applied comes of. */
export function gradientsIn(given: readonly Datum[]): Value | undefined {
  let found: Value | undefined;
  for (const value of among(given))
    comesOf(value, (one) => {
      if (!isGradients(one)) return false;
      found = one;
      return true;
    });
  return found;
}

function isGradients(value: Value): boolean {
  return (
    (value.made.kind === 'operation' && value.made.name === 'compute_gradients') ||
    graphCall(value)?.name === 'gradients'
  );
}

const WEIGHTED =
  /(^|\.)(matmul|xw_plus_b|tensordot|(nn|layers)\.conv[123]d|layers\.dense|fully_connected|conv2d)$/;
const RECURRENT = /(^|\.)(dynamic_rnn|static_rnn|bidirectional_dynamic_rnn)$/;

/** Whether a value of a graph is made of two layers with weights, one after the other, or of a recurrent one. */
export function isDeep(program: Program, loss: Datum | undefined): boolean {
  const calls = graphCalls(program);
  if (calls.some((call) => RECURRENT.test(call.name) && isMadeOf(loss, call.value))) return true;
  const products = calls.filter((call) => WEIGHTED.test(call.name) && isMadeOf(loss, call.value));
  return products.some((outer) => products.some((inner) => isMadeOf(outer.value, inner.value)));
}
