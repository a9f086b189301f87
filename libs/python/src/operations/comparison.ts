import { typeNameInErrors } from '../objects/callables.js';
import { NOT_IMPLEMENTED, typeOf } from '../objects/classes.js';
import { PyDict, PyList, PySet, PyTuple } from '../objects/containers.js';
import { equals, richEquals } from '../objects/equality.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { countWork } from '../objects/work.js';
import { specialMethod, unknownBase } from './attributes.js';
import { truth } from './conversion.js';
import { forEach } from './iteration.js';
import { compareText } from '../text/code-points.js';

export type ComparisonSymbol = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'is' | 'is not' | 'in' | 'not in';

interface Ordering {
  readonly method: string;
  readonly reflected: string;
  readonly holds: (sign: number) => boolean;
}

export const ORDERINGS: ReadonlyMap<string, Ordering> = new Map([
  ['<', { method: '__lt__', reflected: '__gt__', holds: (sign: number) => sign < 0 }],
  ['<=', { method: '__le__', reflected: '__ge__', holds: (sign: number) => sign <= 0 }],
  ['>', { method: '__gt__', reflected: '__lt__', holds: (sign: number) => sign > 0 }],
  ['>=', { method: '__ge__', reflected: '__le__', holds: (sign: number) => sign >= 0 }],
]);

/** `left op right` for any comparison; the result need not be a bool. */
export function compare(rt: Runtime, symbol: ComparisonSymbol, left: PyValue, right: PyValue): PyValue {
  switch (symbol) {
    case '==':
      return derived(rt, symbol, left, right) ?? unknownItem(rt, left, right) ?? richEquals(rt, left, right);
    case '!=':
      return derived(rt, symbol, left, right) ?? unknownItem(rt, left, right) ?? notEqual(rt, left, right);
    case 'is':
      return known(left, right) ?? same(left, right);
    case 'is not':
      return known(left, right) ?? !same(left, right);
    case 'in':
      return contains(rt, right, left);
    case 'not in':
      return negate(rt, contains(rt, right, left));
    default:
      return order(rt, symbol, left, right);
  }
}

function known(left: PyValue, right: PyValue): PyUnknown | undefined {
  if (left instanceof PyUnknown) return left;
  return right instanceof PyUnknown ? right : undefined;
}

/** What a comparison with an unknown comes to. */
function derived(rt: Runtime, symbol: string, left: PyValue, right: PyValue): PyValue | undefined {
  const unknown = known(left, right);
  if (unknown === undefined) return undefined;
  return rt.watcher?.derived(rt, { kind: 'operator', symbol, operands: [left, right] }) ?? unknown;
}

/** The unknown on which it hangs whether two tuples or lists are equal. */
function unknownItem(rt: Runtime, left: PyValue, right: PyValue): PyUnknown | undefined {
  const sequences =
    (left instanceof PyTuple && right instanceof PyTuple) ||
    (left instanceof PyList && right instanceof PyList);
  if (!sequences || left.items.length !== right.items.length) return undefined;
  rt.step(left.items.length);
  let unknown: PyUnknown | undefined;
  for (const [index, item] of left.items.entries())
    unknown ??= known(item, right.items[index] ?? null) ?? unknownItem(rt, item, right.items[index] ?? null);
  if (unknown === undefined) return undefined;
  const differs = left.items.some((item, index) => {
    const other = right.items[index] ?? null;
    return (
      known(item, other) === undefined &&
      unknownItem(rt, item, other) === undefined &&
      !equals(rt, item, other)
    );
  });
  return differs ? undefined : unknown;
}

function negate(rt: Runtime, value: PyValue): PyValue {
  return value instanceof PyUnknown ? value : !truth(rt, value);
}

/** `left is right` */
export function same(left: PyValue, right: PyValue): boolean {
  return Object.is(left, right);
}

function notEqual(rt: Runtime, left: PyValue, right: PyValue): PyValue {
  for (const [value, other] of [[left, right] as const, [right, left] as const]) {
    const method = typeOf(value).lookup('__ne__');
    if (method !== undefined && method !== null) {
      const result = rt.call(rt.bind(method, value), [other]);
      if (result !== NOT_IMPLEMENTED) return result;
    }
  }
  return negate(rt, richEquals(rt, left, right));
}

