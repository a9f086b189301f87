import { POINTWISE_ACTIVATION_OPERATIONS } from '../layers/activation/activations.js';
import { GATED_ACTIVATION_OPERATIONS } from '../layers/activation/gated.js';
import { SOFTMAX_OPERATIONS } from '../layers/activation/softmax.js';
import { DISTANCE_OPERATIONS } from '../layers/distance.js';
import { DROPOUT_OPERATIONS } from '../layers/dropout.js';
import { EMBEDDING_OPERATIONS } from '../layers/embedding.js';
import { LOSS_OPERATIONS } from '../layers/loss/table.js';
import { PADDING_OPERATIONS } from '../layers/padding/padding.js';
import { ADAPTIVE_POOL_OPERATIONS } from '../layers/pooling/adaptive-pool.js';
import { AVERAGE_POOL_OPERATIONS } from '../layers/pooling/average-pool.js';
import { MAX_POOL_OPERATIONS } from '../layers/pooling/max-pool.js';
import { FLATTENING_OPERATIONS } from '../layers/shape/flatten.js';
import { FOLD_OPERATIONS } from '../layers/shape/fold.js';
import { SHUFFLE_OPERATIONS } from '../layers/shape/shuffle.js';
import { UPSAMPLING_OPERATIONS } from '../layers/shape/upsample.js';
import type { OperationDefinition } from '../operation.js';
import { ARRANGING_OPERATIONS } from './arranging.js';
import { BINARY_OPERATIONS } from './binary.js';
import { EINSUM_OPERATIONS } from './einsum.js';
import { INDEXING_OPERATIONS } from './indexing.js';
import { JOINING_OPERATIONS } from './joining.js';
import { NEURAL_OPERATIONS } from './neural.js';
import { PRODUCT_OPERATIONS } from './products.js';
import { REDUCTION_OPERATIONS } from './reductions.js';
import { RESHAPING_OPERATIONS } from './reshaping.js';
import { SPLITTING_OPERATIONS } from './splitting.js';
import { UNARY_OPERATIONS } from './unary.js';

/**
 * Every operation, by family. Adding one is adding it to its family's file. Operations whose output's shape depends on
 * values (`nonzero`, `unique`, boolean indexing) have no place here: whoever calls must treat what it can't name as unknown.
 */
export const OPERATIONS: readonly OperationDefinition[] = [
  ...POINTWISE_ACTIVATION_OPERATIONS,
  ...SOFTMAX_OPERATIONS,
  ...GATED_ACTIVATION_OPERATIONS,
  ...DROPOUT_OPERATIONS,
  ...EMBEDDING_OPERATIONS,
  ...MAX_POOL_OPERATIONS,
  ...AVERAGE_POOL_OPERATIONS,
  ...ADAPTIVE_POOL_OPERATIONS,
  ...PADDING_OPERATIONS,
  ...FLATTENING_OPERATIONS,
  ...FOLD_OPERATIONS,
  ...SHUFFLE_OPERATIONS,
  ...UPSAMPLING_OPERATIONS,
  ...DISTANCE_OPERATIONS,
  ...LOSS_OPERATIONS,
  ...NEURAL_OPERATIONS,
  ...UNARY_OPERATIONS,
  ...BINARY_OPERATIONS,
  ...PRODUCT_OPERATIONS,
  ...EINSUM_OPERATIONS,
  ...REDUCTION_OPERATIONS,
  ...RESHAPING_OPERATIONS,
  ...JOINING_OPERATIONS,
  ...SPLITTING_OPERATIONS,
  ...INDEXING_OPERATIONS,
  ...ARRANGING_OPERATIONS,
];

const byName = new Map<string, OperationDefinition>();
for (const definition of OPERATIONS)
  for (const name of [definition.name, ...definition.aliases]) byName.set(name, definition);

/** The operation of a name or alias; undefined where there is none. */
export function operation(name: string): OperationDefinition | undefined {
  return byName.get(name);
}
