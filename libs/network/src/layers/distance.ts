import { eachElement } from '../costs.js';
import { defineLayer } from '../layer.js';
import { defineOperation } from '../operation.js';
import { broadcastShapes, normalizeDim, resultType } from '../shapes.js';
import { tensorType, type TensorType } from '../tensor.js';
import { bool, float, int, tensor } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';

/** @throws Raised where the shapes don't broadcast or there is no such dimension */
function cosineSimilarity(x1: TensorType, x2: TensorType, dim: number): TensorType {
  const shape = broadcastShapes(x1.shape, x2.shape);
  const axis = normalizeDim(dim, shape.length);
  return tensorType(shape.toSpliced(axis, 1), resultType([x1, x2]));
}

/** @throws Raised where the shapes don't broadcast */
function pairwiseDistance(x1: TensorType, x2: TensorType, keepdim: boolean): TensorType {
  const shape = broadcastShapes(x1.shape, x2.shape);
  return tensorType([...shape.slice(0, -1), ...(keepdim ? [1] : [])], resultType([x1, x2]));
}

const cosine = { dim: optional(int, 1n), eps: optional(float, 1e-8) };
const pairwise = { p: optional(float, 2.0), eps: optional(float, 1e-6), keepdim: optional(bool, false) };
const both = { x1: required(tensor), x2: required(tensor) };

const CosineSimilarity = defineLayer({
  type: 'CosineSimilarity',
  signature: cosine,
  forward: both,
  infer: ({ dim }, { x1, x2 }) => cosineSimilarity(x1, x2, dim),
  // Three products and sums along the dimension: x1·x2, |x1|², |x2|².
  costs: (_, { x1 }) => eachElement('reduction', x1, 6),
  extraRepr: () => '',
});

const PairwiseDistance = defineLayer({
  type: 'PairwiseDistance',
  signature: { ...pairwise, p: optional(float, 2.0) },
  forward: both,
  infer: ({ keepdim }, { x1, x2 }) => pairwiseDistance(x1, x2, keepdim),
  costs: (_, { x1 }) => eachElement('reduction', x1, 3),
  extraRepr: () => '',
  attributes: ({ p }) => ({ norm: p }),
});

export const DISTANCES = { CosineSimilarity, PairwiseDistance };

export const DISTANCE_OPERATIONS = [
  defineOperation({
    name: 'cosine_similarity',
    homes: ['torch', 'functional'],
    signature: { ...both, ...cosine },
    infer: ({ x1, x2, dim }) => cosineSimilarity(x1, x2, dim),
    costs: ({ x1 }) => eachElement('reduction', x1, 6),
  }),
  defineOperation({
    name: 'pairwise_distance',
    homes: ['torch', 'functional'],
    signature: { ...both, ...pairwise },
    infer: ({ x1, x2, keepdim }) => pairwiseDistance(x1, x2, keepdim),
    costs: ({ x1 }) => eachElement('reduction', x1, 3),
  }),
];
