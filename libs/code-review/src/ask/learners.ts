import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, ProgramOptimizer, Value } from '@tensormark/frameworks';
import { eachAncestor, makerOf } from './ancestry.js';
import { callsNamed, eventsOf } from './events.js';
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
export function learnerBehind(program: Program, { made, gradients }: Value): string | undefined {
  if (made.kind !== 'operation' || !gradients) return undefined;
  const [receiver] = made.args.positional;
  if (!isValue(receiver) || (made.name !== 'call' && made.name !== 'forward')) return undefined;
  const key = keyOf(networkBehind(receiver));
  return learnersOf(program).keys.has(key) ? key : undefined;
}

/** Through `to`, `cuda` and wrappers that give the network itself back. */
function networkBehind(value: Value): Value {
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
