import { PyTuple } from '../objects/containers.js';
import { PyModule } from '../objects/module.js';
import { PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { bindingsOf, rebind } from './bindings.js';
import type { Bindings } from './bindings.js';
import type { Frame } from './frame.js';
import { keepOther } from './other-tuples.js';

/** A value of which no more is known than that it hangs on a condition. */
export function varies(rt: Runtime): PyValue {
  return rt.watcher?.derived(rt, { kind: 'varies' }) ?? rt.unknown('a value that depends on a condition');
}

/** One value for two that differ with a condition: what is more of an object wins, two plain values are neither. */
export function joined(rt: Runtime, a: PyValue | undefined, b: PyValue | undefined): PyValue | undefined {
  if (a === undefined || Object.is(a, b)) return b;
  if (b === undefined) return a;
  if (areTuplesApart(a, b) || (a instanceof PyModule && b instanceof PyModule)) return varies(rt);
  if (a instanceof PyTuple && b instanceof PyTuple) {
    const both = joinedTuple(rt, a, b);
    if (both !== undefined) return both;
  }
  const either = a instanceof PyObject && b instanceof PyObject ? rt.watcher?.either(rt, a, b) : undefined;
  if (either !== undefined) return either;
  if (a instanceof PyObject && !(a instanceof PyUnknown)) return a;
  if (b instanceof PyObject && !(b instanceof PyUnknown)) return b;
  if (a instanceof PyUnknown) return a;
  return b instanceof PyUnknown ? b : varies(rt);
}

/** Two that go over tuples, `zip(a, b)` and `zip(a, b, c)`: nobody knows of how many parts one is. */
function areTuplesApart(a: PyValue, b: PyValue): boolean {
  if (!(a instanceof PyObject && b instanceof PyObject)) return false;
  return /^(zip|product|permutations|combinations)$/.test(a.cls.name) && a.cls === b.cls;
}

/** Two tuples: of parts that may be either's, where they have as many; those of another length are kept beside the first. */
function joinedTuple(rt: Runtime, a: PyTuple, b: PyTuple): PyTuple | undefined {
  if (a.items.length !== b.items.length) {
    keepOther(a, b);
    return undefined;
  }
  if (a.cls !== b.cls) return undefined;
  const parts = a.items.map((one, at) => eitherOf(rt, one, b.items[at]) ?? one);
  return parts.every((part, at) => part === a.items[at]) ? undefined : new PyTuple(parts);
}

function isObject(value: PyValue): value is PyObject {
  return value instanceof PyObject && !(value instanceof PyUnknown);
}

/** What stands for one of two objects of which nobody knows which it is, where they differ in what rests on that. */
export function eitherOf(rt: Runtime, a: PyValue | undefined, b: PyValue | undefined): PyValue | undefined {
  if (a === undefined || b === undefined || a === b || !isObject(a) || !isObject(b)) return undefined;
  return rt.watcher?.either(rt, a, b);
}

/** What a function gives that may give other things by an earlier `return`. */
export function eitherOfAll(rt: Runtime, given: PyValue, instead: readonly PyValue[]): PyValue {
  let result = given;
  for (const other of instead)
    result =
      result instanceof PyTuple && other instanceof PyTuple && result.items.length === other.items.length
        ? (joinedTuple(rt, result, other) ?? result)
        : (eitherOf(rt, result, other) ?? result);
  return result;
}

/** What has grown from turn to turn of a loop of which nobody knows how often it turns is of any size after it. */
export function leaveGrown(frame: Frame, afterFirst: Bindings): void {
  rebind(frame, afterFirst, bindingsOf(frame), (old, now) => eitherOf(frame.rt, old, now) ?? now);
}
