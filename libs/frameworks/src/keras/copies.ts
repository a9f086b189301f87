import type { Runtime } from '@tensormark/python';
import { install } from './install.js';
import { KerasObject, uniqueName } from './object.js';

/** A further layer made with the same arguments, as the way back of a `Bidirectional`. */
export function buildLayerAgain(rt: Runtime, layer: KerasObject): KerasObject {
  const again = new KerasObject(layer.cls);
  again.initialise(rt);
  again.origin = layer.origin;
  again.label = uniqueName(rt, `backward_${layer.label}`);
  again.layer = layer.layer;
  if (layer.layer?.uninitialized === false) install(rt, again, layer.layer);
  again.unreadable = layer.unreadable;
  return again;
}
