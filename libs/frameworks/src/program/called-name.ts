import { argument, Value } from './value.js';
import type { CallArguments, Datum } from './value.js';

/** A call of something that is not interpreted, by its name: `torchvision.transforms.Resize`, what it was given. */
export interface NamedCall {
  readonly name: string;
  /** Without the callee. */
  readonly args: CallArguments;
}

const NOT_KNOWN = /^(?:the module )?([\w.]+) is not known here$/;

/** The full name of a module, function or class that is not interpreted; undefined for other values. */
export function foreignName(datum: Datum | undefined): string | undefined {
  if (!(datum instanceof Value)) return undefined;
  const { made, inputs } = datum;
  if (made.kind === 'unknown') return NOT_KNOWN.exec(made.reason)?.[1];
  if (made.kind !== 'attribute') return undefined;
  const of = foreignName(inputs[0]);
  return of === undefined ? undefined : `${of}.${made.name}`;
}

/** The call that gave a value, where a foreign function or class was called by name. */
export function foreignCall(datum: Datum | undefined): NamedCall | undefined {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation') return undefined;
  const { named, positional: all } = datum.made.args;
  const name = foreignName(all[0]);
  if (name === undefined) return undefined;
  const positional = all.slice(1);
  if (datum.made.name === 'call') return { name, args: { positional, named } };
  return OPERATIONS.has(datum.made.name)
    ? undefined
    : { name: `${name}.${datum.made.name}`, args: { positional, named } };
}

/** What is done with a thing rather than called on it. */
const OPERATIONS = new Set(['getitem', 'unpacked', 'element']);

/** One argument of such a call. */
export function givenTo({ args }: NamedCall, name: string, position?: number): Datum | undefined {
  return argument(args, name, position);
}

/** The argument under which an object of a class of the program, as its base that is not known has it, keeps the name of that class. */
export const OWN_CLASS = 'own class';

/** Why nobody knows what an object has that was handed to something unknown. */
export const SET_ELSEWHERE = 'what may have been set by what it was handed to';

/** Whether it is an object of a class of the program as far as that is not known: what it has may be called anything. */
export function isPartlyKnownObject(datum: Datum | undefined): boolean {
  if (!(datum instanceof Value)) return false;
  return (
    (datum.made.kind === 'unknown' && datum.made.reason === SET_ELSEWHERE) || ownClass(datum) !== undefined
  );
}

/** The class of the program that a value is an object of, where its base is not known. */
export function ownClass(datum: Datum | undefined): string | undefined {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation' || datum.made.name !== 'call')
    return undefined;
  const name = datum.made.args.named.get(OWN_CLASS);
  return typeof name === 'string' ? name : undefined;
}
