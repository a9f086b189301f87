import { arrayFacts } from '../keras/program/arrays.js';
import { together } from '../keras/program/array-shapes.js';
import { inputTensorShape, layerOf } from '../keras/program/layers.js';
import { application, kerasCall } from '../keras/program/names.js';
import { afterPretrained } from '../keras/program/pretrained.js';
import { networkMade } from '../keras/program/made-networks.js';
import type { Gives } from '../keras/program/made-networks.js';
import { clashOf, merged, mergeIn } from '../keras/program/merges.js';
import type { Example } from '../keras/program/shapes.js';
import { shapeOfLayerCall, shapeOfStates } from '../keras/program/layer-calls.js';
import { argument, isValue } from '../program/value.js';
import { MOST_ITEMS } from '../program/values.js';
import type { CallArguments, Datum, Value } from '../program/value.js';
import { tensorCall } from './graph-calls.js';
import type { GraphCall } from './graph-calls.js';
import { ofPart } from './graph-parts.js';
import { combines, shapeOfCall } from './graph-rules.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';
import { arrayShape, mayBeLonger } from './grown-lists.js';
import { staticSize, staticSizes } from './static-sizes.js';

export type { GraphShape } from './graph-windows.js';

interface Known {
  get(value: Value): { readonly shape: GraphShape | undefined } | undefined;
  set(value: Value, known: { readonly shape: GraphShape | undefined }): unknown;
}

const shapes: Known = new WeakMap<Value, { readonly shape: GraphShape | undefined }>();

/** The shape that a layer of the program's own asks a weight for. */
function ofWeight({ made }: Value, of: ShapeOf): GraphShape | undefined {
  if (made.kind !== 'operation' || made.name !== 'add_weight') return undefined;
  return staticSizes(made.args.named.get('shape') ?? made.args.positional.slice(1).find(Array.isArray), of);
}

/** The shape of a tensor, by the placeholders, variables and arrays that it is made of. */
export function graphShape(datum: Datum | undefined): GraphShape | undefined {
  return shapeBy(shapes, datum, 0);
}

/** The shape of one example of what layers give that are called on one another; undefined where it is not known. */
export function exampleOf(datum: Datum | undefined): Example | undefined {
  const shape = isValue(datum) ? graphShape(datum) : undefined;
  return shape === undefined || shape.length < 2 ? undefined : shape.slice(1);
}

/** The shapes of tensors in a run of the graph in which some have the shapes that are given. */
export function graphShapesWhere(given: ReadonlyMap<Value, GraphShape>): ShapeOf {
  const known: Known = new Map([...given].map(([value, shape]) => [value, { shape }]));
  return (datum) => shapeBy(known, datum, 0);
}

function shapeBy(known: Known, datum: Datum | undefined, depth: number): GraphShape | undefined {
  if (typeof datum === 'number' || typeof datum === 'bigint') return [];
  if (Array.isArray(datum)) return listShape(datum);
  if (isArray(datum)) return arrayShape(datum);
  if (!isValue(datum) || depth > 120) return undefined;
  const before = known.get(datum);
  if (before !== undefined) return before.shape;
  const shape = derived(datum, (other) => shapeBy(known, other, depth + 1));
  known.set(datum, { shape });
  return shape;
}

/** The shape of a list, as far as it is known to its end: one with items that are not known may have been grown by a loop. */
function listShape(list: readonly Datum[]): GraphShape | undefined {
  const open = new Set<number>();
  let rows: Datum | undefined = list;
  for (let axis = 0; Array.isArray(rows); axis++) {
    const items: readonly Datum[] = rows;
    if (items.length >= MOST_ITEMS || mayBeLonger(items)) open.add(axis);
    rows = items[0];
  }
  return arrayFacts(list).shape?.map((size, axis) => (open.has(axis) ? undefined : size));
}

/** An array whose numbers are written down. */
function isArray(datum: Datum | undefined): boolean {
  return typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'other';
}

function derived(datum: Value, of: ShapeOf): GraphShape | undefined {
  const example = inputTensorShape(datum);
  if (example !== undefined) return [undefined, ...example];
  if (mergeIn(datum) !== undefined) return ofMerge(datum, of);
  const call = tensorCall(datum);
  if (call !== undefined) {
    const shape = shapeOfCall(call, of);
    if (shape !== undefined || !call.name.startsWith('keras.')) return shape;
  }
  const pair = combines(datum);
  if (pair !== undefined) return together(of(pair[0]), of(pair[1]));
  const applied = application(datum);
  if (applied !== undefined) return ofApplied(datum, applied.callee, applied.args, of);
  if (datum.made.kind === 'operation' && datum.made.name === 'neg') return of(datum.made.args.positional[0]);
  const behind =
    datum.made.kind === 'attribute' && datum.made.name === 'output' ? datum.inputs[0] : undefined;
  if (behind !== undefined) return of(outputOf(behind)) ?? inBatch(afterPretrained(behind));
  const part = ofOutput(datum, of) ?? ofPart(datum, of) ?? ofWeight(datum, of);
  if (part !== undefined) return part;
  // Of a tensor of the graph that is not known no part is either.
  const isPart = datum.made.kind === 'operation' && datum.made.name === 'getitem';
  return isPart && arrayFacts(datum.made.args.positional[0]).shape === undefined
    ? undefined
    : arrayFacts(datum).shape;
}

