import { PyDict, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import type { Parameter, Signature } from '../objects/signature.js';
import { refusalInC } from './refusals-in-c.js';
import { OpenKeywords, UNKNOWN_KEYWORDS, UnknownArguments } from '../objects/unknown.js';

/** Binds the arguments of a call to parameters, in their order; TypeErrors are worded as CPython's. */
export function bindArguments(
  rt: Runtime,
  signature: Signature,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue[] {
  const spread = unknownArguments(args, keywords);
  if (spread !== undefined) return bindAround(rt, signature, args, keywords, spread);
  const { parameters } = signature;
  const values: (PyValue | undefined)[] = [];
  let next = 0;
  let extra: PyDict | undefined;
  for (const parameter of parameters) {
    if (parameter.kind === 'rest') {
      values.push(new PyTuple(args.slice(next)));
      next = args.length;
    } else if (parameter.kind === 'keywords') {
      extra = new PyDict();
      if (keywords instanceof OpenKeywords) extra.others = keywords.others;
      values.push(extra);
    } else values.push(parameter.kind !== 'keyword-only' && next < args.length ? args[next++] : undefined);
  }
  // Functions in Python look at keywords first, those in C at the count.
  if (signature.native === true && next < args.length) tooMany(signature, args, keywords);
  if (keywords !== undefined) {
    for (const [name, value] of keywords) {
      const index = indexOf(parameters, name);
      if (index < 0) {
        if (extra === undefined)
          return raise(
            'TypeError',
            refusalInC(signature, args.length, keywords) ?? unexpected(signature, name, keywords),
          );
        extra.set(rt, name, value);
      } else if (values[index] === undefined) {
        values[index] = value;
      } else {
        return raise(
          'TypeError',
          `${signature.qualified ?? signature.name}() got multiple values for argument '${name}'`,
        );
      }
    }
  }
  if (next < args.length) tooMany(signature, args, keywords);
  return fillDefaults(signature, values, args.length, keywords);
}

/** The parameter that a keyword names; negative where there is none. */
function indexOf(parameters: readonly Parameter[], name: string): number {
  return parameters.findIndex((p) => p.name === name && (p.kind === 'ordinary' || p.kind === 'keyword-only'));
}

function tooMany(signature: Signature, args: readonly PyValue[], keywords: Keywords | undefined): never {
  const complaint = refusalInC(signature, args.length, keywords) ?? builtinComplaint(signature, args.length);
  if (complaint !== undefined) raise('TypeError', complaint);
  const named = signature.parameters.filter(
    (p) => p.kind === 'keyword-only' && keywords?.has(p.name) === true,
  ).length;
  wrongCount(signature, args.length, named);
}

function unknownArguments(
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): UnknownArguments | undefined {
  const spread = keywords?.get(UNKNOWN_KEYWORDS);
  if (spread instanceof UnknownArguments) return spread;
  for (const arg of args) if (arg instanceof UnknownArguments) return arg;
  return undefined;
}

/** Binds what is known of a call with `*unknown` or `**unknown`; parameters that nothing else gives get the unknown. */
function bindAround(
  rt: Runtime,
  { name, parameters }: Signature,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  { origin }: UnknownArguments,
): PyValue[] {
  const positional = args.slice(0, args.findIndex((arg) => arg instanceof UnknownArguments) >>> 0);
  let next = 0;
  return parameters.map(({ kind, name: parameter, fallback }) => {
    if (kind === 'rest') {
      const items = positional.slice(next);
      next = positional.length;
      return positional.length === args.length ? new PyTuple(items) : origin;
    }
    if (kind === 'keywords') {
      const extra = new PyDict();
      for (const [key, value] of keywords ?? [])
        if (key !== UNKNOWN_KEYWORDS && !parameters.some((each) => each.name === key))
          extra.set(rt, key, value);
      return keywords?.has(UNKNOWN_KEYWORDS) === true ? origin : extra;
    }
    if (kind !== 'keyword-only' && next < positional.length) return positional[next++] ?? null;
    const named = kind === 'positional-only' ? undefined : keywords?.get(parameter);
    if (named !== undefined) return named;
    // What is given for each is another thing; None stands for what somebody gives where it is used.
    if (fallback === undefined || fallback === null || rt.undecided === 'forget')
      return rt.watcher?.derived(rt, { kind: 'item', of: origin, key: parameter }) ?? origin;
    origin.weighed = true;
    rt.note(
      'other',
      `${name}() is taken to get no '${parameter}', because arguments are unknown: ${origin.reason}`,
    );
    return fallback;
  });
}

function fillDefaults(
  signature: Signature,
  values: readonly (PyValue | undefined)[],
  given: number,
  keywords: Keywords | undefined,
): PyValue[] {
  const result: PyValue[] = [];
  for (const [index, value] of values.entries()) {
    const filled = value === undefined ? signature.parameters[index]?.fallback : value;
    if (filled !== undefined) result.push(filled);
    else if (keywords instanceof OpenKeywords) result.push(keywords.others);
    else lacking(signature, values, given, keywords);
  }
  return result;
}

/** Raises for the parameters that neither a call nor a default gives a value. */
function lacking(
  signature: Signature,
  values: readonly (PyValue | undefined)[],
  given: number,
  keywords: Keywords | undefined,
): never {
  const missing = signature.parameters.filter(
    ({ fallback }, index) => values[index] === undefined && fallback === undefined,
  );
  const complaint = refusalInC(signature, given, keywords) ?? builtinComplaint(signature, given);
  if (complaint !== undefined) raise('TypeError', complaint);
  const positional = missing.filter((p) => p.kind !== 'keyword-only');
  const [kind, names] =
    positional.length > 0
      ? ['positional', positional.map((p) => p.name)]
      : ['keyword-only', missing.map((p) => p.name)];
  return raise('TypeError', missingArguments(signature.qualified ?? signature.name, kind, names));
}

/** `f() missing 2 required positional arguments: 'a' and 'b'` */
export function missingArguments(name: string, kind: string, names: readonly string[]): string {
  const quoted = names.map((item) => `'${item}'`);
  const last = quoted.length > 1 ? `${quoted.length > 2 ? ',' : ''} and ${quoted[quoted.length - 1]}` : '';
  const list = quoted.length > 1 ? quoted.slice(0, -1).join(', ') + last : quoted.join('');
  return `${name}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`;
}

function unexpected(signature: Signature, name: string, keywords: Keywords): string {
  const only = signature.parameters
    .filter((p) => p.kind === 'positional-only' && keywords.has(p.name))
    .map((p) => p.name);
  return only.length > 0
    ? `${signature.qualified ?? signature.name}() got some positional-only arguments passed as keyword arguments: '${only.join(', ')}'`
    : `${signature.qualified ?? signature.name}() got an unexpected keyword argument '${name}'`;
}

/**
 * Words the TypeError for arguments a native function does not take. Where all parameters are
 * positional-only, that is a built-in written in C, whose messages differ.
 */
export function wrongCount(signature: Signature, given: number, keywordOnlyGiven = 0): never {
  const positional = signature.parameters.filter(
    (p) => p.kind === 'ordinary' || p.kind === 'positional-only',
  );
  const required = positional.filter((p) => p.fallback === undefined).length;
  const range = required === positional.length ? `${required}` : `from ${required} to ${positional.length}`;
  const plural = required === positional.length && positional.length === 1 ? '' : 's';
  const shown =
    keywordOnlyGiven === 0
      ? `${given}`
      : `${given} positional argument${given === 1 ? '' : 's'} (and ${keywordOnlyGiven} keyword-only argument${keywordOnlyGiven === 1 ? '' : 's'})`;
  return raise(
    'TypeError',
    `${signature.qualified ?? signature.name}() takes ${range} positional argument${plural} but ${shown} ${given === 1 && keywordOnlyGiven === 0 ? 'was' : 'were'} given`,
  );
}

/** The count of arguments as C functions complain about it; undefined if the signature is not of that kind. */
export function builtinComplaint(signature: Signature, given: number): string | undefined {
  const { parameters } = signature;
  const makes = signature.name === '__new__' && signature.owner !== undefined;
  const name = makes ? (signature.owner ?? signature.name) : signature.name;
  if (signature.native !== true || !parameters.every((p) => p.kind === 'positional-only')) return undefined;
  const receiver = signature.owner === undefined ? 0 : 1;
  const most = parameters.length - receiver;
  const least = parameters.filter((p) => p.fallback === undefined).length - receiver;
  const got = given - receiver;
  const qualified = makes || signature.owner === undefined ? name : `${signature.owner}.${name}`;
  if (most === 0) return `${qualified}() takes no arguments (${got} given)`;
  if (most === 1 && least === 1) return `${qualified}() takes exactly one argument (${got} given)`;
  if (least === most) return `${name} expected ${most} arguments, got ${got}`;
  const [bound, limit] = got < least ? ['at least', least] : ['at most', most];
  return `${name} expected ${bound} ${limit} argument${limit === 1 ? '' : 's'}, got ${got}`;
}
