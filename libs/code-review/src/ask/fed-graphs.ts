import { apart, argument, combines, graphShape, graphShapesWhere, isValue } from '@tensormark/frameworks';
import type { GraphShape, ShapeOf, Value } from '@tensormark/frameworks';
import { fedShape, LONG } from './fed-shapes.js';
import { graphCall, shortName } from './graphs.js';
import type { GraphRun } from './graph-runs.js';

/** Two that do not go together in a run of the graph, because of what is fed. */
export interface Clash {
  readonly at: Value;
  readonly one: GraphShape;
  readonly other: GraphShape;
  readonly isProduct: boolean;
}

/** As many values of a graph are looked at for one run. */
const MOST_VALUES = 2000;

/** What does not go together inside the graph with what a run feeds, where placeholders leave their shape open. */
export function clashIn({ fetched, fed }: GraphRun): Clash | undefined {
  const shapes = new Map<Value, GraphShape>();
  let isOpen = false;
  for (const [placeholder, value] of fed ?? []) {
    if (!isValue(placeholder)) continue;
    isOpen ||= graphShape(placeholder) === undefined;
    const given = fedShape(value)?.map((size) => (size === LONG ? undefined : size));
    if (given !== undefined) shapes.set(placeholder, given);
  }
  if (!isOpen || shapes.size === 0) return undefined;
  const of = graphShapesWhere(shapes);
  const seen = new Set<Value>();
  const waiting = [...fetched];
  for (let value = waiting.pop(); value !== undefined && seen.size < MOST_VALUES; value = waiting.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    const clash = clashAt(value, of);
    if (clash !== undefined) return clash;
    waiting.push(...value.inputs);
  }
  return undefined;
}

function clashAt(at: Value, of: ShapeOf): Clash | undefined {
  const call = graphCall(at);
  const isProduct = call !== undefined && shortName(call) === 'matmul';
  if (isProduct && call.args.named.size > 0) return undefined;
  const pair = isProduct ? [argument(call.args, 'a', 0), argument(call.args, 'b', 1)] : combines(at);
  if (pair === undefined) return undefined;
  // What does not go together whatever is fed is not the run's fault.
  if (pair.every((part) => graphShape(part) !== undefined)) return undefined;
  const [one, other] = [of(pair[0]), of(pair[1])];
  if (one === undefined || other === undefined) return undefined;
  const isRefused = isProduct ? isUnfit(one, other) : apart(one, other) !== undefined;
  return isRefused ? { at, one, other, isProduct } : undefined;
}

function isUnfit(one: GraphShape, other: GraphShape): boolean {
  if (one.length < 2 || other.length < 2) return true;
  const [inner, taken] = [one.at(-1), other.at(-2)];
  return inner !== undefined && taken !== undefined && inner !== taken;
}
