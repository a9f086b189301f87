import { asInteger, PySlice, sliceBounds, plainInteger } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { entriesOf } from '../module-object.js';
import type { ModuleObject } from '../module-object.js';

/** Children of a module that holds them under '0', '1', ...: what Sequential and ModuleList share. */

export function items(module: ModuleObject): PyValue[] {
  return entriesOf(module).map(([, child]) => child);
}

export function count(module: ModuleObject): number {
  return module.registries?.modules.size ?? 0;
}

/** The key of a position, negative ones from the end. */
export function keyAt(rt: Runtime, module: ModuleObject, index: PyValue): string {
  const at = plainInteger(index) ?? asInteger(rt, index);
  const size = BigInt(count(module));
  if (at < -size || at >= size) return rt.raise('IndexError', `index ${at} is out of range`);
  const keys = entriesOf(module).map(([key]) => key);
  return keys[Number(at < 0n ? at + size : at)] ?? '';
}

export function childAt(rt: Runtime, module: ModuleObject, index: PyValue): PyValue {
  return module.registries?.modules.get(rt, keyAt(rt, module, index)) ?? null;
}

/** The entries that a slice takes, with their keys. */
export function slicedEntries(
  rt: Runtime,
  module: ModuleObject,
  slice: PySlice,
): (readonly [string, PyValue])[] {
  const entries = entriesOf(module);
  const { start, stop, step } = sliceBounds(rt, slice, entries.length);
  const taken: (readonly [string, PyValue])[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) {
    const entry = entries[at];
    if (entry !== undefined) taken.push(entry);
  }
  return taken;
}

/** Takes away the child at an index, or those that a slice takes. */
export function removeAt(rt: Runtime, module: ModuleObject, index: PyValue): void {
  const gone =
    index instanceof PySlice
      ? slicedEntries(rt, module, index).map(([key]) => key)
      : [keyAt(rt, module, index)];
  for (const key of gone) module.registries?.modules.delete(rt, key);
  renumber(rt, module, items(module));
}

/** Takes away the child at an index, and gives it. */
export function takeOut(rt: Runtime, module: ModuleObject, index: PyValue): PyValue {
  const gone = module.registries?.modules.delete(rt, keyAt(rt, module, index)) ?? null;
  renumber(rt, module, items(module));
  return gone;
}

export function insertAt(rt: Runtime, module: ModuleObject, index: PyValue, child: PyValue): void {
  const children = items(module);
  children.splice(Number(index), 0, child);
  renumber(rt, module, children);
}

/** Numbers the children anew from 0. */
export function renumber(rt: Runtime, module: ModuleObject, children: readonly PyValue[]): void {
  const modules = module.registries?.modules;
  if (modules === undefined) return;
  for (const { key } of Array.from(modules.entries())) modules.delete(rt, key);
  for (const [at, child] of children.entries()) modules.set(rt, `${at}`, child);
}
