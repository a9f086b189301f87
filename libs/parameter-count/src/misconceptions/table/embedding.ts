import { quantity, sum } from '@tensormark/network';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { isQuantity, NOTHING } from '../patterns.js';

const about = 'embedding';

export const EMBEDDING: readonly LayerMisconception[] = [
  inLayers(
    'embedding-forgotten',
    'the parameters of the embedding are left out',
    { about, frequency: 'common', on: ['layer'] },
    (formula, layer) =>
      layer.family === 'embedding' && layer.calculation === 'parameters' && formula.kind === 'product'
        ? NOTHING
        : undefined,
  ),
  inLayers(
    'embedding-of-the-sequence',
    'the length of the sequence is taken in place of the vocabulary',
    { about, frequency: 'known', on: ['quantity'] },
    (formula, layer) => {
      const length = layer.surroundings?.sequenceLength;
      return length !== undefined && isQuantity(formula, 'num_embeddings')
        ? quantity('sequence_length', length)
        : undefined;
    },
  ),
  inLayers(
    'embedding-with-bias',
    'a bias is counted for the embedding, which has none',
    { about: 'bias', frequency: 'known', on: ['layer'] },
    (formula, layer) => {
      const width = layer.quantity('embedding_dim');
      return layer.family === 'embedding' && layer.calculation === 'parameters' && width !== undefined
        ? sum(formula, width)
        : undefined;
    },
  ),
  inLayers(
    'one-hot-input',
    'the layer is taken to read one-hot words instead of their embeddings',
    { about, frequency: 'known', on: ['quantity', 'part'] },
    (formula, layer) => {
      const vocabulary = layer.surroundings?.fedByVocabulary;
      const isInput =
        formula.kind === 'part'
          ? formula.name.endsWith('/features')
          : isQuantity(formula, 'input_size', 'in_features');
      return vocabulary !== undefined && isInput && layer.calculation === 'parameters'
        ? quantity('num_embeddings', vocabulary)
        : undefined;
    },
  ),
];
