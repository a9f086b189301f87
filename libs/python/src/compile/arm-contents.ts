import { PyList } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import type { Bindings } from './bindings.js';
import type { Frame } from './frame.js';
import type { Condition } from './questions.js';

/** Longer rows are left as both arms make them. */
const MOST_HELD = 256;

/** Objects with more parts, such as modules, are not looked into. */
const MOST_PARTS = 64;

/** What lists and their like held at one moment. */
export type Contents = ReadonlyMap<PyObject, readonly PyValue[]>;

/** What lists held after the arms of a condition that was not known, and what was taken for both. */
interface PartedContents {
  readonly holding: Contents;
  readonly otherwise: Contents;
  readonly whole: Contents;
}

/** The conditions of a frame that have changed lists, by their text. */
const parted = new WeakMap<Frame, Map<string, PartedContents>>();

/** What the lists among what names stand for hold, and those among the attributes of it. */
export function contentsOf({ locals, cells, namespace }: Bindings): Contents {
  const contents = new Map<PyObject, readonly PyValue[]>();
  const add = (value: PyValue | undefined): void => {
    if (!(value instanceof PyObject)) return;
    const items = value.heldInARow();
    if (items !== undefined && items.length <= MOST_HELD) contents.set(value, items.slice());
  };
  const addWithParts = (value: PyValue | undefined): void => {
    add(value);
    if (!(value instanceof PyObject) || (value.attributes?.size ?? 0) > MOST_PARTS) return;
    for (const part of value.attributesAndParts()) add(part);
  };
  for (const value of locals) addWithParts(value);
  for (const value of cells) addWithParts(value);
  if (namespace !== undefined) for (const value of namespace.values()) addWithParts(value);
  return contents;
}

/** What the same lists hold now. */
export function contentsNow(of: Contents): Contents {
  const contents = new Map<PyObject, readonly PyValue[]>();
  for (const row of of.keys()) contents.set(row, row.heldInARow()?.slice() ?? []);
  return contents;
}

/** Lets lists hold what they held. */
export function putBack(rt: Runtime, contents: Contents): void {
  for (const [row, items] of contents) if (!isSame(row.heldInARow() ?? [], items)) row.holdInARow(rt, items);
}

/** What the lists held where the condition held and where it did not, as the same condition left them earlier in the frame. */
export function contentsFor(
  frame: Frame,
  condition: Condition,
  before: Contents,
): readonly [Contents, Contents] | undefined {
  const { text, isTurned } = condition.asked;
  const found = parted.get(frame)?.get(text);
  if (found === undefined) return undefined;
  const holding = arm(before, found.whole, found.holding);
  const otherwise = arm(before, found.whole, found.otherwise);
  return isTurned ? [otherwise, holding] : [holding, otherwise];
}

/** Lists that have only grown since begin with what the arm left in them. */
function arm(before: Contents, whole: Contents, own: Contents): Contents {
  return new Map(
    [...before].map(([row, items]) => {
      const began = whole.get(row);
      const ofArm = own.get(row);
      const grew = began !== undefined && ofArm !== undefined && isSame(items.slice(0, began.length), began);
      return [row, grew ? [...ofArm, ...items.slice(began.length)] : items];
    }),
  );
}

/** Lists hold from here on what both arms have left in them: of unequal lengths those of one, and nobody knows how long they are. */
export function joinContents(
  frame: Frame,
  condition: Condition,
  before: Contents,
  [holding, otherwise]: readonly [Contents, Contents],
  join: (a: PyValue, b: PyValue) => PyValue,
): void {
  const changed = [...before].filter(
    ([row, items]) => !isSame(holding.get(row) ?? [], items) || !isSame(otherwise.get(row) ?? [], items),
  );
  if (changed.length === 0) return;
  for (const [row, items] of changed) {
    const first = holding.get(row) ?? [];
    const second = otherwise.get(row) ?? [];
    const more = isSame(first, items) ? second : first;
    const less = more === first ? second : first;
    row.holdInARow(
      frame.rt,
      more.map((item, at) => join(item, less[at] ?? item)),
    );
    if (first.length !== second.length && row instanceof PyList) row.grownByUnknown = true;
  }
  const { text, isTurned } = condition.asked;
  const known = parted.get(frame) ?? new Map<string, PartedContents>();
  const whole = contentsNow(before);
  known.set(
    text,
    isTurned ? { holding: otherwise, otherwise: holding, whole } : { holding, otherwise, whole },
  );
  parted.set(frame, known);
}

function isSame(one: readonly PyValue[], other: readonly PyValue[]): boolean {
  return one.length === other.length && one.every((item, at) => Object.is(item, other[at]));
}
