import { argument } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import type { KerasLayer } from './layers.js';
import { isRecurrent, unitsOf } from './layers.js';
import { shapeAfter } from './shapes.js';

/** The shape of a tensor with its batch, sizes that are not known left open. */
type Shape = readonly (number | undefined)[];
type ShapeOf = (datum: Datum | undefined) => Shape | undefined;

/** What a layer gives of what it is called on: one tensor, or the several that attention takes. */
export function shapeOfLayerCall(layer: KerasLayer, args: CallArguments, of: ShapeOf): Shape | undefined {
  const [first] = args.positional;
  if (/^(Additive)?Attention$/.test(layer.type)) {
    const [query, value] = Array.isArray(first) ? first.map((one: Datum) => of(one)) : [];
    return query?.length === 3 && value?.length === 3 ? [query[0], query[1], value[2]] : undefined;
  }
  if (layer.type === 'MultiHeadAttention')
    return layer.args.named.has('output_shape') || layer.args.positional.length > 2
      ? undefined
      : of(argument(args, 'query', 0));
  // States are given beside what is asked for, in a list.
  if (givesStates(layer)) return undefined;
  return after(layer, of(first ?? args.named.get('inputs')));
}

/** What comes at a place of the list that a recurrent layer gives with its states. */
export function shapeOfStates(
  layer: KerasLayer,
  args: CallArguments,
  place: number,
  of: ShapeOf,
): Shape | undefined {
  if (!isRecurrent(layer) || !givesStates(layer)) return undefined;
  const given = of(args.positional[0]);
  if (place > 0) return [given?.[0], unitsOf(layer)];
  return given && after(layer, given);
}

function givesStates(layer: KerasLayer): boolean {
  const core = layer.inner ?? layer;
  return (core.args.named.get('return_state') ?? false) !== false;
}

function after(layer: KerasLayer, given: Shape | undefined): Shape | undefined {
  // A row of places, as positions are, comes without a batch.
  if (layer.type === 'Embedding' && given !== undefined) return [...given, widthOf(layer)];
  if (given === undefined || given.length < 2) return undefined;
  const passed = shapeAfter(layer, given.slice(1));
  return passed?.kind === 'shape' ? [given[0], ...passed.shape] : undefined;
}

function widthOf(layer: KerasLayer): number | undefined {
  const passed = shapeAfter(layer, [1]);
  return passed?.kind === 'shape' ? passed.shape.at(-1) : undefined;
}
