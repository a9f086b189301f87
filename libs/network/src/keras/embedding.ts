import { quantity } from '../formula/formula.js';
import { anything, bool } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { positive, untouched } from './kinds.js';
import { defineKerasLayer, weight } from './layer.js';

const Embedding = defineKerasLayer({
  type: 'Embedding',
  signature: {
    input_dim: required(positive),
    output_dim: required(positive),
    ...untouched(
      'embeddings_initializer',
      'embeddings_regularizer',
      'activity_regularizer',
      'embeddings_constraint',
    ),
    mask_zero: optional(bool, false),
    input_length: optional(anything, null),
    sparse: optional(anything, false),
    ...untouched('lora_rank'),
  },
  formerly: { init: 'embeddings_initializer', W_regularizer: 'embeddings_regularizer' },
  parameters: ({ input_dim, output_dim }) => [
    weight('embeddings', 'weight', [
      quantity('num_embeddings', input_dim),
      quantity('embedding_dim', output_dim),
    ]),
  ],
  infer: ({ output_dim }, { first }) => ({ shape: [...first.shape, output_dim], dtype: 'float32' }),
});

export const KERAS_EMBEDDINGS = { Embedding };