/** What a layer of Keras, a network, or an object of the program's own class gives of a batch. */
function ofApplied({ made }: Value, callee: Value, args: CallArguments, of: ShapeOf): GraphShape | undefined {
  if (made.kind === 'operation' && isValue(made.gives)) return of(made.gives);
  const network = networkMade(callee);
  if (network !== undefined) {
    const given = of(args.positional[0]);
    return given && ofNetwork(network, given);
  }
  const layer = layerOf(callee);
  return layer === undefined ? inBatch(afterPretrained(callee)) : shapeOfLayerCall(layer, args, of);
}

function inBatch(example: Example | undefined): GraphShape | undefined {
  return example && [undefined, ...example];
}

/** What a network that the program puts together gives of a batch. */
function ofNetwork(network: Gives, given: GraphShape): GraphShape | undefined {
  const example = given.length < 2 ? undefined : network.of(given.slice(1));
  return example && [given[0], ...example];
}

/** The one output of a `Model` that stands in the program. */
function outputOf(network: Value): Datum | undefined {
  const call = kerasCall(network);
  if (call?.name !== 'Model') return undefined;
  const outputs = argument(call.args, 'outputs', 1) ?? call.args.named.get('output');
  return Array.isArray(outputs) && outputs.length === 1 ? outputs[0] : outputs;
}

/** Tensors that layers put side by side, or combine element by element. */
function ofMerge(value: Value, of: ShapeOf): GraphShape | undefined {
  const merge = mergeIn(value);
  if (merge === undefined) return undefined;
  const parts = merge.parts.map((part) => of(part));
  const examples = parts.map((part) => part?.slice(1));
  const example = clashOf(merge, examples) === undefined ? merged(merge, examples) : undefined;
  return example && [parts[0]?.[0], ...example];
}

/** A size that is written down, or taken of the shape of a tensor. */
export function sizeOf(datum: Datum | undefined): number | undefined {
  return staticSize(datum, graphShape);
}

/** The axis that a reduction goes over; null for all of them, undefined where it is not one that is known. */
export function axisOf({ args }: GraphCall): number | null | undefined {
  const axis = argument(args, 'axis', 1) ?? args.named.get('reduction_indices');
  if (axis === undefined || axis === null) return null;
  if (Array.isArray(axis)) return axis.length === 1 ? sizeOf(axis[0]) : undefined;
  return sizeOf(axis);
}

/** What one of several outputs of a network gives, where they are taken apart: `mean, spread = encoder(x)`. */
function ofOutput({ made }: Value, of: ShapeOf): GraphShape | undefined {
  if (made.kind !== 'operation' || !/^(unpacked|getitem)$/.test(made.name)) return undefined;
  const [whole, at] = made.args.positional;
  const applied = application(whole);
  if (applied === undefined || typeof at !== 'bigint') return undefined;
  const layer = layerOf(applied.callee);
  if (layer !== undefined) return shapeOfStates(layer, applied.args, Number(at), of);
  const outputs = networkMade(applied.callee)?.outputs;
  if (outputs === undefined) return undefined;
  const [given, example] = [of(applied.args.positional[0]), outputs[Number(at)]];
  return example && [given?.[0], ...example];
}

/** The sizes of two shapes that do not go together, element by element. */
export function apart(
  one: GraphShape | undefined,
  other: GraphShape | undefined,
): readonly [number, number] | undefined {
  if (one === undefined || other === undefined) return undefined;
  for (let back = 1; back <= Math.min(one.length, other.length); back++) {
    const [left, right] = [one.at(-back), other.at(-back)];
    if (left !== undefined && right !== undefined && left !== right && left !== 1 && right !== 1)
      return [left, right];
  }
  return undefined;
}

/** A shape as it is shown: `[?, 10]`. */
export function shownShape(shape: GraphShape): string {
  return `[${shape.map((size) => (size === Infinity ? '64 or more' : (size ?? '?'))).join(', ')}]`;
}
