import { mul } from '../engine/elementwise.js';
import { lookUp } from '../engine/lookup.js';
import { largest, mean, sum } from '../engine/reductions.js';
import { reshape } from '../engine/structure.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';
import type { Value } from '../engine/value.js';

function embedding(call: RunningCall): Value {
  if (call.optionalNumber('max_norm') !== null) return call.refuse('it renorms its rows (max_norm)');
  if (call.flag('scale_grad_by_freq')) return call.refuse('it scales gradients by frequency');
  return lookUp(call.parameter('weight'), call.value('input'), call.optionalNumber('padding_idx'));
}

/** Bags of equal length, given as rows. */
function embeddingBag(call: RunningCall): Value {
  if (call.optionalNumber('max_norm') !== null) return call.refuse('it renorms its rows (max_norm)');
  if (call.optionalNumber('padding_idx') !== null) return call.refuse('it leaves padding out of its bags');
  const index = call.value('input');
  if (index.shape.length !== 2) return call.refuse('its bags are given by offsets');
  const rows = lookUp(call.parameter('weight'), index);
  const weights = call.optional('per_sample_weights');
  const weighted = weights ? mul(rows, reshape(weights, [...index.shape, 1])) : rows;
  switch (call.text('mode')) {
    case 'sum':
      return sum(weighted, [1]);
    case 'mean':
      return mean(weighted, [1]);
    default:
      return largest(weighted, [1]);
  }
}

export const EMBEDDINGS: readonly Executor[] = [
  executor(['Embedding', 'embedding'], embedding),
  executor('EmbeddingBag', embeddingBag),
];
