import type { LayerFact, LayerKind } from './layer-fact.js';
import { isMeant, type LayerWords } from './layer-words.js';

/** What stands between two stages of a network without being one. */
const BESIDE: ReadonlySet<LayerKind> = new Set([
  'activation',
  'dropout',
  'normalisation',
  'pooling',
  'softmax',
]);
/** Operations that only lay out anew what they are given. */
export const LAYOUT =
  /^(?:flatten|view|reshape|identity|squeeze|unsqueeze|contiguous|permute|transpose|size)$/i;
const FURTHEST = 12;

/**
 * Whether what takes a layer's result is the thing, with no other stage between; undefined where the path branches or goes
 * through what is not known.
 */
export function isFollowedBy(
  layer: LayerFact,
  meant: LayerWords,
  layers: readonly LayerFact[],
): boolean | undefined {
  return reached(layer, meant, ({ node }) => layers.filter(({ inputs }) => inputs.includes(node)));
}

/** Whether what a layer is given comes from the thing, with no other stage between. */
export function isPrecededBy(
  layer: LayerFact,
  meant: LayerWords,
  layers: readonly LayerFact[],
): boolean | undefined {
  return reached(layer, meant, ({ inputs }) => layers.filter(({ node }) => inputs.includes(node)));
}

function reached(
  from: LayerFact,
  meant: LayerWords,
  next: (layer: LayerFact) => readonly LayerFact[],
): boolean | undefined {
  let at = from;
  for (let steps = 0; steps < FURTHEST; steps += 1) {
    const [layer, ...others] = next(at);
    if (layer === undefined) return false;
    if (others.length > 0) return undefined;
    if (isMeant(meant, layer)) return true;
    if (layer.kind === 'other' ? !LAYOUT.test(layer.operation) : !BESIDE.has(layer.kind))
      return layer.kind === 'other' ? undefined : false;
    at = layer;
  }
  return undefined;
}
