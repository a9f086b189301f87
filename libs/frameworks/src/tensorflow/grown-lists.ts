import { arrayFacts } from '../keras/program/arrays.js';
import { TURNS_UNTIL_UNKNOWN } from '../program/loops.js';
import { isValue } from '../program/value.js';
import type { Datum } from '../program/value.js';
import type { GraphShape } from './graph-windows.js';

/** Whether a list may be one that a loop grew, with as many items as turns were run: of what is not known, or of one thing again and again. */
export function mayBeLonger(items: readonly Datum[]): boolean {
  if (items.some((item) => isValue(item))) return true;
  const [first] = items;
  return (
    items.length > 1 &&
    items.length <= TURNS_UNTIL_UNKNOWN &&
    items.every((item) => String(item) === String(first))
  );
}

/** The shape of an array, its length left open where it may be made of such a list. */
export function arrayShape(datum: Datum | undefined): GraphShape | undefined {
  const { shape } = arrayFacts(datum);
  return shape !== undefined && hasEqualRows(datum) ? shape.with(0, undefined) : shape;
}

function hasEqualRows(datum: Datum | undefined): boolean {
  if (typeof datum !== 'object' || datum === null || !('kind' in datum) || datum.kind !== 'other')
    return false;
  const { holds } = datum;
  const [length, ...rest] = holds?.kind === 'array' ? holds.shape : [];
  if (holds?.kind !== 'array' || length === undefined || length < 2 || length > TURNS_UNTIL_UNKNOWN)
    return false;
  const width = rest.reduce((so, size) => so * size, 1);
  return holds.elements()?.every((element, at, all) => element === all[at % width]) === true;
}