function order(rt: Runtime, symbol: '<' | '<=' | '>' | '>=', left: PyValue, right: PyValue): PyValue {
  const ordering = ORDERINGS.get(symbol);
  if (ordering === undefined) throw new Error(`no such comparison: ${symbol}`);
  countTextWork(rt, left, right);
  const sign = primitiveOrder(left, right);
  if (sign !== undefined) return Number.isNaN(sign) ? false : ordering.holds(sign);
  const unknown = derived(rt, symbol, left, right);
  if (unknown !== undefined) return unknown;
  const reflectedFirst = typeOf(right) !== typeOf(left) && typeOf(right).isSubclassOf(typeOf(left));
  const tries = [
    [left, ordering.method, right],
    [right, ordering.reflected, left],
  ] as const;
  for (const [value, name, other] of reflectedFirst ? [tries[1], tries[0]] : tries) {
    const method = specialMethod(rt, value, name);
    if (method === undefined) continue;
    const result = rt.call(method, [other]);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  const base = unknownBase(rt, left) ?? unknownBase(rt, right);
  if (base !== undefined) return base;
  const [a, b] = [typeNameInErrors(left), typeNameInErrors(right)];
  return raise('TypeError', `'${symbol}' not supported between instances of '${a}' and '${b}'`);
}

/** Counts the comparison of two texts, which goes over both. */
function countTextWork(rt: Runtime, left: PyValue, right: PyValue): void {
  if (typeof left === 'string' && typeof right === 'string') countWork(rt, left.length + right.length);
}

/** The sign of `left - right` for two numbers or two strings, NaN where unordered; undefined for anything else. */
export function primitiveOrder(left: PyValue, right: PyValue): number | undefined {
  const a = typeof left === 'boolean' ? Number(left) : left;
  const b = typeof right === 'boolean' ? Number(right) : right;
  if ((typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number')) {
    return a < b ? -1 : a > b ? 1 : Number.isNaN(a) || Number.isNaN(b) ? NaN : 0;
  }
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : undefined;
}

/** Orders two sequences item by item, as lists and tuples compare. */
export function orderSequences(
  rt: Runtime,
  symbol: '<' | '<=' | '>' | '>=',
  left: readonly PyValue[],
  right: readonly PyValue[],
): PyValue {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const [a, b] = [left[index] ?? null, right[index] ?? null];
    rt.step();
    if (!equals(rt, a, b)) return order(rt, symbol, a, b);
  }
  return ORDERINGS.get(symbol)?.holds(left.length - right.length) ?? false;
}

/** `left < right` as a plain bool, for sorting. */
export function lessThan(rt: Runtime, left: PyValue, right: PyValue): boolean {
  countTextWork(rt, left, right);
  const sign = primitiveOrder(left, right);
  return sign === undefined ? truth(rt, order(rt, '<', left, right)) : sign < 0;
}

/** `item in container` */
export function contains(rt: Runtime, container: PyValue, item: PyValue): PyValue {
  if (container instanceof PyUnknown) return container;
  const native = typeof container === 'object' && container !== null && container.cls.native;
  if (native && (container instanceof PyDict || container instanceof PySet))
    return item instanceof PyUnknown
      ? item
      : container.table.find(rt, item) !== undefined || (container.unknownEntries ?? false);
  if (native && (container instanceof PyList || container instanceof PyTuple))
    return includes(rt, container.items, item);
  const method = specialMethod(rt, container, '__contains__');
  if (method !== undefined) {
    const result = rt.call(method, [item]);
    return result instanceof PyUnknown ? result : truth(rt, result);
  }
  if (
    specialMethod(rt, container, '__iter__') === undefined &&
    specialMethod(rt, container, '__getitem__') === undefined
  ) {
    return (
      unknownBase(rt, container) ??
      raise('TypeError', `argument of type '${typeNameInErrors(container)}' is not iterable`)
    );
  }
  let found = false;
  forEach(rt, container, (candidate) => {
    found ||= equals(rt, candidate, item);
  });
  return found;
}

/** Whether an array holds an equal item; unknown where the answer would hang on an unknown. */
export function includes(rt: Runtime, items: readonly PyValue[], item: PyValue): PyValue {
  let unknown: PyValue = item instanceof PyUnknown ? item : false;
  for (const candidate of items) {
    rt.step();
    if (candidate instanceof PyUnknown) unknown = candidate;
    else if (!(item instanceof PyUnknown) && equals(rt, candidate, item)) return true;
  }
  return items.length === 0 ? false : unknown;
}
