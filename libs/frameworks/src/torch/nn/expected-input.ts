import type { Runtime } from '@tensormark/python';
import { readingOf } from '../../trace/reading.js';
import { TensorObject } from '../tensor/tensor.js';
import type { ModuleObject } from './module-object.js';

/**
 * What a layer would take, where what it is given is unknown because of an error before it: so that the next error
 * is found too. Only for layers whose arguments say all of it but the batch, and only after an error.
 */
export function expectedInput(rt: Runtime, module: ModuleObject): TensorObject | undefined {
  const reading = readingOf(rt);
  if (!reading.goesOn || reading.errors.length === 0) return undefined;
  const { in_features: width } = module.layer?.config ?? {};
  if (module.layer?.type !== 'Linear' || typeof width !== 'number') return undefined;
  // In training a batch of one is refused by what normalises over it, which would be our own doing.
  const batch = reading.training ? Math.max(2, reading.batch) : reading.batch;
  return new TensorObject({ shape: [batch, width], dtype: 'float32' });
}
