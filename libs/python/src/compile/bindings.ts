import type { PyValue } from '../objects/object.js';
import type { Frame } from './frame.js';

/** What the names of a frame stand for at one moment. */
export interface Bindings {
  readonly locals: readonly (PyValue | undefined)[];
  readonly cells: readonly (PyValue | undefined)[];
  readonly namespace: ReadonlyMap<string, PyValue> | undefined;
}

export function bindingsOf(frame: Frame): Bindings {
  return {
    locals: frame.locals.slice(),
    cells: frame.cells.map(({ value }) => value),
    namespace: frame.namespace === undefined ? undefined : new Map(frame.namespace),
  };
}

/** Gives every name of the frame the value that `choose` makes of its values in two states. */
export function rebind(
  frame: Frame,
  first: Bindings,
  second: Bindings,
  choose: (a: PyValue | undefined, b: PyValue | undefined) => PyValue | undefined,
): void {
  for (let at = 0; at < frame.locals.length; at++)
    frame.locals[at] = choose(first.locals[at], second.locals[at]);
  for (const [at, cell] of frame.cells.entries()) cell.value = choose(first.cells[at], second.cells[at]);
  const { namespace } = frame;
  if (namespace === undefined) return;
  const names = new Set([...(first.namespace?.keys() ?? []), ...(second.namespace?.keys() ?? [])]);
  for (const name of names) {
    const value = choose(first.namespace?.get(name), second.namespace?.get(name));
    if (value === undefined) namespace.delete(name);
    else namespace.set(name, value);
  }
}

/** What a name of the frame stands for in a state, where the frame has it. */
export function boundTo(frame: Frame, state: Bindings, name: string): PyValue | undefined {
  const { names } = frame;
  const slot = names?.slotNames.indexOf(name) ?? -1;
  if (slot >= 0) return state.locals[slot];
  const cell = names?.cellNames.indexOf(name) ?? -1;
  return cell >= 0 ? state.cells[cell] : state.namespace?.get(name);
}
