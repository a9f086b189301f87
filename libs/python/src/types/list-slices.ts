import { PyList } from '../objects/containers.js';
import type { PySlice } from '../objects/containers.js';
import type { Runtime } from '../objects/object.js';
import { isOpen } from '../operations/open-lists.js';
import { sliceItems } from '../operations/subscripts.js';

/** What a slice takes of a list; to the end of one of which nobody knows how long it is, nobody knows how much. */
export function slicedList(rt: Runtime, list: PyList, slice: PySlice): PyList {
  const taken = new PyList(sliceItems(rt, slice, list.items));
  const { stop } = slice;
  const endsWithin = typeof stop === 'bigint' && stop >= 0n && stop <= BigInt(list.items.length);
  taken.grownByUnknown = isOpen(list) && !endsWithin;
  return taken;
}
