import type { CallStep } from '../plan/plan.js';

const RANDOM = /^(Feature)?(Alpha)?Dropout[123]?d?$|^RReLU$/;
const RANDOM_CALLS = /^((feature_)?(alpha_)?dropout[123]?d?|rrelu)$/;
const DRAWING = new Set(['rand_like', 'randn_like', 'bernoulli']);
const BATCH = /^(Batch|SyncBatch)Norm/;

function positive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

/** What a call does that makes it depend on chance or on the rest of the batch, in a mode; nothing for most. */
export function behaviourOf(
  { operation, layer, config, arguments: given }: CallStep,
  training: boolean,
): 'random' | 'batch-statistics' | undefined {
  if (DRAWING.has(operation)) return 'random';
  if (!layer) {
    if (RANDOM_CALLS.test(operation))
      return given['training'] === true && (operation === 'rrelu' || positive(given['p']))
        ? 'random'
        : undefined;
    if (operation === 'batch_norm') return given['training'] === true ? 'batch-statistics' : undefined;
    return operation === 'scaled_dot_product_attention' && positive(given['dropout_p'])
      ? 'random'
      : undefined;
  }
  if (RANDOM.test(operation))
    return training && (operation === 'RReLU' || positive(config['p'])) ? 'random' : undefined;
  if (BATCH.test(operation))
    return training || config['track_running_stats'] === false ? 'batch-statistics' : undefined;
  return training && positive(config['dropout']) ? 'random' : undefined;
}
