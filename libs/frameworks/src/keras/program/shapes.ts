import { inferLayer, inputDemands, isTensor, kerasDefinition, Raised } from '@tensormark/network';
import type { KerasDefinition, Layer } from '@tensormark/network';
import { argument } from '../../program/value.js';
import type { Value } from '../../program/value.js';
import { isRecurrent, unitsOf } from './layers.js';
import type { KerasLayer } from './layers.js';
import { wholeOf } from './names.js';
import { filled, writtenFor } from './written.js';
import type { Fillers, Written } from './written.js';

/** The shape of one example, sizes that are not known left open. */
export type Example = readonly (number | undefined)[];

/** Why Keras would refuse a layer there. */
export interface Refused {
  readonly kind: 'rank' | 'vanished';
  /** How many dimensions it takes, without the batch; what came. */
  readonly wanted?: number;
  readonly given: Example;
}

/** What a layer makes of one example; undefined where that is not known. */
export type Passed =
  | { readonly kind: 'shape'; readonly shape: Example }
  | { readonly kind: 'refused'; readonly why: Refused }
  | undefined;

/**
 * Sizes and numbers in the place of what is not known. A size that comes out alike with either does not rest on it; one that does not
 * is not known.
 */
const ONE: StandIn = { size: 5040, number: 3n, flag: true };
const OTHER: StandIn = { size: 10_080, number: 5n, flag: false };

interface StandIn extends Fillers {
  readonly size: number;
}

/** What a layer was last asked for, which several parts of a review ask. */
const last = new WeakMap<Value, { readonly given: Example; readonly passed: Passed }>();

/** The shape of what a layer gives of one example of a shape, by the rules that the network has for the layer. */
export function shapeAfter(layer: KerasLayer, given: Example): Passed {
  const known = last.get(layer.value);
  if (known?.given.length === given.length && given.every((size, axis) => size === known.given[axis]))
    return known.passed;
  const passed = worked(layer, given);
  last.set(layer.value, { given, passed });
  return passed;
}

function worked(layer: KerasLayer, given: Example): Passed {
  if (layer.type === 'InputLayer') return { kind: 'shape', shape: given };
  if (layer.inner !== undefined) return wrapped(layer, layer.inner, given);
  if (layer.name === 'Deconvolution2D') return toldByItself(layer);
  const definition = kerasDefinition(layer.type);
  const written = definition && writtenFor(layer, definition);
  if (definition === undefined || written === undefined) return undefined;
  const isCertain = given.every((side) => side !== undefined) && filled(written, ONE).isKnown;
  const one = passed(definition, written, given, ONE, isCertain);
  if (one?.kind === 'refused') return one;
  const other = isCertain ? one : passed(definition, written, given, OTHER, isCertain);
  if (one?.kind === 'shape' && other?.kind === 'shape' && one.shape.length === other.shape.length)
    return {
      kind: 'shape',
      shape: one.shape.map((size, axis) => (size === other.shape[axis] ? size : undefined)),
    };
  return layer.type === 'Reshape' ? reshaped(written) : undefined;
}

function passed(
  definition: KerasDefinition,
  written: Written,
  given: Example,
  standIn: StandIn,
  isCertain: boolean,
): Passed {
  const { named } = filled(written, standIn);
  let layer: Layer;
  const tensor = { shape: [1, ...given.map((side) => side ?? standIn.size)], dtype: 'float32' } as const;
  const call = { positional: [tensor], named: {} };
  try {
    layer = definition.build({ positional: [], named });
    const wanted = rankRefused(layer, given.length + 1);
    if (wanted !== undefined) return { kind: 'refused', why: { kind: 'rank', wanted: wanted - 1, given } };
    layer = layer.materialize(call) ?? layer;
  } catch (raised) {
    if (raised instanceof Raised) return undefined;
    throw raised;
  }
  const { error, outputs } = inferLayer(layer, call);
  if (error === undefined)
    return isTensor(outputs) ? { kind: 'shape', shape: outputs.shape.slice(1) } : undefined;
  return isCertain && error.message.startsWith('Negative dimension')
    ? { kind: 'refused', why: { kind: 'vanished', given } }
    : undefined;
}

/** What a layer gives whatever comes to it, as far as that follows from how many dimensions it takes. */
export function shapeOfAny(layer: KerasLayer): Example | undefined {
  const rank = rankTaken(layer);
  const passed = rank === undefined ? undefined : shapeAfter(layer, Array<undefined>(rank).fill(undefined));
  return passed?.kind === 'shape' ? passed.shape : undefined;
}

/** How many dimensions an example has that a layer takes, where it takes no others. */
function rankTaken(layer: KerasLayer): number | undefined {
  if (layer.inner !== undefined) {
    const inner = rankTaken(layer.inner);
    return inner !== undefined && layer.type === 'TimeDistributed' ? inner + 1 : inner;
  }
  const definition = kerasDefinition(layer.type);
  const written = definition && writtenFor(layer, definition);
  if (definition === undefined || written === undefined) return undefined;
  try {
    const { ndim } = inputDemands(definition.build({ positional: [], named: filled(written, ONE).named }));
    return ndim === undefined ? undefined : ndim - 1;
  } catch (raised) {
    if (raised instanceof Raised) return undefined;
    throw raised;
  }
}

/** The first Keras was told the shape that its transposed convolution gives: `Deconvolution2D(64, 3, 3, (None, 28, 28, 64))`. */
function toldByItself({ args }: KerasLayer): Passed {
  const told = argument(args, 'output_shape', 3);
  return Array.isArray(told) && told.length === 4
    ? { kind: 'shape', shape: told.slice(1).map(wholeOf) }
    : undefined;
}

/** How many dimensions a layer wants where it takes no such tensor. */
function rankRefused(layer: Layer, rank: number): number | undefined {
  const { ndim, minNdim } = inputDemands(layer);
  if (ndim !== undefined && rank !== ndim) return ndim;
  return minNdim !== undefined && rank < minNdim ? minNdim : undefined;
}

/** Of something whose size is not known: what it says itself. */
function reshaped(written: Written): Passed {
  const shape = written.get('target_shape');
  return Array.isArray(shape)
    ? { kind: 'shape', shape: shape.map(wholeOf).map((size) => (size === -1 ? undefined : size)) }
    : undefined;
}

function wrapped(layer: KerasLayer, inner: KerasLayer, given: Example): Passed {
  if (layer.type === 'TimeDistributed') {
    if (given.length < 2) return { kind: 'refused', why: { kind: 'rank', wanted: 2, given } };
    const each = shapeAfter(inner, given.slice(1));
    if (each?.kind === 'refused' && each.why.wanted !== undefined)
      return { kind: 'refused', why: { ...each.why, wanted: each.why.wanted + 1, given } };
    return each?.kind === 'shape' ? { kind: 'shape', shape: [given[0], ...each.shape] } : undefined;
  }
  if (!isRecurrent(inner)) return undefined;
  const forth = shapeAfter(inner, given);
  return forth?.kind === 'shape'
    ? { kind: 'shape', shape: [...forth.shape.slice(0, -1), unitsOf(layer)] }
    : forth;
}
