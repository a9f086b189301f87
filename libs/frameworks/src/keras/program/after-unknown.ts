import type { KerasLayer } from './layers.js';
import { shapeAfter, shapeOfAny } from './shapes.js';
import type { Example } from './shapes.js';

/** What is known after a layer whatever comes to it: a convolution of pictures takes maps, and gives maps. */
export function afterUnknown(layer: KerasLayer | undefined): Example | undefined {
  if (layer === undefined) return undefined;
  if (layer.type === 'Flatten' || layer.type.startsWith('Global')) return [undefined];
  if (layer.type !== 'Embedding') return shapeOfAny(layer);
  const length = layer.args.named.get('input_length');
  const passed = shapeAfter(layer, [typeof length === 'bigint' ? Number(length) : undefined]);
  return passed?.kind === 'shape' ? passed.shape : undefined;
}
