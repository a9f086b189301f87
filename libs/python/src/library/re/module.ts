import { defineModule } from '../../native/modules.js';
import type { NativeImplementation } from '../../native/functions.js';
import { PyBytes } from '../../objects/bytes.js';
import { PyRaise } from '../../objects/exceptions.js';
import { PyTuple } from '../../objects/containers.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { asString } from '../../operations/conversion.js';
import {
  compilePattern,
  errorClass,
  find,
  findAll,
  FLAGS,
  iterate,
  matchClass,
  patternClass,
  split,
  substitute,
} from './objects.js';
import type { PyPattern } from './objects.js';

/** A function of the module from one of patterns; patterns of bytes are not read. */
function onPattern(
  action: (rt: Runtime, pattern: PyPattern, args: readonly PyValue[]) => PyValue,
  flagsAt: number,
): NativeImplementation {
  return (rt, pattern, ...args) => {
    if (pattern instanceof PyBytes) return rt.unknown('regular expressions over bytes are not read');
    return action(rt, compilePattern(rt, pattern ?? null, args[flagsAt] ?? 0n), args);
  };
}

const VALUES = {
  I: FLAGS.i,
  IGNORECASE: FLAGS.i,
  M: FLAGS.m,
  MULTILINE: FLAGS.m,
  S: FLAGS.s,
  DOTALL: FLAGS.s,
  X: FLAGS.x,
  VERBOSE: FLAGS.x,
  A: FLAGS.a,
  ASCII: FLAGS.a,
  U: FLAGS.u,
  UNICODE: FLAGS.u,
  NOFLAG: 0n,
};

const FUNCTIONS: Readonly<Record<string, NativeImplementation>> = {
  'compile(pattern, flags=0)': onPattern((_rt, pattern) => pattern, 0),
  'search(pattern, string, flags=0)': onPattern((rt, p, [text]) => find(rt, p, text ?? null, 'search'), 1),
  'match(pattern, string, flags=0)': onPattern((rt, p, [text]) => find(rt, p, text ?? null, 'match'), 1),
  'fullmatch(pattern, string, flags=0)': onPattern(
    (rt, p, [text]) => find(rt, p, text ?? null, 'fullmatch'),
    1,
  ),
  'findall(pattern, string, flags=0)': onPattern((rt, p, [text]) => findAll(rt, p, text ?? null), 1),
  'finditer(pattern, string, flags=0)': onPattern((rt, p, [text]) => iterate(rt, p, text ?? null), 1),
  'split(pattern, string, maxsplit=0, flags=0)': onPattern(
    (rt, p, [text, most]) => split(rt, p, text ?? null, most ?? 0n),
    2,
  ),
  'sub(pattern, repl, string, count=0, flags=0)': onPattern(
    (rt, p, [replacement, text, count]) =>
      substitute(rt, p, replacement ?? null, text ?? null, count ?? 0n)[0],
    3,
  ),
  'subn(pattern, repl, string, count=0, flags=0)': onPattern(
    (rt, p, [replacement, text, count]) =>
      new PyTuple(substitute(rt, p, replacement ?? null, text ?? null, count ?? 0n)),
    3,
  ),
  'escape(pattern)': (_rt, text) =>
    asString(text ?? null).replaceAll(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, (char) => `\\${char}`),
  'purge()': () => null,
};

const common = {
  missing: 'unknown',
  classes: [errorClass, patternClass, matchClass],
  values: VALUES,
} as const;

export const reModule = defineModule({ name: 're', ...common, functions: FUNCTIONS });

/** The `regex` package has all of `re`, and patterns of its own, which are not read. */
export const regexModule = defineModule({
  name: 'regex',
  ...common,
  functions: Object.fromEntries(
    Object.entries(FUNCTIONS).map(([signature, body]) => [signature, unlessForeign(body)]),
  ),
});

function unlessForeign(body: NativeImplementation): NativeImplementation {
  return (rt, ...args) => {
    try {
      return body(rt, ...args);
    } catch (thrown) {
      if (thrown instanceof PyRaise && thrown.exception.cls === errorClass)
        return rt.unknown('a pattern that only the regex package knows');
      throw thrown;
    }
  };
}
