import { PyDict, PyList, PyTuple, PyUnknown, UNKNOWN_BASE, UnknownContents } from '@tensormark/python';
import type { PyValue, UnknownOrigin } from '@tensormark/python';
import { namedModules } from '../torch/nn/module-object.js';
import type { ModuleObject } from '../torch/nn/module-object.js';
import type { FoundUnknown, Gaps } from './model-reading.js';

/** How deep unknowns are looked for in lists, tuples and dicts that modules hold. */
const DEPTH = 4;

/** The unknowns that a network's modules hold, registered or as plain attributes, and those their classes derive from. */
export function unknownsHeldBy(root: ModuleObject): Set<PyUnknown> {
  const held = new Set<PyUnknown>();
  for (const { module } of namedModules(root)) {
    const { registries, attributes, unreadable, cls } = module;
    const base = cls.lookup(UNKNOWN_BASE);
    collect(base ?? null, held);
    collect(unreadable ?? null, held);
    if (registries !== undefined)
      for (const dict of [registries.modules, registries.parameters, registries.buffers]) collect(dict, held);
    // A list of the program's own has no modules registered, whatever is in it.
    for (const value of attributes?.values() ?? [])
      if (!(value instanceof UnknownContents)) collect(value, held);
  }
  return held;
}

/** Which registries of a network hold an unknown in the place of a part; a layer that could not be made lacks all its own. */
export function gapsIn(root: ModuleObject, isLost: boolean): Gaps {
  const modules = namedModules(root).map(({ module }) => module);
  const isMissing = modules.some(
    ({ registries, unreadable, attributes }) =>
      unreadable !== undefined ||
      (registries !== undefined && unknownsIn(registries.modules).size > 0) ||
      // What lost the forward its way may be an attribute that nobody knows to be a module.
      (isLost && [...(attributes?.values() ?? [])].some((value) => value instanceof PyUnknown)),
  );
  const lacks = (kind: 'parameters' | 'buffers'): boolean =>
    isMissing || modules.some(({ registries }) => unknownsIn(registries?.[kind] ?? null).size > 0);
  return { parameters: lacks('parameters'), buffers: lacks('buffers'), forward: isLost };
}

/** The unknowns of a value, looking into containers. */
export function unknownsIn(value: PyValue): Set<PyUnknown> {
  const found = new Set<PyUnknown>();
  collect(value, found);
  return found;
}

function collect(value: PyValue, into: Set<PyUnknown>, depth = 0): void {
  if (value instanceof PyUnknown) into.add(value);
  if (depth >= DEPTH) return;
  if (value instanceof PyList || value instanceof PyTuple)
    for (const item of value.items) collect(item, into, depth + 1);
  else if (value instanceof PyDict)
    for (const entry of value.entries()) collect(entry.value, into, depth + 1);
}

/** Unknowns as they are told, each with whether it bears on the network. */
export function withBearing(
  unknowns: readonly UnknownOrigin[],
  bears: (unknown: UnknownOrigin) => boolean,
): FoundUnknown[] {
  return unknowns.map((unknown) => ({
    line: unknown.place.line,
    what: unknown.reason,
    place: unknown.place,
    bears: bears(unknown) ? 'network' : 'surroundings',
  }));
}
