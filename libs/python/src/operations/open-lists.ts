import { PyList } from '../objects/containers.js';
import type { PyValue, Runtime } from '../objects/object.js';

/** A value of which nobody knows what it is, as it hangs on something outside the program. */
export function varying(rt: Runtime, reason: string): PyValue {
  return rt.watcher?.derived(rt, { kind: 'varies' }) ?? rt.unknown(reason);
}

/** Whether nobody knows how long a list is. */
export function isOpen(value: PyValue | undefined): value is PyList {
  return value instanceof PyList && value.grownByUnknown && value.cls.native;
}

/** Whether a list holds nothing that is known, and may hold anything all the same. */
export function isOpenAndEmpty(value: PyValue | undefined): value is PyList {
  return isOpen(value) && value.items.length === 0;
}

/** What is gathered from a list of which no item is known. */
export function ofOpen(rt: Runtime): PyValue {
  return varying(rt, 'what is made of a list of which nobody knows what it holds');
}

/** What stands in an open list where its known items do not reach; undefined where they do. */
export function beyondKnown(rt: Runtime, list: PyList, key: PyValue): PyValue | undefined {
  if (typeof key !== 'bigint') return undefined;
  const { length } = list.items;
  return key >= BigInt(length) || key < BigInt(-length)
    ? varying(rt, 'an item of a list of which nobody knows how long it is')
    : undefined;
}
