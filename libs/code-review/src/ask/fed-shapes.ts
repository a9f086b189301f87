import { arrayShape, graphShape, isValue, mayBeLonger, MOST_ITEMS } from '@tensormark/frameworks';
import type { Datum, GraphShape, Program, Value } from '@tensormark/frameworks';
import { graphRuns } from './graph-runs.js';

/** The length of a list that is not known to its end: at least 64. */
export const LONG = Infinity;

/** Whether two sizes differ, one of which may be that of a list not known to its end. */
export function differs(size: number | undefined, given: number | undefined): boolean {
  if (size === undefined || given === undefined) return false;
  return given === LONG ? size < MOST_ITEMS : size !== given;
}

/** The shape of what a placeholder is fed. */
export function fedShape(datum: Datum | undefined, depth = 0): GraphShape | undefined {
  if (typeof datum === 'bigint' || typeof datum === 'number') return [];
  if (!Array.isArray(datum))
    return isNumber(datum) ? [] : isRun(datum) ? graphShape(datum) : arrayShape(datum);
  if (depth > 6 || datum.length === 0) return undefined;
  const rows = datum.map((row: Datum) => fedShape(row, depth + 1));
  const [first] = rows;
  if (first === undefined || rows.some((row) => row?.length !== first.length)) return undefined;
  const isGrown = mayBeLonger(datum);
  const length = datum.length >= MOST_ITEMS ? LONG : isGrown ? undefined : datum.length;
  return [
    length,
    ...first.map((size, axis) => (rows.every((row) => row?.[axis] === size) ? size : undefined)),
  ];
}

/** What a run of the graph gave. */
function isRun(datum: Datum | undefined): boolean {
  return isValue(datum) && datum.made.kind === 'operation' && /^(run|eval)$/.test(datum.made.name);
}

/** One number that Python's own `random` draws. */
function isNumber(datum: Datum | undefined): boolean {
  return (
    isValue(datum) &&
    datum.made.kind === 'unknown' &&
    /^random\.(random|randint|randrange|uniform|gauss) is drawn at random$/.test(datum.made.reason)
  );
}

/** The shape of what a placeholder is fed, in the first run that says. */
export function fedTo(program: Program, placeholder: Value): GraphShape | undefined {
  for (const { fed } of graphRuns(program))
    for (const [key, value] of fed ?? []) {
      const shape = key === placeholder ? fedShape(value) : undefined;
      if (shape !== undefined) return shape;
    }
  return undefined;
}
