import type { PyValue } from '../objects/object.js';
import { bindingsOf, boundTo, rebind } from './bindings.js';
import type { Bindings } from './bindings.js';
import type { Frame } from './frame.js';
import type { Condition } from './questions.js';

/** What names stood for where an unknown condition held, where it did not, and which one value was taken for both. */
interface Parting {
  readonly holding: Bindings;
  readonly otherwise: Bindings;
  readonly whole: Bindings;
}

/** The conditions of a frame that were not known, by their text. */
const partings = new WeakMap<Frame, Map<string, Parting>>();

/** How many conditions of one frame are remembered. */
const MOST_PARTINGS = 24;

/** The states from which the two arms of a condition are run: those that the same condition left behind earlier in the frame. */
export function statesFor(
  frame: Frame,
  condition: Condition,
  before: Bindings,
): readonly [holding: Bindings, otherwise: Bindings] | undefined {
  const known = partings.get(frame);
  if (known === undefined) return undefined;
  const { text, isTurned, names } = condition.asked;
  const parting = known.get(text);
  if (parting === undefined || !isSame(frame, names, before, parting.whole)) return undefined;
  const states = [parting.holding, parting.otherwise].map((arm) => within(before, parting.whole, arm));
  const [holding, otherwise] = isTurned ? states.toReversed() : states;
  return holding === undefined || otherwise === undefined ? undefined : [holding, otherwise];
}

/** A state in which what an arm left is put in the place of what was taken for both. */
function within(before: Bindings, whole: Bindings, arm: Bindings): Bindings {
  const of = (now: PyValue | undefined, one: PyValue | undefined, own: PyValue | undefined) =>
    now !== undefined && Object.is(now, one) ? own : now;
  const { namespace } = before;
  return {
    locals: before.locals.map((now, at) => of(now, whole.locals[at], arm.locals[at])),
    cells: before.cells.map((now, at) => of(now, whole.cells[at], arm.cells[at])),
    namespace:
      namespace &&
      new Map(
        [...namespace].flatMap(([name, now]) => {
          const value = of(now, whole.namespace?.get(name), arm.namespace?.get(name));
          return value === undefined ? [] : [[name, value] as const];
        }),
      ),
  };
}

function isSame(frame: Frame, names: readonly string[], one: Bindings, other: Bindings): boolean {
  return names.every((name) => Object.is(boundTo(frame, one, name), boundTo(frame, other, name)));
}

/** Names that neither arm has touched are again what they were before, not one of what the arms began with. */
export function takeUntouched(
  frame: Frame,
  before: Bindings,
  began: readonly [Bindings, Bindings],
  ended: readonly [Bindings, Bindings],
): void {
  const joined = bindingsOf(frame);
  const choose = (
    now: PyValue | undefined,
    old: PyValue | undefined,
    at: (state: Bindings) => PyValue | undefined,
  ): PyValue | undefined =>
    began.every((state, arm) => Object.is(at(state), at(ended[arm] ?? state))) ? old : now;
  for (const [slot, now] of joined.locals.entries())
    frame.locals[slot] = choose(now, before.locals[slot], ({ locals }) => locals[slot]);
  for (const [slot, cell] of frame.cells.entries())
    cell.value = choose(joined.cells[slot], before.cells[slot], ({ cells }) => cells[slot]);
  const { namespace } = frame;
  for (const [name, now] of joined.namespace ?? []) {
    const value = choose(now, before.namespace?.get(name), (state) => state.namespace?.get(name));
    if (value !== undefined) namespace?.set(name, value);
  }
}

/** Keeps what the two arms of a condition have left, for where it is asked again. */
export function keepParting(
  frame: Frame,
  condition: Condition,
  before: Bindings,
  ended: readonly [Bindings, Bindings],
): void {
  const { text, isTurned, isSteady, names } = condition.asked;
  if (!isSteady || ended.some((state) => !isSame(frame, names, before, state))) return;
  const [holding, otherwise] = isTurned ? [ended[1], ended[0]] : ended;
  const known = partings.get(frame) ?? new Map<string, Parting>();
  if (known.size >= MOST_PARTINGS && !known.has(text)) return;
  known.set(text, { holding, otherwise, whole: bindingsOf(frame) });
  partings.set(frame, known);
}

/** Begins an arm with what its names stand for in a state. */
export function beginWith(frame: Frame, state: Bindings): void {
  rebind(frame, state, state, (value) => value);
  const { namespace } = frame;
  for (const name of namespace?.keys() ?? [])
    if (state.namespace?.has(name) === false) namespace?.delete(name);
}
