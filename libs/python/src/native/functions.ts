import { NativeFunction } from '../objects/callables.js';
import type { NativeBody } from '../objects/callables.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { bindArguments } from './bind.js';
import { readSignature } from '../objects/signature.js';
import type { Signature } from '../objects/signature.js';

/** What a native function does with its bound arguments, one TypeScript parameter for each Python one. */
export type NativeImplementation = (rt: Runtime, ...args: PyValue[]) => PyValue;

/**
 * What becomes of unknown arguments: by default the call is not made and its result is that same unknown;
 * `accept` hands them over like any value (containers, constructors).
 */
export type UnknownPolicy = 'flow' | 'accept';

export interface NativeOptions {
  readonly unknowns?: UnknownPolicy;
  /** Optional parameters that a result does not hang on: an unknown given for one of them is as good as nothing given. */
  readonly aside?: ReadonlySet<string>;
}

/**
 * A native function from a Python signature: `nativeFunction('gcd(a, b, /)', (rt, a, b) => ...)`. The signature is read
 * when it is first needed: most of the thousands there are no program calls.
 */
export function nativeFunction(
  signatureText: string,
  implementation: NativeImplementation,
  options: NativeOptions & {
    readonly binds?: boolean;
    readonly owner?: string;
    /** True for a method of a class that CPython has in Python, whose errors name the class too. */
    readonly isPython?: boolean;
    /** Put before the parameters, positional-only: `self` or `cls`. */
    readonly receiver?: string;
  } = {},
): NativeFunction {
  const { owner, receiver } = options;
  const read = (): Signature => {
    const signature = readSignature(
      receiver === undefined ? signatureText : withReceiver(signatureText, receiver),
    );
    if (owner === undefined) return signature;
    const qualified = options.isPython === true ? { qualified: `${owner}.${signature.name}` } : {};
    return { ...signature, owner, ...qualified };
  };
  const first: NativeBody = (rt, args, keywords) => {
    callee.body = nativeBody(callee.signature ?? read(), implementation, options);
    return callee.body(rt, args, keywords);
  };
  const callee = new NativeFunction(nameIn(signatureText), first, options.binds ?? false, read);
  return callee;
}

function nameIn(signatureText: string): string {
  const open = signatureText.indexOf('(');
  if (open < 0) throw new Error(`a native signature reads name(parameters), not ${signatureText}`);
  return signatureText.slice(0, open).trim();
}

/** Puts the receiver, positional-only, before the parameters. */
function withReceiver(text: string, receiver: string): string {
  const open = text.indexOf('(') + 1;
  const rest = text.slice(open);
  const separator = rest.trimStart().startsWith(')') ? '' : ', ';
  const slash = /[(,]\s*\/\s*[,)]/.test(text) ? '' : '/';
  return `${text.slice(0, open)}${receiver}${slash === '' ? '' : ', /'}${separator}${rest}`;
}

function without(keywords: Keywords | undefined, name: string): Keywords {
  const rest = new Map(keywords);
  rest.delete(name);
  return rest;
}

function nativeBody(
  signature: Signature,
  implementation: NativeImplementation,
  options: NativeOptions,
): NativeBody {
  const accepts = options.unknowns === 'accept';
  const count = signature.parameters.length;
  const plain = signature.parameters.every((p) => p.kind === 'ordinary' || p.kind === 'positional-only');
  return (rt, args, given) => {
    let keywords = given;
    if (!accepts) {
      for (const arg of args) if (arg instanceof PyUnknown) return arg;
      if (given !== undefined)
        for (const [name, value] of given) {
          if (!(value instanceof PyUnknown)) continue;
          if (options.aside?.has(name) !== true) return value;
          keywords = without(keywords, name);
        }
    }
    if (plain && args.length === count && (keywords === undefined || keywords.size === 0))
      return implementation(rt, ...args);
    return implementation(rt, ...bindArguments(rt, signature, args, keywords));
  };
}

/** A native function that sees its arguments as the call gave them. */
export function rawFunction(
  name: string,
  body: NativeBody,
  options: { readonly binds?: boolean } = {},
): NativeFunction {
  return new NativeFunction(name, body, options.binds ?? false);
}
