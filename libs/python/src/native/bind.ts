import { PyDict, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import type { Parameter, Signature } from '../objects/signature.js';

/** Binds the arguments of a call to parameters, in their order; TypeErrors are worded as CPython's. */
export function bindArguments(
  rt: Runtime,
  signature: Signature,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue[] {
  const { parameters } = signature;
  const values: (PyValue | undefined)[] = Array.from({ length: parameters.length });
  let next = 0;
  let extra: PyDict | undefined;
  for (const [index, parameter] of parameters.entries()) {
    if (parameter.kind === 'rest') {
      values[index] = new PyTuple(args.slice(next));
      next = args.length;
    } else if (parameter.kind === 'keywords') {
      extra = new PyDict();
      values[index] = extra;
    } else if (parameter.kind !== 'keyword-only' && next < args.length) {
      values[index] = args[next++];
    }
  }
  if (next < args.length) tooMany(signature, args.length);
  if (keywords !== undefined) {
    for (const [name, value] of keywords) {
      const index = parameters.findIndex(
        (p) => p.name === name && (p.kind === 'ordinary' || p.kind === 'keyword-only'),
      );
      if (index < 0) {
        if (extra === undefined) return raise('TypeError', unexpected(signature, name));
        extra.set(rt, name, value);
      } else if (values[index] === undefined) {
        values[index] = value;
      } else {
        return raise('TypeError', `${signature.name}() got multiple values for argument '${name}'`);
      }
    }
  }
  return fillDefaults(signature, values);
}

function fillDefaults(signature: Signature, values: readonly (PyValue | undefined)[]): PyValue[] {
  const missing: Parameter[] = [];
  const result = signature.parameters.map((parameter, index) => {
    const value = values[index] ?? (values[index] === null ? null : parameter.fallback);
    if (value === undefined) missing.push(parameter);
    return value ?? null;
  });
  const positional = missing.filter((p) => p.kind !== 'keyword-only');
  const [kind, names] =
    positional.length > 0
      ? ['positional', positional.map((p) => p.name)]
      : ['keyword-only', missing.map((p) => p.name)];
  if (names.length > 0) raise('TypeError', missingArguments(signature.name, kind, names));
  return result;
}

/** `f() missing 2 required positional arguments: 'a' and 'b'` */
export function missingArguments(name: string, kind: string, names: readonly string[]): string {
  const quoted = names.map((item) => `'${item}'`);
  const last = quoted.length > 1 ? `${quoted.length > 2 ? ',' : ''} and ${quoted[quoted.length - 1]}` : '';
  const list = quoted.length > 1 ? quoted.slice(0, -1).join(', ') + last : quoted.join('');
  return `${name}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`;
}

function unexpected(signature: Signature, name: string): string {
  return signature.parameters.some((p) => p.name === name && p.kind === 'positional-only')
    ? `${signature.name}() got some positional-only arguments passed as keyword arguments: '${name}'`
    : `${signature.name}() got an unexpected keyword argument '${name}'`;
}

function tooMany(signature: Signature, given: number): never {
  const positional = signature.parameters.filter(
    (p) => p.kind === 'ordinary' || p.kind === 'positional-only',
  );
  const required = positional.filter((p) => p.fallback === undefined).length;
  const range = required === positional.length ? `${required}` : `from ${required} to ${positional.length}`;
  const plural = positional.length === 1 ? '' : 's';
  return raise(
    'TypeError',
    `${signature.name}() takes ${range} positional argument${plural} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  );
}
