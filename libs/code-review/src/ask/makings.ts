import type { Datum, Program, Value } from '@tensormark/frameworks';
import { isValue } from '@tensormark/frameworks';
import { activationOf } from './ancestry.js';
import type { Activation } from './ancestry.js';
import { eventsOf, joined } from './events.js';
import { oncePerProgram } from './once.js';

/** Every value that a call or module of the program gave, each once; gathered for the first check that asks. */
export const eachMaking = oncePerProgram(gathered);

function gathered(program: Program): readonly Value[] {
  const values = new Set<Value>();
  for (const kind of ['call', 'module-call'] as const)
    for (const { result } of eventsOf(program, kind)) if (isValue(result)) values.add(result);
  return [...values];
}

/** The values that layers gave, each call of one by itself. */
export const layerMakings = oncePerProgram((program): readonly Value[] =>
  eachMaking(program).filter(({ made }) => made.kind === 'layer'),
);

interface Activated {
  readonly value: Value;
  readonly activation: Activation;
}

/** The values that activations gave, layers and functions alike. */
export const activated = oncePerProgram((program): readonly Activated[] => {
  const found: Activated[] = [];
  for (const value of eachMaking(program)) {
    const activation = activationOf(value);
    if (activation !== undefined) found.push({ value, activation });
  }
  return found;
});

/** A value that an operation made, with what the operation was given. */
export interface Made {
  readonly result: Value;
  readonly given: readonly Datum[];
}

/** The values that operations of the given names made, in order; sorted by name for the first check that asks. */
export function madeOf(program: Program, ...names: readonly string[]): readonly Made[] {
  return joined(operationsIn(program), names);
}

const operationsIn = oncePerProgram((program): ReadonlyMap<string, readonly Made[]> => {
  const index = new Map<string, Made[]>();
  for (const result of eachMaking(program)) {
    if (result.made.kind !== 'operation') continue;
    const { name, args } = result.made;
    const made = { result, given: args.positional };
    const list = index.get(name);
    if (list === undefined) index.set(name, [made]);
    else list.push(made);
  }
  return index;
});

/** What an operation was given to make a value; nothing where none did. */
export function operandsOf({ made }: Value): readonly Datum[] {
  return made.kind === 'operation' ? made.args.positional : [];
}

export function isNumber(datum: Datum | undefined): datum is bigint | number {
  return typeof datum === 'bigint' || typeof datum === 'number';
}

/** Sizes or dimensions as they may be given: one by one, or all in a list or tuple. */
export function spreadOut(given: readonly Datum[]): readonly Datum[] {
  // Mostly they are given one by one.
  if (!given.some((datum) => Array.isArray(datum))) return given;
  return given.flatMap((datum): readonly Datum[] => (Array.isArray(datum) ? datum : [datum]));
}

/** The same, each place in the program once. */
export function* madeOnce(program: Program, ...names: readonly string[]): Generator<Made> {
  const seen = new Set<string>();
  for (const made of madeOf(program, ...names)) {
    const at = made.result.span;
    if (at === undefined || at.source.file !== program.file) continue;
    const key = `${at.start}:${at.end}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield made;
  }
}
