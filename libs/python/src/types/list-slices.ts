import { PyList } from '../objects/containers.js';
import type { PySlice } from '../objects/containers.js';
import type { Runtime } from '../objects/object.js';
import { isOpen } from '../operations/open-lists.js';
import { sliceItems } from '../operations/subscripts.js';

/** What a slice takes of a list; to the end of one of which nobody knows how long it is, nobody knows how much. */
export function slicedList(rt: Runtime, list: PyList, slice: PySlice): PyList {
  const taken = new PyList(sliceItems(rt, slice, list.items));
  taken.grownByUnknown = isOpen(list) && slice.stop === null;
  return taken;
}
