import type { Keywords } from '../objects/object.js';
import type { Signature } from '../objects/signature.js';

/** Functions that CPython has in C and that take keywords, by the name that errors have of them, with their first parameter. */
const CLINIC: Readonly<Record<string, string>> = {
  sum: 'iterable',
  round: 'number',
  pow: 'base',
  int: 'x',
  'str.split': 'sep',
  'str.rsplit': 'sep',
  'str.splitlines': 'keepends',
  'str.expandtabs': 'tabsize',
};

/** Those that name a wrong keyword and count otherwise, or not at all. */
const LOOSE: Readonly<Record<string, string>> = {
  print: 'args',
  max: 'args',
  min: 'args',
  zip: 'iterables',
  str: 'object',
};

/** Classes and functions that say how many arguments they expected. */
const EXPECTING: Readonly<Record<string, string>> = {
  sorted: 'iterable',
  dict: 'other',
  reversed: 'sequence',
};

/**
 * How a function that CPython has in C refuses the arguments of a call, where its words are not those of a function in Python;
 * undefined where they are, or where nothing is wrong that this knows of.
 */
export function refusalInC(
  signature: Signature,
  given: number,
  keywords: Keywords | undefined,
): string | undefined {
  const { native, name, owner, parameters } = signature;
  if (native !== true || signature.qualified !== undefined) return undefined;
  const makes = owner !== undefined && (name === '__new__' || name === '__init__');
  const taken = parameters.slice(owner === undefined ? 0 : 1);
  const called = makes ? owner : owner === undefined ? name : `${owner}.${name}`;
  const short = makes ? owner : name;
  const named = keywords?.size ?? 0;
  const got = given - (owner === undefined ? 0 : 1);
  const [first] = taken;
  const is = (table: Readonly<Record<string, string>>): boolean =>
    first !== undefined && Object.hasOwn(table, called) && table[called] === first.name;
  const isPositional =
    called === 'map' || called === 'filter' || taken.every(({ kind }) => kind === 'positional-only');
  if (named > 0 && isPositional && !is(EXPECTING)) return `${called}() takes no keyword arguments`;
  const wrong = [...(keywords?.keys() ?? [])].find(
    (key) => !taken.some((each) => each.name === key && each.kind !== 'positional-only'),
  );
  if (is(EXPECTING)) {
    if (called === 'reversed' && named > 0) return 'reversed() takes no keyword arguments';
    const bound = called === 'dict' ? 'at most 1 argument' : '1 argument';
    if (got !== 1 && !(called === 'dict' && got === 0)) return `${called} expected ${bound}, got ${got}`;
    return undefined;
  }
  if (is(CLINIC)) {
    if (got + named > taken.length)
      return `${short}() takes at most ${taken.length} argument${taken.length === 1 ? '' : 's'} (${got + named} given)`;
    const missing = taken.findIndex(
      ({ fallback, name: parameter }, at) =>
        fallback === undefined && at >= got && keywords?.has(parameter) !== true,
    );
    if (missing >= 0)
      return `${short}() missing required argument '${taken[missing]?.name}' (pos ${missing + 1})`;
  }
  if (called === 'enumerate' && got === 0 && named === 0)
    return "enumerate() missing required argument 'iterable'";
  if (wrong !== undefined && (is(CLINIC) || is(LOOSE)))
    return `'${wrong}' is an invalid keyword argument for ${short}()`;
  return undefined;
}
