import { PyDict, PyList } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import type { PyValue } from '../objects/object.js';

/** Longer lists are left as the turns that were run have made them. */
const MOST_COLLECTED = 512;

/** Objects with more attributes, such as modules, are not looked into. */
const MOST_ATTRIBUTES = 64;

/** Longer ones hold examples rather than lists of them. */
const MOST_HELD = 16;

/** The lists among values and their attributes, with their lengths. */
export function listsAmong(values: Iterable<PyValue | undefined>): Map<PyList, number> {
  const lists = new Map<PyList, number>();
  const add = (value: PyValue | undefined, depth = 0): void => {
    if (value instanceof PyList) lists.set(value, value.items.length);
    if (depth > 0) return;
    for (const inner of heldBy(value)) add(inner, 1);
  };
  for (const value of values) {
    add(value);
    const attributes = value instanceof PyObject ? value.attributes : undefined;
    if (attributes !== undefined && attributes.size <= MOST_ATTRIBUTES)
      for (const attribute of attributes.values()) add(attribute);
  }
  return lists;
}

/** What a short list or dict holds, which may be lists that are grown in it. */
function heldBy(value: PyValue | undefined): Iterable<PyValue> {
  if (value instanceof PyList && value.items.length <= MOST_HELD) return value.items;
  return value instanceof PyDict && value.size <= MOST_HELD
    ? Array.from(value.entries(), (entry) => entry.value)
    : [];
}

/** What the last turn has put at the end of a list stands there once more for each of the turns that were left out. */
export function fillUp(lists: ReadonlyMap<PyList, number>, turns: number): void {
  for (const [list, length] of lists) {
    const added = list.items.slice(length);
    if (turns <= 0 || added.length === 0 || turns * added.length > MOST_COLLECTED) continue;
    for (let turn = 0; turn < turns; turn++) list.items.push(...added);
  }
}

/** Nobody knows how long those are that have grown in a loop of which nobody knows how often it turns. */
export function leaveOpen(lists: ReadonlyMap<PyList, number>): void {
  for (const [list, length] of lists) if (list.items.length > length) list.grownByUnknown = true;
}
