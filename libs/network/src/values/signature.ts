import type { Argument } from './argument.js';
import { raise } from './errors.js';
import type { Kind } from './kinds.js';

/** One parameter of a signature. */
export interface Slot<T> {
  readonly kind: Kind<T>;
  /** The default as Python would write it; a parameter without one must be given. */
  readonly default?: Argument;
  readonly passing: 'positional' | 'keyword-only' | 'rest' | 'rest-keywords';
}

/** PyTorch's signature: names in order, each with its kind and default. */
export type Signature = Readonly<Record<string, Slot<unknown>>>;

/** What a signature's arguments have been read into. */
export type ConfigOf<S extends Signature> = {
  readonly [Name in keyof S]: S[Name] extends Slot<infer T> ? T : never;
};

export function required<T>(kind: Kind<T>): Slot<T> {
  return { kind, passing: 'positional' };
}

export function optional<T>(kind: Kind<T>, value: Argument): Slot<T> {
  return { kind, default: value, passing: 'positional' };
}

export function keywordOnly<T>(kind: Kind<T>, value: Argument): Slot<T> {
  return { kind, default: value, passing: 'keyword-only' };
}

/** `*sizes`: all positional arguments that are left, as one list; a single list is taken as it is. */
export function rest<T>(kind: Kind<T>): Slot<T> {
  return { kind, passing: 'rest' };
}

/** `**kwargs` that PyTorch takes and never looks at. */
export function restOfKeywords(kind: Kind<Argument>): Slot<Argument> {
  return { kind, default: null, passing: 'rest-keywords' };
}

/** Arguments by name, defaults filled in, not yet read. */
export type Bound = Readonly<Record<string, Argument>>;

/** Arguments as written at a call. */
export interface CallArguments {
  readonly positional: readonly Argument[];
  readonly named?: Readonly<Record<string, Argument>>;
}

/** What a call is to, for Python's words about wrong arguments. */
export interface Callee {
  /** As Python names it: `Conv2d.__init__`. */
  readonly name: string;
  /** True where `self` counts among the positional arguments. */
  readonly bound: boolean;
}

/**
 * Binds arguments to a signature as Python does.
 * @throws Raised with Python's own TypeError.
 */
export function bind(signature: Signature, callee: Callee, call: CallArguments): Bound {
  const bound: Record<string, Argument> = {};
  const names = Object.keys(signature);
  const { positional, named = {} } = call;
  let next = 0;
  for (const name of names) {
    const slot = signature[name];
    if (slot?.passing === 'rest') {
      bound[name] = collected(positional.slice(next));
      next = positional.length;
    } else if (slot?.passing === 'positional' && next < positional.length) {
      bound[name] = positional[next++] ?? null;
    }
  }
  if (next < positional.length) tooMany(signature, callee, positional.length);
  for (const name in named) {
    const slot = signature[name];
    if (slot === undefined) {
      if (names.some((other) => signature[other]?.passing === 'rest-keywords')) continue;
      raise('TypeError', `${callee.name}() got an unexpected keyword argument '${name}'`);
    }
    if (name in bound && !(slot.passing === 'rest' && positional.length < names.length))
      raise('TypeError', `${callee.name}() got multiple values for argument '${name}'`);
    bound[name] = named[name] ?? null;
  }
  let missing = false;
  for (const name of names) {
    const value = signature[name]?.default;
    if (name in bound) continue;
    if (value === undefined) missing = true;
    else bound[name] = value;
  }
  if (missing) lacking(names, signature, callee, bound);
  return bound;
}

/** `view(2, 3)` and `view((2, 3))` mean the same. */
function collected(values: readonly Argument[]): Argument {
  const [only] = values;
  return values.length === 1 && Array.isArray(only) ? only : values;
}

function tooMany(signature: Signature, callee: Callee, given: number): never {
  const self = callee.bound ? 1 : 0;
  const slots = Object.values(signature).filter((slot) => slot.passing === 'positional');
  const most = slots.length + self;
  const least = slots.filter((slot) => slot.default === undefined).length + self;
  const range = least === most ? `${most}` : `from ${least} to ${most}`;
  const noun = most === 1 ? 'argument' : 'arguments';
  const count = given + self;
  return raise(
    'TypeError',
    `${callee.name}() takes ${range} positional ${noun} but ${count} ${count === 1 ? 'was' : 'were'} given`,
  );
}

function lacking(names: readonly string[], signature: Signature, callee: Callee, bound: Bound): never {
  const missing = names.filter((name) => !(name in bound)).map((name) => `'${name}'`);
  const positional = names.every((name) => name in bound || signature[name]?.passing !== 'keyword-only');
  const last = missing.at(-1) ?? '';
  const listed =
    missing.length === 1
      ? last
      : missing.length === 2
        ? missing.join(' and ')
        : `${missing.slice(0, -1).join(', ')}, and ${last}`;
  return raise(
    'TypeError',
    `${callee.name}() missing ${missing.length} required ${positional ? 'positional' : 'keyword-only'} argument${missing.length === 1 ? '' : 's'}: ${listed}`,
  );
}

/** Reads bound arguments into the types the rules work with. @throws Raised where one is of the wrong kind. */
export function read<S extends Signature>(signature: S, bound: Bound): ConfigOf<S> {
  const config: Record<string, unknown> = {};
  for (const name in signature) config[name] = signature[name]?.kind.read(bound[name] ?? null, name);
  return config as ConfigOf<S>;
}
