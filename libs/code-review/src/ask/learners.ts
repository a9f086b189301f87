import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Program, ProgramOptimizer, Value } from '@tensormark/frameworks';
import { eachAncestor, makerOf } from './ancestry.js';
import { callsNamed, eventsOf } from './events.js';
import { graphOf, isCut, learnedIn } from './gradients.js';
import { keyOf } from './receivers.js';
import { oncePerProgram } from './once.js';

/**
 * Networks of which nothing is known but that an optimiser has their parameters: `NetG()` of another file, whose `parameters()` Adam is
 * given. By the key of their value.
 */
export interface Learners {
  readonly keys: ReadonlySet<string>;
  of(optimizer: ProgramOptimizer): ReadonlySet<string>;
}

export const learnersOf = oncePerProgram(collect);

/** The key of the network that a value is what it gives, where that is one that learns and is not known. */
export function learnerBehind(program: Program, value: Value): string | undefined {
  return value.gradients ? learnerAsked(program, value) : undefined;
}

/** The same, whether gradients are kept or not. */
export function learnerAsked(program: Program, { made }: Value): string | undefined {
  if (made.kind !== 'operation') return undefined;
  const [receiver] = made.args.positional;
  if (!isValue(receiver) || (made.name !== 'call' && made.name !== 'forward')) return undefined;
  const key = keyOf(networkBehind(receiver));
  return learnersOf(program).keys.has(key) ? key : undefined;
}

/**
 * What layers with parameters gave that the gradients of `root` flow through, and what networks gave of which nothing else is known than
 * that they learn: of several things that one of these gives, those that are used, for each may have a graph of its own.
 */
export function learnedWithin(program: Program, root: Value): Value[] {
  return learnedAmong(program, learnedIn(root), graphOf(root));
}

/** Those of them that gradients surely get to. */
export function surelyLearnedWithin(program: Program, root: Value): Value[] {
  const reached = surelyReached(program, root);
  return learnedAmong(
    program,
    learnedIn(root).filter((value) => reached.has(value)),
    [...reached],
  );
}

/** Operations that keep for their gradients what they were given, or what they gave. */
const KEEPING =
  /^(mul|matmul|mm|bmm|mv|dot|linear|conv[123]d|pow|square|exp|log|sqrt|sigmoid|tanh|relu|softmax|log_softmax|gelu|sin|cos|norm|prod)$/;

/** Operations on tensors that learn that gradients surely get to, and whose backward needs what was kept there. */
export function surelyKeptWithin(program: Program, root: Value): Value[] {
  return [...surelyReached(program, root)].filter(
    ({ made, requiresGrad, inputs }) =>
      made.kind === 'operation' &&
      KEEPING.test(made.name) &&
      requiresGrad === true &&
      inputs.some((input) => input.requiresGrad === true),
  );
}

function learnedAmong(program: Program, learned: Value[], graph: readonly Value[]): Value[] {
  if (learnersOf(program).keys.size === 0) return learned;
  const given = new Set(graph.filter((value) => learnerBehind(program, value) !== undefined));
  const parts = graph.filter(({ made, inputs: [of] }) => {
    const isPart =
      made.kind === 'attribute' ||
      (made.kind === 'operation' && (made.name === 'unpacked' || made.name === 'getitem'));
    return isPart && of !== undefined && given.has(of);
  });
  for (const { inputs } of parts) for (const input of inputs) given.delete(input);
  return [...learned, ...given, ...parts];
}

/** What gradients surely get to: something unknown that is no network may have detached what it was handed. */
function surelyReached(program: Program, root: Value): ReadonlySet<Value> {
  const reached = new Set<Value>();
  eachAncestor(root, (value) => {
    const isOfOthers = makerOf(value) === 'call' || foreignCall(value) !== undefined;
    if (isCut(value) || (isOfOthers && learnerBehind(program, value) === undefined)) return false;
    reached.add(value);
    return true;
  });
  return reached;
}

/** Through `to`, `cuda` and wrappers that give the network itself back. */
export function networkBehind(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 8; depth++) {
    const { made } = current;
    if (made.kind !== 'operation' || !/^(to|cuda|cpu|float|train|eval)$/.test(made.name)) return current;
    const [receiver] = made.args.positional;
    if (!isValue(receiver)) return current;
    current = receiver;
  }
  return current;
}

function collect(program: Program): Learners {
  const byOptimizer = new Map<ProgramOptimizer, Set<string>>();
  const keys = new Set<string>();
  const givings = callsNamed(program, '__init__').filter(({ owner }) => owner === 'Optimizer');
  for (const { optimizer, moment } of eventsOf(program, 'optimizer-made')) {
    const giving = givings.find((one) => one.moment === moment);
    const own = new Set(networksGiven(giving?.args.positional[1]));
    byOptimizer.set(optimizer, own);
    for (const key of own) keys.add(key);
  }
  return { keys, of: (optimizer) => byOptimizer.get(optimizer) ?? new Set() };
}

function networksGiven(datum: Datum | undefined): string[] {
  if (Array.isArray(datum)) return datum.flatMap((one: Datum) => networksGiven(one));
  const found: string[] = [];
  if (!isValue(datum)) return found;
  eachAncestor(datum, (value) => {
    const [receiver] = value.made.kind === 'operation' ? value.made.args.positional : [];
    if (makerOf(value) !== 'parameters' || !isValue(receiver)) return true;
    found.push(keyOf(networkBehind(receiver)));
    return false;
  });
  return found;
}
